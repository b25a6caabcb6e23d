"""What is known of business centres: their people, what they cost, and what came of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Sum

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.trade.models import Centre, Deal, Enquiry, Grade, Lead, Post, RunningCost, Sale

SEE = "trade.view"


def seen_by(user: User, capability: str = SEE) -> QuerySet[Centre]:
    """Return the centres a user may see, or change."""
    rows = Centre.objects.filter(voided_at=None).select_related("unit", "region", "operator")
    return visible(rows, user, capability)


def asked_by_all() -> QuerySet[Centre]:
    """Return the centres whose form is open to the public."""
    rows = Centre.objects.filter(voided_at=None, closed_on=None, asked_by_all=True)
    return rows.select_related("region", "operator", "unit")


def open_ones() -> QuerySet[Centre]:
    """Return the centres that companies may ask, on their own page."""
    rows = Centre.objects.filter(voided_at=None, closed_on=None)
    return rows.select_related("region").order_by("name_ko", "pk")


def posts(centre: Centre) -> list[Post]:
    """Return who works and worked there, the newest first."""
    return list(centre.posts.select_related("user"))


def working(centres: Iterable[int], on: date) -> dict[int, list[User]]:
    """Return who works at centres on a day and has an account that is open."""
    rows = Post.objects.filter(Q(until=None) | Q(until__gte=on), centre__in=centres, since__lte=on)
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows.filter(user__is_active=True).select_related("user").order_by("pk"):
        if row.user is not None and row.user not in found[row.centre_id]:
            found[row.centre_id].append(row.user)
    return dict(found)


def costs(centre: Centre, year: int) -> QuerySet[RunningCost]:
    """Return what stands of a year's costs."""
    return RunningCost.objects.filter(centre=centre, month__year=year, voided_at=None)


@dataclass(frozen=True)
class Costs:
    """A year's running cost in won; ``total`` is none where nothing was entered.

    ``months`` is of how many months something was entered.
    """

    by_kind: list[tuple[str, int | None]]
    total: int | None
    months: int


def cost_of(centre: Centre, year: int) -> Costs:
    """Add a year's costs up by kind; a kind of which nothing was entered has none, not zero."""
    own = {kind.value: Sum("amount", filter=Q(kind=kind)) for kind in RunningCost.Kind}
    found = costs(centre, year).aggregate(
        total=Sum("amount"), months=Count("month", distinct=True), **own
    )
    kinds = [(str(kind.label), found[kind.value]) for kind in RunningCost.Kind]
    return Costs(kinds, found["total"], found["months"])


def years(centre: Centre, today: date) -> list[int]:
    """Return the years of which there may be something, the newest first."""
    last = min(centre.closed_on or today, today).year
    return list(range(max(last, centre.opened_on.year), centre.opened_on.year - 1, -1))


def _year(year: int) -> tuple[datetime, datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


@dataclass(frozen=True)
class Answered:
    """Enquiries of a year. ``due`` are those whose day has come or that are answered.

    ``share`` is how many of those were answered in time, in percent with one place; none of none.
    """

    received: int
    answered: int
    in_time: int
    late: int
    open_late: int
    matched: int

    @property
    def due(self) -> int:
        """Return how many have been answered or should have been."""
        return self.answered + self.open_late

    @property
    def share(self) -> Decimal | None:
        """Return who was answered in time of those due, in percent."""
        if not self.due:
            return None
        return (Decimal(100 * self.in_time) / self.due).quantize(Decimal("0.1"))


def answered(rows: QuerySet[Enquiry], today: date) -> Answered:
    """Count enquiries by how they were answered; one closed without an answer is due to nobody."""
    waiting = Q(answered_on=None, state=Enquiry.State.IN)
    counted = rows.order_by().aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=Q(answered_on__isnull=False)),
        in_time=Count("pk", filter=Q(answered_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(answered_on__gt=F("due_on"))),
        open_late=Count("pk", filter=waiting & Q(due_on__lt=today)),
        matched=Count("pk", filter=Q(lead__isnull=False)),
    )
    return Answered(**counted)


@dataclass(frozen=True)
class GradeLine:
    """Deals of one grade in one currency. ``amount`` is none where nobody has said one."""

    grade: str
    label: str
    place: int
    currency: str
    deals: int
    amount: Decimal | None

    @property
    def sign(self) -> str:
        """Return the number of the grade's sign."""
        return str(self.place)


def deals_of(centre: Centre, year: int) -> list[GradeLine]:
    """Return a centre's deals by currency and grade, of the year in which each came to its grade.

    A deal counts once, at the grade it has. A line is never added to another. Verified exports
    have a line in every currency: zero where deals say zero, and none where nobody has said.
    """
    rows = Deal.objects.filter(centre=centre, voided_at=None, graded_on__year=year)
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    sums = {f"s_{grade.value}": Sum(grade.value) for grade in Grade}
    grouped: Any = rows.order_by().values("currency", "grade").annotate(n=Count("pk"), **sums)
    for one in grouped:
        found[one["currency"]][one["grade"]] = one
    return [line for currency in sorted(found) for line in _grades(currency, found[currency])]


def _grades(currency: str, held: dict[str, dict[str, Any]]) -> list[GradeLine]:
    lines = []
    for place, grade in enumerate(Grade, start=1):
        own = held.get(grade.value)
        amount = own[f"s_{grade.value}"] if own else None
        if grade == Grade.VERIFIED and own is None:
            # A deal below that grade may say that nothing has left the country: zero is a word.
            said = [one["s_verified"] for one in held.values() if one["s_verified"] is not None]
            amount = sum(said, Decimal(0)) if said else None
        if own or grade == Grade.VERIFIED:
            count = own["n"] if own else 0
            lines.append(GradeLine(grade.value, str(grade.label), place, currency, count, amount))
    return lines


@dataclass(frozen=True)
class Results:
    """What came of a centre in a year, beside what it cost. Nothing here is added to anything."""

    year: int
    cost: Costs
    enquiries: Answered
    leads: int
    leads_matched: int
    deals: list[GradeLine]

    @property
    def verified(self) -> list[GradeLine]:
        """Return the verified exports, by currency."""
        return [line for line in self.deals if line.grade == Grade.VERIFIED]


def results(centre: Centre, year: int, today: date) -> Results:
    """Return a year's results of a centre."""
    since, until = _year(year)
    asked = Enquiry.objects.filter(
        centre=centre, voided_at=None, received_at__gte=since, received_at__lt=until
    )
    leads = Lead.objects.filter(centre=centre, voided_at=None, found_on__year=year)
    found = leads.aggregate(n=Count("pk"), matched=Count("pk", filter=Q(state="matched")))
    return Results(
        year,
        cost_of(centre, year),
        answered(asked, today),
        found["n"],
        found["matched"],
        deals_of(centre, year),
    )


def sold_by(centre: Centre, year: int) -> list[tuple[str, int, Decimal]]:
    """Return what was sold on a centre's online malls in a year: orders and amount by currency."""
    rows = Sale.objects.filter(listing__channel__centre=centre, voided_at=None, on__year=year)
    found: Any = rows.order_by("currency").values_list("currency")
    return list(found.annotate(n=Count("order", distinct=True), total=Sum("amount")))
