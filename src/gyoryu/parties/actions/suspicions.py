"""Suspected doubles: looked for, found when a record is named, and told apart by people."""

from datetime import datetime

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.parties import rules
from gyoryu.parties.models import Alias, Double, Organisation, Person, Region
from gyoryu.parties.queries import batches, doubles

MOST = 900  # rows in one statement, under the limit of variables of every database


def look_for_doubles(*, by: User | None, at: datetime) -> int:
    """Look through the whole register for doubles; return how many open suspicions there are.

    What is suspected no longer is forgotten; what somebody told apart stays told apart. Nobody has
    to wait while it looks: only what it found is written in a transaction.
    """
    check_may(by, "parties.merge")
    return sum(_look(kind, at) for kind in doubles.MODELS)


def _look(kind: str, at: datetime) -> int:
    # Read before it is looked, so that what is noted meanwhile is not taken for out of date.
    known = {
        (row.one, row.other): row
        for row in Double.objects.filter(kind=kind).only("one", "other", "reason", "dismissed_at")
    }
    found = doubles.found(kind)
    stale = [
        row.pk
        for pair, row in known.items()
        if row.dismissed_at is None and found.get(pair) != row.reason
    ]
    gone = set(stale)
    new = {pair: why for pair, why in found.items() if pair not in known or known[pair].pk in gone}
    with transaction.atomic():
        for start in range(0, len(stale), MOST):
            rows = Double.objects.filter(pk__in=stale[start : start + MOST], dismissed_at=None)
            rows.delete()
        _write(kind, new, at)
    told_apart = sum(row.dismissed_at is not None for pair, row in known.items() if pair in found)
    return len(found) - told_apart


def _write(kind: str, pairs: dict[doubles.Pair, str], at: datetime) -> None:
    rows = (
        Double(kind=kind, one=one, other=other, reason=reason, found_at=at)
        for (one, other), reason in pairs.items()
    )
    Double.objects.bulk_create(rows, batch_size=MOST, ignore_conflicts=True)


def suspect(
    record: Region | Organisation | Person, named: list[Alias], *, by: User | None, at: datetime
) -> None:
    """Note which records share a name with one that was just named; it is saved all the same."""
    if pairs := doubles.near(record, named):
        _write(str(record._meta.model_name), pairs, at)


def suspect_many(named: list[Alias], *, by: User | None, at: datetime) -> None:
    """Note which records share a name with those that were just named; a few statements for all."""
    if named:
        kind = "organisation" if named[0].organisation_id else "person"
        if pairs := doubles.near_many(kind, batches.sharing_names(named)):
            _write(kind, pairs, at)


@transaction.atomic
def dismiss(double: Double, *, remark: str = "", by: User | None, at: datetime) -> Double:
    """Note that two records are two, so that they are not suspected again."""
    check_may(by, "parties.merge")
    rules.check_open(double)
    double.dismissed_by, double.dismissed_at = by, at
    double.remark = rules.tidied(Double, {"remark": remark})["remark"]
    double.save(update_fields=["dismissed_by", "dismissed_at", "remark"])
    both = doubles.MODELS[double.kind]._default_manager.filter(pk__in=[double.one, double.other])
    history.record_many(
        [history.Done(f"{double.kind}.told_apart", row, reason=remark) for row in both],
        by=by, at=at,
    )  # fmt: skip
    return double
