"""Exhibitors are asked 3, 6 and 12 months after an event what became of their talks."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gyoryu.accounts.access import fingerprint
from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.trade.actions import telling
from gyoryu.trade.models import Event, FollowUp
from gyoryu.trade.queries import follow_ups as queries
from gyoryu.trade.queries.follow_ups import Line
from gyoryu.trade.rules import follow_ups as rules
from gyoryu.trade.rules.deals import CHANGE
from gyoryu.trade.rules.follow_ups import CHASES, PAUSE, ROUNDS, Told

State = FollowUp.State
# So many are written in one turn of the clock; the next goes on.
MOST = 500
SUBJECT = _("%(event)s: what became of your talks?")
BODY = _(
    "%(months)d months ago you exhibited at %(event)s. Please tell us in a few minutes what became "
    "of each talk: nothing yet, still talking, signed, shipped, or lost. You need no account. You "
    "can save and go on later, until %(until)s."
)
AGAIN = _(
    "We have not heard from you yet. Please tell us in a few minutes what became of your talks at "
    "%(event)s, also if nothing has come of them. You need no account. You can answer until "
    "%(until)s."
)


def ask(*, on: date, by: User | None, at: datetime) -> int:
    """Do what the day asks for; return how many letters were queued.

    Rounds that are due are made and asked, who is late is reminded twice and then left in peace,
    and a round that has ended is closed. Asked again the same day it does nothing more.
    """
    for event in queries.ended(on):
        _plan(event, on)
    _close(on, by, at)
    return _send(on, by, at) + _chase(on, by, at)


@transaction.atomic
def _plan(event: Event, on: date) -> None:
    for months in ROUNDS:
        due, until = rules.window(event.ends_on, months)
        if not due <= on <= until:
            continue
        there = FollowUp.objects.filter(event=event, months=months).values("exhibitor")
        FollowUp.objects.bulk_create(
            [
                FollowUp(exhibitor=one, event=event, months=months, due_on=due, until=until)
                for one in queries.exhibitors(event).exclude(pk__in=there)
            ],
            # Two clocks may plan the same round at once.
            ignore_conflicts=True,
        )


def _rows(on: date, *states: str) -> Iterable[FollowUp]:
    rows = FollowUp.objects.filter(state__in=states, due_on__lte=on, exhibitor__voided_at=None)
    return rows.select_related(*queries.LISTED).order_by("due_on", "pk")[:MOST]


def _send(on: date, by: User | None, at: datetime) -> int:
    return sum(_asked(row, by, at) for row in _rows(on, State.DUE) if on <= row.until)


@transaction.atomic
def _asked(row: FollowUp, by: User | None, at: datetime) -> bool:
    """Ask an exhibitor for the first time; who cannot be reached stays due."""
    row = _locked(row)
    if row.state != State.DUE or not _write(row, BODY, at):
        return False
    row.state, row.asked_at = State.ASKED, at
    row.save(update_fields=["state", "asked_at", "mark"])
    _note("follow_up.asked", row, by, at)
    return True


def _chase(on: date, by: User | None, at: datetime) -> int:
    late = [row for row in _rows(on, State.ASKED) if _last(row) + PAUSE <= on]
    return sum(_chased(row, on, by, at) for row in late)


def _last(row: FollowUp) -> date:
    """Return the day of the last letter."""
    written = row.chased_at or row.asked_at
    assert written is not None
    return day_of(written)


@transaction.atomic
def _chased(row: FollowUp, on: date, by: User | None, at: datetime) -> bool:
    """Remind an exhibitor, twice at the most; after that it is silent."""
    row = _locked(row)
    if row.state != State.ASKED or _last(row) + PAUSE > on:
        return False
    if row.chased >= CHASES:
        _silence(row, by, at)
        return False
    row.chased, row.chased_at = row.chased + 1, at
    written = _write(row, AGAIN, at)
    row.save(update_fields=["chased", "chased_at", "mark"])
    if written:
        _note("follow_up.chased", row, by, at)
    return written


def _silence(row: FollowUp, by: User | None, at: datetime) -> None:
    row.state, row.saved_at = State.SILENT, None
    row.save(update_fields=["state", "saved_at"])
    _note("follow_up.silent", row, by, at)


def _close(on: date, by: User | None, at: datetime) -> None:
    """End the rounds whose time is over: what was saved and never sent counts as sent."""
    waiting = Q(state__in=[State.DUE, State.ASKED]) | Q(saved_at__isnull=False)
    over = FollowUp.objects.filter(waiting, until__lt=on)
    for row in over.select_related(*queries.LISTED).order_by("pk")[:MOST]:
        with transaction.atomic():
            _end(_locked(row), by, at)


def _end(row: FollowUp, by: User | None, at: datetime) -> None:
    kept = {line.key: line for line in queries.lines(row) if line.told and not line.closed}
    for line in kept.values():
        try:
            with transaction.atomic():
                _sent(row, line, rules.read(line.told or {}), by, at)
        except Refused:
            # It stays among the answers as it was given; an officer reads it there.
            continue
    if row.answers:
        _answered(row, by, at)
    elif row.state != State.SILENT:
        _silence(row, by, at)


def _answered(row: FollowUp, by: User | None, at: datetime) -> None:
    row.state, row.answered_at, row.saved_at = State.ANSWERED, row.answered_at or at, None
    row.save(update_fields=["state", "answered_at", "saved_at", "answers"])
    _note("follow_up.answered", row, by, at)


def _locked(row: FollowUp) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related(*queries.LISTED)
    return rows.get(pk=row.pk)


def _note(verb: str, row: FollowUp, by: User | None, at: datetime) -> None:
    history.record(verb, row, by=by, at=at, unit=row.event.unit_id)


@transaction.atomic
def ask_again(row: FollowUp, *, by: User | None, at: datetime) -> FollowUp:
    """Send an exhibitor its link by hand; an officer who has found a better address does."""
    row, on = _locked(row), day_of(at)
    check_may(by, CHANGE, row.event.unit)
    rules.check_can_ask(row, on)
    rules.check_address(_write(row, BODY if row.asked_at is None else AGAIN, at))
    row.state, row.asked_at = State.ASKED, row.asked_at or at
    row.save(update_fields=["state", "asked_at", "mark"])
    _note("follow_up.asked", row, by, at)
    return row


def _write(row: FollowUp, body: object, at: datetime) -> bool:
    """Queue the letter with the link; tell whether anybody could be reached."""
    address, people = queries.addresses(row.exhibitor)
    secret = next(rules.secrets_of(row))
    row.mark = fingerprint(secret)
    link = reverse("follow-up-link", args=[secret])
    key = f"follow-up:{row.pk}:{at.isoformat(timespec='minutes')}"
    if address:
        language = row.exhibitor.language if row.exhibitor.language in {"ko", "en"} else "ko"
        with override(language):
            subject, text = SUBJECT % _named(row), body % _named(row)  # type: ignore[operator]
        outbox.queue_to(
            address, language=language, unit=row.event.unit, key=key, subject=subject, body=text,
            link=link, about=row, at=at,
        )  # fmt: skip
    for user in people:
        with override(user.language):
            subject, text = SUBJECT % _named(row), body % _named(row)  # type: ignore[operator]
        outbox.queue(user, key=key, subject=subject, body=text, link=link, about=row, at=at)
    return bool(address or people)


def _named(row: FollowUp) -> dict[str, object]:
    return {"event": row.event, "months": row.months, "until": row.until.isoformat()}


@transaction.atomic
def answer(
    row: FollowUp, told: dict[str, Told], *, send: bool, by: User | None, at: datetime
) -> FollowUp:
    """Keep what an exhibitor says of its talks, by the keys of their lines.

    Saved, it can be changed until the round ends. Sent, each line becomes what it says, once; what
    was not answered yet still can be. ``by`` is nobody: the link needs no account.
    """
    row = _locked(row)
    rules.check_can_answer(row, day_of(at))
    open_lines = {line.key: line for line in queries.lines(row) if not line.closed}
    for key, line in open_lines.items():
        if key in told:
            _take(row, line, told[key], send, by, at)
        else:
            row.answers.pop(key, None)
    if send and row.answers:
        _answered(row, by, at)
    else:
        row.saved_at = at
        row.save(update_fields=["saved_at", "answers"])
    return row


def _take(row: FollowUp, line: Line, told: Told, send: bool, by: User | None, at: datetime) -> None:
    if send:
        _sent(row, line, told, by, at)
    else:
        rules.check_told(line.key, told, day_of(at))
        row.answers[line.key] = told.kept()


def _sent(row: FollowUp, line: Line, told: Told, by: User | None, at: datetime) -> None:
    deal = telling.apply(row, line, told, by=by, at=at)
    made = {"deal": deal.pk} if deal and line.deal is None else {}
    row.answers[line.key] = {**told.kept(), "applied": True, **made}
