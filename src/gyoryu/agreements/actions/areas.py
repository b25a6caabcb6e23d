"""The areas of co-operation that agreements, bodies and engagements are filed under."""

from datetime import datetime

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Area
from gyoryu.history import actions as history


@transaction.atomic
def add_area(names: dict[str, str], *, by: User | None, at: datetime) -> Area:
    """Add an area under its two names; return the one that is there if it is known already."""
    check_may(by, "agreements.policy")
    area, new = Area.objects.get_or_create(
        name_ko=names["name_ko"], defaults={"name_en": names["name_en"]}
    )
    if new:
        history.record("area.added", area, by=by, at=at)
    return area
