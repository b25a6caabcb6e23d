"""What is known of engagements and of what was asked at them."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gyoryu.accounts.models import User, in_language
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Agreement,
    Carry,
    Commitment,
    Delegation,
    Engagement,
    Participant,
    Request,
    Stop,
)
from gyoryu.agreements.models.agreements import Side
from gyoryu.base import names
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation, Person, Position
from gyoryu.web import finding

State = Engagement.State
SEE = "agreements.view"
TITLES = ("title_ko", "title_en")


def engagements() -> QuerySet[Engagement]:
    """Return the engagements that stand, not the voided ones."""
    return Engagement.objects.filter(voided_at=None)


def seen(to: User) -> QuerySet[Engagement]:
    """Return the engagements a user may see."""
    return visible(engagements(), to, SEE)


def listed(to: User) -> QuerySet[Engagement]:
    """Return the rows of the list; ``dressed`` adds what a line shows of other rows."""
    return seen(to).select_related("region", "unit")


def dressed(rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Add to each row its partners, as a line of the list names them.

    Each has its first partner (``partner``, a delegation's own name, or the organisation's in two
    languages, ``partner_ko`` and ``partner_en``) and ``partner_count``.
    """
    theirs = Delegation.objects.filter(engagement=OuterRef("pk"), side=Side.THEIRS)
    first = theirs.order_by("pk")
    counted = theirs.order_by().values("engagement").annotate(n=Count("pk")).values("n")
    return rows.annotate(
        partner=Subquery(first.values("name")[:1]),
        partner_ko=Subquery(first.values("organisation__name_ko")[:1]),
        partner_en=Subquery(first.values("organisation__name_en")[:1]),
        partner_count=Coalesce(Subquery(counted), 0),
    )


def with_partners(rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Add all delegations of the other side to each row, as ``partners``."""
    theirs = Delegation.objects.filter(side=Side.THEIRS).select_related("organisation")
    return rows.prefetch_related(Prefetch("delegations", theirs, to_attr="partners"))


def called(rows: QuerySet[Engagement], text: str) -> QuerySet[Engagement]:
    """Return the engagements that a text may mean: by title, venue, organisation or person."""
    text = names.nfc(text)
    if not text:
        return rows
    organisations = parties.called(Organisation.objects.all(), text).values("pk")
    people = parties.called(parties.people(), text).values("pk")
    there = finding.either(
        Delegation.objects.filter(organisation__in=organisations).values("engagement"),
        Delegation.objects.filter(finding.holding(Delegation, text)).values("engagement"),
        Participant.objects.filter(person__in=people).values("delegation__engagement"),
        Request.objects.filter(organisation__in=organisations).values("engagement"),
        Request.objects.filter(person__in=people).values("engagement"),
    )
    return finding.narrowed(rows, text, there)


def titled(text: str) -> Q:
    """Return the condition that an engagement's title, in either language, holds a text."""
    return finding.holding(Engagement, text, fields=TITLES)


def agreement_titled(text: str, at: str = "") -> Q:
    """Return the same of an agreement's title; ``at`` leads to it."""
    return finding.holding(Agreement, text, at, TITLES)


def agreements_called(rows: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
    """Return the agreements that a text may mean: by title or number."""
    text = names.nfc(text)
    return rows.filter(agreement_titled(text) | Q(number__iexact=text)) if text else rows.none()


def touching(rows: QuerySet[Engagement], text: str) -> QuerySet[Engagement]:
    """Return the engagements that touch an agreement of this title or number."""
    found = agreements_called(Agreement.objects.all(), text)
    through = Engagement.agreements.through.objects
    return rows.filter(pk__in=through.filter(agreement__in=found).values("engagement_id"))


def asked_of(rows: QuerySet[Request], text: str) -> QuerySet[Request]:
    """Return the requests to or from an organisation of this name, or one of its divisions."""
    found = parties.called(Organisation.objects.all(), text).values("pk")
    return rows.filter(Q(organisation__in=found) | Q(organisation__parent__in=found))


def in_year(year: Decimal, day: str) -> Q:
    """Return the condition that a day lies in a year; none does in a year there never was."""
    return Q(**{f"{day}__year": int(year)}) if MINYEAR <= year <= MAXYEAR else Q(pk__in=[])


def in_region(text: str) -> Q:
    """Return the condition that an engagement took place in a region of this name, or under it."""
    named = Q()
    for level in ("region", "region__parent", "region__parent__parent"):
        for name in ("name_ko", "name_en"):
            named |= Q(**{f"{level}__{name}__icontains": text})
    return named


def position_on(
    person: Person, organisation: Organisation | None, engagement: Engagement
) -> Position | None:
    """Return the position somebody held at an organisation when it took place, if there is one."""
    held = person.positions.filter(
        Q(since=None) | Q(since__lte=engagement.ends_on),
        Q(until=None) | Q(until__gte=engagement.starts_on),
    )
    if organisation:
        held = held.filter(Q(organisation=organisation) | Q(organisation__parent=organisation))
    return held.order_by("-since", "-pk").first()


def with_resting(rows: QuerySet[Engagement]) -> QuerySet[Any]:
    """Add ``n_promised`` and ``n_followed``: how much that stands rests on each engagement."""
    promised = Commitment.objects.filter(engagement=OuterRef("pk"), voided_at=None)
    followed = Engagement.objects.filter(follows=OuterRef("pk"), voided_at=None)
    return rows.annotate(
        n_promised=_count(promised, "engagement"), n_followed=_count(followed, "follows")
    )


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counts = rows.order_by().values(by).annotate(_n=Count("pk")).values("_n")
    return Coalesce(Subquery(counts), 0)


def resting_on(engagement: Engagement) -> dict[str, int]:
    """Return how many commitments and later engagements rest on one, as its rules ask."""
    row = with_resting(Engagement.objects.filter(pk=engagement.pk)).get()
    return {"promised": row.n_promised, "followed": row.n_followed}


def in_full(to: User) -> QuerySet[Engagement]:
    """Return the engagements a user may see, each with everything its page shows of itself.

    Voided ones are among them: their pages stay, and say so.
    """
    people = Participant.objects.select_related("person", "position__organisation")
    return (
        with_resting(visible(Engagement.objects.all(), to, SEE))
        .select_related("unit", "region", "owner", "body__agreement", "follows__follows")
        .prefetch_related(
            Prefetch("delegations", Delegation.objects.select_related("organisation")),
            Prefetch("delegations__participants", people),
            Prefetch("stops", Stop.objects.select_related("organisation")),
            Prefetch("requests", Request.objects.select_related("organisation", "person", "owner")),
        )
    )


def followers(engagement: Engagement, to: User) -> QuerySet[Engagement]:
    """Return what followed from an engagement, in its order."""
    return seen(to).filter(follows=engagement).order_by("starts_on", "pk")


def agreements_of(engagement: Engagement, to: User) -> QuerySet[Agreement]:
    """Return the agreements an engagement touches, as far as a user may see them."""
    rows = engagement.agreements.filter(voided_at=None).order_by("-signed_on", "-pk")
    return visible(rows, to, SEE)


@dataclass(frozen=True)
class Tied:
    """An agreement that an engagement touches, as its page names it."""

    pk: int
    title_ko: str
    title_en: str
    number: str
    kind: str

    def __str__(self) -> str:
        return in_language(self.title_ko, self.title_en)

    @property
    def kind_words(self) -> str:
        """The kind in words."""
        return str(Agreement.Kind(self.kind).label)


def tied(engagement: Engagement, to: User) -> tuple[list[Tied], list[str]]:
    """Return the agreements an engagement touches, as far as a user may see them, and its areas.

    Both in one query, because its page has many parts.
    """
    agreements = agreements_of(engagement, to).order_by()
    areas = engagement.areas.order_by().values_list(
        Value("area"), "pk", "name_ko", "name_en", Value(""), Value("")
    )
    rows = agreements.values_list(
        Value("agreement"), "pk", "title_ko", "title_en", "number", "kind"
    ).union(areas, all=True)
    found = list(rows)
    return (
        sorted((Tied(*row[1:]) for row in found if row[0] == "agreement"), key=lambda t: t.number),
        sorted(in_language(row[2], row[3]) for row in found if row[0] == "area"),
    )


def promised_at(engagement: Engagement, to: User) -> QuerySet[Commitment]:
    """Return the commitments made at an engagement, then those carried into it (``carried``)."""
    taken = Carry.objects.filter(session=engagement, commitment=OuterRef("pk"))
    own = Commitment.objects.filter(engagement=engagement).values("pk")
    carried = Carry.objects.filter(session=engagement).values("commitment")
    rows = Commitment.objects.filter(pk__in=finding.either(own, carried), voided_at=None)
    return (
        visible(rows, to, SEE)
        .select_related("owner", "organisation")
        .annotate(carried=Exists(taken))
        .order_by("carried", "due_on", "pk")
    )


def requests(to: User) -> QuerySet[Request]:
    """Return what was asked at engagements that were held and that a user may see."""
    # Said by what it is not: by what it is, SQLite would go through all engagements that were held.
    others = [state for state in State if state != State.HELD]
    rows = Request.objects.filter(engagement__voided_at=None).exclude(engagement__state__in=others)
    return visible(rows, to, SEE, within="engagement").select_related(
        "engagement", "organisation", "person", "owner"
    )


def requests_to(organisation: Organisation, *, to: User) -> QuerySet[Request]:
    """Return what we asked of an organisation or its divisions, oldest first, answered or not.

    This answers "what did the province ask of the ministry, and was it answered?"; ``to`` is the
    user it is told to.
    """
    return (
        requests(to)
        .filter(of_organisation(organisation), asked_by=Side.OURS)
        .order_by("engagement__starts_on", "pk")
    )


def of_organisation(organisation: Organisation, at: str = "") -> Q:
    """Return the condition that a row's organisation is this one or one of its divisions."""
    return Q(**{f"{at}organisation": organisation}) | Q(
        **{f"{at}organisation__parent": organisation}
    )


def unanswered() -> Q:
    """Return the condition that a request waits for its answer."""
    return Q(answered_on=None)


def late(on: date) -> Q:
    """Return the condition that a request's answer was due before a day and has not come."""
    return Q(answered_on=None, answer_due__lt=on)
