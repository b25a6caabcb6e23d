"""Who held what, on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from gyoryu.base import titles
from gyoryu.base.periods import Period
from gyoryu.parties.models import Organisation, Position
from gyoryu.parties.queries import register


def held(organisation: Organisation, title: str = "", *, on: date | Period) -> list[Position]:
    """Return the positions at an organisation that were held on a day, or at any time of a period.

    ``title`` narrows to one office in either language: "지사" finds the "Governor of …". A
    position whose beginning is unknown is told last: it may not have begun.
    """
    span = on if isinstance(on, Period) else Period.day(on)
    rows = register.positions().filter(
        Q(since=None) | Q(since__lte=span.last),
        Q(until=None) | Q(until__gte=span.first),
        organisation=organisation,
    )
    office = titles.office(title)
    found = [
        row for row in rows if not title or office in {titles.office(text) for text in _titles(row)}
    ]
    return sorted(found, key=lambda row: (row.since is None, row.since or date.min, row.pk))


def clashes(rows: Iterable[Position]) -> list[tuple[Position, Position]]:
    """Return the pairs of positions in which two people hold one exclusive office at one time.

    A day on which one hands over to the other is no clash.
    """
    offices: dict[tuple[int, str], list[Position]] = {}
    for row in rows:
        for office in {titles.office(text) for text in _titles(row)} & set(titles.OFFICES):
            offices.setdefault((row.organisation_id, office), []).append(row)
    found: dict[tuple[int, int], tuple[Position, Position]] = {}
    for group in offices.values():
        group.sort(key=lambda row: (row.since or date.min, row.pk))
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                if one.person_id != other.person_id and _overlap(one, other):
                    found[one.pk, other.pk] = (one, other)
    return list(found.values())


def _overlap(one: Position, other: Position) -> bool:
    if one.since is None and other.since is None and (one.until or other.until):
        return False
    return (one.since or date.min) < (other.until or date.max) and (other.since or date.min) < (
        one.until or date.max
    )


def _titles(row: Position) -> list[str]:
    return [text for text in (row.title_ko, row.title_en) if text]


def held_among(rows: Iterable[Position], span: Period) -> list[Position]:
    """Return those of some positions that were held at any time of a period."""
    return [
        row
        for row in rows
        if (row.since is None or row.since <= span.last)
        and (row.until is None or row.until >= span.first)
    ]


def now_and_before(rows: Iterable[Position], today: date) -> tuple[list[Position], list[Position]]:
    """Part positions into those held on a day (or not begun yet), and those that had ended."""
    now: list[Position] = []
    before: list[Position] = []
    for row in rows:
        (before if row.until and row.until < today else now).append(row)
    return now, before
