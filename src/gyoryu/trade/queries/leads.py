"""Buyer leads: who sees which."""

from django.db.models import Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.trade.models import Lead, LeadCode
from gyoryu.trade.rules.leads import LONGEST_CODE

SEE = "trade.view"


def seen_by(user: User, capability: str = SEE) -> QuerySet[Lead]:
    """Return the leads a user may see, or change."""
    rows = Lead.objects.filter(voided_at=None)
    rows = rows.select_related("centre", "organisation", "organisation__region", "unit")
    return visible(rows, user, capability)


def looking_for(digits: str) -> Q:
    """Return the condition that a lead looks for goods whose HS code begins so."""
    last = digits.ljust(LONGEST_CODE, "9")
    near = LeadCode.objects.filter(code__gte=digits, code__lte=last)
    return Q(pk__in=near.values("lead"))
