"""What every page shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from gyoryu.web import clock


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return today, the language and whether the sample's frozen day is shown."""
    return {
        "today": clock.today(),
        "now": clock.now(),
        "language": (get_language() or "ko")[:2],
        "frozen_today": settings.TODAY[:10],
    }
