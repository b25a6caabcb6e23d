"""What is done to accounts: drafts kept, posts carried out once, numbers given out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from gyoryu.accounts.models import Draft, Posting, Series, Unit, User


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

    The key's row is written first, so of two clicks at once the second waits and then sees it.
    """
    try:
        with transaction.atomic():
            posting = Posting.objects.create(key=key, user=by, at=at)
            posting.location = act()
            posting.save(update_fields=["location"])
            return posting.location
    except IntegrityError:
        earlier = Posting.objects.filter(key=key, user=by).first()
        if earlier is None:
            raise
        return earlier.location


def next_number(unit: Unit, prefix: str, year: int, *, by: User | None) -> str:
    """Give out the government's next number of a series, such as AG-2025-0031."""
    own: dict[str, Any] = {"unit_id": unit.root_id, "prefix": prefix, "year": year}
    # Counted up by the database, so that two officers at once get two numbers.
    if not Series.objects.filter(**own).update(last=F("last") + 1):
        Series.objects.get_or_create(**own)
        Series.objects.filter(**own).update(last=F("last") + 1)
    return str(Series.objects.get(**own))
