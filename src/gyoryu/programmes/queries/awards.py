"""What is known of awards: which stand, what is left of them, and what is going on."""

from django.db.models import QuerySet

from gyoryu.programmes.models import Award, Call, Ceiling
from gyoryu.programmes.rules import awards as rules


def hold(ceiling: int) -> Ceiling:
    """Read a ceiling and keep it from others until the transaction ends."""
    return Ceiling.objects.select_for_update().get(pk=ceiling)


def hold_allotment(award: Award) -> Ceiling:
    """Keep what an award is taken of: before any ceiling below, so that no two wait in a circle."""
    parent = award.ceiling.parent_id
    assert parent is not None, "an award is taken of an allotment"
    return hold(parent)


def amendable(call: Call) -> QuerySet[Award]:
    """Return a call's awards that stand, in a fixed order so that two at once do not cross."""
    standing = Award.objects.filter(call=call, voided_at=None).exclude(status__in=rules.OVER)
    return standing.select_related("ceiling", "call", "unit").order_by("pk")
