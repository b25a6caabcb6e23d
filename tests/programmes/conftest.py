"""What most tests of programmes begin with: the department whose they are, and their language."""

import pytest
from django.utils.translation import override


@pytest.fixture
def unit(province):
    """The division that programmes belong to."""
    return province.division


@pytest.fixture
def in_english():
    """What is refused is read in English; use it for a whole file."""
    with override("en"):
        yield
