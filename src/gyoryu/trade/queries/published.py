"""What a release told of an event beside what the register holds, and which rows are missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import visible
from gyoryu.base import names
from gyoryu.trade.models import Consultation, Deal, Event, Leg, Meeting, Participant, Published
from gyoryu.trade.rules.published import AMOUNTS, FIGURES

SIDE, STATE = Participant.Side, Meeting.State
GRADES = {"consultations": "g1", "consulted": "g1", "deals": "g2", "pursued": "g2"}
Value = int | Decimal | None
# Consultations taken back that are named one by one.
MOST = 200


@dataclass(frozen=True)
class Figure:
    """One figure as it was published and as the register has it; None where nothing was said."""

    name: str
    label: str
    told: Value
    held: Value
    currency: str = ""
    grade: str = ""

    @property
    def apart(self) -> Value:
        """How far the register lies under what was told; below zero where it holds more."""
        if self.told is None or self.held is None:
            return None
        return self.told - self.held

    @property
    def over(self) -> Value:
        """How far the register lies above what was told."""
        return None if self.apart is None else -self.apart


@dataclass(frozen=True)
class Short:
    """A company or a place with fewer consultations than meetings that took place."""

    of: Any
    meetings: int
    consultations: int

    @property
    def missing(self) -> int:
        """How many meetings took place of which nothing was written down."""
        return self.meetings - self.consultations


@dataclass
class Missing:
    """What the register lacks of an event, so that somebody can ask for it.

    ``silent`` are exhibitors without any consultation, ``unwritten`` meetings that took place and
    have none, ``companies`` and ``places`` those below their meetings, ``taken_back`` consultations
    that were voided and not entered again. Names of single companies are for who may see single
    consultations; others are told only how many there are.
    """

    silent: list[Participant] = field(default_factory=list)
    unwritten: list[Meeting] = field(default_factory=list)
    companies: list[Short] = field(default_factory=list)
    places: list[Short] = field(default_factory=list)
    taken_back: list[Consultation] = field(default_factory=list)
    n_silent: int = 0
    n_unwritten: int = 0
    n_taken_back: int = 0

    @property
    def nothing(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.n_silent or self.n_unwritten or self.n_taken_back)


@dataclass
class Told:
    """One telling: the row, its figures beside the register's, and the event they are held of."""

    row: Published
    event: Event | None
    figures: list[Figure]


@dataclass
class Beside:
    """All that was published of an event beside the register."""

    event: Event
    told: list[Told]
    missing: Missing
    named: bool

    @property
    def short(self) -> bool:
        """Whether some release told of more consultations of this edition than are held."""
        return any(
            (one.apart or 0) > 0
            for told in self.told
            if told.row.edition == 0
            for one in told.figures
            if one.name == "consultations"
        )


def of_event(event: Event) -> QuerySet[Published]:
    """Return what was published of an event and still stands, the newest first."""
    rows = Published.objects.filter(event=event, voided_at=None)
    return rows.select_related("leg", "unit").order_by("-on", "-pk")


def seen_by(user: User) -> QuerySet[Published]:
    """Return what was published, as far as somebody may read of trade."""
    rows = visible(Published.objects.filter(voided_at=None), user, "trade.view")
    return rows.select_related("event", "leg", "unit")


def beside(event: Event, *, named: bool = False) -> Beside:
    """Put what was published beside the register; ``named`` tells which companies are missing."""
    rows = list(of_event(event))
    told = [_told(row, event) for row in rows]
    return Beside(event, told, missing(event, named=named), named)


def _told(row: Published, event: Event) -> Told:
    of = event if row.edition == 0 else event.follows
    held = holding(of, row.leg, row.currency) if of else dict.fromkeys(FIGURES)
    figures = [
        Figure(
            name,
            words[name],
            getattr(row, name),
            held[name],
            row.currency if name in AMOUNTS else "",
            GRADES.get(name, ""),
        )
        for words in [labels()]
        for name in FIGURES
        if getattr(row, name) is not None
    ]
    return Told(row, of, figures)


def labels() -> dict[str, str]:
    """Return the words for each figure."""
    return {
        "companies": _("Companies"),
        "buyers": _("Buyers"),
        "consultations": _("Number of consultations"),
        "consulted": _("Amount consulted"),
        "deals": _("Deals pursued"),
        "pursued": _("Amount pursued"),
    }


def holding(event: Event, leg: Leg | None, currency: str) -> dict[str, Value]:
    """Return the register's own figures of an event or a place of it; amounts of one currency.

    An amount is None where no row of the currency says one: nothing was said, which is not zero.
    """
    talks = Consultation.objects.filter(event=event, voided_at=None)
    deals = Deal.objects.filter(event=event, voided_at=None).exclude(grade="consulted")
    there = {}
    if leg is not None:
        talks, deals = talks.filter(leg=leg), deals.filter(leg=leg)
    else:
        took_part = Q(voided_at=None) & ~Q(state__in=["declined", "withdrawn", "invited"])
        sides = Participant.objects.filter(took_part, event=event).values_list("side")
        there = dict(sides.order_by().annotate(Count("pk")))
    in_currency = Q(currency=currency)
    said = talks.aggregate(
        n=Count("pk"), amount=Sum("amount", filter=in_currency),
        companies=Count("exhibitor", distinct=True), buyers=Count("buyer", distinct=True),
    )  # fmt: skip
    pursued = deals.aggregate(n=Count("pk"), amount=Sum("pursued", filter=in_currency))
    return {
        "companies": said["companies"] if leg else there.get(SIDE.EXHIBITOR, 0),
        "buyers": said["buyers"] if leg else there.get(SIDE.BUYER, 0),
        "consultations": said["n"],
        "consulted": said["amount"],
        "deals": pursued["n"],
        "pursued": pursued["amount"],
    }


def missing(event: Event, *, named: bool) -> Missing:
    """Find what was not written down, by company and by place."""
    standing = Consultation.objects.filter(event=event, voided_at=None)
    took_part = Participant.objects.filter(
        event=event, side=SIDE.EXHIBITOR, voided_at=None
    ).exclude(state__in=["declined", "withdrawn", "invited"])
    silent = took_part.exclude(pk__in=standing.values("exhibitor"))
    held = Meeting.objects.filter(leg__event=event, state=STATE.HELD)
    told_of = Q(pk__in=standing.filter(meeting__isnull=False).values("meeting"))
    unwritten = list(held.exclude(told_of).select_related("half_day", "leg"))
    # A talk that nobody tied to its meeting still tells of it: the same two, at the same place.
    loose = Counter(standing.filter(meeting=None).values_list("exhibitor", "buyer", "leg"))
    unwritten = [one for one in unwritten if not _spent(loose, one)]
    gone = _taken_back(event, standing)
    found = Missing(n_silent=silent.count(), n_unwritten=len(unwritten), n_taken_back=gone.count())
    found.places = _shorts(held, unwritten, "leg", {leg.pk: leg for leg in event.legs.all()})
    if named:
        found.silent = list(silent.select_related("organisation").order_by("organisation__name_ko"))
        found.taken_back = list(
            gone.select_related("exhibitor__organisation", "buyer__organisation", "leg")[:MOST]
        )
        _name(found, unwritten)
        who = {one.exhibitor_id: one.exhibitor for one in unwritten}
        found.companies = _shorts(held, unwritten, "exhibitor", who)
    return found


def _taken_back(event: Event, standing: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Return what was voided and does not stand again as a talk of the same two at that time."""
    # By its buyers: the indexes by event are of what stands.
    there = Participant.objects.filter(event=event, side=SIDE.BUYER)
    sides = ("exhibitor__organisation", "buyer__organisation", "at")
    again = standing.filter(**{name: OuterRef(name) for name in sides})
    rows = Consultation.objects.filter(buyer__in=there, voided_at__isnull=False)
    return rows.exclude(Exists(again)).order_by("exhibitor", "at", "pk")


def _spent(loose: Counter[tuple[int, int, int]], meeting: Meeting) -> bool:
    key = (meeting.exhibitor_id, meeting.buyer_id, meeting.leg_id)
    if loose[key] > 0:
        loose[key] -= 1
        return True
    return False


def _name(found: Missing, unwritten: list[Meeting]) -> None:
    """Fetch who met, for all meetings at once."""
    pks = {pk for one in unwritten for pk in (one.exhibitor_id, one.buyer_id)}
    rows = Participant.objects.select_related("organisation").in_bulk(pks)
    for one in unwritten:
        one.exhibitor, one.buyer = rows[one.exhibitor_id], rows[one.buyer_id]
    found.unwritten = sorted(unwritten, key=lambda one: (str(one.exhibitor), one.half_day.day))


def _shorts(
    held: QuerySet[Meeting], unwritten: Iterable[Meeting], by: str, rows: dict[int, Any]
) -> list[Short]:
    """Count meetings that took place and were written down, by company or place; worst first."""
    lacking: dict[int, int] = defaultdict(int)
    for one in unwritten:
        lacking[getattr(one, f"{by}_id")] += 1
    counts = dict(held.order_by().values_list(by).annotate(Count("pk")))
    found = [
        Short(rows[pk], counts[pk], counts[pk] - number)
        for pk, number in lacking.items()
        if pk in rows
    ]
    return sorted(found, key=lambda one: (-one.missing, str(one.of)))


# Which event figures read in an article are of.

NEAR, FAR = timedelta(days=45), timedelta(days=400)
_ENOUGH = 2.0  # points from which an event is proposed; a person confirms it


@dataclass(frozen=True)
class Likely:
    """An event that figures may be of, how strongly, and why."""

    event: Event
    points: float
    reasons: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether it is proposed at all."""
        return self.points >= _ENOUGH


@dataclass(frozen=True)
class Reading:
    """What an article says of an event: its name and place in words, its days, its companies."""

    name: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None
    published: date | None = None
    companies: int | None = None
    buyers: int | None = None
    text: str = ""


def likely(government: Unit, read: Reading) -> list[Likely]:
    """Return the government's events that an article may tell of, the likeliest first."""
    day = read.first or read.published
    if day is None:
        return []
    rows = Event.objects.filter(
        voided_at=None,
        unit__path__startswith=government.path,
        starts_on__lte=day + NEAR,
        ends_on__gte=day - FAR,
    ).select_related("unit")
    places = Prefetch("legs", Leg.objects.select_related("region"))
    counts = {f"n_{side}": _taking_part(side) for side in SIDE.values}
    events = list(rows.prefetch_related(places).annotate(**counts).order_by("-starts_on")[:200])
    found = [
        _weighed(one, read, {side: getattr(one, f"n_{side}") for side in SIDE.values})
        for one in events
    ]
    return sorted((one for one in found if one.points > 0), key=lambda one: -one.points)


def _taking_part(side: str) -> Any:
    """Count who takes part on a side; nothing where nobody does."""
    rows = Participant.objects.filter(event=OuterRef("pk"), side=side, voided_at=None)
    return Subquery(rows.order_by().values("event").annotate(n=Count("pk")).values("n"))


def _weighed(event: Event, read: Reading, sides: dict[str, int | None]) -> Likely:
    points, reasons = 0.0, []
    alike = max(_alike(read.name, title) for title in (event.title_ko, event.title_en))
    if alike >= 0.5:
        points += 2 * alike
        reasons.append(_("its name is like “%(name)s”") % {"name": read.name[:60]})
    if place := _place(event, read):
        points += 1
        reasons.append(_("the place is %(place)s") % {"place": place})
    points += _days(event, read, reasons)
    for told, side, words in (
        (read.companies, SIDE.EXHIBITOR, _("%(n)d companies, as told")),
        (read.buyers, SIDE.BUYER, _("%(n)d buyers, as told")),
    ):
        if told and sides.get(side) == told:
            points += 1
            reasons.append(words % {"n": told})
    return Likely(event, points, tuple(reasons))


def _days(event: Event, read: Reading, reasons: list[str]) -> float:
    if read.first and read.first <= event.ends_on and (read.last or read.first) >= event.starts_on:
        reasons.append(_("it was on these days"))
        return 1.5
    if read.published and timedelta(0) <= read.published - event.ends_on <= NEAR:
        reasons.append(_("it ended shortly before the article"))
        return 0.5
    return 0.0


def _place(event: Event, read: Reading) -> str:
    for leg in event.legs.all():
        region = leg.region
        called = [leg.name_ko, leg.name_en, leg.venue]
        called += [region.name_ko, region.name_en] if region else []
        for one in called:
            if len(one) > 1 and (one in read.place or one in read.text):
                return one
    return ""


def _alike(one: str, other: str) -> float:
    """How many of all pairs of letters two names share, or 1 where one stands in the other."""
    short, long = sorted((names.organisation_key(one), names.organisation_key(other)), key=len)
    if len(short) < 3:
        return 0.0
    if short in long:
        return 1.0
    pairs = [{text[at : at + 2] for at in range(len(text) - 1)} for text in (short, long)]
    return 2 * len(pairs[0] & pairs[1]) / (len(pairs[0]) + len(pairs[1]))
