"""A province's office with its regions, areas and ordinance, and the desks of two people in it."""

import pytest
from tests.scenarios.desk import Desk

from gyoryu.agreements.actions import areas, duties
from gyoryu.parties.actions import regions

AREAS = [
    ("청소년 교류", "Youth exchange"),
    ("농업기술", "Agricultural technology"),
    ("보건의료", "Health"),
    ("기후·환경", "Climate and environment"),
    ("기업 교류", "Business exchange"),
    ("관광", "Tourism"),
    ("통상", "Trade"),
    ("이민사회", "Immigrant community"),
]


@pytest.fixture
def office(province, now):
    """The regions of the world, the areas of co-operation and the ordinance are installed."""
    regions.install_regions(by=None, at=now)
    for name_ko, name_en in AREAS:
        areas.add_area({"name_ko": name_ko, "name_en": name_en}, by=None, at=now)
    duties.install_policy(province.root, by=None, at=now)
    return province


@pytest.fixture
def desk(office, officer, settings):
    """The desk of the officer who writes the record."""
    return Desk(officer, settings)


@pytest.fixture
def head(office, approver, settings):
    """The desk of the approver of the same division."""
    return Desk(approver, settings)
