"""What every record of the register must meet: texts that fit, reasons that are given."""

from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Record
from gyoryu.base import periods
from gyoryu.base.refused import Refused

LONGEST_TEXT = 20_000


def day_of(at: datetime) -> date:
    """Return the office's day at a moment."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def told(day: date | None) -> str:
    """Write a day in the reader's language, for a reason."""
    language = (get_language() or "ko")[:2]
    return periods.day_in_words(day, language, weekday=False) if day else ""


def check_texts(row: Model) -> None:
    """Refuse a text that is longer than its field; SQLite would keep it, PostgreSQL break."""
    held = row.__dict__
    for attname, name, most in _room(type(row)):
        # A field that was not read was not changed.
        value: Any = held.get(attname)
        if isinstance(value, str) and len(value) > most:
            told = {"long": len(value), "most": most}
            raise Refused(
                _("This is %(long)d characters long; at most %(most)d fit.") % told,
                field=name,
            )


@cache
def _room(model: type[Model]) -> list[tuple[str, str, int]]:
    """Return the columns of a model with the longest text that fits each."""
    return [
        (field.attname, field.name, getattr(field, "max_length", None) or LONGEST_TEXT)
        for field in model._meta.concrete_fields
        if not field.generated
    ]


def check_reason(reason: str, *, most: int = 500) -> None:
    """Refuse a step whose reason is missing or does not fit."""
    if not reason.strip():
        raise Refused(_("Give the reason."), field="reason")
    if len(reason) > most:
        raise Refused(_("Give the reason in %(most)d characters.") % {"most": most}, field="reason")


def check_stands(row: Record) -> None:
    """Refuse to touch a record that was voided."""
    if row.voided_at:
        raise Refused(_("This record was voided. It is kept as it was."))
