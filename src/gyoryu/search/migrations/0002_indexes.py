"""The indexes over the cards' tokens, each database its own kind.

PostgreSQL: GIN over a tsvector. Its pending list is emptied by whoever writes (search.actions),
because a search would else read through it once for every stretch of time it looks at. Statistics
of the tokens are not kept: no plan depends on them, and to gather them takes long.

SQLite: an FTS5 table over the same column, kept in step by triggers as its manual says. It keeps no
positions (detail=none) and no sizes: what is asked is only which cards have a token. The tokenizer
splits at blanks and at signs; our marks count as letters.
"""

from django.db import migrations

POSTGRESQL = [
    "CREATE INDEX search_card_tokens ON search_card USING gin (tokens)",
    "ALTER TABLE search_card ALTER COLUMN tokens SET STATISTICS 0",
]
POSTGRESQL_BACK = ["DROP INDEX search_card_tokens"]
SQLITE = [
    "CREATE VIRTUAL TABLE search_words USING fts5(tokens, content='search_card', content_rowid='id', detail=none, "
    + "columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '^=~@_'\")",
    "CREATE TRIGGER search_card_in AFTER INSERT ON search_card BEGIN "
    + "INSERT INTO search_words(rowid, tokens) VALUES (NEW.id, NEW.tokens); END",
    "CREATE TRIGGER search_card_out AFTER DELETE ON search_card BEGIN "
    + "INSERT INTO search_words(search_words, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens); END",
    "CREATE TRIGGER search_card_anew AFTER UPDATE OF id, tokens ON search_card BEGIN "
    + "INSERT INTO search_words(search_words, rowid, tokens) VALUES ('delete', OLD.id, OLD.tokens); "
    + "INSERT INTO search_words(rowid, tokens) VALUES (NEW.id, NEW.tokens); END",
]
SQLITE_BACK = [
    *(f"DROP TRIGGER search_card_{name}" for name in ("in", "out", "anew")),
    "DROP TABLE search_words",
]


def put_up(apps, schema_editor):
    """Make the index of this database's kind."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    """Take the index away again; only a migration backwards does."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [("search", "0001_cards")]

    operations = [migrations.RunPython(put_up, take_down)]
