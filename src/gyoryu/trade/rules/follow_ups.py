"""When exhibitors are asked what became of their talks, how the link is made, what may be said."""

import base64
import calendar
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gyoryu.base.refused import Refused
from gyoryu.trade.models import FollowUp
from gyoryu.trade.rules.deals import MOST, declaration

ROUNDS = (3, 6, 12)
# Months after the event until which the last round can be answered.
LAST = 15
# Days between the letter, its two reminders, and silence.
PAUSE = timedelta(days=14)
CHASES = 2
SALT = "gyoryu.trade.follow_up"
State = FollowUp.State


class What(models.TextChoices):
    """What became of a talk, in plain words."""

    NOTHING = "nothing", _("Nothing yet")
    TALKING = "talking", _("Still talking")
    SIGNED = "signed", pgettext_lazy("grade", "Signed")
    SHIPPED = "shipped", _("Shipped")
    LOST = "lost", _("Nothing will come of it")


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def window(ended: date, months: int) -> tuple[date, date]:
    """Return the day a round is due and the last on which it can be answered."""
    ends = (*ROUNDS[1:], LAST)[ROUNDS.index(months)]
    return months_after(ended, months), months_after(ended, ends) - timedelta(days=1)


def secrets_of(row: FollowUp) -> Iterator[str]:
    """Yield the secret of a follow-up's link, by the newest key of the deployment first.

    It is made of the deployment's key and kept nowhere, so that each reminder can have the same
    link and the database alone opens none.
    """
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = salted_hmac(SALT, str(row.pk), secret=key, algorithm="sha256").digest()
        yield base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def works(row: FollowUp, on: date) -> bool:
    """Tell whether a follow-up's link works: it was asked, and the next round is not there yet."""
    return bool(row.asked_at) and on <= row.until and row.exhibitor.voided_at is None


@dataclass(frozen=True)
class Told:
    """What somebody says became of one talk. Amounts are in the currency of its line."""

    what: str
    amount: Decimal | None = None
    currency: str = ""
    on: date | None = None
    declaration: str = ""
    reason: str = ""
    buyer: str = ""
    about: str = ""

    def kept(self) -> dict[str, Any]:
        """Return it as it is kept."""
        held = {name: value for name, value in asdict(self).items() if value not in (None, "")}
        return {
            name: value if isinstance(value, str) else _text(value) for name, value in held.items()
        }


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def read(kept: dict[str, Any]) -> Told:
    """Read back what was kept of a line."""
    amount, on = kept.get("amount"), kept.get("on")
    texts = {name: kept.get(name, "") for name in TEXTS}
    return Told(
        amount=None if amount is None else Decimal(amount),
        on=date.fromisoformat(on) if on else None,
        **texts,
    )


TEXTS = ("what", "currency", "declaration", "reason", "buyer", "about")


def field_of(line: str, part: str) -> str:
    """Return the name of a field of a line."""
    return f"{line}_{part}"


def check_told(line: str, told: Told, today: date) -> None:
    """Refuse an answer that lacks what it needs, at the field of its line."""
    wrong = _wrong(told, today)
    if wrong is not None:
        part, reason = wrong
        raise Refused(reason, field=field_of(line, part))
    if told.declaration:
        try:
            declaration(told.declaration, told.on or today)
        except Refused as no:
            raise Refused(no.reason, field=field_of(line, "declaration")) from no


def _wrong(told: Told, today: date) -> tuple[str, Any] | None:
    if told.what not in What.values:
        return "what", _("Choose what became of it.")
    if told.amount is not None and not 0 <= told.amount < MOST:
        return "amount", _("This cannot be right. Check the number.")
    if told.on and told.on > today:
        return "on", _("This day lies in the future.")
    if told.what in {What.SIGNED, What.SHIPPED} and told.amount is None:
        return "amount", _("Give the amount.")
    if told.what in {What.SIGNED, What.SHIPPED} and told.on is None:
        return "on", _("Give the day.")
    if told.what == What.LOST and not told.reason.strip():
        return "reason", _("Say in a few words why.")
    if told.declaration and told.what != What.SHIPPED:
        return "declaration", _("A declaration's number belongs to what was shipped.")
    return None


def check_can_answer(row: FollowUp, on: date) -> None:
    """Refuse an answer after the round has ended."""
    if not works(row, on):
        raise Refused(_("This link does not work any more."))


def check_can_ask(row: FollowUp, on: date) -> None:
    """Refuse to ask by hand what was answered, what is not due, or what has ended."""
    if row.state == State.ANSWERED:
        raise Refused(_("It was answered already."))
    if on < row.due_on:
        raise Refused(_("It is not due yet."))
    if on > row.until:
        raise Refused(_("This round has ended."))


def check_address(found: bool) -> None:
    """Refuse to ask where nobody can be reached."""
    if not found:
        raise Refused(_("No e-mail address of this exhibitor is known."))
