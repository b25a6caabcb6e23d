"""docs/permissions.md says who gets where; the site does what it says."""

import pytest
from tests import permissions

pytestmark = pytest.mark.django_db


def test_every_address_has_its_arguments_and_its_row():
    missing = permissions.needing_arguments() - set(permissions.ARGUMENTS)
    assert missing == set(), "add them to ARGUMENTS in tests/permissions.py"


def test_every_role_gets_where_the_table_says_and_nowhere_else():
    written = permissions.TABLE.read_text().splitlines()
    asked = permissions.table(permissions.everything()).splitlines()
    wrong = [line for line in asked if line not in written]
    gone = [line for line in written if line not in asked]
    assert (wrong, gone) == ([], []), "python -m tests.permissions > docs/permissions.md"
