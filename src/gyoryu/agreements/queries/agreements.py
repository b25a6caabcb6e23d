"""What is known of agreements: who sees them, which are dormant, what came of their promises."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from gyoryu.accounts.models import User, in_language
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Agreement,
    Body,
    Commitment,
    Duty,
    Party,
    Status,
    StatusChange,
)
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import keeping
from gyoryu.agreements.rules.agreements import Facts
from gyoryu.base import names, periods
from gyoryu.evidence.models import Document
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation, Person, Position
from gyoryu.web import finding

DORMANT_MONTHS = 24
OPEN = ("open", "in_progress")


def agreements() -> QuerySet[Agreement]:
    """Return the agreements that stand, with what a line about each needs."""
    return Agreement.objects.filter(voided_at=None).select_related(
        "partner_region__parent", "unit", "owner"
    )


def seen_by(user: User) -> QuerySet[Agreement]:
    """Return the agreements that stand and that a user may see."""
    return visible(agreements(), user, "agreements.view")


def listed(rows: QuerySet[Agreement], on: date) -> QuerySet[Agreement]:
    """Add to each row its next duty and its follow-through on a day, in the rows' own query."""
    open_duty = Duty.objects.filter(agreement=OuterRef("pk"), done_on=None, waived_on=None)
    first = open_duty.order_by("due_on", "pk")
    return follow_through(rows, on).annotate(
        duty_ko=Subquery(first.values("template__name_ko")[:1], output_field=CharField()),
        duty_en=Subquery(first.values("template__name_en")[:1], output_field=CharField()),
    )


def follow_through(rows: QuerySet[Agreement], on: date) -> QuerySet[Agreement]:
    """Add ``n_due`` and ``n_kept``: promises that came due by a day, and those of them kept.

    Both sides and the joint ones count alike; ``keeping`` says what is kept.
    """
    due = keeping.judged(_promises(), on).filter(came_due=True)
    return rows.annotate(n_due=_count(due), n_kept=_count(due.filter(in_time=True)))


def _count(rows: QuerySet[Any], by: str = "agreement") -> Coalesce:
    counted = rows.order_by().values(by).annotate(_n=Count("pk")).values("_n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def is_dormant(on: date) -> Q:
    """Hold the agreements in force that nobody touched for 24 months by a day."""
    since = periods.add_months(on, -DORMANT_MONTHS)
    untouched = Q(last_contact_on=None) | Q(last_contact_on__lt=since)
    return Q(status=Status.IN_FORCE, signed_on__lt=since) & untouched


def dormant_months(agreement: Agreement, on: date) -> int:
    """Return for how many months an agreement has been dormant on a day; 0 when it is not."""
    last = max(filter(None, (agreement.last_contact_on, agreement.signed_on)), default=None)
    if agreement.status != Status.IN_FORCE or last is None:
        return 0
    months = periods.months_between(last, on) if last <= on else 0
    return months if last < periods.add_months(on, -DORMANT_MONTHS) else 0


def term_over(on: date) -> QuerySet[Agreement]:
    """Return the queue of agreements whose term has run out by a day, the longest over first."""
    running = [Status.IN_FORCE, Status.SUSPENDED]
    return agreements().filter(status__in=running, ends_on__lt=on).order_by("ends_on", "pk")


def standing(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Add what the rules ask of an agreement's surroundings (``facts`` reads it)."""
    sides = Party.objects.filter(agreement=OuterRef("pk"))
    owing = Commitment.objects.filter(agreement=OuterRef("pk"), status__in=OPEN, voided_at=None)
    steps = StatusChange.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    return rows.annotate(
        n_ours=_count(sides.filter(side=Side.OURS)),
        n_theirs=_count(sides.filter(side=Side.THEIRS)),
        n_open=_count(owing),
        signed_text=Exists(
            keeping.evidence(Agreement).filter(document__kind=Document.Kind.SIGNED_TEXT)
        ),
        last_step=Subquery(steps.annotate(_m=Max("on")).values("_m"), output_field=DateField()),
    )


def facts(row: Any) -> Facts:
    """Return what the rules ask; ``row`` comes from ``standing``."""
    return Facts(row.n_ours, row.n_theirs, row.signed_text, row.n_open, row.last_step)


def as_it_stands(agreement: Agreement) -> Agreement:
    """Read an agreement again, locked where the database can, with what the rules ask of it."""
    rows = standing(Agreement.objects.select_related("unit"))
    return rows.select_for_update(of=("self",)).get(pk=agreement.pk)


def last_step(agreement: Agreement) -> date | None:
    """Return the day of the last step an agreement took."""
    day: date | None = agreement.course.aggregate(last=Max("on"))["last"]
    return day


def held(party: Party, person: Person) -> Position | None:
    """Return the position a person held on the day of signing, at the party before elsewhere."""
    own = positions_then(party).filter(person=person).first()
    return own or _then(party.agreement).filter(person=person).order_by("pk").first()


def positions_then(party: Party) -> QuerySet[Position]:
    """Return the positions held at a party on the day its agreement was signed."""
    rows = _then(party.agreement).filter(organisation=party.organisation_id)
    # One whose beginning is unknown may not have begun: it comes last.
    return rows.select_related("person", "organisation").order_by(
        F("since").desc(nulls_last=True), "pk"
    )


def _then(agreement: Agreement) -> QuerySet[Position]:
    rows = Position.objects.filter(person__voided_at=None, person__merged_into=None)
    if agreement.signed_first is None or agreement.signed_on is None:
        return rows.filter(until=None)
    begun = Q(since=None) | Q(since__lte=agreement.signed_on)
    return rows.filter(begun, Q(until=None) | Q(until__gte=agreement.signed_first))


def called(rows: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
    """Return the agreements that a text may mean: their number or title, whole before part."""
    text = names.nfc(text)
    whole = rows.filter(
        Q(number__iexact=text) | Q(title_ko__iexact=text) | Q(title_en__iexact=text)
    )
    return whole if text and whole.exists() else rows.filter(finding.holding(Agreement, text))


def about(rows: QuerySet[Agreement], text: str) -> QuerySet[Agreement]:
    """Return the agreements whose title, number, party or signatory a text names."""
    text = names.nfc(text)
    if not text:
        return rows
    organisations = parties.called(Organisation.objects.all(), text).values("pk")
    people = parties.called(Person.objects.all(), text).values("pk")
    there = finding.either(
        Party.objects.filter(organisation__in=organisations).values("agreement"),
        Party.objects.filter(signatories__person__in=people).values("agreement"),
    )
    return finding.narrowed(rows, text, there)


@dataclass(frozen=True)
class Branch:
    """A line of the lineage: how deep it stands, and what it says of its agreement."""

    depth: int
    pk: int
    title: str
    kind: str = ""
    year: str = ""
    promises: int = 0
    itself: bool = False

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("agreement", args=[self.pk])


@dataclass(frozen=True)
class Near:
    """What stands around an agreement: its areas, who else sees it, where it grew from and into."""

    areas: list[str]
    shared: list[str]
    branches: list[Branch]


def near(agreement: Agreement, to: User) -> Near:
    """Return what stands around an agreement, in one query.

    The chain above comes with the agreement (``parent`` joined three deep).
    """
    children = seen_by(to).filter(parent=agreement)
    found = _around("child", children, year="signed_on", kind="kind", n=_count(_promises())).union(
        _around("area", agreement.areas.all()), _around("shared", agreement.shared_with.all())
    )
    chain = _chain(agreement)
    held: dict[str, list[Any]] = {"area": [], "shared": [], "child": []}
    for group, pk, ko, en, year, kind, n in found:
        label = Agreement.Kind(kind).label if kind else ""
        held[group].append(Branch(len(chain), pk, in_language(ko, en), str(label), year[:4], n))
    below = sorted(held["child"], key=lambda branch: (branch.year, branch.pk))
    names_of = {group: sorted(row.title for row in held[group]) for group in ("area", "shared")}
    return Near(names_of["area"], names_of["shared"], [*chain, *below])


def _around(
    group: str, rows: QuerySet[Any], *, year: str = "", kind: str = "", n: Any = None
) -> QuerySet[Any]:
    ko, en = ("title_ko", "title_en") if group == "child" else ("name_ko", "name_en")
    text = CharField()
    told = rows.order_by().annotate(
        _group=Value(group, text),
        _ko=F(ko),
        _en=F(en),
        _year=Coalesce(Cast(year, text), Value("")) if year else Value("", text),
        _kind=F(kind) if kind else Value("", text),
        _n=n if n is not None else Value(0),
    )
    listed: QuerySet[Any] = told.values_list("_group", "pk", "_ko", "_en", "_year", "_kind", "_n")
    return listed


def _chain(agreement: Agreement) -> list[Branch]:
    """Return the line from the oldest parent down to an agreement itself."""
    line = [agreement]
    while (above := line[0].parent) is not None and len(line) < 8:
        line.insert(0, above)
    return [
        Branch(
            depth,
            row.pk,
            str(row),
            row.get_kind_display(),
            str(row.signed_on.year) if row.signed_on else "",
            itself=row is agreement,
        )
        for depth, row in enumerate(line)
    ]


def _promises() -> QuerySet[Commitment]:
    return Commitment.objects.filter(agreement=OuterRef("pk"), voided_at=None)


def promises(agreement: Agreement, to: User, on: date) -> QuerySet[Any]:
    """Return an agreement's commitments that a user may see, each judged as of a day.

    With how many documents each has.
    """
    rows = Commitment.objects.filter(agreement=agreement, voided_at=None)
    seen = visible(rows, to, "agreements.view").select_related(
        "owner", "counterpart__person", "counterpart__organisation", "organisation", "unit"
    )
    documents = keeping.evidence(Commitment).order_by().values("record").annotate(_n=Count("pk"))
    told: QuerySet[Any] = keeping.judged(seen, on).annotate(
        n_documents=Coalesce(Subquery(documents.values("_n"), output_field=IntegerField()), 0)
    )
    return told.order_by(F("due_on").asc(nulls_last=True), "pk")


def by_status(promises: Iterable[Commitment]) -> list[tuple[str, int]]:
    """Count promises as a heading tells them: open ones together, then each way of closing."""
    open_ones, counts = 0, dict.fromkeys(Commitment.Status, 0)
    for one in promises:
        counts[Commitment.Status(one.status)] += 1
        open_ones += not one.closed
    closed = [(str(status), n) for status, n in counts.items() if n and status not in OPEN]
    return [("open", open_ones), *closed]


def bodies(agreement: Agreement) -> QuerySet[Body]:
    """Return an agreement's bodies with their sessions held and the promises on their agenda."""
    held = Count(
        "sessions", filter=Q(sessions__state="held", sessions__voided_at=None), distinct=True
    )
    waiting = Q(
        commitments__status__in=OPEN, commitments__on_agenda=True, commitments__voided_at=None
    )
    return (
        Body.objects.filter(agreement=agreement, voided_at=None)
        .annotate(n_held=held, n_agenda=Count("commitments", filter=waiting, distinct=True))
        .order_by("pk")
    )


@dataclass
class Standing:
    """A party on a page: whose side, which organisation, and who signed for it."""

    pk: int
    side: str
    organisation: int
    name: str
    signatories: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The side in words."""
        return str(Side(self.side).label)


def signed_for(agreement: Agreement) -> list[Standing]:
    """Return an agreement's parties, ours first, with who signed and the title of that day.

    One query for both, because a record page has few to spare.
    """
    person, title = "signatories__person__name_", "signatories__position__title_"
    rows = Party.objects.filter(agreement=agreement)
    found: dict[int, Standing] = {}
    for row in rows.order_by("side", "order", "pk", "signatories__pk").values(
        "pk", "side", "organisation", "organisation__name_ko", "organisation__name_en",
        "signatories", "signatories__title",
        f"{person}ko", f"{person}en", f"{title}ko", f"{title}en",
    ):  # fmt: skip
        name = in_language(row["organisation__name_ko"], row["organisation__name_en"])
        party = found.setdefault(
            row["pk"], Standing(row["pk"], row["side"], row["organisation"], name)
        )
        if row["signatories"]:
            told = row["signatories__title"] or _said(row, title)
            party.signatories.append((row["signatories"], _said(row, person), told))
    return list(found.values())


def _said(row: dict[str, Any], name: str) -> str:
    return in_language(row[f"{name}ko"] or "", row[f"{name}en"] or "")
