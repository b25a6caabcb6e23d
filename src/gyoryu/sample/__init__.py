"""The sample: real regions, dates and figures in our own words; its people are invented."""

from collections.abc import Iterator

from gyoryu.sample import people

PASSWORD = people.PASSWORD


def load() -> Iterator[str]:
    """Load the sample unless it is there; yield what was loaded, a line each."""
    if people.loaded():
        yield "The sample is already loaded."
        return
    yield from people.load()


def accounts() -> Iterator[str]:
    """Yield the sample accounts as they are told to a newcomer."""
    yield f"Sample accounts (password {people.PASSWORD}):"
    for email, role, unit in people.ACCOUNTS:
        yield f"  {email:28} {role:14} {unit}"
