"""People, organisations and places to work with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gyoryu.parties import actions


@pytest.fixture
def body(province, now):
    """Add an organisation by its Korean name and other fields."""

    def make(name_ko="", **values):
        values = {"kind": "government", "name_ko": name_ko, **values}
        return actions.add_organisation(province.division, values, by=None, at=now)

    return make


@pytest.fixture
def somebody(province, now):
    """Add a person by the Korean name and other fields."""

    def make(name_ko="", **values):
        return actions.add_person(
            province.division, {"name_ko": name_ko, **values}, by=None, at=now
        )

    return make


@pytest.fixture
def appointed(now):
    """Give a person a position; days are ISO or empty."""

    def make(person, organisation, title_ko, since=None, until=None, title_en=""):
        values = {"title_ko": title_ko, "title_en": title_en, "since": since, "until": until}
        return actions.add_position(person, organisation, values, by=None, at=now)

    return make


@pytest.fixture
def costs_the_same(signed_in):
    """Open a list at 1, 3 and 50 rows: it asks as many questions each time, and few."""

    def check(user, address, add, most=8):
        browser, asked, rows = signed_in(user), [], 0
        for count in (1, 3, 50):
            for n in range(rows, count):
                add(n)
            rows = count
            browser.get(address)
            with CaptureQueriesContext(connection) as queries:
                reply = browser.get(address)
            asked.append(len(queries))
        assert len(set(asked)) == 1
        assert asked[0] <= most
        return reply

    return check
