"""For whom somebody may note talks at an event, and what they have noted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Consultation, Event, Meeting, Participant
from gyoryu.trade.queries import consultations
from gyoryu.trade.rules.consultations import officer_for

NEWEST = 50


@dataclass(frozen=True)
class Met:
    """A meeting of the timetable at the booth: when it is, and whether it was noted."""

    meeting: Meeting
    begins: datetime
    noted: bool


def events(user: User) -> QuerySet[Event]:
    """Return the events at which somebody may note talks for some company."""
    own = Participant.objects.filter(
        side=Participant.Side.EXHIBITOR,
        voided_at=None,
        organisation__in=representatives.sure_of(user),
    )
    rows = Event.objects.filter(voided_at=None, pk__in=own.values("event"))
    return rows.select_related("unit").order_by("-starts_on", "-pk")


def exhibitors(user: User, event: Event) -> QuerySet[Participant]:
    """Return the companies that somebody may note talks for: their own, or all for an officer."""
    rows = consultations.exhibitors_of(event)
    if officer_for(event, user):
        return rows
    return rows.filter(organisation__in=representatives.sure_of(user))


def met(exhibitor: Participant) -> list[Met]:
    """Return a company's meetings in the order of their times, and which were noted."""
    noted = set(
        consultations.standing()
        .filter(exhibitor=exhibitor, meeting__isnull=False)
        .values_list("meeting", flat=True)
    )
    return [
        Met(one, consultations.begins(one), one.pk in noted)
        for one in consultations.meetings_of(exhibitor)
    ]


def noted(exhibitor: Participant) -> list[Consultation]:
    """Return the newest talks of a company at its event."""
    return list(consultations.of_exhibitor(exhibitor)[:NEWEST])
