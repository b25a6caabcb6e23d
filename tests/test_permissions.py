"""docs/permissions.md says who gets where; the site does what it says."""

import pytest
from tests import permissions

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_address_has_its_arguments_and_its_row():
    missing = permissions.needing_arguments() - set(permissions.ARGUMENTS)
    assert missing == set(), "add them to ARGUMENTS in tests/permissions.py"


# Addresses and operations apart, so that both cores of a machine have work.
@pytest.mark.parametrize("asked", [permissions.rows, permissions.calls], ids=["pages", "calls"])
def test_every_role_gets_where_the_table_says_and_nowhere_else(asked):
    operations = asked is permissions.calls
    lines, written = permissions.table({}).splitlines(), permissions.TABLE.read_text().splitlines()
    head, rows = written[: len(lines)], written[len(lines) :]
    assert head == lines
    expected = [line for line in rows if (" /api/v1/" in line) == operations]
    found = permissions.table(asked(permissions.World())).splitlines()[len(lines) :]
    wrong = [line for line in found if line not in expected]
    gone = [line for line in expected if line not in found]
    assert (wrong, gone) == ([], []), "python -m tests.permissions > docs/permissions.md"
