"""What is asked of SQLite: FTS5 hands out rows in their order, and is stopped when it is enough."""

from typing import Any

from gyoryu.search.queries.asking import ANYWHERE, FEW, WHOLE, Groups, Wanted, written

GOVERNMENTS = "SELECT count(*) FROM accounts_unit WHERE parent_id IS NULL"
_ONE = """SELECT * FROM (SELECT w.rowid AS id, {how} AS how FROM search_words w {joined}
WHERE w.search_words MATCH %s AND {ids}{there} ORDER BY w.rowid LIMIT %s)"""
_ID = "w.rowid BETWEEN %s AND %s"


def statement(wanted: Wanted, governments: int) -> tuple[str, list[Any]]:
    """Return the statement that yields the ids that match and how, and its values."""
    parts: list[str] = []
    params: list[Any] = []
    for scope, kinds in wanted.seen:
        narrowing = wanted.narrowing(scope, governments)
        ids = f"({' OR '.join([_ID] * len(kinds))})"
        parts.append(_ONE.format(how=WHOLE, joined="", there="", ids=ids))
        ends = [end for kind in kinds for end in wanted.ids(kind)]
        params += [_query(wanted.whole, narrowing), *ends, FEW]
        for way in wanted.ways:
            joined = "JOIN search_card v ON v.id = w.rowid" if way.verify else ""
            there = "".join(" AND instr(v.text, %s) > 0" for _ in way.verify)
            for kind in kinds:
                parts.append(_ONE.format(how=way.how, joined=joined, there=there, ids=_ID))
                most = wanted.most + (way.how == ANYWHERE)
                query = _query(way.either([kind]), narrowing)
                params += [query, *wanted.ids(kind), *way.verify, most]
    return " UNION ALL ".join(parts), params


def _query(either: list[Groups], narrowing: Groups) -> str:
    return written(either, narrowing, (" AND ", " OR "), _string)


def _string(token: str) -> str:
    return '"{}"'.format(token.replace('"', '""'))
