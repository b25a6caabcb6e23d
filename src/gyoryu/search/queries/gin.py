"""What is asked of PostgreSQL: GIN has no order, so stretches of time are asked, newest first.

Each stretch is a token, too, and combined with the words inside the index; ``LIMIT`` ends the
nested loops when there is enough.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gyoryu.search.models import Kind, ids_between
from gyoryu.search.queries.asking import ANYWHERE, FEW, WHOLE, Groups, Wanted, written
from gyoryu.search.queries.telling.told import (
    FEW_BITS,
    FIRST_YEAR,
    LAST_YEAR,
    MANY_BITS,
    numbered,
    stretch,
)

# How many stretches are asked one by one, of time and of numbers, before they are taken together.
_QUARTERS, _GROUPS = 6, 2
# OFFSET 0 keeps the planner from walking down the ids and testing each card instead.
_WHOLE = """SELECT * FROM (SELECT m.id, {how} AS how FROM (
SELECT c.id FROM search_card c WHERE c.tokens @@ %s::tsquery OFFSET 0) m
WHERE {ids} ORDER BY m.id LIMIT %s) x"""
_STRETCHES = """SELECT f.id, {how} AS how FROM (VALUES {kinds}) k(stretches), LATERAL (
SELECT g.id FROM unnest(k.stretches) s(token), LATERAL (
SELECT m.id FROM (SELECT c.id FROM search_card c WHERE c.tokens @@ (%s::tsquery && s.token::tsquery)
{there} OFFSET 0) m ORDER BY m.id LIMIT %s) g LIMIT %s) f"""
# What comes next looks costly to the planner and is not: compiling it (jit) would take seconds.
_REACH = """SELECT k.kind,
(SELECT day FROM search_card WHERE id BETWEEN k.low AND k.dated ORDER BY id LIMIT 1),
(SELECT day FROM search_card WHERE id BETWEEN k.low AND k.dated ORDER BY id DESC LIMIT 1),
(SELECT record FROM search_card WHERE id BETWEEN k.dated + 1 AND k.high ORDER BY id LIMIT 1),
(SELECT count(*) FROM accounts_unit WHERE parent_id IS NULL), set_config('jit', 'off', false)
FROM (VALUES {kinds}) k(kind, low, dated, high)"""


@dataclass(frozen=True)
class Reach:
    """From when to when there are cards of a kind, and the highest number among undated ones."""

    newest: date | None
    oldest: date | None
    undated: int | None


def reach_statement() -> tuple[str, list[Any]]:
    """Return the statement that tells each kind's reach, and how many governments there are."""
    params: list[int] = []
    for kind in Kind:
        low, high = ids_between(kind, None, None)
        params += [int(kind), low, ids_between(kind, date.min, None)[1], high]
    values = ", ".join(["(%s::int, %s::bigint, %s::bigint, %s::bigint)"] * len(Kind))
    return _REACH.format(kinds=values), params


def statement(wanted: Wanted, governments: int, reach: dict[int, Reach]) -> tuple[str, list[Any]]:
    """Return the statement that yields the ids that match and how, and its values."""
    parts: list[str] = []
    params: list[Any] = []
    for scope, kinds in wanted.seen:
        narrowing = wanted.narrowing(scope, governments)
        parts.append(
            _WHOLE.format(how=WHOLE, ids=" OR ".join(["m.id BETWEEN %s AND %s"] * len(kinds)))
        )
        ends = [end for kind in kinds for end in wanted.ids(kind)]
        params += [_query(wanted.whole, narrowing), *ends, FEW]
        stretches = [found for kind in kinds if (found := _stretches(kind, reach[kind], wanted))]
        for way in wanted.ways if stretches else ():
            there = "".join(" AND position(%s IN c.text) > 0" for _ in way.verify)
            listed = ", ".join(["(%s::text[])"] * len(stretches))
            parts.append(_STRETCHES.format(how=way.how, kinds=listed, there=there))
            most = wanted.most + (way.how == ANYWHERE)
            params += [*stretches, _query(way.either, narrowing), *way.verify, most, most]
    return " UNION ALL ".join(parts), params


def _query(either: list[Groups], narrowing: Groups) -> str:
    return written(either, narrowing, (" & ", " | "), _lexeme)


def _lexeme(token: str) -> str:
    return "'{}'".format(token.replace("\\", "\\\\").replace("'", "''"))


def _stretches(kind: Kind, reach: Reach, wanted: Wanted) -> list[str]:
    """Return the stretches of time in which a kind has cards, the newest first."""
    found = list(_doubling(list(_of_time(kind, reach, wanted)), _QUARTERS))
    if reach.undated is not None and wanted.year is None:
        found += _doubling(list(_of_numbers(kind, reach.undated)), _GROUPS)
    return found


def _doubling(tokens: list[str], alone: int) -> Iterator[str]:
    """Yield the first tokens one by one, then the next one, the next two, four, eight together.

    A common word ends the asking at once; a rare one is asked for a few times only.
    """
    yield from map(_lexeme, tokens[:alone])
    start, size = alone, 1
    while start < len(tokens):
        yield " | ".join(map(_lexeme, tokens[start : start + size]))
        start, size = start + size, size * 2


def _of_numbers(kind: Kind, highest: int) -> Iterator[str]:
    """Yield the groups of undated records, small ones down to where the large ones begin."""
    edge = max(0, (highest >> MANY_BITS) - 1) << MANY_BITS
    for record in range(highest | (1 << FEW_BITS) - 1, edge, -(1 << FEW_BITS)):
        yield numbered(kind, record, FEW_BITS)
    for record in range(edge - 1, -1, -(1 << MANY_BITS)):
        yield numbered(kind, record, MANY_BITS)


def _of_time(kind: Kind, reach: Reach, wanted: Wanted) -> Iterator[str]:
    if reach.newest is None or reach.oldest is None:
        return
    last, first = min(reach.newest.year, LAST_YEAR), max(reach.oldest.year, FIRST_YEAR)
    for year in [wanted.year] if wanted.year else range(last, first - 1, -1):
        if wanted.year or year >= wanted.on.year:
            yield from (stretch(kind, year, quarter) for quarter in (4, 3, 2, 1))
        else:
            yield stretch(kind, year)
