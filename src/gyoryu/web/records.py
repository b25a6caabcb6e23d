"""What screens ask about any record: its page, and why something is not possible with it."""

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch

from gyoryu.base.refused import Refused


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
