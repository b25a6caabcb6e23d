"""The cards that match: found in the index, newest first, and never more than can be ranked.

Three ways to match, each with its own bound: by a whole name, in a title or name, and anywhere. The
two last give the newest of each kind (docs/decisions/0051).
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from gyoryu.search.queries import fts5, gin
from gyoryu.search.queries.asking import ANYWHERE, TITLE, Wanted

Row = tuple[Any, ...]


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
    if not (wanted.asked and wanted.seen and wanted.ways):
        return []
    postgresql = connection.vendor == "postgresql"
    if not wanted.ground:
        wanted.ground.extend(_reaches() if postgresql else [_governments(wanted)])
    rows = _by_stages(wanted) if postgresql else _rows(fts5.statement(wanted, *wanted.ground))
    found: dict[int, Match] = {}
    for row in rows:
        known = found.get(row[0])
        if not row[-1] and (known is None or row[1] < known.how):
            found[row[0]] = _match(row)
    return list(found.values())


def _by_stages(wanted: Wanted) -> list[Row]:
    """Ask for titles only in the kinds that have more matches anywhere than are ranked.

    Of the others all matches are there already, and their titles are judged when they are ranked.
    """
    *narrower, widest = wanted.ways
    rows = _rows(gin.statement(wanted, widest, *wanted.ground))
    counts = Counter(row[2] for row in rows if row[1] == ANYWHERE)
    full = frozenset(kind for kind, count in counts.items() if count > wanted.most)
    found = [row if row[2] in full or row[1] != ANYWHERE else _to_judge(row) for row in rows]
    for way in narrower if full else ():
        some = replace(wanted, among=full)
        found += _rows(gin.statement(some, way, *wanted.ground, whole=False))
    return found


def _to_judge(row: Row) -> Row:
    return row[0], TITLE, *row[2:]


_AROUND = """
SELECT c.id, f.how, c.kind, c.record, c.parent, c.day, c.sort, c.number, c.title_ko, c.title_en,
       c.names, u.id, u.name_ko, u.name_en, r.id, r.name_ko, r.name_en,
       EXISTS (SELECT 1 FROM search_waiting x
               WHERE x.kind = c.kind AND x.record = c.record AND x.hides)
FROM ({found}) f JOIN search_card c ON c.id = f.id
LEFT JOIN accounts_unit u ON u.id = c.unit_id LEFT JOIN parties_region r ON r.id = c.region_id
"""
_FIELDS = [
    *["id", "how", "kind", "record", "parent", "day"],
    *["sort", "number", "title_ko", "title_en", "names"],
]


def _rows(statement: tuple[str, list[Any]]) -> list[Row]:
    """Fetch the cards of what a statement finds; last in a row whether the card is hidden."""
    found, params = statement
    return _fetched(_AROUND.format(found=found), params)


def _governments(wanted: Wanted) -> int:
    return int(_fetched(fts5.GOVERNMENTS, [])[0][0]) if wanted.many_departments else 0


def _reaches() -> tuple[int, dict[int, gin.Reach]]:
    rows = _fetched(*gin.reach_statement())
    return rows[0][4], {row[0]: gin.Reach(*row[1:4]) for row in rows}


def _match(row: Row) -> Match:
    told = dict(zip(_FIELDS, row[:11], strict=True))
    if isinstance(told["day"], str):
        told["day"] = date.fromisoformat(told["day"])
    unit, region = row[11:14], row[14:17]
    return Match(**told, unit=unit if unit[0] else None, region=region if region[0] else None)


def _fetched(statement: str, params: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[Row] = cursor.fetchall()
        return rows
