"""Which letters wait, which were read, and which were given up."""

from datetime import datetime

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import units_under
from gyoryu.outbox.models import Letter


def of_user(user: User) -> QuerySet[Letter]:
    """Return a person's letters; ``unread`` is 1 for those not opened yet."""
    unread = Case(When(read_at=None, then=Value(1)), default=Value(0), output_field=IntegerField())
    return Letter.objects.filter(to=user).annotate(unread=unread)


def unread(user: User) -> int:
    """Return how many letters a person has not opened yet; one indexed query, for every page."""
    return Letter.objects.filter(to=user, read_at=None).count()


def watched_by(user: User) -> QuerySet[Letter]:
    """Return the letters to people of the units that a user may watch, and those units' own."""
    units = units_under(user.access, "outbox.watch").values("pk")
    people = User.objects.filter(memberships__unit__in=units).values("pk")
    rows = Letter.objects.filter(Q(to__in=people) | Q(unit__in=units))
    return rows.select_related("to")


def due(at: datetime, most: int) -> QuerySet[Letter]:
    """Return the letters whose next try has come, the longest waiting first."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING, next_try_at__lte=at)
    return waiting.select_related("to").order_by("next_try_at", "pk")[:most]
