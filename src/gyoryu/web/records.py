"""What screens ask about any record: itself, its page, why something is not possible with it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch

from gyoryu.accounts.models import Record
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.web.access import Request

Row = TypeVar("Row", bound=Record)


def found(request: Request, rows: "QuerySet[Row, Row]", pk: int, capability: str) -> Row:
    """Return one of the records that somebody may see, if they may do this in its unit."""
    row = get_object_or_404(rows, pk=pk)
    check_may(request.user, capability, row.unit)
    return row


def page_of(record: Any) -> str:
    """Return the address of a record's page, or nothing when it has none of its own."""
    find = getattr(record, "get_absolute_url", None)
    if find is None:
        return ""
    try:
        return str(find())
    except NoReverseMatch:
        return ""


def why_not(check: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """Ask a rule, and return its reason instead of raising it; nothing when it allows."""
    try:
        check(*args, **kwargs)
    except Refused as refusal:
        return str(refusal)
    return ""
