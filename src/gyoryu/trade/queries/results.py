"""What came of it: amounts by grade, never added across grades or currencies.

Sums come from the tallies, so that a nation's figures cost no more than an office's; single
companies and meetings are counted from the rows of one event.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.base.money import Money, totals
from gyoryu.parties.models import Region
from gyoryu.programmes.models import Award, Programme
from gyoryu.trade.models import (
    Centre,
    Consultation,
    Deal,
    Event,
    Grade,
    Meeting,
    Participant,
    RunningCost,
    Tally,
)

SEE = "trade.view"
# Who did not come in the end is no participant.
OUT = ("declined", "withdrawn")


@dataclass
class Level:
    """One grade: how many reached it, what was told of their amounts, and how many were lost."""

    grade: Grade
    count: int = 0
    said: int = 0
    lost: int = 0
    amounts: list[Money] = field(default_factory=list)

    @property
    def sign(self) -> str:
        """The name of the grade's sign: one to four quarters."""
        return f"g{list(Grade).index(self.grade) + 1}"

    @property
    def unsaid(self) -> int:
        """How many of them told no amount; that is not zero."""
        return self.count - self.said


@dataclass
class Funnel:
    """The four grades of one group, each by itself."""

    levels: dict[str, Level]

    @property
    def told(self) -> list[Level]:
        """The grades from the least sure to the surest."""
        return list(self.levels.values())

    @property
    def verified(self) -> Level:
        """What is proven by export declarations."""
        return self.levels[Grade.VERIFIED.value]

    @property
    def empty(self) -> bool:
        """Nothing was ever noted."""
        return not any(level.count for level in self.levels.values())


def nothing() -> Funnel:
    """Return a funnel in which nothing has been counted."""
    return Funnel({grade.value: Level(grade) for grade in Grade})


def seen(to: User) -> QuerySet[Tally]:
    """Return the tallies a user may see."""
    return visible(Tally.objects.all(), to, SEE)


def funnel(rows: QuerySet[Tally]) -> Funnel:
    """Return the grades of all these tallies together."""
    return next(iter(funnels(rows, "").values()), nothing())


def funnels(rows: QuerySet[Tally], by: str) -> dict[Any, Funnel]:
    """Return the grades by the value of a column of the tallies, such as ``year``."""
    by_what = [by] if by else []
    sums = (
        rows.order_by()
        .values(*by_what, "grade", "currency")
        .annotate(n=Sum("count"), told=Sum("said"), gone=Sum("lost"), whole=Sum("amount"))
    )
    found: dict[Any, Funnel] = defaultdict(nothing)
    for one in sums:
        _add(found[one.get(by)].levels[one["grade"]], one)
    for each in found.values():
        _in_order(each)
    return dict(found)


def together(parts: Iterable[Funnel]) -> Funnel:
    """Return the grades of groups that have nothing in common, each currency by itself."""
    whole = nothing()
    for part in parts:
        for key, level in whole.levels.items():
            other = part.levels[key]
            level.count += other.count
            level.said += other.said
            level.lost += other.lost
            level.amounts = list(totals([*level.amounts, *other.amounts]).values())
    _in_order(whole)
    return whole


def _in_order(funnel: Funnel) -> None:
    for level in funnel.told:
        level.amounts.sort(key=lambda money: money.currency != "USD")


def _add(level: Level, one: Mapping[str, Any]) -> None:
    level.count += one["n"]
    level.said += one["told"]
    level.lost += one["gone"]
    if one["told"]:
        level.amounts.append(Money(one["whole"], one["currency"]))


def of_events(rows: Iterable[Event]) -> dict[Any, Funnel]:
    """Return the grades of some events, by the event's number."""
    return funnels(Tally.objects.filter(event__in=[row.pk for row in rows]), "event")


@dataclass(frozen=True)
class Attended:
    """Who was at an event, and what became of its meetings."""

    companies: int
    buyers: int
    meetings: int
    held: int
    missed: int
    cancelled: int


def attended(event: Event, leg: int | None = None) -> Attended:
    """Return how many took part and met, at one place of the event or at all of them."""
    met = Meeting.objects.filter(leg__event=event)
    if leg:
        met = met.filter(leg=leg)
    states = dict(met.order_by().values_list("state").annotate(n=Count("pk")))
    there = Participant.objects.filter(event=event, voided_at=None).exclude(state__in=OUT)
    sides = dict(there.order_by().values_list("side").annotate(n=Count("pk")))
    return Attended(
        companies=sides.get("exhibitor", 0),
        buyers=sides.get("buyer", 0),
        meetings=sum(count for state, count in states.items() if state != "cancelled"),
        held=states.get("held", 0),
        missed=states.get("missed", 0),
        cancelled=states.get("cancelled", 0),
    )


@dataclass(frozen=True)
class Spent:
    """Public money, in won: the event's own cost (None: not said), and paid to its exhibitors."""

    cost: int | None
    paid: int

    @property
    def whole(self) -> int:
        """All that is known to have been spent; both are won of the same kind."""
        return (self.cost or 0) + self.paid


def spent(event: Event) -> Spent:
    """Return the public money that an event took."""
    there = event.participants.filter(voided_at=None, application__isnull=False)
    return Spent(
        event.cost, _paid(Award.objects.filter(application__in=there.values("application")))
    )


def _paid(awards: QuerySet[Award]) -> int:
    sums = awards.filter(voided_at=None).aggregate(
        whole=Sum(F("ceiling__paid") + F("ceiling__advanced") - F("ceiling__returned"))
    )
    return int(sums["whole"] or 0)


@dataclass
class Part:
    """What one company, country or place of an event brought."""

    row: Any
    funnel: Funnel = field(default_factory=nothing)


def by_company(event: Event) -> list[Part]:
    """Return the grades of each exhibitor that took part, those without any row too."""
    there = event.participants.filter(side="exhibitor", voided_at=None).exclude(state__in=OUT)
    parts = {
        row.organisation_id: Part(row)
        for row in there.select_related("organisation").order_by("organisation__shown_ko", "pk")
    }
    talks = Consultation.objects.filter(event=event, voided_at=None).order_by()
    for company, one in _talks(talks):
        if part := parts.get(company):
            _add(part.funnel.levels["consulted"], one)
    for seller, grade, reached in _deals(Deal.objects.filter(event=event)):
        if part := parts.get(seller):
            _add(part.funnel.levels[grade], reached)
    return list(parts.values())


def of_companies(ids: list[int], to: User) -> dict[Any, Funnel]:
    """Return what some companies brought at all events and by themselves, as a user may see it."""
    found: dict[Any, Funnel] = defaultdict(nothing)
    talks = Consultation.objects.filter(exhibitor__organisation__in=ids, voided_at=None)
    for one, told in _talks(visible(talks, to, SEE, led=False)):
        _add(found[one].levels["consulted"], told)
    sold = Deal.objects.filter(company__in=ids)
    for company, grade, row in _deals(visible(sold, to, SEE, led=False)):
        _add(found[company].levels[grade], row)
    return dict(found)


def _talks(rows: QuerySet[Consultation]) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """Yield what companies talked of."""
    sums = (
        rows.order_by()
        .values("exhibitor__organisation", "currency")
        .annotate(
            n=Count("pk"),
            told=Count("amount"),
            gone=Value(0),
            whole=Coalesce(Sum("amount"), Decimal(0)),
        )
    )
    for one in sums:
        yield one["exhibitor__organisation"], one


def _deals(rows: QuerySet[Deal]) -> Iterable[tuple[int, str, Mapping[str, Any]]]:
    """Yield what companies reached, grade by grade, of deals that stand."""
    reached = [grade.value for grade in Grade]
    for place, grade in enumerate(reached[1:], start=1):
        sums = (
            # Said by what it is not, so that SQLite begins with the companies and not with a grade.
            rows.filter(voided_at=None)
            .exclude(grade__in=reached[:place])
            .order_by()
            .values("company", "currency")
            .annotate(
                n=Count("pk"),
                told=Count(grade),
                gone=Count("pk", filter=Q(state="lost")),
                whole=Coalesce(Sum(grade), Decimal(0)),
            )
        )
        for one in sums:
            yield one["company"], grade, one


def cost_by_centre(to: User, year: int | None) -> dict[int, int]:
    """Return what centres cost to run, in won, by the centre's number; in one year or in all."""
    rows = visible(RunningCost.objects.filter(voided_at=None), to, SEE)
    if year:
        rows = rows.filter(month__year=year)
    return dict(rows.order_by().values_list("centre").annotate(whole=Sum("amount")))


def years(to: User) -> list[int]:
    """Return the years of which anything was counted, the newest first."""
    return list(seen(to).order_by("-year").values_list("year", flat=True).distinct())


def by_place(event: Event) -> list[Part]:
    """Return the grades of each place of an event, such as the cities of a mission."""
    found = funnels(Tally.objects.filter(event=event), "leg")
    parts = [Part(leg, found.pop(leg.pk, nothing())) for leg in event.legs.all()]
    return parts + [Part(_("Place not said"), rest) for rest in found.values() if not rest.empty]


def by_country(event: Event) -> list[Part]:
    """Return the grades of each country of an event's buyers, by its name."""
    return in_countries(Tally.objects.filter(event=event))


def in_countries(rows: QuerySet[Tally]) -> list[Part]:
    """Return the grades of each country, by its name; what has none comes last."""
    found = funnels(rows, "country")
    unknown = found.pop(None, None)
    known = Region.objects.in_bulk([key for key in found if key])
    parts = [Part(known[key], one) for key, one in found.items() if not one.empty]
    parts.sort(key=lambda part: str(part.row))
    if unknown and not unknown.empty:
        parts.append(Part(_("Country not said"), unknown))
    return parts


def of_programmes(rows: Iterable[Programme]) -> dict[Any, Funnel]:
    """Return the grades of all events of some programmes, by the programme's number."""
    ids = [row.pk for row in rows]
    return funnels(Tally.objects.filter(event__programme__in=ids), "event__programme")


@dataclass
class Grouped(Part):
    """A line of the board; a centre has its running cost beside it, in won."""

    cost: int | None = None


def board(
    rows: QuerySet[Tally], by: str, to: User, year: int | None
) -> tuple[Funnel, list[Grouped]]:
    """Return the grades of all of it, and the lines of the board."""
    parts = _grouped(rows, by, to, year)
    # Every tally has a year and a country, if only one that was not said; few have a centre.
    whole = funnel(rows) if by == "centre" else together(part.funnel for part in parts)
    return whole, parts


def _grouped(rows: QuerySet[Tally], by: str, to: User, year: int | None) -> list[Grouped]:
    if by == "country":
        return [Grouped(part.row, part.funnel) for part in in_countries(rows)]
    if by == "centre":
        return _centres(rows, to, year)
    found = funnels(rows, "year")
    return [Grouped(key, found[key]) for key in sorted(found, reverse=True)]


def _centres(rows: QuerySet[Tally], to: User, year: int | None) -> list[Grouped]:
    """Return every centre with what it brought and cost, also those that brought nothing."""
    found = funnels(rows.filter(centre__isnull=False), "centre")
    costs = cost_by_centre(to, year)
    centres = visible(Centre.objects.filter(voided_at=None), to, SEE).order_by("name_ko", "pk")
    return [Grouped(one, found.get(one.pk, nothing()), costs.get(one.pk)) for one in centres]


@dataclass(frozen=True)
class Compared:
    """A figure of last year's edition beside this year's; None where nothing was noted."""

    words: str
    before: Any
    now: Any
    sign: str = ""
    currency: str = ""


def beside(event: Event, before: Event, found: dict[Any, Funnel]) -> list[Compared]:
    """Return last year beside this year: who came, and each grade in each currency by itself."""
    then, now = attended(before), attended(event)
    lines = [
        Compared(_("Companies"), then.companies, now.companies),
        Compared(_("Buyers"), then.buyers, now.buyers),
        Compared(_("Meetings held"), then.held, now.held),
    ]
    old, new = (found.get(one.pk, nothing()) for one in (before, event))
    for was, is_now in zip(old.told, new.told, strict=True):
        lines.append(Compared(str(was.grade.label), was.count, is_now.count, was.sign))
        lines += _amounts(was, is_now)
    return lines


def _amounts(was: Level, now: Level) -> list[Compared]:
    then = {one.currency: one.amount for one in was.amounts}
    here = {one.currency: one.amount for one in now.amounts}
    words = str(was.grade.label)
    return [
        Compared(words, then.get(currency), here.get(currency), was.sign, currency)
        for currency in dict.fromkeys([*then, *here])
    ]
