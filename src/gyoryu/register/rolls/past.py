"""An agreement as it was: what was done to it later is taken back, entry by entry.

Two times are told apart. ``day`` is the day the register speaks of: a step dated after it has not
happened yet. ``known`` is the moment up to which the record counts: what was written down later,
was not known. What the history keeps of a change is its value before and after; that is enough to
take it back. A step's own fields (the end of a renewed term) go back with the step.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

DAYS = {"signed_first", "signed_on", "ends_on", "status_since"}
KEYS = {"place", "parent", "replaced_by", "partner_region"}
STEPS = {"agreement.signed", "agreement.moved", "agreement.renewed"}
# What the register holds; a draft is nobody's business yet.
HELD = {"signed", "in_force", "suspended", "expired", "ended", "replaced"}
OVER = {"expired", "ended", "replaced"}


@dataclass(frozen=True)
class Step:
    """A dated step of an agreement's life, and when it was written down."""

    status: str
    on: date
    reason: str
    at: datetime


@dataclass(frozen=True)
class Signature:
    """Who signed: the person's key, the title as written, the key of the position held."""

    person: int
    title: str = ""
    position: int | None = None


@dataclass(frozen=True)
class Side:
    """A party: the organisation's key, whose side it is on, who signed for it."""

    organisation: int
    side: str
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True)
class Event:
    """An entry of the history: when, what, and which fields changed from what to what."""

    at: datetime
    verb: str
    changes: dict[str, list[Any]]
    reason: str = ""


@dataclass(frozen=True)
class Held:
    """What the record holds of an agreement: plain fields, areas, parties and steps in order."""

    fields: dict[str, Any]
    areas: tuple[str, ...] = ()
    parties: tuple[Side, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where an agreement stands: since when, why, and when it was last renewed."""

    status: str
    since: date
    reason: str
    renewed: date | None = None


Called = Callable[[Side, Signature], set[str]]


def as_it_was(
    now: Held, events: Iterable[Event], *, day: date, known: datetime, called: Called
) -> Held:
    """Return the record of a day, as it was known at a moment.

    ``events`` are in the order in which they were written. ``called`` gives every text by which
    the history may have named a signature.
    """
    written = list(events)
    held = now
    for event in reversed([one for one in written if one.at > known]):
        held = _taken_back(held, event, called)
    steps = [step for step in held.steps if step.at <= known]
    to_come = [step for step in steps if step.on > day]
    for event in reversed(_of_steps(to_come, [one for one in written if one.at <= known])):
        held = _untouched_since(held, event)
    return replace(held, steps=tuple(step for step in steps if step.on <= day))


def standing(held: Held) -> Standing | None:
    """Tell where an agreement stands after its steps; none while it has no place in a register.

    Where no step was ever written down (a record that came in whole), its status speaks.
    """
    if held.steps:
        last = held.steps[-1].status
        run = _last_run(held.steps)
        renewed = run[-1].on if len(run) > 1 else None
        found = Standing(last, run[0].on, run[0].reason, renewed)
    elif (since := held.fields.get("status_since")) is not None:
        found = Standing(held.fields["status"], since, "")
    else:
        return None
    return found if found.status in HELD else None


def _last_run(steps: tuple[Step, ...]) -> list[Step]:
    run: list[Step] = []
    for step in reversed(steps):
        if run and step.status != run[0].status:
            break
        run.insert(0, step)
    return run


def _of_steps(steps: list[Step], events: list[Event]) -> list[Event]:
    """Return the events that were written with these steps: same moment, same reason."""
    wanted = [(step.at, step.reason[:500]) for step in steps]
    found: list[Event] = []
    # From the end, because of several steps in one moment those that are yet to come are the last.
    for event in reversed(events):
        if event.verb in STEPS and (event.at, event.reason) in wanted:
            wanted.remove((event.at, event.reason))
            found.insert(0, event)
    return found


def _taken_back(held: Held, event: Event, called: Called) -> Held:
    if event.verb.startswith("party."):
        return _party(held, event)
    if event.verb.startswith("signatory."):
        return _signature(held, event, called)
    fields = dict(held.fields)
    for name, pair in event.changes.items():
        if len(pair) == 2 and name in fields:
            fields[name] = value(name, pair[0])
    areas = held.areas
    if event.verb == "agreement.changed" and len(event.changes.get("areas", [])) == 2:
        areas = tuple(filter(None, str(event.changes["areas"][0] or "").split(", ")))
    return replace(held, fields=fields, areas=areas, steps=_signing_back(held, event))


def _untouched_since(held: Held, event: Event) -> Held:
    """Take a step's fields back where nobody corrected them after it."""
    fields = dict(held.fields)
    for name, pair in event.changes.items():
        if name in fields and len(pair) == 2 and fields[name] == value(name, pair[1]):
            fields[name] = value(name, pair[0])
    return replace(held, fields=fields)


def _signing_back(held: Held, event: Event) -> tuple[Step, ...]:
    """Put the signing's step back on its day when the correction of that day is taken back."""
    pair = event.changes.get("signed_first", [])
    if event.verb != "agreement.changed" or len(pair) != 2:
        return held.steps
    before, after = (value("signed_first", one) for one in pair)
    return tuple(
        replace(step, on=before)
        if before and step.status == "signed" and step.on == after
        else step
        for step in held.steps
    )


def value(name: str, told: Any) -> Any:
    """Read a value as the history tells it: a day, the key behind "#", or what it is."""
    if told is None:
        return None
    if name in DAYS:
        return date.fromisoformat(str(told))
    if name in KEYS:
        return key(told)
    return told


def key(told: Any) -> int | None:
    """Return the key of a record that the history names ("Jiangsu #12")."""
    number = str(told).rpartition("#")[2]
    return int(number) if number.isdigit() else None


def _party(held: Held, event: Event) -> Held:
    before, after = event.changes.get("party", [None, None])
    if after is not None:
        gone = key(after)
        return replace(held, parties=tuple(one for one in held.parties if one.organisation != gone))
    organisation = key(before)
    if organisation is None:
        return held
    side = (event.changes.get("side") or ["theirs"])[0]
    return replace(held, parties=(*held.parties, Side(organisation, str(side))))


def _signature(held: Held, event: Event, called: Called) -> Held:
    _before, after = event.changes.get("signatory", [None, None])
    if after is not None:
        return _unsigned(held, str(after), called)
    person = key((event.changes.get("person") or [None])[0])
    organisation = key((event.changes.get("party") or [None])[0])
    title = str((event.changes.get("title") or [""])[0] or "")
    position = key((event.changes.get("position") or [None])[0])
    if person is None:
        return held
    parties = tuple(
        replace(one, signatures=(*one.signatures, Signature(person, title, position)))
        if one.organisation == organisation
        else one
        for one in held.parties
    )
    return replace(held, parties=parties)


def _unsigned(held: Held, text: str, called: Called) -> Held:
    for place, party in enumerate(held.parties):
        for signature in party.signatures:
            if text in called(party, signature):
                left = tuple(one for one in party.signatures if one is not signature)
                parties = list(held.parties)
                parties[place] = replace(party, signatures=left)
                return replace(held, parties=tuple(parties))
    return held
