"""A place of an event as the meeting engine sees it, and the engine's plan as rows again.

Rows go by their numbers here, slots and tables from 1; the engine counts everything from 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from gyoryu.trade.models import (
    Absence,
    Event,
    HalfDay,
    Interpreter,
    Leg,
    Meeting,
    Participant,
    Sequence,
    Wish,
)
from gyoryu.trade.timetable import interpreting
from gyoryu.trade.timetable import show as engine

Side, State = Participant.Side, Participant.State
# Who is planned for: who has said yes.
TAKING_PART = (State.REGISTERED, State.CONFIRMED)
# Who has a place of its own, so that the other side comes to it: companies at their booths and on
# a mission in the rooms that were taken for them; at a fair buyers sit and the companies go round.
SITS = {
    Event.Kind.EXHIBITION: Side.EXHIBITOR,
    Event.Kind.MISSION: Side.EXHIBITOR,
    Event.Kind.MEETING_FAIR: Side.BUYER,
    Event.Kind.ONLINE: Side.BUYER,
}
PairOf = tuple[int, int]
# What is asked for a pair: points, the half-days allowed, and slots.
Want = tuple[int, frozenset[int], int]


@dataclass(frozen=True)
class Seat:
    """A meeting of a plan: who, when, where, and for how many slots. All count from 1.

    0 slots is a meeting that is not placed yet: as long as was asked for.
    """

    exhibitor: int
    buyer: int
    half_day: int
    slot: int
    table: int
    fixed: bool = False
    interpreter: int | None = None
    slots: int = 1

    @property
    def pair(self) -> PairOf:
        """The exhibitor and the buyer."""
        return (self.exhibitor, self.buyer)

    @property
    def place(self) -> tuple[int, int, int]:
        """The half-day, slot and table."""
        return (self.half_day, self.slot, self.table)

    @property
    def taken(self) -> list[tuple[int, int, int]]:
        """All its places: the half-day, each of its slots, and the table."""
        return [(self.half_day, self.slot + one, self.table) for one in range(max(1, self.slots))]


def begins(half_day: HalfDay, slot: int, timezone: str) -> datetime:
    """Return when a slot of a half-day begins; slots count from 1."""
    first = datetime.combine(half_day.day, half_day.begins, ZoneInfo(timezone))
    return first + timedelta(minutes=half_day.minutes * (slot - 1))


def read(places: Iterable[Mapping[str, Any]]) -> list[Seat]:
    """Return the seats that a draft holds."""
    return [Seat(**one) for one in places]


def written(seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """Return seats as a draft holds them, in the order of the day."""
    rows = sorted(seats, key=lambda one: (*one.place, *one.pair))
    return [dict(vars(one)) for one in rows]


@dataclass(frozen=True)
class Floor:
    """A place with everybody who meets there; ``show`` is what the engine is asked about.

    ``parties`` and ``pairs`` say by which number the engine knows a participant and a pair.
    ``people`` also has those who do not take part any more.
    """

    leg: Leg
    half_days: list[HalfDay]
    people: dict[int, Participant]
    interpreters: list[Interpreter]
    show: engine.Show
    parties: dict[int, int]
    pairs: dict[PairOf, int]
    refused: dict[PairOf, int]

    def pair_of(self, number: int) -> PairOf:
        """Return the exhibitor and the buyer of an engine's pair."""
        one = self.show.pairs[number]
        return self._numbers[one.first], self._numbers[one.second]

    def slots(self, pair: PairOf) -> int:
        """Return for how many slots a pair meets."""
        return self.show.pairs[self.pairs[pair]].length if pair in self.pairs else 1

    def participant(self, party: int) -> int:
        """Return the participant behind an engine's party."""
        return self._numbers[party]

    @cached_property
    def _numbers(self) -> list[int]:
        return list(self.parties)

    def half_day_number(self, pk: int) -> int:
        """Return the engine's number of a half-day."""
        return next(at for at, one in enumerate(self.half_days) if one.pk == pk)

    def held(self, seats: Iterable[Seat]) -> tuple[engine.Held, ...]:
        """Return seats as the engine's plan; those that it cannot know are left out."""
        at = {one.pk: number for number, one in enumerate(self.half_days)}
        return tuple(
            sorted(
                engine.Held(at[one.half_day], one.slot - 1, self.pairs[one.pair])
                for one in seats
                if one.pair in self.pairs and one.half_day in at
            )
        )

    def tables(self, seats: Iterable[Seat]) -> dict[int, int]:
        """Return the engine's tables of seats."""
        return {self.pairs[one.pair]: one.table - 1 for one in seats if one.pair in self.pairs}

    def seats(
        self, held: Iterable[engine.Held], tables: Mapping[int, int], fixed: Iterable[PairOf] = ()
    ) -> list[Seat]:
        """Return an engine's plan as seats."""
        sure, numbers = set(fixed), self._numbers
        found = []
        for one in held:
            both = self.show.pairs[one.pair]
            pair = numbers[both.first], numbers[both.second]
            place = self.half_days[one.half_day].pk, one.slot + 1, tables[one.pair] + 1
            found.append(Seat(*pair, *place, fixed=pair in sure, slots=both.length))
        return found

    def staffed(self, seats: Iterable[Seat]) -> list[Seat]:
        """Return seats with who interprets; who does so already stays where possible."""
        rows = list(seats)
        known = {one.pk: number for number, one in enumerate(self.interpreters)}
        now = {
            self.pairs[one.pair]: known[one.interpreter]
            for one in rows
            if one.pair in self.pairs and one.interpreter in known
        }
        staff = interpreting.staff(self.show, self.held(rows), self.tables(rows), now)
        found = []
        for one in rows:
            number = staff.get(self.pairs.get(one.pair, -1))
            pk = None if number is None else self.interpreters[number].pk
            found.append(replace(one, interpreter=pk))
        return found


def floor(
    leg: Leg,
    seats: Iterable[Seat] = (),
    *,
    keep_fixed: bool = False,
    at: datetime | None = None,
    lengths: Mapping[PairOf, int] = MappingProxyType({}),
) -> Floor:
    """Return a place as it stands now; pairs of ``seats`` count although nobody asked for them.

    With ``keep_fixed`` the fixed ones among them stay where they are whatever is planned. What has
    begun before ``at`` stays as it is, and nobody is put there any more. What stands in ``seats``
    keeps its length; ``lengths`` are those of pairs that shall have another.
    """
    rows = list(seats)
    half_days = list(leg.half_days.all())
    gone = {
        (one.pk, slot)
        for one in half_days
        for slot in range(1, one.slots + 1)
        if at and begins(one, slot, leg.timezone) <= at
    }
    interpreters = list(leg.interpreters.all())
    people = {
        one.pk: one
        for one in Participant.objects.filter(event=leg.event_id, voided_at=None)
        .select_related("organisation__region")
        .order_by("pk")
    }
    here = {pk: one for pk, one in people.items() if one.state in TAKING_PART}
    elsewhere = _elsewhere(leg, here)
    here = {pk: one for pk, one in here.items() if pk not in elsewhere}
    parties = {pk: number for number, pk in enumerate(here)}
    asked, refused = _asked(leg, here, half_days, rows)
    long = _lengths(leg.event, here, asked, {one.pair: one.slots for one in rows}, lengths)
    pairs = {pair: number for number, pair in enumerate(asked)}
    numbers = {one.pk: number for number, one in enumerate(half_days)}
    fixed = [
        engine.Held(numbers[one.half_day], one.slot - 1, pairs[one.pair])
        for one in rows
        if ((keep_fixed and one.fixed) or (one.half_day, one.slot) in gone)
        and one.pair in pairs
        and one.half_day in numbers
    ]
    made = engine.Show(
        tuple(_half_days(half_days)),
        tuple(_parties(leg.event, here, half_days, gone)),
        tuple(
            engine.Pair(parties[one], parties[other], value, allowed, long[one, other])
            for (one, other), (value, allowed, _said) in asked.items()
        ),
        leg.tables,
        tuple(engine.Interpreters(frozenset(one.languages), 1) for one in interpreters),
        tuple(sorted(fixed)),
        tuple(_before(leg, here, pairs)),
    )
    return Floor(leg, half_days, people, interpreters, made, parties, pairs, refused)


def _half_days(rows: list[HalfDay]) -> Iterable[engine.HalfDay]:
    days = {day: number for number, day in enumerate(dict.fromkeys(one.day for one in rows))}
    for one in rows:
        yield engine.HalfDay(f"{one.day} {one.part}", days[one.day], one.part, one.slots)


def _parties(
    event: Event,
    here: Mapping[int, Participant],
    half_days: list[HalfDay],
    gone: set[tuple[int, int]],
) -> Iterable[engine.Party]:
    numbers = {one.pk: (at, one.slots) for at, one in enumerate(half_days)}
    away: dict[int, set[tuple[int, int]]] = defaultdict(set)
    absences = Absence.objects.filter(half_day__in=numbers, participant__event=event)
    for participant, half_day, slot in absences.values_list("participant", "half_day", "slot"):
        at, slots = numbers[half_day]
        away[participant] |= {(at, one) for one in ([slot - 1] if slot else range(slots))}
    over = {(numbers[half_day][0], slot - 1) for half_day, slot in gone}
    for pk, one in here.items():
        yield engine.Party(
            str(pk),
            frozenset(away[pk] | over),
            one.most,
            one.most_a_day,
            languages=frozenset(one.languages),
            stays=one.side == SITS[Event.Kind(event.kind)],
        )


def _elsewhere(leg: Leg, here: Mapping[int, Participant]) -> set[int]:
    """Return the buyers of another place of a mission: those whose country is another place's."""
    others = Leg.objects.filter(event=leg.event_id).exclude(pk=leg.pk).select_related("region")
    theirs = [one.region.path for one in others if one.region]
    own = leg.region.path if leg.region else None
    if own is None or not theirs:
        return set()
    return {
        pk
        for pk, one in here.items()
        if one.side == Side.BUYER and (region := one.organisation.region)
        # Nested places (a country and its capital) go to the narrower one.
        if _nearest(region.path, [own, *theirs]) not in (own, None)
    }


def _nearest(path: str, places: list[str]) -> str | None:
    within = [one for one in places if path.startswith(one) or one.startswith(path)]
    return max(within, key=len, default=None)


def _asked(
    leg: Leg, here: Mapping[int, Participant], half_days: list[HalfDay], seats: Iterable[Seat]
) -> tuple[dict[PairOf, Want], dict[PairOf, int]]:
    """Return each pair's points, half-days and slots, and who of the refused pairs refuses.

    What both sides ask is added up; in which part of the day they meet is what both allow; of two
    lengths said the longer one counts, and 0 is none said.
    """
    everywhere = frozenset(range(len(half_days)))
    seated = {one.pair for one in seats if one.exhibitor in here and one.buyer in here}
    nothing: Want = (0, everywhere, 0)
    asked: dict[PairOf, Want] = dict.fromkeys(sorted(seated), nothing)
    refused: dict[PairOf, int] = {}
    rows = Wish.objects.filter(by__event=leg.event_id).order_by("pk")
    told = rows.values_list("by", "to", "worth", "part", "slots")
    for by, to, worth, part, slots in told:
        if by not in here or to not in here or here[by].side == here[to].side:
            continue
        pair = (by, to) if here[by].side == Side.EXHIBITOR else (to, by)
        if not worth:
            refused[pair] = by
            continue
        value, allowed, long = asked.get(pair, nothing)
        own = {at for at, one in enumerate(half_days) if part in (Wish.Part.ANY, one.part)}
        asked[pair] = (value + worth, allowed & own, max(long, slots or 0))
    gone = (refused.keys() | _settled(leg)) - seated
    return {pair: want for pair, want in sorted(asked.items()) if pair not in gone}, refused


def _lengths(
    event: Event,
    here: Mapping[int, Participant],
    asked: Mapping[PairOf, Want],
    seated: Mapping[PairOf, int],
    given: Mapping[PairOf, int],
) -> dict[PairOf, int]:
    """Return for how many slots each pair meets: the nearest word counts.

    First what is given now, then how long the meeting takes where it stands, what was said of the
    pair, of its two participants (the longer one), of the event, and else one.
    """
    usual = event.meeting_slots or 1
    found = {}
    for pair, (_value, _allowed, said) in asked.items():
        own = max(here[pk].meeting_slots or 0 for pk in pair)
        found[pair] = given.get(pair) or seated.get(pair) or said or own or usual
    return found


def _settled(leg: Leg) -> set[PairOf]:
    """Return the pairs that are not planned here by themselves.

    They meet at another place of the event, or somebody cancelled their meeting.
    """
    cancelled = Q(state=Meeting.State.CANCELLED)
    elsewhere = ~Q(leg=leg) & ~cancelled
    called_off = Q(leg=leg) & cancelled & ~Q(cancelled_by=Meeting.Side.PLAN)
    rows = Meeting.objects.filter(elsewhere | called_off, leg__event=leg.event_id)
    return set(rows.values_list("exhibitor", "buyer"))


def _before(
    leg: Leg, here: Mapping[int, Participant], pairs: Mapping[PairOf, int]
) -> Iterable[tuple[int, int]]:
    rows = Sequence.objects.filter(of__event=leg.event_id).order_by("pk")
    for of, first, then in rows.values_list("of", "first", "then"):
        if of not in here:
            continue
        own = here[of].side == Side.EXHIBITOR
        earlier, later = ((of, one) if own else (one, of) for one in (first, then))
        if earlier in pairs and later in pairs:
            yield pairs[earlier], pairs[later]
