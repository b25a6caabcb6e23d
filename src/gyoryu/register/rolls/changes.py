"""What changed between two rolls: which rows came, went, moved on or were corrected."""

from typing import Any

from gyoryu.register.rolls.past import OVER

Row = dict[str, Any]
# In this order they are shown: what is new first.
KINDS = ("added", "status", "ended", "corrected", "withdrawn")


def between(before: list[Row], after: list[Row]) -> list[dict[str, Any]]:
    """Return what changed from one roll to another: each row once, with its fields old and new.

    A row that is shown less than before counts as withdrawn, and what it said is not repeated.
    """
    old, new = ({row["key"]: row for row in rows} for rows in (before, after))
    found = [_told(old.get(key), new.get(key)) for key in sorted({*old, *new})]
    told = [one for one in found if one]
    return sorted(told, key=lambda one: (KINDS.index(one["change"]), one["key"]))


def fields(before: Row, after: Row) -> list[dict[str, Any]]:
    """Return the fields in which two rows differ, old and new."""
    names = sorted({*before, *after} - {"key"})
    return [
        {"field": name, "old": before.get(name), "new": after.get(name)}
        for name in names
        if before.get(name) != after.get(name)
    ]


SHOWN = {"public": 0, "title": 1, "withheld": 2}


def less(before: Row, after: Row) -> bool:
    """Tell whether a row is shown less than before."""
    return SHOWN[after["publication"]] > SHOWN[before["publication"]]


def _told(before: Row | None, after: Row | None) -> dict[str, Any] | None:
    if before is None and after is not None:
        return _line("added", after, [])
    if after is None and before is not None:
        return {"change": "withdrawn", "key": before["key"], "title": None, "fields": []}
    assert before is not None
    assert after is not None
    if before == after:
        return None
    if before["publication"] != after["publication"]:
        said = [one for one in fields(before, after) if one["field"] in {"publication", "ground"}]
        return _line("withdrawn" if less(before, after) else "corrected", after, said)
    return _line(_kind(before, after), after, fields(before, after))


def _kind(before: Row, after: Row) -> str:
    if before.get("status") == after.get("status"):
        return "corrected"
    return "ended" if after.get("status") in OVER else "status"


def _line(change: str, row: Row, said: list[dict[str, Any]]) -> dict[str, Any]:
    return {"change": change, "key": row["key"], "title": row.get("title"), "fields": said}
