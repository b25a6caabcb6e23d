"""Plans: of which place, which one is published, what stays fixed in the next one."""

from collections.abc import Iterable

from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.trade.models import Event, Leg, Timetable
from gyoryu.trade.queries import floors, meetings
from gyoryu.trade.queries.floors import Floor, Seat

State = Timetable.State
SEE = "trade.view"


def events_seen(user: User) -> QuerySet[Event]:
    """Return the events a user may see."""
    rows = Event.objects.filter(voided_at=None).select_related("unit")
    return visible(rows, user, SEE)


def legs_seen(user: User) -> QuerySet[Leg]:
    """Return the places of the events a user may see."""
    rows = Leg.objects.filter(event__in=events_seen(user).values("pk"))
    return rows.select_related("event__unit", "region")


def seen_by(user: User) -> QuerySet[Timetable]:
    """Return the plans a user may see."""
    rows = Timetable.objects.filter(leg__event__in=events_seen(user).values("pk"))
    return rows.select_related("leg__event__unit", "leg__region", "made_by", "published_by")


def published(leg: Leg) -> Timetable | None:
    """Return the plan of a place that people go by."""
    return leg.timetables.filter(state=State.PUBLISHED).first()


def fixed_seats(leg: Leg) -> list[Seat]:
    """Return the meetings that stay where they are in the next plan.

    Those of what is published, else of the newest draft.
    """
    if published(leg):
        return [one for one in meetings.seats(leg) if one.fixed]
    draft = leg.timetables.filter(state=State.DRAFT).order_by("-version").first()
    return [one for one in floors.read(draft.places) if one.fixed] if draft else []


def arrived(floor: Floor, seats: Iterable[Seat]) -> list[int]:
    """Return who came late: takes part, is asked for or asks, and has no meeting yet."""
    seated = {pk for one in seats for pk in one.pair}
    asked = {pk for pair in floor.pairs for pk in pair}
    return sorted(asked - seated)
