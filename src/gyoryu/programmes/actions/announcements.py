"""What was announced of a programme is noted beside its books."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.programmes.models import Announcement, Programme
from gyoryu.programmes.rules import announcements as rules


@transaction.atomic
def note(
    programme: Programme, values: dict[str, Any], *, by: User | None, at: datetime
) -> Announcement:
    """Note what was announced; ``values`` are fields of the announcement, ``on`` among them."""
    check_may(by, "programmes.change", programme.unit)
    rules.check_announcement(values)
    made = Announcement.objects.create(programme=programme, unit=programme.unit, **values)
    history.record("announcement.noted", made, by=by, at=at)
    return made


@transaction.atomic
def void(announcement: Announcement, *, reason: str, by: User | None, at: datetime) -> Announcement:
    """Take back what was noted wrongly."""
    check_may(by, "programmes.change", announcement.unit)
    announcement.voided_at, announcement.voided_reason = at, reason
    announcement.save(update_fields=["voided_at", "voided_reason"])
    history.record("announcement.voided", announcement, by=by, at=at, reason=reason)
    return announcement
