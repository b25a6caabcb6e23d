"""When a reminder is due: on which days before and after a due date."""

from datetime import date

# Days from the due date; after the last of them again every so many days.
STEPS = (-30, -7, 0, 1, 7)
EVERY = 30
# From this step on, those who approve for the unit hear of it too.
ESCALATES = 7


def step(due: date, on: date) -> int | None:
    """Return the latest step that has come on a day: days from the due date, or none yet."""
    days = (on - due).days
    if days < STEPS[0]:
        return None
    if days < STEPS[-1] + EVERY:
        return max(one for one in STEPS if one <= days)
    return days - (days - STEPS[-1]) % EVERY
