"""What is allowed with business centres, who works there, and what they cost."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_reason, check_stands
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Centre, Post, RunningCost

MOST_DAYS = 60
MOST_SERVICES = 30
MOST_WON = 10**13


def check_centre(row: Centre) -> None:
    """Refuse a centre without a name, or one that promises answers in no days or in months."""
    if not row.name_ko.strip():
        raise Refused(_("Give the name in Korean."), field="name_ko")
    if not 1 <= row.answers_in <= MOST_DAYS:
        raise Refused(
            _("Write a number from %(least)d to %(most)d.") % {"least": 1, "most": MOST_DAYS},
            field="answers_in",
        )
    if len(row.services) > MOST_SERVICES:
        raise Refused(_("At most %(most)d lines fit.") % {"most": MOST_SERVICES}, field="services")


def check_open(row: Centre) -> None:
    """Refuse to work on with a centre that was closed."""
    check_stands(row)
    if row.closed_on:
        raise Refused(_("This centre was closed: %(reason)s") % {"reason": row.closed_reason})


def check_close(row: Centre, on: date, reason: str, today: date) -> None:
    """Refuse to close twice, in the future, before it opened, or over open enquiries."""
    check_open(row)
    check_reason(reason, most=300)
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    if on < row.opened_on:
        raise Refused(_("It ends before it starts."), field="on")
    left = row.enquiries.filter(voided_at=None, state="in").count()
    if left:
        raise Refused(_("%(n)d enquiries wait for an answer. Answer or close them first.")
                      % {"n": left})  # fmt: skip


def check_post(values: dict[str, Any]) -> None:
    """Refuse a post of nobody, or one that ends before it begins."""
    if values["user"] is None and not values["name"].strip():
        raise Refused(_("Say who it is: a colleague, or a name."), field="name")
    if values.get("until") and values["until"] < values["since"]:
        raise Refused(_("It ends before it starts."), field="until")


def check_end_post(row: Post, until: date) -> None:
    """Refuse to end what has ended, or before it began."""
    if row.until:
        raise Refused(_("This has ended already."))
    if until < row.since:
        raise Refused(_("It ends before it starts."), field="until")


def check_cost(centre: Centre, month: date, amount: int, field: str = "amount") -> None:
    """Refuse a cost below zero, one no centre has, and one of a month it was not open in."""
    if not 0 <= amount < MOST_WON:
        raise Refused(_("This cannot be right. Check the number."), field=field)
    if month.day != 1:
        raise Refused(_("A cost is of a whole month."), field=field)
    check_month(centre, month, field)


def check_month(centre: Centre, month: date, field: str = "month") -> None:
    """Refuse a month before the centre opened or after it closed."""
    if month < centre.opened_on.replace(day=1):
        raise Refused(_("The centre was not open yet in this month."), field=field)
    if centre.closed_on and month > centre.closed_on.replace(day=1):
        raise Refused(_("The centre was closed before this month."), field=field)


def cell(month: int, kind: str) -> str:
    """Return the name of a field of the year's grid."""
    return f"{kind}_{month}"


def kinds() -> Iterable[RunningCost.Kind]:
    """Return the kinds of cost in the order of the grid."""
    return RunningCost.Kind
