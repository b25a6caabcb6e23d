"""A text looked for inside titles and names, by an index of their pieces: docs/decisions/0070.

A model says in ``pieces`` which of its columns are looked through. The database itself keeps every
two characters of them that stand side by side, in the statement that writes the row: PostgreSQL in
a GIN index over an expression, SQLite in an FTS5 table that triggers keep. Rows that have all
pieces of a text are few; in those the text itself is looked for.
"""

from typing import Any, TypeVar

from django.apps import apps
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import RawSQL

Row = TypeVar("Row", bound=Model)
# Pieces asked for: rows that have so many of a text's are few enough to be looked at.
MOST = 32
# Rows found that a list remembers while it draws one page; more are asked for each time.
KEPT = 20_000


def holding(model: type[Model], text: str, at: str = "", fields: tuple[str, ...] = ()) -> Q:
    """Return the condition that a text occurs in a model's titles or names, whatever its case.

    ``at`` leads from the rows that are asked for to the model; ``fields`` are some of its
    ``pieces``, all unless named. One character alone has no piece: it is looked for in every row.
    Where something else will do as well, put the rows of each together (``either``) and not the
    conditions, which a database would try on every row.
    """
    there = _occurs(model, text, at, fields)
    if len(text) < 2:
        return there
    return Q(**{f"{at}pk__in": _candidates(model, text)}) & there


def common(model: type[Model], text: str) -> bool:
    """Tell whether so many rows may hold a text that it is quicker to look at each; one query.

    What stands everywhere is soon found in the order of a list, and its index is long to read.
    """
    if len(text) < 2:
        return True
    found = _candidates(model, text)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_COUNT.format(found=found.sql, most=KEPT + 1), found.params)
            return int(cursor.fetchone()[0]) > KEPT
        # GIN gives nothing out before it has gathered all: the plan's own guess comes at once.
        cursor.execute(f"EXPLAIN (FORMAT JSON) {found.sql}", found.params)
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"]) > KEPT


def narrowed(
    rows: QuerySet[Row], text: str, elsewhere: QuerySet[Any, Any] | None = None
) -> QuerySet[Row]:
    """Keep the rows that hold a text in their own titles, or whose number stands elsewhere."""
    model: type[Model] = rows.model
    if common(model, text):
        there = _occurs(model, text)
        return rows.filter(there if elsewhere is None else there | Q(pk__in=elsewhere))
    own = model._default_manager.filter(holding(model, text)).values("pk")
    return rows.filter(pk__in=own if elsewhere is None else either(own, elsewhere))


def _occurs(model: type[Model], text: str, at: str = "", fields: tuple[str, ...] = ()) -> Q:
    looked: Any = model
    there = Q()
    for field in fields or looked.pieces:
        there |= Q(**{f"{at}{field}__icontains": text})
    return there


def among(numbers: list[int]) -> Q:
    """Return the condition that a row is one of these: thousands, handed over as one value."""
    if connection.vendor == "sqlite":
        return Q(pk__in=RawSQL("SELECT value FROM json_each(%s)", [str(numbers)]))
    return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [numbers]))


def either(first: QuerySet[Any, Any], *others: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return the numbers that any of several questions yields, each answered by its own index."""
    bare = [rows.order_by() for rows in (first, *others)]
    return bare[0].union(*bare[1:]) if others else bare[0]


def _candidates(model: type[Model], text: str) -> RawSQL:
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        asked = _ASKED_SQLITE.format(table=table)
        return RawSQL(asked, [" AND ".join(_hex(text))])  # noqa: S611 (no table name is typed)
    looked: Any = model
    columns = [str(vars(model._meta.get_field(name))["column"]) for name in looked.pieces]
    asked = _ASKED_POSTGRESQL.format(table=table, told=_together(columns))
    return RawSQL(asked, [text[: MOST + 1]])  # noqa: S611


def _hex(text: str) -> list[str]:
    """Return a text's pieces as SQLite keeps them: lower case as far as ASCII goes, in bytes."""
    low = "".join(char.lower() if char.isascii() else char for char in text)
    pieces = [low[start : start + 2] for start in range(len(low) - 1)][:MOST]
    return [piece.encode("utf-8", "surrogatepass").hex() for piece in dict.fromkeys(pieces)]


def _together(columns: list[str], newline: str = "chr(10)") -> str:
    """Return the expression that puts columns together; no piece of a title runs into the next."""
    return f" || {newline} || ".join(columns)


_COUNT = "SELECT count(*) FROM ({found} LIMIT {most}) counted"
_ASKED_SQLITE = "SELECT rowid FROM {table}_pieces WHERE {table}_pieces MATCH %s"
# OFFSET 0 has the index asked first and by itself: a plan that joins would cut up every row.
_ASKED_POSTGRESQL = (
    "SELECT id FROM {table} WHERE gyoryu_pieces(upper({told})) @> gyoryu_pieces(upper(%s)) OFFSET 0"
)
# How SQLite cuts a text, and what its triggers do. A piece that comes twice counts once, and
# capitals are folded, by the index itself.
_CUT = """(WITH RECURSIVE cut(told, place) AS (SELECT lower({told}), 1 UNION ALL
SELECT told, place + 1 FROM cut WHERE place < length(told) - 1)
SELECT group_concat(hex(substr(told, place, 2))) FROM cut)"""
_FILL = "INSERT INTO {table}_pieces(rowid, pieces) SELECT id, {pieces} FROM {table}"
_PUT = "INSERT INTO {table}_pieces(rowid, pieces) VALUES (NEW.id, {pieces});"
_GONE = (
    "INSERT INTO {table}_pieces({table}_pieces, rowid, pieces) VALUES ('delete', OLD.id, {pieces});"
)
# How PostgreSQL does. Its price is told, or a plan would try it on every row.
_PIECES = """
CREATE OR REPLACE FUNCTION gyoryu_pieces(told text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
SELECT ARRAY(SELECT substr(told, place, 2) FROM generate_series(1, length(told) - 1) AS place) $$
"""


def put_up(schema: BaseDatabaseSchemaEditor, table: str, columns: list[str]) -> None:
    """Index the pieces of a table's columns, those that hold texts already included; a migration.

    SQLite loses its triggers when a later migration makes the table anew: that one calls this
    again. tests/web/test_finding.py looks whether all are there.
    """
    if schema.connection.vendor != "sqlite":
        schema.execute(_PIECES)
        index = f"CREATE INDEX {table}_pieces ON {table} USING gin"
        schema.execute(f"{index} (gyoryu_pieces(upper({_together(columns)})))")
        return
    take_down(schema, table)
    options = "content='', detail=none, columnsize=0, tokenize='ascii'"
    schema.execute(f"CREATE VIRTUAL TABLE {table}_pieces USING fts5(pieces, {options})")
    for name, when, steps in _triggers(table, columns):
        schema.execute(f"CREATE TRIGGER {table}_{name} AFTER {when} ON {table} BEGIN {steps} END")
    schema.execute(_FILL.format(table=table, pieces=_pieces(table, columns)))


def take_down(schema: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the index of pieces away."""
    if schema.connection.vendor != "sqlite":
        schema.execute(f"DROP INDEX IF EXISTS {table}_pieces")
        return
    for name in ("pieces_in", "pieces_out", "pieces_anew"):
        schema.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
    schema.execute(f"DROP TABLE IF EXISTS {table}_pieces")


def _triggers(table: str, columns: list[str]) -> list[tuple[str, str, str]]:
    put = _PUT.format(table=table, pieces=_pieces("NEW", columns))
    gone = _GONE.format(table=table, pieces=_pieces("OLD", columns))
    changed = f"UPDATE OF id, {', '.join(columns)}"
    return [
        ("pieces_in", "INSERT", put),
        ("pieces_out", "DELETE", gone),
        ("pieces_anew", changed, f"{gone} {put}"),
    ]


def _pieces(row: str, columns: list[str]) -> str:
    told = _together([f"{row}.{column}" for column in columns], "char(10)")
    return _CUT.format(told=told)


def indexed() -> list[type[Model]]:
    """Return every model whose titles or names are indexed by their pieces."""
    return [model for model in apps.get_models() if getattr(model, "pieces", ())]
