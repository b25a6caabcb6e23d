"""People, organisations and places to work with."""

import pytest

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
