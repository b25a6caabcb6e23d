"""Orders: whose they are, which wait for whom, and how well providers keep theirs."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import either, visible
from gyoryu.programmes.models import Award, Claim, LedgerEntry, Order, OrderStep, Provider
from gyoryu.programmes.rules.orders import DAYS_TO_CONFIRM
from gyoryu.programmes.rules.representatives import sure_of

Status = Order.Status
ON_PAGE = (
    "unit",
    "voucher__award__ceiling",
    "voucher__award__organisation",
    "voucher__award__call__programme",
    "heading__service",
    "heading__ceiling",
    "provider__organisation",
    "provider__unit",
)
LISTED = ("voucher__award__organisation", "heading__service", "provider__organisation", "unit")


def seen(to: User) -> QuerySet[Order]:
    """Return the orders a user may see at the desk."""
    rows = Order.objects.filter(voided_at=None).select_related(*LISTED)
    return visible(rows, to, "programmes.applicants")


def own(by: User) -> QuerySet[Order]:
    """Return the orders of the companies and providers that somebody acts for, newest first."""
    mine = sure_of(by)
    rows = either(
        Order.objects.filter(voided_at=None),
        Q(voucher__award__organisation__in=mine),
        Q(provider__organisation__in=mine),
    )
    return rows.select_related(*ON_PAGE).order_by("-pk")


def to_settle(award: Award) -> QuerySet[Order]:
    """Return the confirmed orders of a voucher's award, for which a claim can be written."""
    rows = Order.objects.filter(voucher__award=award, status=Status.CONFIRMED, voided_at=None)
    return rows.select_related("heading", "provider__organisation")


def in_full(rows: QuerySet[Order]) -> QuerySet[Order]:
    """Return orders with all that their page tells."""
    return rows.select_related(*ON_PAGE)


def reservation(order: Order) -> LedgerEntry | None:
    """Return the entry that holds an order's money; none before acceptance and once released."""
    own = Q(key=reserved_key(order)) | Q(key__startswith=f"{reserved_key(order)}/")
    rows = LedgerEntry.objects.filter(own, reverses=None, reversed_by=None)
    return rows.select_related("ceiling").first()


def reserved_key(order: Order) -> str:
    """Return the key under which an order's money is held in the ledger."""
    return f"order/{order.pk}/reserved"


# What the states of the list mean, as conditions.
RUNNING = Q(status__in=[Status.ACCEPTED, Status.DELIVERED, Status.CONFIRMED])


def late(on: date) -> Q:
    """Return the condition that the delivery is overdue."""
    return Q(status=Status.ACCEPTED, due_on__lt=on)


def to_confirm(on: date) -> Q:
    """Return the condition that the company was to confirm a delivery before a day."""
    return Q(status=Status.DELIVERED, delivered_on__lt=on - timedelta(days=DAYS_TO_CONFIRM))


@dataclass(frozen=True)
class Performance:
    """How a provider has kept its orders; amounts in won.

    ``on_time`` counts deliveries by their day, of ``delivered``; ``complaints`` are deliveries
    that were sent back at least once.
    """

    orders: int = 0
    running: int = 0
    delivered: int = 0
    on_time: int = 0
    confirmed: int = 0
    complaints: int = 0
    cancelled: int = 0
    settled: int = 0

    @property
    def on_time_percent(self) -> int | None:
        """The share of deliveries in time, rounded down; none before the first delivery."""
        return self.on_time * 100 // self.delivered if self.delivered else None


def performance(rows: QuerySet[Order]) -> Performance:
    """Count how the orders of a provider were kept, in one query."""
    complaint = OrderStep.objects.filter(order=OuterRef("pk"), complaint=True)
    found = rows.aggregate(
        orders=Count("pk", filter=~Q(status=Status.QUOTED)),
        running=Count("pk", filter=RUNNING),
        delivered=Count("pk", filter=Q(delivered_on__isnull=False)),
        on_time=Count("pk", filter=Q(delivered_on__lte=F("due_on"))),
        confirmed=Count("pk", filter=Q(status__in=[Status.CONFIRMED, Status.SETTLED])),
        complaints=Count("pk", filter=Exists(complaint)),
        cancelled=Count("pk", filter=Q(status=Status.CANCELLED)),
        settled=Sum("amount", filter=Q(status=Status.SETTLED), default=0),
    )
    return Performance(**found)


def of_provider(provider: Provider) -> QuerySet[Order]:
    """Return a provider's orders, newest first."""
    return Order.objects.filter(provider=provider, voided_at=None).order_by("-pk")


def confirm_by(order: Order) -> date | None:
    """Return by which day the company is asked to confirm; none when nothing waits for it."""
    if order.status != Status.DELIVERED or order.delivered_on is None:
        return None
    return order.delivered_on + timedelta(days=DAYS_TO_CONFIRM)


def claim_of(order: Order) -> Claim | None:
    """Return the newest claim of an order that was not thrown away, if there is one."""
    return Claim.objects.filter(order=order, voided_at=None).order_by("-pk").first()


def steps(order: Order) -> QuerySet[Any]:
    """Return how an order came to stand as it does, newest first."""
    return order.steps.select_related("by").order_by("-pk")
