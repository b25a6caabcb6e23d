"""Says whether a timetable keeps every promise, and counts its breaks.

Written from the definition alone and used on every plan that leaves the engine: it shares no code
with the solver, so that one cannot hide the other's slips.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gyoryu.trade.timetable.values import Problem, Session


def breaks(problem: Problem, slots: Sequence[int]) -> list[int]:
    """Count each participant's breaks: runs of idle slots between two of its meetings.

    A run counts once, however long it is, and whether or not the participant was away in it.
    """
    counts = []
    for number in range(problem.participants):
        taken = sorted(
            slot
            for meeting, slot in zip(problem.meetings, slots, strict=True)
            if number in meeting.pair
        )
        counts.append(sum(later - earlier > 1 for earlier, later in pairwise(taken)))
    return counts


def faults(problem: Problem, slots: Sequence[int]) -> list[str]:
    """Return what is wrong with a plan, in words that count from 1; empty when all is kept."""
    if len(slots) != len(problem.meetings):
        return [f"{len(slots)} slots for {len(problem.meetings)} meetings"]
    outside = [
        f"meeting {number}: there is no slot {slot + 1}"
        for number, slot in enumerate(slots, 1)
        if not 0 <= slot < problem.slots
    ]
    if outside:
        return outside
    return [
        *_clashes(problem, slots),
        *_tables(problem, slots),
        *_shared(problem, slots),
        *_joined(problem, slots),
        *_away(problem, slots),
        *_order(problem, slots),
        *_unfair(problem, slots),
    ]


def _clashes(problem: Problem, slots: Sequence[int]) -> Iterator[str]:
    seen: dict[tuple[int, int], int] = {}
    for number, (meeting, slot) in enumerate(zip(problem.meetings, slots, strict=True), 1):
        for one in meeting.pair:
            if (one, slot) in seen:
                yield (
                    f"participant {one + 1} has meetings {seen[one, slot]} and {number}"
                    f" in slot {slot + 1}"
                )
            seen[one, slot] = number


def _tables(problem: Problem, slots: Sequence[int]) -> Iterator[str]:
    for slot in range(problem.slots):
        held = list(slots).count(slot)
        if held > problem.tables:
            yield f"slot {slot + 1}: {held} meetings at {problem.tables} tables"


def _shared(problem: Problem, slots: Sequence[int]) -> Iterator[str]:
    for members, count in problem.shared:
        for slot in range(problem.slots):
            held = [number + 1 for number in sorted(members) if slots[number] == slot]
            if len(held) > count:
                yield f"slot {slot + 1}: meetings {held} need the same {count}"


def _joined(problem: Problem, slots: Sequence[int]) -> Iterator[str]:
    for part, following in problem.joined:
        if slots[following] != slots[part] + 1:
            yield f"meeting {following + 1} does not go on from meeting {part + 1}"


def _away(problem: Problem, slots: Sequence[int]) -> Iterator[str]:
    for number, (meeting, slot) in enumerate(zip(problem.meetings, slots, strict=True), 1):
        if meeting.session == Session.MORNING and slot >= problem.mornings:
            yield f"meeting {number}: slot {slot + 1} is not in the morning"
        if meeting.session == Session.AFTERNOON and slot < problem.mornings:
            yield f"meeting {number}: slot {slot + 1} is not in the afternoon"
        for one in meeting.pair:
            if slot in problem.forbidden[one]:
                yield f"meeting {number}: participant {one + 1} is away in slot {slot + 1}"


def _order(problem: Problem, slots: Sequence[int]) -> Iterator[str]:
    for number, slot in enumerate(slots):
        wanted = problem.fixed[number]
        if wanted is not None and slot != wanted:
            yield f"meeting {number + 1} is fixed to slot {wanted + 1}, not {slot + 1}"
        for earlier in sorted(problem.before[number]):
            if slots[earlier] >= slot:
                yield f"meeting {earlier + 1} must come before meeting {number + 1}"


def _unfair(problem: Problem, slots: Sequence[int]) -> Iterator[str]:
    counts = breaks(problem, slots)
    if problem.fairness is None or not counts:
        return
    if max(counts) - min(counts) > problem.fairness:
        most, least = counts.index(max(counts)), counts.index(min(counts))
        yield (
            f"participant {most + 1} has {max(counts)} breaks and participant {least + 1}"
            f" {min(counts)}: more than {problem.fairness} apart"
        )
