"""What is known of engagements and of what was asked at them."""

from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Agreement,
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

State = Engagement.State
SEE = "agreements.view"


def engagements() -> QuerySet[Engagement]:
    """Return the engagements that stand, not the voided ones."""
    return Engagement.objects.filter(voided_at=None)


def seen(to: User) -> QuerySet[Engagement]:
    """Return the engagements a user may see."""
    return visible(engagements(), to, SEE)


def listed(to: User) -> QuerySet[Engagement]:
    """Return the rows of the list, each with the other side's delegations in ``partners``."""
    theirs = Delegation.objects.filter(side=Side.THEIRS).select_related("organisation")
    return (
        seen(to)
        .select_related("region", "unit")
        .prefetch_related(Prefetch("delegations", theirs, to_attr="partners"))
    )


def called(rows: QuerySet[Engagement], text: str) -> QuerySet[Engagement]:
    """Return the engagements that a text may mean: by title, venue, organisation or person."""
    text = names.nfc(text)
    if not text:
        return rows
    organisations = parties.called(Organisation.objects.all(), text).values("pk")
    met = Delegation.objects.filter(Q(organisation__in=organisations) | Q(name__icontains=text))
    there = Participant.objects.filter(person__in=people_called(text).values("pk"))
    asked = Request.objects.filter(
        Q(organisation__in=organisations) | Q(person__in=people_called(text).values("pk"))
    )
    return rows.filter(
        titled(text)
        | Q(venue__icontains=text)
        | Q(pk__in=met.values("engagement"))
        | Q(pk__in=there.values("delegation__engagement"))
        | Q(pk__in=asked.values("engagement"))
    )


def titled(text: str, at: str = "") -> Q:
    """Return the condition that a title, in either language, holds a text; ``at`` leads to it."""
    return Q(**{f"{at}title_ko__icontains": text}) | Q(**{f"{at}title_en__icontains": text})


def agreements_called(rows: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
    """Return the agreements that a text may mean: by title or number."""
    text = names.nfc(text)
    return rows.filter(titled(text) | Q(number__iexact=text)) if text else rows.none()


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


def people_called(text: str) -> QuerySet[Person]:
    """Return the people that a text may mean, by any spelling of their name."""
    text, key = names.nfc(text), names.person_key(text)
    if not text:
        return Person.objects.none()
    spelt = Q(name_ko__icontains=text) | Q(name_en__icontains=text) | Q(name_native__icontains=text)
    if key:
        spelt |= Q(aliases__key=key)
    return Person.objects.filter(spelt, voided_at=None, merged_into=None).distinct()


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


def in_full(to: User) -> QuerySet[Engagement]:
    """Return the engagements a user may see, each with everything its page shows of itself.

    Voided ones are among them: their pages stay, and say so.
    """
    people = Participant.objects.select_related("person", "position__organisation")
    return (
        visible(Engagement.objects.all(), to, SEE)
        .select_related("unit", "region", "owner", "body__agreement", "follows__follows")
        .prefetch_related(
            Prefetch("delegations", Delegation.objects.select_related("organisation")),
            Prefetch("delegations__participants", people),
            Prefetch("stops", Stop.objects.select_related("organisation")),
            Prefetch("requests", Request.objects.select_related("organisation", "person", "owner")),
            "areas",
        )
    )


def followers(engagement: Engagement, to: User) -> QuerySet[Engagement]:
    """Return what followed from an engagement, in its order."""
    return seen(to).filter(follows=engagement).order_by("starts_on", "pk")


def agreements_of(engagement: Engagement, to: User) -> QuerySet[Agreement]:
    """Return the agreements an engagement touches, as far as a user may see them."""
    rows = engagement.agreements.filter(voided_at=None).order_by("-signed_on", "-pk")
    return visible(rows, to, SEE)


def commitments_of(engagement: Engagement, to: User) -> QuerySet[Commitment]:
    """Return the commitments made at an engagement, as far as a user may see them."""
    rows = Commitment.objects.filter(engagement=engagement, voided_at=None)
    return visible(rows, to, SEE).select_related("owner", "organisation").order_by("due_on", "pk")


def requests(to: User) -> QuerySet[Request]:
    """Return what was asked at engagements that were held and that a user may see."""
    asked_at = visible(engagements().filter(state=State.HELD), to, SEE)
    return Request.objects.filter(engagement__in=asked_at).select_related(
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
