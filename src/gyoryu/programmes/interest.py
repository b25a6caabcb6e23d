"""Interest on money that has to come back, in plain Python.

Days are counted from the day after the money went out up to and including the day it comes back;
a year has 365 of them, leap years too, as the statutory formula has it. What is below a won falls
away: nobody owes a part of a won.
"""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

YEAR = 365
PERCENT = 100


def days(out_on: date, back_on: date) -> int:
    """Return for how many days interest runs; none when it came back the same day."""
    return max((back_on - out_on).days, 0)


def owed(principal: int, rate: Decimal, out_on: date, back_on: date) -> int:
    """Return the interest in whole won: principal × rate (percent a year) × days / 365."""
    exact = Decimal(principal) * rate * days(out_on, back_on) / (PERCENT * YEAR)
    return int(exact.to_integral_value(ROUND_FLOOR))
