"""What is done to accounts: drafts kept, posts carried out once, numbers given out."""

from collections.abc import Callable
from datetime import datetime
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


def once(key: UUID, act: Callable[[], str], *, by: User, at: datetime) -> str:
    """Carry out a post unless the same post was carried out before; return where it led.

    The key's row comes last, in the same transaction: of two clicks at once one finds it written,
    and what it did is undone as if it had not been.
    """
    try:
        with transaction.atomic():
            location = act()
            Posting.objects.create(key=key, user=by, at=at, location=location)
            return location
    except (IntegrityError, Refused):
        # What the first click did may be why the second is refused.
        earlier = Posting.objects.filter(key=key, user=by).first()
        if earlier is None:
            raise
        return earlier.location


def next_number(unit: Unit, prefix: str, year: int, *, by: User | None) -> str:
    """Give out the government's next number of a series, such as AG-2025-0031."""
    # Counted up by the database in one statement, so that two officers at once get two numbers.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_series (unit_id, prefix, year, last) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (unit_id, prefix, year)"
            " DO UPDATE SET last = accounts_series.last + 1 RETURNING last",
            [unit.root_id, prefix, year],
        )
        (last,) = cursor.fetchone()
    return str(Series(prefix=prefix, year=year, last=last))
