"""A fair with one place, so that a test of trade can begin with what it is about."""

import pytest
import trade_makers as make
from django.utils import translation


@pytest.fixture
def fair(province):
    """A meeting fair of the division with one place and two half-days of four slots."""
    of = make.event(province.division)
    place = make.leg(of)
    make.half_day(place)
    make.half_day(place, "afternoon")
    return of


@pytest.fixture
def in_english():
    """Texts in English for the whole test."""
    with translation.override("en"):
        yield
