"""Tells how much time is left, shares it among half-days, and adds up what they tell."""

import time
from collections.abc import Callable
from dataclasses import replace
from threading import Lock

from gyoryu.trade.timetable.values import Limits


class Clock:
    """The time of one plan, or of one search, from when this is made."""

    def __init__(self, limits: Limits, half_days: int = 1) -> None:
        self.limits, self.started, self.waiting = limits, time.monotonic(), half_days
        self.lock = Lock()
        # The best value, once there is one, and the bound of each half-day.
        self.best: list[tuple[int | None, int]] = [(None, 0)] * half_days

    def spent(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self.started

    def left(self) -> float:
        """Return the seconds that are left."""
        return max(0.0, self.limits.seconds - self.spent())

    def over(self) -> bool:
        """Say whether the search was stopped or its time has run out."""
        stop = self.limits.stop
        return not self.left() or bool(stop and stop())

    def limits_of(self, half_day: int) -> Limits:
        """Return the limits for a half-day, on one worker: a fair share of what is left."""
        with self.lock:
            turns = max(1, self.waiting / max(1, self.limits.workers))
            self.waiting -= 1
        return replace(
            self.limits, seconds=self.left() / turns, workers=1, tell=self._telling(half_day)
        )

    def _telling(self, half_day: int) -> Callable[[int | None, int], None] | None:
        tell = self.limits.tell
        if tell is None:
            return None

        def heard(value: int | None, bound: int) -> None:
            with self.lock:
                self.best[half_day] = (value, bound)
                values = [value for value, _ in self.best if value is not None]
                whole = sum(values) if len(values) == len(self.best) else None
                tell(whole, sum(bound for _, bound in self.best))

        return heard
