"""Wishes: whom a participant would like to meet, how much, when, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.trade.models import Event, Participant, Sequence, Wish
from gyoryu.trade.rules import wishes as rules
from gyoryu.trade.sheets.wishes import Line


@dataclass(frozen=True)
class Wanted:
    """One wish: ``worth`` 1 to 5, 0 for never, None for nothing said; ``slots`` is how long."""

    to: Participant
    worth: int | None
    part: str = Wish.Part.ANY
    slots: int | None = None


@transaction.atomic
def keep(
    participant: Participant,
    wanted: Iterable[Wanted],
    *,
    own: bool = False,
    by: User | None,
    at: datetime,
) -> int:
    """Keep what a participant wishes of these others; return how many wishes changed.

    Of others that are not named nothing changes. ``own`` says that the participant itself says so,
    signed in or by its link, which it can until the timetable is published; how long it meets the
    office has said, and that stays.
    """
    rules.check_may_say(participant, by)
    rules.check_open(participant, own=own)
    lines = list(wanted)
    for one in lines:
        rules.check_to(participant, one.to)
        if one.worth is not None:
            rules.check_worth(one.worth)
        rules.check_length(one.slots, one.worth)
    # Locked, so that two who fill in one list do not both think a wish is new.
    Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    there = {one.to_id: one for one in participant.wishes.all()}
    changes: dict[str, list[object]] = {}
    for one in lines:
        before = there.get(one.to.pk)
        if own:
            one = replace(one, slots=before.slots if before else None)
        if change := _keep(participant, one, before, at):
            changes[str(one.to)] = change
    if changes:
        history.record("participant.wished", participant, by=by, at=at, changes=changes)
    return len(changes)


@transaction.atomic
def take_in(event: Event, lines: Iterable[Line], *, by: User | None, at: datetime) -> int:
    """Keep the wishes of a spreadsheet, all of them or none; return how many changed."""
    check_may(by, "trade.change", event.unit)
    own: dict[Participant, list[Wanted]] = {}
    for one in lines:
        own.setdefault(one.by, []).append(Wanted(one.to, one.worth, one.part, one.slots))
    return sum(keep(participant, wanted, by=by, at=at) for participant, wanted in own.items())


def _keep(
    participant: Participant, one: Wanted, there: Wish | None, at: datetime
) -> list[object] | None:
    """Keep one wish; return what it was and is, or nothing when it stays."""
    before = rules.in_words(there.worth, there.part, there.slots) if there else None
    after = None if one.worth is None else rules.in_words(one.worth, one.part, one.slots)
    if before == after:
        return None
    if one.worth is None:
        participant.wishes.filter(to=one.to).delete()
    else:
        Wish.objects.update_or_create(
            by=participant,
            to=one.to,
            defaults={"worth": one.worth, "part": one.part, "slots": one.slots, "at": at},
        )
    return [before, after]


@transaction.atomic
def order(
    of: Participant, first: Participant, then: Participant, *, by: User | None, at: datetime
) -> Sequence:
    """Say that a participant meets one before another."""
    rules.check_may_say(of, by)
    rules.check_open(of, own=False)
    rules.check_sequence(of, first, then)
    made, new = Sequence.objects.get_or_create(of=of, first=first, then=then, defaults={"at": at})
    if new:
        changes = {"order": [None, f"{first} < {then}"]}
        history.record("participant.ordered", of, by=by, at=at, changes=changes)
    return made


@transaction.atomic
def unorder(sequence: Sequence, *, by: User | None, at: datetime) -> Participant:
    """Take an order of two meetings back."""
    of = sequence.of
    rules.check_may_say(of, by)
    rules.check_event_lives(of.event)
    changes = {"order": [f"{sequence.first} < {sequence.then}", None]}
    sequence.delete()
    history.record("participant.ordered", of, by=by, at=at, changes=changes)
    return of
