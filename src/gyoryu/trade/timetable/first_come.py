"""First come, first served, as booking tools do it: what a plan is compared with.

Whoever asks gets the earliest slot in which both still have time. Requests come in the order of a
seed; nobody waits for a better one, and nobody is moved.
"""

import random

from gyoryu.trade.timetable.placing import Taken, as_held, as_places
from gyoryu.trade.timetable.show import Held, Show


def book(show: Show, seed: int = 1) -> tuple[Held, ...]:
    """Return the meetings that are booked."""
    taken = Taken(show, as_places(show.fixed))
    order = [number for number in range(len(show.pairs)) if number not in taken.staying]
    random.Random(seed).shuffle(order)  # noqa: S311 (an order of arrival, no secret)
    for pair in order:
        if free := taken.open_places(pair):
            taken.take(pair, free[0])
    return as_held(taken.staying)
