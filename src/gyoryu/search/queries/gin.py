"""What is asked of PostgreSQL: GIN has no order, so stretches of time are asked, newest first.

Each stretch is a token, too, and combined with the words inside the index; ``LIMIT`` ends the
nested loops when there is enough. What has few matches is asked for at once, and the stretches only
where there are more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gyoryu.search.models import DAY_BITS, RECORD_BITS, Kind, ids_between
from gyoryu.search.queries.asking import (
    ANYWHERE,
    FEW,
    WHOLE,
    Groups,
    Wanted,
    Way,
    in_titles,
    written,
)
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
# So many matches are sooner read and sorted than the stretches gone through, each of which costs
# reading the whole list of where a word stands.
FEW_AT_ONCE = 12_000
# The highest bits of an id say its kind: told so, the planner need not try every kind for each id.
# OFFSET 0 keeps the planner from walking down the ids and testing each card instead.
_WHOLE = """SELECT * FROM (SELECT m.id, {how} AS how FROM (
SELECT c.id FROM search_card c WHERE c.tokens @@ %s::tsquery OFFSET 0) m
WHERE {ids} ORDER BY m.id LIMIT %s) x"""
_STRETCHES = """SELECT f.id, {how} AS how FROM (VALUES {kinds}) k(asked, stretches), LATERAL (
SELECT g.id FROM unnest(k.stretches) s(token), LATERAL (
SELECT m.id FROM (SELECT c.id FROM search_card c WHERE c.tokens @@ (k.asked && s.token::tsquery)
{there} OFFSET 0) m ORDER BY m.id LIMIT %s) g LIMIT %s) f"""
_AT_ONCE = """SELECT g.id, {how} AS how FROM (WITH few AS MATERIALIZED (
SELECT c.id FROM search_card c WHERE c.tokens @@ %s::tsquery{there} LIMIT %s)
SELECT id FROM (SELECT m.id, row_number() OVER (PARTITION BY k.low ORDER BY m.id) AS place
FROM few m JOIN (VALUES {ends}) k(low, high) ON k.low >> {kinds} = m.id >> {kinds}
AND m.id BETWEEN k.low AND k.high) n
WHERE n.place <= %s AND (SELECT count(*) FROM few) <= %s
UNION ALL SELECT id FROM ({stretches}) o WHERE (SELECT count(*) FROM few) > %s) g"""
_REACH = """SELECT k.kind,
(SELECT day FROM search_card WHERE id BETWEEN k.low AND k.dated ORDER BY id LIMIT 1),
(SELECT day FROM search_card WHERE id BETWEEN k.low AND k.dated ORDER BY id DESC LIMIT 1),
(SELECT record FROM search_card WHERE id BETWEEN k.dated + 1 AND k.high ORDER BY id LIMIT 1),
(SELECT count(*) FROM accounts_unit WHERE parent_id IS NULL)
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


def statement(
    wanted: Wanted, way: Way, governments: int, reach: dict[int, Reach], *, whole: bool = True
) -> tuple[str, list[Any]]:
    """Return the statement that yields the ids that match one way and how, and its values.

    ``whole`` has those that match by a whole name, too.
    """
    parts: list[str] = []
    params: list[Any] = []
    narrowed = _narrowed(wanted, governments)
    for narrowing, kinds in narrowed:
        ends = [end for kind in kinds for end in wanted.ids(kind)]
        if whole:
            ids = " OR ".join(["m.id BETWEEN %s AND %s"] * len(kinds))
            parts.append(_WHOLE.format(how=WHOLE, ids=ids))
            params += [_query(wanted.whole, narrowing), *ends, FEW]
        asked = _Asked(way, kinds, narrowing, wanted.most + (way.how == ANYWHERE))
        stretches = {k: found for k in kinds if (found := _stretches(k, reach[k], wanted))}
        if stretches:
            part, values = asked.by_stretches(stretches)
            # One common word alone, looked for everywhere, has too many matches to be gathered; and
            # of titles, whose tokens are of one kind each, a few stretches are sooner read.
            several = way.how == ANYWHERE and min(map(len, way.wordings)) > 1
            if narrowing or (len(narrowed) == 1 and several):
                part, values = asked.at_once(ends, part, values)
            parts.append(part)
            params += values
    return " UNION ALL ".join(parts), params


def _narrowed(wanted: Wanted, governments: int) -> list[tuple[Groups, list[Kind]]]:
    """Return the kinds with what their cards must have, together where that is the same."""
    found: list[tuple[Groups, list[Kind]]] = []
    for scope, kinds in wanted.seen:
        narrowing = wanted.narrowing(scope, governments)
        alike = next((others for same, others in found if same == narrowing), None)
        if alike is None:
            found.append((narrowing, list(kinds)))
        else:
            alike.extend(kinds)
    return found


@dataclass(frozen=True)
class _Asked:
    """One way to match, in which kinds, what narrows it, and how many of each kind."""

    way: Way
    kinds: list[Kind]
    narrowing: Groups
    most: int

    def query(self, *kinds: Kind) -> str:
        """What is asked of the index for the cards of some kinds."""
        return _query(self.way.either(kinds), self.narrowing)

    @property
    def there(self) -> str:
        """What is looked for in the text of what the index finds."""
        there = " AND ".join(["position(%s IN c.text) > 0"] * len(self.way.verify))
        return f" AND ({there} OR c.tokens @@ %s::tsquery)" if there else ""

    @property
    def looked_for(self) -> list[str]:
        """The values of ``there``."""
        if not self.way.verify:
            return []
        return [*self.way.verify, _query(in_titles(self.kinds, [self.way.spares]), [])]

    def by_stretches(self, stretches: dict[Kind, list[str]]) -> tuple[str, list[Any]]:
        """Ask stretch by stretch, of each kind until there is enough."""
        listed = ", ".join(["(%s::tsquery, %s::text[])"] * len(stretches))
        part = _STRETCHES.format(how=self.way.how, kinds=listed, there=self.there)
        given = [one for kind, tokens in stretches.items() for one in (self.query(kind), tokens)]
        return part, [*given, *self.looked_for, self.most, self.most]

    def at_once(self, ends: list[int], part: str, values: list[Any]) -> tuple[str, list[Any]]:
        """Ask for all at once, and by ``part`` only where that is too much to be sorted."""
        listed = ", ".join(["(%s::bigint, %s::bigint)"] * (len(ends) // 2))
        whole = _AT_ONCE.format(
            how=self.way.how, ends=listed, kinds=DAY_BITS + RECORD_BITS, there=self.there,
            stretches=part,
        )  # fmt: skip
        first = [
            self.query(*self.kinds),
            *self.looked_for,
            FEW_AT_ONCE + 1,
            *ends,
            self.most,
            FEW_AT_ONCE,
        ]
        return whole, [*first, *values, FEW_AT_ONCE]


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
