"""Says whether a show's plan keeps every promise; shares no code with what makes plans."""

from collections import Counter
from collections.abc import Iterable, Iterator

from gyoryu.trade.timetable.show import Held, Show


def faults(show: Show, held: Iterable[Held]) -> list[str]:
    """Return what is wrong with a plan, in words; empty when all is kept."""
    plan = sorted(held)
    often = [
        f"{_name(show, pair)} meet {count} times"
        for pair, count in Counter(one.pair for one in plan).items()
        if count > 1
    ]
    return [
        *_times(show, plan),
        *often,
        *_limits(show, plan),
        *_rooms(show, plan),
        *_order(show, plan),
    ]


def _name(show: Show, pair: int) -> str:
    return " and ".join(show.parties[party].name for party in show.pairs[pair].both)


def _times(show: Show, plan: list[Held]) -> Iterator[str]:
    taken: set[tuple[int, int, int]] = set()
    for one in plan:
        who, pair = _name(show, one.pair), show.pairs[one.pair]
        fixed = any(one.pair == other.pair for other in show.fixed)
        if not fixed and one.half_day not in pair.half_days:
            yield f"{who} do not want half-day {one.half_day + 1}"
        if one.slot < 0 or one.slot + pair.length > show.half_days[one.half_day].slots:
            yield f"{who}: half-day {one.half_day + 1} has no such slots"
        for party in (pair.first, pair.second):
            slots = {(one.half_day, one.slot + part) for part in range(pair.length)}
            if slots & show.parties[party].away:
                yield f"{who}: {show.parties[party].name} is away then"
            busy = {(party, *place) for place in slots}
            if busy & taken:
                yield f"{who}: {show.parties[party].name} has another meeting then"
            taken |= busy


def _limits(show: Show, plan: list[Held]) -> Iterator[str]:
    held = [
        (party, one.half_day, show.half_days[one.half_day].day)
        for one in plan
        for party in (show.pairs[one.pair].first, show.pairs[one.pair].second)
    ]
    in_all = Counter(party for party, _, _ in held)
    by_day = Counter((party, day) for party, _, day in held)
    by_half_day = Counter((party, half_day) for party, half_day, _ in held)
    for number, party in enumerate(show.parties):
        for most, counts in (
            (party.most, [in_all[number]]),
            (party.most_a_day, [by_day[number, half.day] for half in show.half_days]),
            (party.most_a_half_day, [by_half_day[number, at] for at in range(len(show.half_days))]),
        ):
            if most is not None and max(counts, default=0) > most:
                yield f"{party.name} has {max(counts)} meetings where it wants {most}"


def _rooms(show: Show, plan: list[Held]) -> Iterator[str]:
    here: dict[tuple[int, int], list[int]] = {}
    for one in plan:
        for part in range(show.pairs[one.pair].length):
            here.setdefault((one.half_day, one.slot + part), []).append(one.pair)
    for (half_day, slot), pairs in here.items():
        if len(pairs) > show.tables:
            yield f"half-day {half_day + 1}, slot {slot + 1}: {len(pairs)} meetings"
        if not _staffed(show, pairs):
            yield f"half-day {half_day + 1}, slot {slot + 1}: too few interpreters"


def _staffed(show: Show, pairs: list[int]) -> bool:
    """Say whether everybody who needs an interpreter can have one: by augmenting paths."""
    desks = [number for number, some in enumerate(show.interpreters) for _ in range(some.count)]
    serves: dict[int, int] = {}

    def seat(pair: int, tried: set[int]) -> bool:
        one, other = (show.parties[party].languages for party in show.pairs[pair].both)
        for desk, number in enumerate(desks):
            spoken = show.interpreters[number].languages
            if desk in tried or not (spoken & one and spoken & other):
                continue
            tried.add(desk)
            if desk not in serves or seat(serves[desk], tried):
                serves[desk] = pair
                return True
        return False

    return all(seat(pair, set()) for pair in pairs if _strangers(show, pair))


def _strangers(show: Show, pair: int) -> bool:
    one, other = (show.parties[party].languages for party in show.pairs[pair].both)
    return bool(one and other and not one & other)


def _order(show: Show, plan: list[Held]) -> Iterator[str]:
    when = {one.pair: (one.half_day, one.slot) for one in plan}
    ends = {pair: (at, slot + show.pairs[pair].length - 1) for pair, (at, slot) in when.items()}
    for one in show.fixed:
        if when.get(one.pair) != (one.half_day, one.slot):
            yield f"{_name(show, one.pair)} do not meet where it is fixed"
    for earlier, later in show.before:
        if later in when and not (earlier in when and ends[earlier] < when[later]):
            yield f"{_name(show, later)} do not meet after {_name(show, earlier)}"
