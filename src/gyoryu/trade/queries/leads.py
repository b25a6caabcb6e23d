"""Buyer leads: who sees which."""

from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.trade.models import Lead

SEE = "trade.view"


def seen_by(user: User, capability: str = SEE) -> QuerySet[Lead]:
    """Return the leads a user may see, or change."""
    rows = Lead.objects.filter(voided_at=None)
    rows = rows.select_related("centre", "organisation", "organisation__region", "unit")
    return visible(rows, user, capability)
