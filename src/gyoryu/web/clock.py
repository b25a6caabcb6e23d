"""The clock. Only views, the API and commands read it; everything else takes the time as given."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_BEGAN = timezone.now()


def now() -> datetime:
    """Return the time, or the same hour of the day the sample is frozen on (GYORYU_TODAY).

    Where that has an hour, too (2025-04-01T10:00), the clock runs on from it since the process
    began, so that nothing depends on the hour at which it was started.
    """
    time = timezone.now()
    if not settings.TODAY:
        return time
    frozen = datetime.fromisoformat(settings.TODAY)
    if "T" in settings.TODAY:
        return timezone.make_aware(frozen) + (time - _BEGAN)
    return timezone.localtime(time).replace(year=frozen.year, month=frozen.month, day=frozen.day)


def today() -> date:
    """Return the office's day (Asia/Seoul unless set otherwise)."""
    return timezone.localdate(now())


def machine() -> datetime:
    """Return the machine's own time: leases and waits go by it, whatever day a sample stands on."""
    return timezone.now()
