"""What is done with tokens: made, revoked, used; and answers kept, so that none is done twice."""

import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When

from gyoryu.accounts import access, rules
from gyoryu.accounts.models import Answer, Token, Unit, User
from gyoryu.history import actions as history

# Tells a scanner of leaked secrets what it has found.
PREFIX = "gyoryu_"
KEPT = timedelta(days=3)


@transaction.atomic
def make(
    name: str, scopes: Iterable[str], ends_on: date, *, on: date, by: User, at: datetime
) -> tuple[Token, str]:
    """Make a token for oneself; return it with its secret, which nobody can be shown again."""
    chosen = sorted(scopes)
    rules.check_token(by, chosen, ends_on, on=on)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        user=by,
        unit=Unit(pk=by.access.grants[0].unit),
        name=name,
        digest=access.fingerprint(secret),
        scopes=chosen,
        made_at=at,
        ends_on=ends_on,
    )
    told = {"scopes": [None, ", ".join(chosen)], "ends_on": [None, ends_on]}
    history.record("token.made", token, by=by, at=at, changes=told)
    return token, secret


@transaction.atomic
def revoke(token: Token, *, by: User | None, at: datetime) -> Token:
    """Revoke a token; it stays listed, and its uses stay in the history."""
    rules.check_can_revoke_token(token, by=by)
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    history.record("token.revoked", token, by=by, at=at)
    return token


def count(token: Token, most: int, *, by: User | None, at: datetime) -> bool:
    """Count one more call in this minute; tell whether it is still within what a minute allows."""
    minute = int(at.timestamp()) // 60
    # The database counts, so that any number of processes count together.
    within = Token.objects.filter(~Q(minute=minute) | Q(calls__lt=most), pk=token.pk)
    calls = Case(When(minute=minute, then=F("calls") + 1), default=Value(1))
    return bool(within.update(minute=minute, calls=calls, used_at=at))


def note_use(token: Token, call: str, status: int, *, by: User | None, at: datetime) -> None:
    """Write down a use: the call without what was asked or sent, and the status of its answer."""
    told = {"call": [None, call], "answer_status": [None, status]}
    history.note(history.Done("token.used", token, changes=told), by=by, at=at)


def once(
    token: Token,
    key: str,
    asked: str,
    act: Callable[[], tuple[int, dict[str, Any]]],
    *,
    by: User | None,
    at: datetime,
) -> tuple[int, dict[str, Any]]:
    """Carry out a write unless this key was answered before; return the answer, old or new.

    ``asked`` is the digest of the call. The key's row is written first, so of two calls at once
    the second waits and then sees it. Call it in a transaction.
    """
    try:
        with transaction.atomic():
            kept = Answer.objects.create(token=token, key=key, digest=asked, at=at)
    except IntegrityError:
        earlier = Answer.objects.get(token=token, key=key)
        rules.check_same_call(earlier, asked)
        return earlier.status, earlier.body
    kept.status, kept.body = act()
    kept.save(update_fields=["status", "body"])
    return kept.status, kept.body


def forget_answers(*, by: User | None, at: datetime) -> int:
    """Forget answers older than three days; return how many. A client repeats within a day."""
    return Answer.objects.filter(at__lt=at - KEPT).delete()[0]
