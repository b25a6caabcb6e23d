"""Who wants letters about which calls, and which calls have opened that nobody was told of."""

from datetime import date, datetime

from django.db.models import Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.programmes.models import Call, Strategy, Subscription
from gyoryu.programmes.queries.calls import public
from gyoryu.programmes.rules import subscriptions as rules


def of_user(user: User) -> QuerySet[Subscription]:
    """Return the wishes of somebody that stand."""
    rows = Subscription.objects.filter(user_id=user.pk or 0, ended_at=None)
    return rows.select_related("strategy").order_by("pk")


def of_address(address: str) -> QuerySet[Subscription]:
    """Return the wishes of an address that stand or wait to be confirmed."""
    return Subscription.objects.filter(address=address, ended_at=None)


def of_link(secret: str) -> Subscription | None:
    """Return the wish whose link it is."""
    key = rules.of_secret(secret)
    rows = Subscription.objects.select_related("strategy", "user")
    return rows.filter(pk=key).first() if key else None


def strategies(on: date) -> QuerySet[Strategy]:
    """Return the strategies that run or are to come."""
    rows = Strategy.objects.filter(voided_at=None, last_year__gte=on.year)
    return rows.select_related("unit").order_by("name_ko", "pk")


def opened(at: datetime) -> QuerySet[Call]:
    """Return the calls that take applications now and were not told of."""
    rows = public().filter(state=Call.State.PUBLISHED, opens_at__lte=at, closes_at__gt=at)
    return rows.filter(opening_told=None).order_by("opens_at", "pk")


def wanting(call: Call, after: int, most: int) -> list[Subscription]:
    """Return some of those who want a letter about a call, by number, after a number."""
    programme = call.programme
    rows = Subscription.objects.filter(
        Q(strategy=None) | Q(strategy=programme.strategy_id),
        Q(kind="") | Q(kind=programme.kind),
        Q(user=None) | Q(user__is_active=True),
        confirmed_at__isnull=False,
        ended_at=None,
        pk__gt=after,
    )
    return list(rows.select_related("user").order_by("pk")[:most])


def unconfirmed(before: datetime) -> QuerySet[Subscription]:
    """Return the wishes of addresses that nobody confirmed in time."""
    return Subscription.objects.filter(
        user=None, confirmed_at=None, ended_at=None, asked_at__lte=before
    )
