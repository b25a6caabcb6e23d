"""When to come again: pure functions of what the last visits brought."""

import re
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SOONEST = timedelta(minutes=5)
LATEST = timedelta(days=7)
_MISSING = timedelta(hours=6)
_MOST_DOUBLINGS = 12


def next_visit(
    now: datetime,
    *,
    every: timedelta,
    status: int,
    failures: int = 0,
    retry_after: timedelta | None = None,
    delay: float = 0.0,
    key: str = "",
) -> datetime:
    """When a source is due again.

    `status` is that of the answer, 0 when there was none; `failures` counts failed visits in a row,
    this one included; `delay` is what robots.txt asks for. Each failure doubles the wait, up to a
    week; what the server asks for is kept. `key` spreads sources of one rhythm by up to a tenth.
    """
    wait = max(every, SOONEST)
    if not is_success(status):
        base = max(wait, _MISSING) if status in (401, 403, 404, 410) else wait
        doublings = min(max(failures, 1) - 1, _MOST_DOUBLINGS)
        wait = max(wait, min(base * 2**doublings, LATEST))
    wait = max(wait, timedelta(seconds=delay), min(retry_after or timedelta(), LATEST))
    return now + wait + _spread(wait, key)


def is_success(status: int) -> bool:
    """Whether a visit with this status counts as one that worked."""
    return 200 <= status < 300 or status == 304


def retry_after(words: str, now: datetime) -> timedelta | None:
    """The wait that a Retry-After header asks for: seconds, or a date seen from `now`."""
    words = words.strip()
    if re.fullmatch(r"\d{1,9}", words):
        return timedelta(seconds=int(words))
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(timedelta(), moment - now)


def _spread(wait: timedelta, key: str) -> timedelta:
    return wait * (zlib.crc32(key.encode()) % 1000) / 10_000 if key else timedelta()
