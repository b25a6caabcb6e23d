"""How letters are queued in the transaction that causes them, and sent later."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlparse

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.history.actions import last_calls
from gyoryu.history.inserting import insert_one
from gyoryu.jobs import actions as jobs
from gyoryu.outbox import queries, rules
from gyoryu.outbox.models import Letter

# Minutes until the next try: quickly at first, then once a day, so that a mail server that is away
# for a week loses nothing. After the last the letter is given up and shown to the administrators.
RETRIES = [1, 5, 30, 120, 480, *[1440] * 9]

log = logging.getLogger(__name__)


def queue(
    to: User,
    *,
    key: str,
    subject: object,
    body: object,
    at: datetime,
    about: Model | None = None,
    link: str = "",
) -> Letter:
    """Queue a letter unless one of the same key was queued before; return the one that stands.

    Lazily translated texts are written in the addressee's language.
    """
    with override(to.language):
        letter = _written(key, subject, body, link, about, at)
    letter.to = to
    return _queued(letter, at)


def queue_to(  # noqa: PLR0913 (a letter is said in one breath)
    address: str,
    *,
    language: str,
    unit: Unit,
    key: str,
    subject: object,
    body: object,
    at: datetime,
    about: Model | None = None,
    link: str = "",
) -> Letter:
    """Queue a letter to an address of nobody who signs in, such as a buyer's, once for its key.

    It is written in Korean or English, and forgets its link when it has left.
    """
    with override(language):
        letter = _written(key, subject, body, link, about, at)
    letter.address, letter.language, letter.unit = address, language, unit
    return _queued(letter, at)


def _written(
    key: str, subject: object, body: object, link: str, about: Model | None, at: datetime
) -> Letter:
    return Letter(
        key=key,
        subject=names.nfc(str(subject))[:200],
        body=str(body),
        link=link,
        queued_at=at,
        next_try_at=at,
        model=ContentType.objects.get_for_model(about) if about else None,
        record=about.pk if about else None,
    )


def _queued(letter: Letter, at: datetime) -> Letter:
    if not insert_one(letter, unless_there=True):
        return Letter.objects.get(to=letter.to, address=letter.address, key=letter.key)
    # One job sends all that a transaction queues.
    if not any(isinstance(call, _SendSoon) for call in last_calls()):
        transaction.on_commit(_SendSoon(at), robust=True)
    return letter


@dataclass(frozen=True)
class _SendSoon:
    """Queues the sending after the commit, so that nobody's transaction waits for another's."""

    at: datetime

    def __call__(self) -> None:
        path, name = "gyoryu.outbox.tasks.send", gettext_lazy("Letters sent")
        jobs.queue(path, by=None, at=self.at, name=name, key="letters")


def send_waiting(*, by: User | None, at: datetime, most: int = 200) -> int:
    """Send the letters whose time has come; return how many left.

    Each is claimed by moving its next try on, so that two workers never send one letter twice; a
    worker that dies with a letter in its hand leaves it to the next try.
    """
    sent = 0
    for letter in queries.due(at, most):
        wait = timedelta(minutes=RETRIES[min(letter.attempts, len(RETRIES) - 1)])
        claimed = Letter.objects.filter(
            pk=letter.pk, state=Letter.State.WAITING, attempts=letter.attempts
        ).update(attempts=F("attempts") + 1, next_try_at=at + wait)
        sent += bool(claimed) and _send(letter, at)
    return sent


def _send(letter: Letter, at: datetime) -> bool:
    rows = Letter.objects.filter(pk=letter.pk)
    if not letter.reaches:
        return _give_up(letter, "the account is closed")
    try:
        if letter.by_mail:
            _mail(letter).send()
    except SMTPRecipientsRefused as refused:
        final = all(code >= 500 for code, _words in refused.recipients.values())
        return _give_up(letter, str(refused)) if final else _wait(letter, refused)
    # Whatever is wrong with one letter must not keep the others from leaving.
    except Exception as trouble:
        log.warning("letter %s did not leave: %s", letter.pk, trouble)
        return _wait(letter, trouble)
    # Whoever may read the outbox shall not come in by what was sent to somebody else.
    gone = {"link": ""} if letter.to is None else {}
    rows.update(state=Letter.State.SENT, sent_at=at, trouble="", **gone)
    return True


def _wait(letter: Letter, trouble: Exception) -> bool:
    if letter.attempts + 1 >= len(RETRIES):
        return _give_up(letter, str(trouble))
    Letter.objects.filter(pk=letter.pk).update(trouble=str(trouble)[:300])
    return False


def _give_up(letter: Letter, why: str) -> bool:
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.FAILED, trouble=why[:300])
    return False


def _mail(letter: Letter) -> EmailMessage:
    """Write a letter as plain text, in its addressee's language."""
    with override(letter.to.language if letter.to else letter.language):
        foot = _("This letter was sent by Gyoryu. Nobody reads answers to it.")
    link = f"{settings.SITE_ADDRESS}{letter.link}" if letter.link else ""
    text = "\n\n".join(part for part in (letter.body, link, f"-- \n{foot}") if part)
    host = urlparse(settings.SITE_ADDRESS).hostname or "localhost"
    # One identity however often it is tried: a mail program shows a letter that came twice once.
    headers = {"Message-ID": f"<letter-{letter.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(letter.subject, text, to=[letter.email], headers=headers)


@transaction.atomic
def try_again(letters: Iterable[Letter], *, by: User | None, at: datetime) -> int:
    """Put letters that were given up back among the waiting; return how many."""
    check_may(by, "outbox.retry")
    count = 0
    unit = home_unit(by, "outbox.retry") if by else None
    for letter in letters:
        rules.check_can_try_again(letter)
        Letter.objects.filter(pk=letter.pk, state=Letter.State.FAILED).update(
            state=Letter.State.WAITING, attempts=0, next_try_at=at
        )
        history.record("letter.tried_again", letter, by=by, at=at, unit=unit)
        count += 1
    return count


def mark_read(letter: Letter, *, by: User, at: datetime) -> None:
    """Note that the addressee has seen a letter."""
    Letter.objects.filter(pk=letter.pk, to=by, read_at=None).update(read_at=at)


def mark_all_read(*, by: User, at: datetime) -> int:
    """Note that a person has seen all their letters; return how many were new."""
    return Letter.objects.filter(to=by, read_at=None).update(read_at=at)
