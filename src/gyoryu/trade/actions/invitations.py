"""How buyers are invited, and how they answer by their link without an account."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.jobs import actions as jobs
from gyoryu.trade.actions import event_letters as letters
from gyoryu.trade.actions import links, participants
from gyoryu.trade.models import Event, HalfDay, Participant
from gyoryu.trade.queries import participants as queries
from gyoryu.trade.rules import events
from gyoryu.trade.rules import participants as rules

CHANGE = "trade.change"
# Letters that a worker writes in one go.
TOGETHER = 50
State = Participant.State
# A buyer that has not answered is written to once more so many days before the window closes.
BEFORE_CLOSE = timedelta(days=7)
# Nobody is reminded of a letter that came only yesterday.
LEFT_ALONE = timedelta(days=2)


@transaction.atomic
def invite(participant: Participant, *, by: User | None, at: datetime) -> Participant:
    """Write to a buyer with its personal link; again for one whose letter was lost."""
    check_may(by, CHANGE, participant.unit)
    row = participants.again(participant, by=by)
    rules.check_invite(row)
    return _invite(row, by, at)


@transaction.atomic
def invite_all(event: Event, *, by: User | None, at: datetime) -> int:
    """Have all buyers written to that never were and have an address; return how many.

    A worker writes the letters. Who asks twice sends them once: whom they go to is noted here.
    """
    check_may(by, CHANGE, event.unit)
    events.check_not_over(event)
    count = queries.to_invite(event).update(invite_asked_at=at)
    if count:
        jobs.queue(
            "gyoryu.trade.tasks.letters.invite",
            event.pk,
            by.pk if by else None,
            by=by,
            at=at,
            unit=event.unit,
            about=event,
            name=format_lazy(_("Invitations to {event}"), event=event.title_ko),
        )
    return count


@transaction.atomic
def invite_some(event: Event, *, by: User | None, at: datetime) -> int:
    """Write some of the invitations that are on their way; return how many are left.

    Safe to run again: whoever was written to is on the way no more.
    """
    check_may(by, CHANGE, event.unit)
    waiting = queries.on_their_way(event)
    for row in waiting.select_for_update(of=("self",))[:TOGETHER]:
        _invite(row, by, at)
    return waiting.count()


def _invite(row: Participant, by: User | None, at: datetime) -> Participant:
    secret = links.give(row, by=by, at=at)
    row.invited_at = at
    row.save(update_fields=["invited_at"])
    letters.invited(row, secret, by=by, at=at)
    history.record("participant.invited", row, by=by, at=at)
    return row


@transaction.atomic
def hand_out(participant: Participant, *, by: User | None, at: datetime) -> str:
    """Return a buyer's link for an officer who hands it over, such as by messenger."""
    check_may(by, CHANGE, participant.unit)
    row = participants.again(participant, by=by)
    events.check_not_over(row.event)
    secret = links.give(row, by=by, at=at)
    if row.invited_at is None:
        row.invited_at = at
        row.save(update_fields=["invited_at"])
    history.record("participant.link_shown", row, by=by, at=at)
    return secret


@transaction.atomic
def register(
    participant: Participant,
    values: dict[str, Any],
    absences: Iterable[tuple[HalfDay, int]],
    *,
    consent: bool,
    by: User | None,
    at: datetime,
) -> Participant:
    """Register a buyer as it filled in its own form; again, it changes what it said before."""
    row = participants.again(participant, by=by)
    rules.check_answer(row, at=at)
    rules.check_consent(given=consent)
    fields = {**rules.tidied(values), "answered_at": at, "consented_at": row.consented_at or at}
    if row.state in {State.INVITED, State.DECLINED}:
        fields |= {"state": State.REGISTERED, "state_since": day_of(at), "state_reason": ""}
    changes = history.changes(row, fields)
    rules.check_participant(row)
    row.save(update_fields=list(changes))
    history.record("participant.registered", row, by=by, at=at, changes=changes)
    participants.set_absences(row, absences, by=by, at=at)
    letters.registered(row, by=by, at=at)
    return row


@transaction.atomic
def decline(
    participant: Participant, reason: str = "", *, by: User | None, at: datetime
) -> Participant:
    """Note that a buyer says by its link that it does not come; it may change its mind."""
    row = participants.again(participant, by=by)
    rules.check_answer(row, at=at)
    values = {
        "state": State.DECLINED,
        "state_since": day_of(at),
        "state_reason": names.nfc(reason)[:300],
        "answered_at": at,
    }
    changes = history.changes(row, values)
    row.save(update_fields=list(changes))
    history.record("participant.declined", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Write once more to invited buyers that have not answered; return how many letters.

    Run every day: doing it twice writes nothing new.
    """
    check_may(by, CHANGE)
    waiting = queries.to_remind(at=at, until=at + BEFORE_CLOSE, invited_before=at - LEFT_ALONE)
    rows = list(waiting)
    for row in rows:
        letters.invited(row, links.give(row, by=by, at=at), reminder=True, by=by, at=at)
    return len(rows)
