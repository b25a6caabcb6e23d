"""The cards that match: found in the index, newest first, and never more than can be ranked.

Three ways to match, each with its own bound: by a whole name, in a title or name, and anywhere. The
two last give the newest of each kind. How a database gives them without looking at the rest:

SQLite's FTS5 hands out row numbers in their order, which is that of age (models.card_id): reading
stops when there are enough. PostgreSQL's GIN knows no order and would fetch every match of a common
word. So each card has tokens for its quarter and its year, and the stretches are asked one after
the other, newest first, until there are enough; both lists are combined inside the index.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from gyoryu.search.models import Kind, ids_between
from gyoryu.search.queries.telling.told import (
    FIRST_YEAR,
    LAST_YEAR,
    TOGETHER_BITS,
    numbered,
    stretch,
)
from gyoryu.search.words import Asked

WHOLE, TITLE, ANYWHERE = 1, 2, 3
# How many matches of one kind are ranked: among all kinds, and when one kind is asked for.
FEW, MANY = 80, 600
# Where somebody who has mistyped a name may have meant another.
NAMED = [Kind.REGION, Kind.ORGANISATION, Kind.PERSON, Kind.AGREEMENT]
_LOOK_CLOSELY = 2  # years before this one that are looked through by the quarter
Groups = list[list[str]]
Reach = tuple[date | None, date | None, int | None]


@dataclass(frozen=True)
class Wanted:
    """What is looked for, by whom, and by what it is narrowed; ``on`` is the day of asking."""

    asked: Asked
    scopes: list[str]
    on: date
    kind: Kind | None = None
    unit: int | None = None
    region: int | None = None
    year: int | None = None
    # From when to when there are cards of each kind: asked of the database once for a search.
    reach: dict[Kind, Reach] = field(default_factory=dict, compare=False)

    @property
    def kinds(self) -> list[Kind]:
        """The kinds that are looked through."""
        return [self.kind] if self.kind else list(Kind)

    @property
    def most(self) -> int:
        """How many matches of a kind are ranked."""
        return MANY if self.kind else FEW

    @property
    def narrowing(self) -> Groups:
        """The tokens that a card must have besides the words: of each group one."""
        found = [self.scopes]
        found += [[f"@u{self.unit}"]] if self.unit else []
        found += [[f"@r{self.region}"]] if self.region else []
        return found

    def ids(self, kind: Kind) -> tuple[int, int]:
        """The ids among which cards of a kind are looked for."""
        if self.year is None:
            return ids_between(kind, None, None)
        return ids_between(kind, date(self.year, 1, 1), date(self.year, 12, 31))

    @property
    def ways(self) -> list[tuple[int, list[Groups], list[str]]]:
        """How a card of a kind may match: the way, its words, and what is verified in the text."""
        title = [group for word in self.asked.words for group in word.in_title]
        anywhere = [group for word in self.asked.words for group in word.anywhere]
        verify = [word.text for word in self.asked.words if word.to_verify]
        return [(TITLE, [title], []), (ANYWHERE, [anywhere], verify)]


class Alike(Wanted):
    """What may have been meant: names that have all of the words but a letter of one of them."""

    @property
    def kinds(self) -> list[Kind]:
        """Only what is looked up by its name."""
        return [kind for kind in NAMED if self.kind in {None, kind}]

    @property
    def ways(self) -> list[tuple[int, list[Groups], list[str]]]:
        """Every word may be mistyped in turn."""
        others = self.asked.words
        varied = [
            [*(group for word in others if word is not one for group in word.in_title), *nearly]
            for one in others
            for nearly in one.nearly
        ]
        return [(TITLE, varied, [])] if varied else []


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
    score: float = field(default=0.0)


def matches(wanted: Wanted) -> list[Match]:
    """Return the cards that match, each once and by its best way."""
    if not wanted.asked or not wanted.scopes:
        return []
    sql, params = (_postgresql if connection.vendor == "postgresql" else _sqlite)(wanted)
    found: dict[int, Match] = {}
    for row in _fetched(_AROUND.format(found=sql), params):
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


def _match(row: tuple[Any, ...]) -> Match:
    told = dict(zip(_FIELDS, row[:11], strict=True))
    if isinstance(told["day"], str):
        told["day"] = date.fromisoformat(told["day"])
    unit, region = row[11:14], row[14:17]
    return Match(**told, unit=unit if unit[0] else None, region=region if region[0] else None)


def _fetched(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


# ------------------------------------------------------------------------------ SQLite


def _sqlite(wanted: Wanted) -> tuple[str, list[Any]]:
    parts = [_ONE.format(how=WHOLE, joined="", there="", ids=_any_ids(wanted))]
    whole = _fts5([[list(wanted.asked.names)]], wanted.narrowing)
    params: list[Any] = [whole, *_any_id_params(wanted), FEW]
    for how, either, verify in wanted.ways:
        query = _fts5(either, wanted.narrowing)
        joined = "JOIN search_card v ON v.id = w.rowid" if verify else ""
        there = "".join(" AND instr(v.text, %s) > 0" for _ in verify)
        one = _ONE.format(how=how, joined=joined, there=there, ids="w.rowid BETWEEN %s AND %s")
        for kind in wanted.kinds:
            parts.append(one)
            params += [query, *wanted.ids(kind), *verify, wanted.most + (how == ANYWHERE)]
    return " UNION ALL ".join(parts), params


_ONE = """SELECT * FROM (SELECT w.rowid AS id, {how} AS how FROM search_words w {joined}
WHERE w.search_words MATCH %s AND {ids}{there} ORDER BY w.rowid LIMIT %s)"""


def _any_ids(wanted: Wanted, column: str = "w.rowid") -> str:
    """Return the condition that an id is one of the kinds and the year that are wanted."""
    one = f"{column} BETWEEN %s AND %s"
    return f"({' OR '.join([one] * len(_ranges(wanted)))})"


def _ranges(wanted: Wanted) -> list[tuple[int, int]]:
    if wanted.kind is None and wanted.year is None:
        return [(0, 2**62)]
    return [wanted.ids(kind) for kind in wanted.kinds]


def _any_id_params(wanted: Wanted) -> list[int]:
    return [end for pair in _ranges(wanted) for end in pair]


def _fts5(either: list[Groups], narrowing: Groups) -> str:
    return _joined(either, narrowing, (" AND ", " OR "), _string)


def _string(token: str) -> str:
    return '"{}"'.format(token.replace('"', '""'))


def _joined(
    either: list[Groups],
    narrowing: Groups,
    signs: tuple[str, str],
    quoted: Callable[[str], str],
) -> str:
    """Write a condition: one of several wordings, and all of the narrowing."""
    and_, or_ = signs

    def all_of(groups: Groups) -> str:
        return and_.join(f"({or_.join(map(quoted, group))})" for group in groups)

    return and_.join([f"({or_.join(f'({all_of(one)})' for one in either)})", all_of(narrowing)])


# -------------------------------------------------------------------------- PostgreSQL


def _postgresql(wanted: Wanted) -> tuple[str, list[Any]]:
    parts = [_WHOLE.format(how=WHOLE, ids=_any_ids(wanted, "c.id"))]
    whole = _tsquery([[list(wanted.asked.names)]], wanted.narrowing)
    params: list[Any] = [whole, *_any_id_params(wanted), FEW]
    stretches = list(_stretches(wanted))
    kinds = ", ".join(["(%s::text[])"] * len(stretches))
    for how, either, verify in wanted.ways if stretches else ():
        there = "".join(" AND position(%s IN c.text) > 0" for _ in verify)
        parts.append(_STRETCHES.format(how=how, kinds=kinds, there=there))
        most = wanted.most + (how == ANYWHERE)
        params += [*stretches, _tsquery(either, wanted.narrowing), *verify, most, most]
    return " UNION ALL ".join(parts), params


_WHOLE = """SELECT * FROM (SELECT c.id, {how} AS how FROM search_card c
WHERE c.tokens @@ %s::tsquery AND {ids} ORDER BY c.id LIMIT %s) x"""
# OFFSET 0 keeps the planner from walking down the ids and testing each card instead.
_STRETCHES = """SELECT f.id, {how} AS how FROM (VALUES {kinds}) k(stretches), LATERAL (
SELECT g.id FROM unnest(k.stretches) s(token), LATERAL (
SELECT m.id FROM (SELECT c.id FROM search_card c WHERE c.tokens @@ (%s::tsquery && s.token::tsquery)
{there} OFFSET 0) m ORDER BY m.id LIMIT %s) g LIMIT %s) f"""


def _tsquery(either: list[Groups], narrowing: Groups) -> str:
    return _joined(either, narrowing, (" & ", " | "), _lexeme)


def _lexeme(token: str) -> str:
    return "'{}'".format(token.replace("\\", "\\\\").replace("'", "''"))


def _stretches(wanted: Wanted) -> Iterator[list[str]]:
    """Yield for each kind the stretches of time in which it has cards, the newest first."""
    if not wanted.reach:
        wanted.reach.update(_reaches(wanted.kinds))
    for kind in wanted.kinds:
        newest, oldest, undated = wanted.reach[kind]
        tokens = list(_of_time(kind, newest, oldest, wanted)) if newest and oldest else []
        if undated is not None and wanted.year is None:
            groups = range(undated >> TOGETHER_BITS, -1, -1)
            tokens += [numbered(kind, group) for group in groups]
        if tokens:
            yield [_lexeme(token) for token in tokens]


def _of_time(kind: int, newest: date, oldest: date, wanted: Wanted) -> Iterator[str]:
    last, first = min(newest.year, LAST_YEAR), max(oldest.year, FIRST_YEAR)
    for year in [wanted.year] if wanted.year else range(last, first - 1, -1):
        if wanted.year or year >= wanted.on.year - _LOOK_CLOSELY:
            yield from (stretch(kind, year, quarter) for quarter in (4, 3, 2, 1))
        else:
            yield stretch(kind, year)


_REACH = """SELECT k.kind,
(SELECT day FROM search_card WHERE id BETWEEN k.low AND k.dated ORDER BY id LIMIT 1),
(SELECT day FROM search_card WHERE id BETWEEN k.low AND k.dated ORDER BY id DESC LIMIT 1),
(SELECT record FROM search_card WHERE id BETWEEN k.dated + 1 AND k.high ORDER BY id LIMIT 1)
FROM (VALUES {kinds}) k(kind, low, dated, high)"""


def _reaches(kinds: list[Kind]) -> dict[Kind, Reach]:
    """Return the newest and oldest day and the highest undated number of each kind; one query."""
    params: list[int] = []
    for kind in kinds:
        low, high = ids_between(kind, None, None)
        params += [int(kind), low, ids_between(kind, date.min, None)[1], high]
    values = ", ".join(["(%s::int, %s::bigint, %s::bigint, %s::bigint)"] * len(kinds))
    rows = _fetched(_REACH.format(kinds=values), params)
    return {Kind(kind): (newest, oldest, undated) for kind, newest, oldest, undated in rows}
