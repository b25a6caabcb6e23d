"""Reads a show from plain JSON values, and says where one is wrong (format: docs/timetable.md)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from gyoryu.trade.timetable.show import HalfDay, Held, Interpreters, Pair, Party, Show

Values = Mapping[str, Any]
PARTY = {"name", "away", "most", "most_a_day", "most_a_half_day", "least", "languages", "stays"}
# A show beyond these would take hours; a number beyond them is a slip.
MOST = {"half_days": 60, "parties": 20_000, "requests": 1_000_000}


class WrongShow(ValueError):
    """Values that are no show: where, as a path such as ``parties[3].most``, and what is wrong."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


def read(values: object) -> Show:
    """Return the show; raises `WrongShow`."""
    top = _object(values, "show", {"half_days", "parties", "tables", "requests", "interpreters",
                                   "fixed", "before", "refused"})  # fmt: skip
    half_days = tuple(_half_days(_list(top, "half_days")))
    parties = tuple(_parties(_list(top, "parties"), half_days))
    names = {party.name: number for number, party in enumerate(parties)}
    if len(names) < len(parties):
        twice = next(name for name, count in Counter(p.name for p in parties).items() if count > 1)
        raise WrongShow("parties", f"“{twice}” stands here a second time")
    fixed = list(_fixed(_list(top, "fixed", ()), names, half_days))
    pairs = _pairs(top, names, half_days, [both for both, _, _ in fixed])
    number = {frozenset(pair.both): at for at, pair in enumerate(pairs)}
    show = Show(
        half_days,
        parties,
        pairs,
        _number(top, "tables", "show", 0, 100_000),
        tuple(_interpreters(_list(top, "interpreters", ()))),
        tuple(Held(half_day, slot, number[both]) for both, half_day, slot in fixed),
        tuple(_before(_list(top, "before", ()), names, number)),
    )
    _check_fixed(show)
    return show


def _object(value: object, where: str, known: set[str]) -> Values:
    if not isinstance(value, dict):
        raise WrongShow(where, "an object expected")
    for key in value:
        if key not in known:
            raise WrongShow(where, f"“{key}” has no meaning here")
    return value


def _list(values: Values, key: str, default: object = None) -> list[Any]:
    found = values.get(key, default)
    if not isinstance(found, list | tuple):
        raise WrongShow(key, "a list expected")
    if len(found) > MOST.get(key, 1_000_000):
        raise WrongShow(key, f"more than {MOST.get(key, 1_000_000)}")
    return list(found)


def _number(values: Values, key: str, where: str, least: int, most: int = 10_000) -> int:
    found = values.get(key)
    if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
        raise WrongShow(f"{where}.{key}", f"a whole number from {least} to {most} expected")
    return found


def _limit(values: Values, key: str, where: str) -> int | None:
    return None if values.get(key) is None else _number(values, key, where, 0)


def _text(values: Values, key: str, where: str) -> str:
    found = values.get(key)
    if not isinstance(found, str) or not found.strip():
        raise WrongShow(f"{where}.{key}", "a text expected")
    return found


def _half_days(rows: list[Any]) -> Iterator[HalfDay]:
    days: dict[str, int] = {}
    for number, row in enumerate(rows):
        where = f"half_days[{number}]"
        one = _object(row, where, {"day", "part", "slots"})
        day, part = _text(one, "day", where), _text(one, "part", where)
        days.setdefault(day, len(days))
        yield HalfDay(f"{day} {part}", days[day], part, _number(one, "slots", where, 1, 60))


def _parties(rows: list[Any], half_days: tuple[HalfDay, ...]) -> Iterator[Party]:
    for number, row in enumerate(rows):
        where = f"parties[{number}]"
        one = _object(row, where, PARTY)
        yield Party(
            _text(one, "name", where),
            frozenset(_away(one.get("away", []), f"{where}.away", half_days)),
            _limit(one, "most", where),
            _limit(one, "most_a_day", where),
            _limit(one, "most_a_half_day", where),
            _number({"least": 1, **one}, "least", where, 0),
            _languages(one, where),
            bool(one.get("stays", False)),
        )


def _languages(one: Values, where: str) -> frozenset[str]:
    found = one.get("languages", [])
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise WrongShow(f"{where}.languages", "a list of texts expected")
    return frozenset(found)


def _away(rows: object, where: str, half_days: tuple[HalfDay, ...]) -> Iterator[tuple[int, int]]:
    """Give (half-day, slot); a row without a slot is the whole half-day."""
    if not isinstance(rows, list):
        raise WrongShow(where, "a list expected")
    for number, row in enumerate(rows):
        one = _object(row, f"{where}[{number}]", {"half_day", "slot"})
        half_day = _number(one, "half_day", f"{where}[{number}]", 1, len(half_days)) - 1
        slots = half_days[half_day].slots
        if "slot" in one:
            yield half_day, _number(one, "slot", f"{where}[{number}]", 1, slots) - 1
        else:
            yield from ((half_day, slot) for slot in range(slots))


def _party(one: Values, key: str, where: str, names: Mapping[str, int]) -> int:
    name = _text(one, key, where)
    if name not in names:
        raise WrongShow(f"{where}.{key}", f"there is no party “{name}”")
    return names[name]


def _pairs(
    top: Values,
    names: Mapping[str, int],
    half_days: tuple[HalfDay, ...],
    sure: list[frozenset[int]],
) -> tuple[Pair, ...]:
    """Add up what both sides ask, for the longer time; who is refused by either does not meet."""
    worth: Counter[frozenset[int]] = Counter(dict.fromkeys(sure, 0))
    when: dict[frozenset[int], frozenset[int]] = {}
    length: Counter[frozenset[int]] = Counter()
    for number, row in enumerate(_list(top, "requests")):
        where = f"requests[{number}]"
        one = _object(row, where, {"from", "to", "worth", "part", "slots"})
        both = _both(one, "from", "to", where, names)
        worth[both] += _number({"worth": 1, **one}, "worth", where, 1, 1_000)
        length[both] = max(length[both], _number({"slots": 1, **one}, "slots", where, 1, 60))
        when[both] = when.get(both, frozenset(range(len(half_days)))) & _parts(
            one, where, half_days
        )
    refused = {
        _both(_object(row, f"refused[{number}]", {"from", "to"}), "from", "to", "refused", names)
        for number, row in enumerate(_list(top, "refused", ()))
    }
    everywhere = frozenset(range(len(half_days)))
    return tuple(
        Pair(min(both), max(both), value, when.get(both, everywhere), length[both] or 1)
        for both, value in sorted(worth.items(), key=lambda item: sorted(item[0]))
        if both not in refused or both in sure
    )


def _both(
    one: Values, first: str, second: str, where: str, names: Mapping[str, int]
) -> frozenset[int]:
    both = frozenset((_party(one, first, where, names), _party(one, second, where, names)))
    if len(both) < 2:
        raise WrongShow(where, "nobody can meet itself")
    return both


def _parts(one: Values, where: str, half_days: tuple[HalfDay, ...]) -> frozenset[int]:
    part = one.get("part")
    found = frozenset(at for at, half in enumerate(half_days) if part in (None, half.part))
    if not found:
        raise WrongShow(f"{where}.part", f"no half-day is “{part}”")
    return found


def _interpreters(rows: list[Any]) -> Iterator[Interpreters]:
    for number, row in enumerate(rows):
        where = f"interpreters[{number}]"
        one = _object(row, where, {"languages", "count"})
        yield Interpreters(_languages(one, where), _number(one, "count", where, 0))


def _pair_named(row: object, where: str, names: Mapping[str, int]) -> frozenset[int]:
    if not isinstance(row, list) or len(row) != 2:
        raise WrongShow(where, "two names expected")
    return _both({"first": row[0], "second": row[1]}, "first", "second", where, names)


def _fixed(
    rows: list[Any], names: Mapping[str, int], half_days: tuple[HalfDay, ...]
) -> Iterator[tuple[frozenset[int], int, int]]:
    for number, row in enumerate(rows):
        where = f"fixed[{number}]"
        one = _object(row, where, {"parties", "half_day", "slot"})
        half_day = _number(one, "half_day", where, 1, len(half_days)) - 1
        slot = _number(one, "slot", where, 1, half_days[half_day].slots) - 1
        yield _pair_named(one.get("parties"), f"{where}.parties", names), half_day, slot


def _before(
    rows: list[Any], names: Mapping[str, int], number: Mapping[frozenset[int], int]
) -> Iterator[tuple[int, int]]:
    for at, row in enumerate(rows):
        where = f"before[{at}]"
        one = _object(row, where, {"earlier", "later"})
        both = [_pair_named(one.get(key), f"{where}.{key}", names) for key in ("earlier", "later")]
        if both[0] not in number or both[1] not in number:
            raise WrongShow(where, "nobody asked for one of these meetings")
        yield number[both[0]], number[both[1]]


def _check_fixed(show: Show) -> None:
    taken: set[tuple[int, int, int]] = set()
    for number, held in enumerate(show.fixed):
        slots = show.taken(held.pair, held.slot)
        if slots[-1] >= show.half_days[held.half_day].slots:
            raise WrongShow(f"fixed[{number}]", "does not end within the half-day")
        for party in show.pairs[held.pair].both:
            name = show.parties[party].name
            if any((held.half_day, slot) in show.parties[party].away for slot in slots):
                raise WrongShow(f"fixed[{number}]", f"“{name}” is away then")
            busy = {(party, held.half_day, slot) for slot in slots}
            if busy & taken:
                raise WrongShow(f"fixed[{number}]", f"“{name}” has another fixed meeting then")
            taken |= busy
