"""The names under which a record is found: its own, and those somebody gave it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.history.inserting import insert_all
from gyoryu.parties import rules
from gyoryu.parties.models import Alias, Organisation, Person, Region
from gyoryu.parties.queries.register import keys_of

Named = Region | Organisation | Person


def _own(record: Named) -> list[str]:
    spellings = (record.name_ko, record.name_en, record.name_native)
    return list(dict.fromkeys(filter(None, spellings)))


def _rows(record: Named, spellings: Iterable[str], *, given: bool) -> Iterator[Alias]:
    """Yield a row for each key of each spelling."""
    field = str(record._meta.model_name)
    for name in spellings:
        for key in keys_of(field, name):
            owner: dict[str, Any] = {field: record}
            yield Alias(name=name[:200], key=key, given=given, **owner)


def write_names(record: Named, *, new: bool = False, by: User | None) -> list[Alias]:
    """Write the record's own names where names are looked up; given ones stay.

    Who renames is told by the action that calls this.
    """
    if not new:
        record.aliases.filter(given=False).delete()
    return Alias.objects.bulk_create(_rows(record, _own(record), given=False))


def write_many(records: Iterable[Named], *, by: User | None) -> list[Alias]:
    """Write the own names of many records that have none written yet."""
    rows = [row for record in records for row in _rows(record, _own(record), given=False)]
    insert_all(rows)
    return rows


@transaction.atomic
def give_alias(record: Organisation | Person, name: str, *, by: User | None, at: datetime) -> Any:
    """Let a record be found under one more name, such as an old or a Chinese one."""
    check_may(by, "parties.change", record.unit)
    rules.check_standing(record)
    name = rules.tidied(Alias, {"name": name})["name"]
    rows = list(_rows(record, [name], given=True))
    rules.check_alias(record, name, keys=bool(rows))
    Alias.objects.bulk_create(rows)
    _told(record, [None, name], by, at)
    return record


@transaction.atomic
def drop_alias(record: Organisation | Person, name: str, *, by: User | None, at: datetime) -> Any:
    """Let a given name find a record no longer; its own names stay."""
    check_may(by, "parties.change", record.unit)
    if record.aliases.filter(name=name, given=True).delete()[0]:
        _told(record, [name, None], by, at)
    return record


def _told(record: Organisation | Person, change: list[Any], by: User | None, at: datetime) -> None:
    verb = f"{record._meta.model_name}.alias"
    history.record(verb, record, by=by, at=at, changes={"alias": change})
