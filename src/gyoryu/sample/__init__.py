"""The sample: real regions, dates and figures in our own words; its people are invented."""

from collections.abc import Iterator

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.agreements.actions import areas, duties
from gyoryu.parties.actions import regions
from gyoryu.sample import (
    generated,
    newsroom,
    office,
    people,
    programmes,
    register,
    spreadsheet,
    trade,
)
from gyoryu.sample.book import Book, at
from gyoryu.sample.stories import america, cast, home_front, jiangsu, utah, yanbian

START = at("2025-01-02", 9)


def load(*, many: bool = True) -> Iterator[str]:
    """Load the sample, whole or not at all, unless it is there; yield what was loaded.

    Without ``many`` only the stories are loaded, not the generated rows.
    """
    if people.loaded():
        yield "The sample is already loaded."
        return
    # One transaction: a sample cut short leaves nothing, and its history is sealed once.
    with transaction.atomic():
        told = list(_load(many))
    yield from told


def _load(many: bool) -> Iterator[str]:
    yield people.load(START)
    yield f"{regions.install_regions(by=None, at=START):,} regions"
    book = Book(people.units(), {user.email: user for user in User.objects.all()})
    for ko, en in generated.AREAS:
        areas.add_area({"name_ko": ko, "name_en": en}, by=None, at=START)
    duties.install_policy(book.units["gg"], by=None, at=START)
    yield cast.enter(book)
    for story in (jiangsu, utah, america, home_front, yanbian):
        yield story.tell(book)
    yield from programmes.tell(book)
    yield from trade.tell(book)
    if many:
        yield generated.draw(book)
    yield spreadsheet.load(book)
    yield register.publish(book)
    yield office.live(book)
    yield newsroom.load(book)


def accounts() -> Iterator[str]:
    """Yield the sample accounts as they are told to a newcomer."""
    yield f"Sample accounts (password {people.PASSWORD}):"
    for email, role, unit in people.ACCOUNTS:
        yield f"  {email:28} {role:14} {unit}"
    for email, role in people.OUTSIDERS.items():
        yield f"  {email:28} {role:14} from outside"
