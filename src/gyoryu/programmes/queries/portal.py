"""The first page of somebody from outside: what is due from them, and all that is theirs."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from django.apps import apps
from django.utils.module_loading import import_string

from gyoryu.accounts.models import User
from gyoryu.programmes.queries import (
    activities,
    applications,
    awards,
    order_lines,
    representatives,
    reviews,
    settlement,
)
from gyoryu.programmes.queries.tiles import Line, Section

# A part of programmes that has something of an outsider's adds its function here. Each asks the
# database once or twice, and narrows to what is the user's own.
SECTIONS: list[Callable[[User, datetime], Section | None]] = [
    applications.section,
    awards.section,
    order_lines.vouchers_section,
    order_lines.orders_section,
    applications.calls_section,
    settlement.section,
    representatives.section,
    reviews.section,
    activities.section,
]
LAST = datetime.max.replace(tzinfo=UTC)


def sections(user: User, at: datetime) -> list[Section]:
    """Return the sections of somebody's first page, in their order."""
    return [found for make in (*SECTIONS, *_above()) if (found := make(user, at)) is not None]


@cache
def _above() -> list[Callable[[User, datetime], Section | None]]:
    """Return the sections of apps above this one: their configs name them as ``outsiders``."""
    named = [name for config in apps.get_app_configs() for name in getattr(config, "outsiders", ())]
    return [import_string(name) for name in named]


def due(found: list[Section]) -> list[Line]:
    """Return what asks something of the reader, the soonest first."""
    lines = [line for part in found for line in part.lines if line.asks]
    return sorted(lines, key=lambda line: line.until or LAST)
