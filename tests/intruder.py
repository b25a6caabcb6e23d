"""What somebody with the database's password can do: lift the triggers of history and ledger.

The product has no such switch. Tests use it to tamper, and to empty the tables between
transactional tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

TABLES = ("history_entry", "history_seal", "history_head", "programmes_ledgerentry")


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """Drop or disable the triggers of history and ledger for a while."""
    if connection.vendor == "postgresql":
        with _disabled():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
        for name, _sql in found:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in found:
                cursor.execute(sql)


@contextmanager
def _disabled() -> Iterator[None]:
    def all_tables(what: str) -> None:
        with connection.cursor() as cursor:
            # Waiting checks of foreign keys would keep the table from being altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} {what} TRIGGER USER")

    all_tables("DISABLE")
    try:
        yield
    finally:
        all_tables("ENABLE")
