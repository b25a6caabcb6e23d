"""Who is excluded from support, and since when and until when."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Sanction


def stands(on: date) -> Q:
    """Return the condition that a sanction is in force on a day; both its days belong to it."""
    lifted = Q(lifted_on=None) | Q(lifted_on__gt=on)
    return Q(voided_at=None, from_on__lte=on, until_on__gte=on) & lifted


def standing(organisations: Iterable[Organisation | int], on: date) -> QuerySet[Sanction]:
    """Return the sanctions in force on a day against any of these organisations.

    Asked by eligibility and by orders, whichever unit entered the sanction; the one that lasts
    longest comes first.
    """
    keys = [getattr(one, "pk", one) for one in organisations]
    rows = Sanction.objects.filter(stands(on), organisation__in=keys)
    return rows.select_related("organisation").order_by("-until_on", "pk")


def seen(to: User) -> QuerySet[Sanction]:
    """Return the sanctions that a user may see at the desk."""
    rows = Sanction.objects.filter(voided_at=None).select_related("organisation", "unit")
    return visible(rows, to, "programmes.view")
