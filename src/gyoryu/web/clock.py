"""The clock. Only views, the API and commands read it; everything else takes the time as given."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """Return the time, or the same hour of the day the sample is frozen on (GYORYU_TODAY)."""
    time = timezone.now()
    if settings.TODAY:
        frozen = date.fromisoformat(settings.TODAY)
        return timezone.localtime(time).replace(
            year=frozen.year, month=frozen.month, day=frozen.day
        )
    return time


def today() -> date:
    """Return the office's day (Asia/Seoul unless set otherwise)."""
    return timezone.localdate(now())


def machine() -> datetime:
    """Return the machine's own time: leases and waits go by it, whatever day a sample stands on."""
    return timezone.now()
