"""What is wrong with a plan as things stand now, and what a change to it would break, in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from gyoryu.trade.queries.floors import TAKING_PART, Floor, PairOf, Seat
from gyoryu.trade.timetable import moving, placing
from gyoryu.trade.timetable.moving import Kind, Reason
from gyoryu.trade.timetable.show import Held


def broken(floor: Floor, seats: Iterable[Seat], moved: Seat) -> list[Reason]:
    """Return why a meeting cannot be where it is moved to; nothing when it can."""
    rows = list(seats)
    place = Held(floor.half_day_number(moved.half_day), moved.slot - 1, floor.pairs[moved.pair])
    return moving.broken(floor.show, floor.held(rows), place, moved.table - 1, floor.tables(rows))


def found(floor: Floor, seats: Iterable[Seat]) -> dict[PairOf, list[str]]:
    """Return what is wrong with each meeting of a plan; nothing for those that can stay."""
    rows = list(seats)
    wrong = {one.pair: _gone(floor, one) for one in rows if one.pair not in floor.pairs}
    known = {one.pair: one for one in rows if one.pair in floor.pairs}
    for pair in _suspects(floor, list(known.values())):
        if reasons := broken(floor, known.values(), known[pair]):
            wrong[pair] = [told(floor, pair, one) for one in reasons]
    return wrong


def _gone(floor: Floor, seat: Seat) -> list[str]:
    """Say who of a pair takes part no more, or is met at another place."""
    names = [
        str(floor.people[pk])
        for pk in seat.pair
        if pk in floor.people and floor.people[pk].state not in TAKING_PART
    ]
    if names:
        return [_("%(name)s does not take part any more.") % {"name": name} for name in names]
    return [_("They do not meet at this place.")]


def _suspects(floor: Floor, rows: list[Seat]) -> list[PairOf]:
    """Return the pairs that may break something: found in one walk over the plan."""
    show, held = floor.show, floor.held(rows)
    here: dict[placing.Place, list[int]] = defaultdict(list)
    counts: Counter[tuple[int, placing.Key]] = Counter()
    for one in held:
        for place in placing.taken(show, one.pair, (one.half_day, one.slot)):
            here[place].append(one.pair)
        for party in show.pairs[one.pair].both:
            counts.update((party, key) for key in placing.keys_of(show, (one.half_day, one.slot)))
    tables = Counter(place for one in rows for place in one.taken)
    ordered = {pair for both in show.before for pair in both}
    suspects = {floor.pairs[one.pair] for one in rows if any(tables[at] > 1 for at in one.taken)}
    for one in held:
        place, pair = (one.half_day, one.slot), show.pairs[one.pair]
        if one.pair in ordered or one.slot not in show.open_slots(one.pair, one.half_day):
            suspects.add(one.pair)
        if any(_beyond(floor, party, place, counts) for party in pair.both):
            suspects.add(one.pair)
    for pairs in here.values():
        suspects |= set(_crowded(floor, pairs))
    return sorted(floor.pair_of(pair) for pair in suspects)


def _beyond(
    floor: Floor, party: int, place: placing.Place, counts: Counter[tuple[int, placing.Key]]
) -> bool:
    limits = (
        (key, placing.limit(floor.show, party, key)) for key in placing.keys_of(floor.show, place)
    )
    return any(most is not None and counts[party, key] > most for key, most in limits)


def _crowded(floor: Floor, pairs: list[int]) -> Iterator[int]:
    """Yield the pairs of one slot that share a party, a lack of tables, or of interpreters."""
    parties = Counter(party for pair in pairs for party in floor.show.pairs[pair].both)
    if len(pairs) > floor.show.tables:
        yield from pairs
    for pair in pairs:
        if any(parties[party] > 1 for party in floor.show.pairs[pair].both):
            yield pair
    for members, count in floor.show.interpreter_rows:
        if len(needing := members.intersection(pairs)) > count:
            yield from needing


def told(floor: Floor, pair: PairOf, reason: Reason) -> str:
    """Say one reason in words."""
    who = _name(floor, reason.party)
    others = " · ".join(_both(floor, other) for other in reason.others[:2])
    if reason.kind == Kind.LIMIT:
        return _limit(floor, reason, who)
    if reason.kind == Kind.INTERPRETER and not reason.others:
        return _("Nobody here interprets between %(pair)s.") % {"pair": _named(floor, pair)}
    words = {
        Kind.OUTSIDE: _("There is no such time slot."),
        Kind.UNWANTED: _("They asked for another part of the day."),
        Kind.FIXED: _("This meeting is fixed where it is."),
        Kind.AWAY: _("%(who)s is not there then."),
        Kind.BUSY: _("%(who)s is in another meeting then: %(others)s."),
        Kind.TABLES: _("All %(tables)d tables are taken then."),
        Kind.TABLE: _("The table is taken then: %(others)s."),
        Kind.INTERPRETER: _("No interpreter is free then; needed for %(others)s."),
        Kind.ORDER: _("It has to keep its order with %(others)s."),
    }
    return str(words[reason.kind]) % {
        "who": who,
        "others": others,
        "tables": floor.show.tables,
    }


def _limit(floor: Floor, reason: Reason, who: str) -> str:
    key = reason.key or placing.ALL
    most = placing.limit(floor.show, reason.party or 0, key)
    if key[0] == "all":
        words = _("%(who)s wants %(most)d meetings at most.")
    else:
        words = _("%(who)s wants %(most)d meetings a day at most.")
    return words % {"who": who, "most": most}


def _name(floor: Floor, party: int | None) -> str:
    return "" if party is None else str(floor.people[floor.participant(party)])


def _both(floor: Floor, pair: int) -> str:
    return _named(floor, floor.pair_of(pair))


def _named(floor: Floor, pair: PairOf) -> str:
    return " × ".join(str(floor.people[pk]) for pk in pair)
