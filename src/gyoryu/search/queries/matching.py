"""The cards that match: found in the index, newest first, and never more than can be ranked.

Three ways to match, each with its own bound: by a whole name, in a title or name, and anywhere. The
two last give the newest of each kind (docs/decisions/0051).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from gyoryu.search.queries import fts5, gin
from gyoryu.search.queries.asking import Wanted


@dataclass
class Match:
    """A card that matches, with what ranking and narrowing need of it."""

    id: int
    how: int
    kind: int
    record: int
    parent: int | None
    day: date | None
    sort: str
    number: str
    title_ko: str
    title_en: str
    names: str
    unit: tuple[int, str, str] | None = None
    region: tuple[int, str, str] | None = None
    score: float = 0.0


def matches(wanted: Wanted) -> list[Match]:
    """Return the cards that match, each once and by its best way."""
    if not wanted.asked or not wanted.seen:
        return []
    statement, params = _statement(wanted)
    found: dict[int, Match] = {}
    for row in _fetched(_AROUND.format(found=statement), params):
        known = found.get(row[0])
        if known is None or row[1] < known.how:
            found[row[0]] = _match(row)
    return list(found.values())


_AROUND = """
SELECT c.id, f.how, c.kind, c.record, c.parent, c.day, c.sort, c.number, c.title_ko, c.title_en,
       c.names, u.id, u.name_ko, u.name_en, r.id, r.name_ko, r.name_en
FROM ({found}) f JOIN search_card c ON c.id = f.id
LEFT JOIN accounts_unit u ON u.id = c.unit_id LEFT JOIN parties_region r ON r.id = c.region_id
WHERE NOT EXISTS (SELECT 1 FROM search_waiting x
                  WHERE x.kind = c.kind AND x.record = c.record AND x.hides)
"""
_FIELDS = [
    *["id", "how", "kind", "record", "parent", "day"],
    *["sort", "number", "title_ko", "title_en", "names"],
]


def _statement(wanted: Wanted) -> tuple[str, list[Any]]:
    postgresql = connection.vendor == "postgresql"
    if not wanted.ground:
        wanted.ground.extend(_reaches() if postgresql else [_governments(wanted)])
    if postgresql:
        return gin.statement(wanted, *wanted.ground)
    return fts5.statement(wanted, *wanted.ground)


def _governments(wanted: Wanted) -> int:
    return int(_fetched(fts5.GOVERNMENTS, [])[0][0]) if wanted.many_departments else 0


def _reaches() -> tuple[int, dict[int, gin.Reach]]:
    rows = _fetched(*gin.reach_statement())
    return rows[0][4], {row[0]: gin.Reach(*row[1:4]) for row in rows}


def _match(row: tuple[Any, ...]) -> Match:
    told = dict(zip(_FIELDS, row[:11], strict=True))
    if isinstance(told["day"], str):
        told["day"] = date.fromisoformat(told["day"])
    unit, region = row[11:14], row[14:17]
    return Match(**told, unit=unit if unit[0] else None, region=region if region[0] else None)


def _fetched(statement: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
