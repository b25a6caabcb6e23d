"""Letters about orders and vouchers: to the company's people and the provider's, and reminders.

Who is written to acts for the organisation and is confirmed. A letter's key names the order and
the step, so that the same step is written about once.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import told as told_day
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.models import Order, OrderStep, Representative, Voucher
from gyoryu.programmes.rules.orders import DAYS_TO_CONFIRM

# Days before a voucher's end on which its company is reminded.
BEFORE_END = (60, 30, 7)
Status = Order.Status


def quoted(order: Order, *, by: User | None, at: datetime) -> None:
    """Tell the company that a quote came."""
    _tell(
        _company(order),
        order,
        _("Quote %(number)s came: %(title)s"),
        _(
            "%(provider)s offers it for %(amount)s KRW, to be delivered by %(due)s. Accept it or "
            "decline it on the order's page."
        ),
        at,
    )


def accepted(order: Order, *, by: User | None, at: datetime) -> None:
    """Tell the provider that its quote was accepted."""
    _tell(
        _provider(order),
        order,
        _("Quote %(number)s was accepted: %(title)s"),
        _("%(company)s has accepted it. %(amount)s KRW is held for it; deliver it by %(due)s."),
        at,
    )


def delivered(order: Order, *, by: User | None, at: datetime) -> None:
    """Ask the company to confirm a delivery within some days."""
    _tell(
        _company(order),
        order,
        _("Order %(number)s was delivered: %(title)s"),
        _(
            "%(provider)s says it was delivered on %(delivered)s. Confirm it by %(until)s, or send "
            "it back and say what is wrong."
        ),
        at,
    )


def confirmed(order: Order, *, by: User | None, at: datetime) -> None:
    """Tell the provider that the company has confirmed."""
    _tell(
        _provider(order),
        order,
        _("Order %(number)s was confirmed: %(title)s"),
        _("%(company)s has confirmed it. It can now be settled on your tax invoice."),
        at,
    )


def sent_back(order: Order, reason: str, *, by: User | None, at: datetime) -> None:
    """Tell the provider that its delivery was sent back, and why."""
    _tell(
        _provider(order),
        order,
        _("Order %(number)s was sent back: %(title)s"),
        _("%(company)s has sent it back: %(reason)s"),
        at,
        reason,
    )


def cancelled(order: Order, reason: str, *, by: User | None, at: datetime) -> None:
    """Tell both sides that an order was cancelled, and why."""
    both = {user.pk: user for user in [*_company(order), *_provider(order)]}
    to = [user for user in both.values() if by is None or user.pk != by.pk]
    _tell(
        to,
        order,
        _("Order %(number)s was cancelled: %(title)s"),
        _("It was cancelled: %(reason)s What was held for it is free again."),
        at,
        reason,
    )


def _tell(
    to: Iterable[User],
    order: Order,
    subject: object,
    body: object,
    at: datetime,
    reason: str = "",
) -> None:
    # However often an order is sent back and delivered again, each time is told once.
    step = OrderStep.objects.filter(order=order).count()
    for user in to:
        with override(user.language):
            told = _told(order, reason)
            outbox.queue(
                user,
                key=f"order:{order.pk}:{step}",
                subject=str(subject) % told,
                body=str(body) % told,
                about=order,
                link=reverse("my-order", args=[order.pk]),
                at=at,
            )


def _told(order: Order, reason: str) -> dict[str, str]:
    delivered = order.delivered_on
    until = delivered + timedelta(days=DAYS_TO_CONFIRM) if delivered else None
    return {
        "number": order.number,
        "title": order.title,
        "amount": f"{order.amount:,}",
        "company": order.voucher.award.name,
        "provider": str(order.provider),
        "due": told_day(order.due_on),
        "delivered": told_day(delivered),
        "until": told_day(until),
        "reason": reason.strip(),
    }


def _company(order: Order) -> list[User]:
    return _people([order.voucher.award.organisation_id])


def _provider(order: Order) -> list[User]:
    return _people([order.provider.organisation_id])


def _people(organisations: Iterable[int | None]) -> list[User]:
    """Return who is confirmed to act for these organisations and can still sign in."""
    rows = Representative.objects.filter(
        organisation__in=[one for one in organisations if one],
        ended_on=None,
        confirmed_at__isnull=False,
        user__is_active=True,
    )
    return [row.user for row in rows.select_related("user").order_by("user")]


@transaction.atomic
def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Remind companies of deliveries to confirm and of vouchers that end; return how many letters.

    Run every day. Doing it twice writes nothing new; after days without it, only the latest step
    that has come is written.
    """
    check_may(by, "programmes.change")
    return _remind_to_confirm(on, at) + _remind_of_ends(on, at)


def _remind_to_confirm(on: date, at: datetime) -> int:
    rows = Order.objects.filter(
        status=Status.DELIVERED,
        voided_at=None,
        delivered_on__lt=on - timedelta(days=DAYS_TO_CONFIRM),
    ).select_related("voucher__award", "provider__organisation", "unit")
    count = 0
    for order in rows:
        for user in _company(order):
            with override(user.language):
                count += _queued(
                    user,
                    key=f"order:{order.pk}:confirm:{order.delivered_on}",
                    subject=_("Still to be confirmed: order %(number)s, %(title)s")
                    % _told(order, ""),
                    body=_(
                        "%(provider)s delivered it on %(delivered)s. It was to be confirmed by "
                        "%(until)s. Confirm it, or send it back and say what is wrong."
                    )
                    % _told(order, ""),
                    about=order,
                    link=reverse("my-order", args=[order.pk]),
                    at=at,
                )
    return count


def _remind_of_ends(on: date, at: datetime) -> int:
    last = on + timedelta(days=BEFORE_END[0])
    rows = Voucher.objects.filter(
        closed_on=None,
        award__voided_at=None,
        award__ends_on__range=(on, last),
        award__status__in=["awarded", "running"],
    ).select_related("award__ceiling", "award__unit")
    count = 0
    for voucher in rows:
        left = (voucher.award.ends_on - on).days
        step = min(days for days in BEFORE_END if left <= days)
        if voucher.award.ceiling.free <= 0:
            continue
        for user in _people([voucher.award.organisation_id]):
            with override(user.language):
                told = {
                    "number": voucher.award.number,
                    "on": told_day(voucher.award.ends_on),
                    "free": f"{voucher.award.ceiling.free:,}",
                }
                count += _queued(
                    user,
                    key=f"voucher:{voucher.pk}:{voucher.award.ends_on}:{step}",
                    subject=_("Voucher %(number)s ends on %(on)s") % told,
                    body=_(
                        "%(free)s KRW of it is still free. What is not delivered by then is "
                        "given back."
                    )
                    % told,
                    about=voucher,
                    link=reverse("my-voucher", args=[voucher.pk]),
                    at=at,
                )
    return count


def _queued(to: User, *, key: str, at: datetime, **letter: Any) -> int:
    """Queue a letter; tell whether it is new."""
    return int(outbox.queue(to, key=key, at=at, **letter).queued_at == at)
