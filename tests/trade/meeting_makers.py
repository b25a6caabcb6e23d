"""Small meeting problems and shows, and the plain truth about them by trying everything."""

from itertools import product

from hypothesis import strategies as st

from gyoryu.trade.timetable.show import HalfDay, Held, Interpreters, Pair, Party, Show
from gyoryu.trade.timetable.values import Limits, Meeting, Problem, Session

ONE = Limits(seconds=20, workers=1)


@st.composite
def problems(draw):
    people, slots = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    both = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1)).filter(
        lambda pair: pair[0] != pair[1]
    )
    pairs = draw(st.lists(both, max_size=5))
    count = len(pairs)
    some = st.frozensets(st.integers(0, slots - 1), max_size=2)
    # Mostly nothing is asked beyond the pairs, because everything at once is seldom possible.
    rare = st.one_of(st.none(), st.none(), st.none(), st.integers(0, slots - 1))
    before = [
        draw(st.one_of(st.just(frozenset()), st.frozensets(st.integers(0, at - 1), max_size=1)))
        if at
        else frozenset()
        for at in range(count)
    ]
    members = draw(st.frozensets(st.integers(0, count - 1), max_size=3)) if count else frozenset()
    return Problem(
        people,
        slots,
        draw(st.integers(0, slots)),
        draw(st.integers(1, 3)),
        tuple(Meeting(*pair, draw(st.sampled_from([*Session, Session.ANY]))) for pair in pairs),
        tuple(draw(st.one_of(st.just(frozenset()), some)) for _ in range(people)),
        tuple(draw(rare) for _ in range(count)),
        tuple(before),
        draw(st.sampled_from([None, 0, 1, 2])),
        ((members, 1),) if members else (),
        tuple((at, at + 1) for at in range(count - 1) if draw(st.integers(0, 5)) == 5),
    )


def waits(problem, slots):
    """Each one's breaks, read off a drawing of its day: busy, idle."""
    counts = []
    for person in range(problem.participants):
        day = ["."] * problem.slots
        for meeting, slot in zip(problem.meetings, slots, strict=True):
            if person in (meeting.first, meeting.second):
                day[slot] = "x"
        counts.append(len([run for run in "".join(day).strip(".").split("x") if run]))
    return counts


def kept(problem, slots):
    """Whether a plan keeps all, word by word as it is defined."""
    at = list(zip(problem.meetings, slots, strict=True))
    busy = [(person, slot) for meeting, slot in at for person in (meeting.first, meeting.second)]
    morning = {Session.MORNING: [True], Session.AFTERNOON: [False], Session.ANY: [True, False]}
    counts = waits(problem, slots)
    return (
        len(set(busy)) == len(busy)
        and all(sum(one == slot for one in slots) <= problem.tables for slot in slots)
        and all((slot < problem.mornings) in morning[meeting.session] for meeting, slot in at)
        and not any(slot in problem.forbidden[person] for person, slot in busy)
        and all(want in (None, slot) for want, slot in zip(problem.fixed, slots, strict=True))
        and all(slots[a] < slots[b] for b, all_a in enumerate(problem.before) for a in all_a)
        and all(
            sum(slots[member] == slot for member in members) <= count
            for members, count in problem.shared
            for slot in slots
        )
        and all(slots[following] - slots[part] == 1 for part, following in problem.joined)
        and (problem.fairness is None or max(counts) - min(counts) <= problem.fairness)
    )


def fewest(problem):
    """The fewest breaks of any plan, or None: by trying every plan."""
    plans = product(range(problem.slots), repeat=len(problem.meetings))
    return min((sum(waits(problem, plan)) for plan in plans if kept(problem, plan)), default=None)


@st.composite
def shows(draw, most_pairs=4):
    """Shows of up to four parties, two half-days of two slots, and everything that may be asked."""
    half_days = (HalfDay("mon am", 0, "am", 2), HalfDay("mon pm", 0, "pm", draw(st.integers(1, 2))))
    places = [(at, slot) for at, half in enumerate(half_days) for slot in range(half.slots)]
    limit = st.one_of(st.none(), st.none(), st.integers(0, 2))
    tongues = st.sampled_from([frozenset(), frozenset({"ko"}), frozenset({"en"})])
    parties = tuple(
        Party(
            name,
            draw(st.frozensets(st.sampled_from(places), max_size=1)),
            draw(limit),
            draw(limit),
            draw(limit),
            draw(st.integers(0, 1)),
            draw(tongues),
        )
        for name in "ABCD"
    )
    edges = [(0, 2), (0, 3), (1, 2), (1, 3), (0, 1)]
    chosen = draw(st.lists(st.sampled_from(edges), unique=True, max_size=most_pairs))
    days = st.sampled_from([frozenset({0, 1}), frozenset({0, 1}), frozenset({1})])
    length = st.sampled_from([1, 1, 1, 2])
    pairs = tuple(Pair(*edge, draw(st.integers(1, 9)), draw(days), draw(length)) for edge in chosen)
    before = ((0, 1),) if len(pairs) > 1 and draw(st.booleans()) else ()
    interpreters = (Interpreters(frozenset({"ko", "en"}), draw(st.integers(0, 1))),)
    return Show(half_days, parties, pairs, draw(st.integers(1, 2)), interpreters, (), before)


def every_plan(show):
    """All ways to hold some of the pairs somewhere, kept or not."""
    places = [(at, slot) for at, half in enumerate(show.half_days) for slot in range(half.slots)]
    for chosen in product([None, *places], repeat=len(show.pairs)):
        yield [Held(*place, pair) for pair, place in enumerate(chosen) if place is not None]


def fair_of(pairs, parties=4, slots=2, tables=2, **asked):
    """A show of one day with a morning and an afternoon."""
    both = frozenset({0, 1})
    return Show(
        (HalfDay("am", 0, "am", slots), HalfDay("pm", 0, "pm", slots)),
        tuple(Party(f"P{number}") for number in range(parties)),
        tuple(Pair(one, other, value, both) for one, other, value in pairs),
        tables,
        **asked,
    )
