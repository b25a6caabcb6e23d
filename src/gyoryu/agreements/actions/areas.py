"""The areas of co-operation that agreements, bodies and engagements are filed under.

All departments of a deployment share them, so that their figures can be added up.
"""

from datetime import datetime

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Area
from gyoryu.agreements.rules import areas as rules
from gyoryu.agreements.rules.given import check_reason, day_of
from gyoryu.history import actions as history


@transaction.atomic
def add_area(names: dict[str, str], *, by: User | None, at: datetime) -> Area:
    """Add an area under its two names."""
    check_may(by, "agreements.areas")
    rules.check_names(names)
    area = Area.objects.create(**names)
    history.record("area.added", area, by=by, at=at)
    return area


@transaction.atomic
def rename_area(area: Area, names: dict[str, str], *, by: User | None, at: datetime) -> Area:
    """Give an area other names; what is filed under it stays there."""
    check_may(by, "agreements.areas")
    rules.check_names(names, itself=area)
    if changes := history.changes(area, names):
        area.save()
        history.record("area.renamed", area, by=by, at=at, changes=changes)
    return area


@transaction.atomic
def retire_area(area: Area, *, reason: str, by: User | None, at: datetime) -> Area:
    """Offer an area no longer; what is filed under it stays there and can still be found."""
    check_may(by, "agreements.areas")
    rules.check_can_retire(area)
    check_reason(reason)
    changes = history.changes(area, {"retired_on": day_of(at)})
    area.save()
    history.record("area.retired", area, by=by, at=at, changes=changes, reason=reason)
    return area


@transaction.atomic
def restore_area(area: Area, *, reason: str, by: User | None, at: datetime) -> Area:
    """Offer a retired area again."""
    check_may(by, "agreements.areas")
    rules.check_can_restore(area)
    check_reason(reason)
    changes = history.changes(area, {"retired_on": None})
    area.save()
    history.record("area.restored", area, by=by, at=at, changes=changes, reason=reason)
    return area
