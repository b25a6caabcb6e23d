"""What is done to accounts: drafts kept, posts carried out once, numbers given out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from gyoryu.accounts.models import Draft, Posting, Series, Unit, User
from gyoryu.base.refused import Refused


def save_draft(form: str, fields: dict[str, list[str]], *, by: User, at: datetime) -> Draft:
    """Keep what was typed so far; a later draft of the same form replaces it."""
    draft, _ = Draft.objects.update_or_create(
        user=by, form=form, defaults={"fields": fields, "saved_at": at}
    )
    return draft


def drop_draft(form: str, *, by: User) -> None:
    """Forget the draft of a form, because it was saved for good or is not wanted."""
    Draft.objects.filter(user=by, form=form).delete()


@dataclass(frozen=True)
class CarriedOut:
    """Where a post led, and whether it had been carried out before and was not again."""

    location: str
    before: bool


def once(key: UUID, act: Callable[[], str], *, by: User, at: datetime) -> CarriedOut:
    """Carry out a post unless the same post was carried out before; return where it led.

    The key's row comes last, in the same transaction: of two clicks at once one finds it written,
    and what it did is undone as if it had not been.
    """
    try:
        with transaction.atomic():
            location = act()
            Posting.objects.create(key=key, user=by, at=at, location=location)
            return CarriedOut(location, before=False)
    except (IntegrityError, Refused):
        # What the first click did may be why the second is refused.
        earlier = Posting.objects.filter(key=key, user=by).first()
        if earlier is None:
            raise
        return CarriedOut(earlier.location, before=True)


def next_number(unit: Unit, prefix: str, year: int, *, by: User | None) -> str:
    """Give out the government's next number of a series, such as AG-2025-0031."""
    return next_numbers(unit, prefix, year, 1, by=by)[0]


def next_numbers(unit: Unit, prefix: str, year: int, count: int, *, by: User | None) -> list[str]:
    """Give out the government's next ``count`` numbers of a series together."""
    if not count:
        return []
    # Counted up by the database in one statement, so that two officers at once get two numbers.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_series (unit_id, prefix, year, last) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (unit_id, prefix, year)"
            " DO UPDATE SET last = accounts_series.last + excluded.last RETURNING last",
            [unit.root_id, prefix, year, count],
        )
        (last,) = cursor.fetchone()
    numbers = range(last - count + 1, last + 1)
    return [str(Series(prefix=prefix, year=year, last=number)) for number in numbers]


def keep_ahead(unit: Unit, prefix: str, numbers: list[str], *, by: User | None) -> None:
    """Put the government's series past numbers that came from elsewhere, so none is given twice."""
    most: dict[int, int] = {}
    for text in numbers:
        head, _, last = text.rpartition("-")
        year = head.removeprefix(f"{prefix}-")
        if head.startswith(f"{prefix}-") and year.isdigit() and last.isdigit():
            if len(year) == 4 and len(last) <= 6:
                most[int(year)] = max(most.get(int(year), 0), int(last))
    for of, last_number in most.items():
        own: dict[str, Any] = {"unit_id": unit.root_id, "prefix": prefix, "year": of}
        Series.objects.get_or_create(**own)
        Series.objects.filter(**own, last__lt=last_number).update(last=last_number)
