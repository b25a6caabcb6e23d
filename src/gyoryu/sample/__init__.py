"""The sample: real regions, dates and figures in our own words; its people are invented."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from gyoryu.sample import people

START = datetime(2025, 3, 31, 9, tzinfo=ZoneInfo("Asia/Seoul"))


def load() -> Iterator[str]:
    """Load the sample unless it is there; yield what was loaded, a line each."""
    if people.loaded():
        yield "The sample is already loaded."
        return
    yield from people.load(START)


def accounts() -> Iterator[str]:
    """Yield the sample accounts as they are told to a newcomer."""
    yield f"Sample accounts (password {people.PASSWORD}):"
    for email, role, unit in people.ACCOUNTS:
        yield f"  {email:28} {role:14} {unit}"
