"""What most tests of programmes begin with: the department whose they are, and their language."""

import pytest
from django.utils.translation import override
from tests.programmes import claims_makers


@pytest.fixture
def unit(province):
    """The division that programmes belong to."""
    return province.division


@pytest.fixture
def in_english():
    """What is refused is read in English; use it for a whole file."""
    with override("en"):
        yield


@pytest.fixture
def shows(unit):
    """A call that pays for shows abroad; see claims_makers."""
    return claims_makers.call(unit)


@pytest.fixture
def held(shows, unit):
    """An award of it that runs, of a company."""
    return claims_makers.running(shows, claims_makers.company(unit))
