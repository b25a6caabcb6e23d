"""Vouchers and orders on somebody's first page: what is theirs, and what waits for them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.programmes.models import Order
from gyoryu.programmes.queries import orders, vouchers
from gyoryu.programmes.queries.tiles import Line, Section

MOST_LINES = 20
Status = Order.Status


def vouchers_section(user: User, at: datetime) -> Section | None:
    """Return somebody's vouchers with what is free; nothing for those who have none."""
    rows = list(vouchers.own(user)[:MOST_LINES])
    if not rows:
        return None
    lines = [
        Line(
            row.award.call.programme,
            reverse("my-voucher", args=[row.pk]),
            _("%(number)s · %(free)s KRW free")
            % {"number": row.award.number, "free": f"{row.award.ceiling.free:,}"},
        )
        for row in rows
    ]
    return Section(_("My vouchers"), "coins", lines, more=reverse("my-vouchers"))


def orders_section(user: User, at: datetime) -> Section | None:
    """Return somebody's open orders; nothing for those who have none."""
    open_ones = orders.own(user).exclude(status__in=[Status.SETTLED, Status.CANCELLED])
    rows = list(open_ones[:MOST_LINES])
    if not rows:
        return None
    mine = set(vouchers.represented(user).values_list("pk", flat=True))
    lines = [_line(row, row.voucher.award.organisation_id in mine) for row in rows]
    return Section(_("My orders"), "inbox", lines, more=reverse("my-orders"))


def _line(row: Order, buys: bool) -> Line:
    meta = f"{row.number} · {row.get_status_display()} · {row.amount:,} KRW"
    address = reverse("my-order", args=[row.pk])
    if buys and row.status == Status.QUOTED:
        return Line(row.title, address, meta, _("Accept or decline the quote"))
    if buys and (by := orders.confirm_by(row)):
        return Line(row.title, address, meta, _("Confirm the delivery"), _end(by))
    if not buys and row.status == Status.ACCEPTED:
        return Line(row.title, address, meta, _("Deliver"), _end(row.due_on))
    return Line(row.title, address, meta)


def _end(day: date) -> datetime:
    """Return the moment at which a day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(settings.TIME_ZONE))
