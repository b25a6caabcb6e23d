"""How large a voucher is, how much of it is subsidy, and how what is left over is parted.

Plain values in, plain values out. All results are whole won; the subsidy is rounded down and the
company bears the rest, so that nothing is lost and nothing is given beyond the rate.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

HUNDRED = Decimal(100)


class NoBand(ValueError):
    """No step of a scale holds a figure; ``scale`` is "sales" or "exports"."""

    def __init__(self, scale: str) -> None:
        super().__init__(scale)
        self.scale = scale


@dataclass(frozen=True)
class Step:
    """One step of a scale: it holds figures under ``below``; without it, all that are left."""

    below: Decimal | None
    value: Decimal


@dataclass(frozen=True)
class Scales:
    """A year's terms: the rate in percent by sales in won, the most in won by exports in dollars.

    Steps run upwards, and the last has no end.
    """

    sales: tuple[Step, ...]
    exports: tuple[Step, ...]


@dataclass(frozen=True)
class Line:
    """One step of the reckoning: what was looked at, the band it fell into, what came of it."""

    what: str
    given: Decimal
    below: Decimal | None
    result: Decimal


@dataclass(frozen=True)
class Bundle:
    """A voucher: its rate in percent, the whole, the subsidy and the company's share, in won."""

    rate: Decimal
    bundle: int
    subsidy: int
    share: int
    trace: tuple[Line, ...]


def bundle(sales: Decimal, exports: Decimal, terms: Scales, wanted: int | None = None) -> Bundle:
    """Work out a voucher from last year's sales (won) and exports (US dollars).

    ``wanted`` is what the company asks for when that is less than the cap. Raises ``NoBand``.
    """
    rate = held_by("sales", terms.sales, sales)
    cap = held_by("exports", terms.exports, exports)
    whole = int(cap.value) if wanted is None else min(int(cap.value), wanted)
    subsidy = of_percent(whole, rate.value)
    return Bundle(
        rate=rate.value,
        bundle=whole,
        subsidy=subsidy,
        share=whole - subsidy,
        trace=(
            Line("rate", sales, rate.below, rate.value),
            Line("cap", exports, cap.below, cap.value),
            Line("bundle", cap.value, None, Decimal(whole)),
            Line("subsidy", Decimal(whole), None, Decimal(subsidy)),
            Line("share", Decimal(whole), None, Decimal(whole - subsidy)),
        ),
    )


def held_by(scale: str, steps: tuple[Step, ...], figure: Decimal) -> Step:
    """Return the first step that holds a figure; a step holds what is under its end."""
    for step in steps:
        if step.below is None or figure < step.below:
            return step
    raise NoBand(scale)


def of_percent(amount: int, percent: Decimal) -> int:
    """Return so many percent of an amount in won, rounded down."""
    return int((Decimal(amount) * percent / HUNDRED).to_integral_value(rounding=ROUND_FLOOR))


def most_of(whole: int, percent: int | None, most: int | None) -> int:
    """Return what of a voucher may be spent on a service: the lower of its limits, in won."""
    limits = [whole]
    if percent is not None:
        limits.append(of_percent(whole, Decimal(percent)))
    if most is not None:
        limits.append(most)
    return min(limits)


def parted(unused: int, subsidy: int, share: int) -> tuple[int, int]:
    """Part what a voucher has left into subsidy and share, as they went into it, to the last won.

    The subsidy is rounded down as it was when the voucher was made; neither part exceeds what
    went in.
    """
    back = unused * subsidy // (subsidy + share)
    return back, unused - back


def faults(steps: tuple[Step, ...]) -> str:
    """Name what is wrong with a scale: ``empty``, ``order`` or ``end``; nothing when it is whole.

    Ends have to rise, and the last step alone has none.
    """
    if not steps:
        return "empty"
    ends = [step.below for step in steps]
    if ends[-1] is not None or None in ends[:-1]:
        return "end"
    given = [end for end in ends if end is not None]
    return "" if all(a < b for a, b in pairwise(given)) else "order"
