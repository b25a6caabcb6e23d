"""What is done to the tree of departments."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Value
from django.db.models.functions import Concat, Length, Substr

from gyoryu.accounts import rules
from gyoryu.accounts.models import Unit, User
from gyoryu.history import actions as history


@transaction.atomic
def rename(unit: Unit, values: dict[str, str], *, by: User | None, at: datetime) -> Unit:
    """Change a department's names or kind."""
    rules.check_may(by, "accounts.manage", unit)
    changes = history.changes(unit, values)
    if changes:
        unit.save(update_fields=list(changes))
        history.record("unit.changed", unit, by=by, at=at, unit=unit, changes=changes)
    return unit


@transaction.atomic
def move(unit: Unit, under: Unit, *, by: User | None, at: datetime) -> Unit:
    """Move a department with everything below it; other roles reach it from then on."""
    # Both are locked, so that nobody moves the one under the other meanwhile.
    locked = {u.pk: u for u in Unit.objects.select_for_update().filter(pk__in=[unit.pk, under.pk])}
    unit, under = locked[unit.pk], locked[under.pk]
    rules.check_can_move(unit, under, by=by)
    before, old, new = unit.parent, unit.path, f"{under.path}{unit.pk}/"
    below = Unit.objects.filter(path__startswith=old)
    longest = below.aggregate(longest=Max(Length("path")))["longest"]
    rules.check_path(longest - len(old) + len(new))
    Unit.objects.filter(pk=unit.pk).update(parent=under)
    below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    unit.refresh_from_db()
    changes = {"parent": [before, under]}
    history.record("unit.moved", unit, by=by, at=at, unit=unit, changes=changes)
    return unit
