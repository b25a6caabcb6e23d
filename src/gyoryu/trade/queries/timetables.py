"""Plans: of which place, which one is published, what stays fixed in the next one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.trade.models import Event, Leg, Participant, Timetable, Wish
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


def of_event(event: Event) -> QuerySet[Timetable]:
    """Return the plans of an event."""
    rows = Timetable.objects.filter(leg__event=event)
    return rows.select_related("leg__event__unit", "made_by", "published_by")


@dataclass(frozen=True)
class Numbers:
    """How many take part, and how many wishes there are."""

    exhibitors: int
    buyers: int
    wishes: int


def numbers(event: Event) -> Numbers:
    """Return how many take part in an event, and how many wishes they have said."""
    rows = Participant.objects.filter(event=event, voided_at=None, state__in=floors.TAKING_PART)
    sides = dict(rows.values_list("side").annotate(n=Count("pk")).order_by("side"))
    wishes = Wish.objects.filter(by__event=event).count()
    return Numbers(sides.get("exhibitor", 0), sides.get("buyer", 0), wishes)


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
