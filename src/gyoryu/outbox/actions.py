"""How letters are queued in the transaction that causes them, and sent later."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMessage
from django.db.models import F, Model

from gyoryu.accounts.models import User
from gyoryu.outbox.models import Letter

# Minutes until the next try; after the last the letter is given up and shown to the administrator.
RETRIES = [1, 5, 30, 120, 480, 1440]


def queue(
    to: User,
    *,
    key: str,
    subject: str,
    body: str,
    at: datetime,
    about: Model | None = None,
    link: str = "",
) -> Letter:
    """Queue a letter unless one of the same key was queued before; return the one that stands."""
    own = {
        "subject": subject,
        "body": body,
        "link": link,
        "queued_at": at,
        "next_try_at": at,
        "model": ContentType.objects.get_for_model(about) if about else None,
        "record": about.pk if about else None,
    }
    letter, _ = Letter.objects.get_or_create(to=to, key=key, defaults=own)
    return letter


def send_waiting(*, by: User | None, at: datetime, most: int = 200) -> int:
    """Send the letters whose time has come; return how many left.

    Each is claimed by moving its next try on, so that two workers never send one letter twice.
    """
    sent = 0
    for letter in (
        Letter.objects.filter(state=Letter.State.WAITING, next_try_at__lte=at)
        .select_related("to")
        .order_by("next_try_at")[:most]
    ):
        wait = timedelta(minutes=RETRIES[min(letter.attempts, len(RETRIES) - 1)])
        claimed = Letter.objects.filter(
            pk=letter.pk, state=Letter.State.WAITING, attempts=letter.attempts
        ).update(attempts=F("attempts") + 1, next_try_at=at + wait)
        sent += bool(claimed) and _send(letter, at)
    return sent


def _send(letter: Letter, at: datetime) -> bool:
    rows = Letter.objects.filter(pk=letter.pk)
    try:
        if letter.by_mail:
            text = (
                f"{letter.body}\n\n{settings.SITE_ADDRESS}{letter.link}"
                if letter.link
                else letter.body
            )
            EmailMessage(letter.subject, text, to=[letter.to.email]).send()
    except OSError as trouble:
        given_up = letter.attempts + 1 >= len(RETRIES)
        rows.update(
            trouble=str(trouble)[:300],
            state=Letter.State.FAILED if given_up else Letter.State.WAITING,
        )
        return False
    rows.update(state=Letter.State.SENT, sent_at=at, trouble="")
    return True


def mark_read(letter: Letter, *, by: User, at: datetime) -> None:
    """Note that the addressee has seen a letter."""
    Letter.objects.filter(pk=letter.pk, to=by, read_at=None).update(read_at=at)
