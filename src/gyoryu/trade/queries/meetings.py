"""Published meetings: at a place, of a party, by day."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Event, Leg, Meeting, Participant
from gyoryu.trade.queries.floors import Seat, begins

State = Meeting.State
WITH = (
    "half_day",
    "interpreter",
    "exhibitor__organisation",
    "buyer__organisation__region",
    "leg__event__unit",
)


def standing(leg: Leg) -> QuerySet[Meeting]:
    """Return the meetings of a place that were not cancelled."""
    return leg.meetings.exclude(state=State.CANCELLED)


def seats(leg: Leg) -> list[Seat]:
    """Return the meetings of a place as a plan."""
    return [seat_of(one) for one in standing(leg).order_by("half_day", "slot", "table")]


def seat_of(row: Meeting) -> Seat:
    """Return a meeting as the engine's adapter knows it."""
    return Seat(
        row.exhibitor_id,
        row.buyer_id,
        row.half_day_id,
        row.slot,
        row.table,
        row.fixed,
        row.interpreter_id,
        row.slots,
    )


def starts(row: Meeting) -> datetime:
    """Return when a meeting begins."""
    return begins(row.half_day, row.slot, row.leg.timezone)


def ends(row: Meeting) -> datetime:
    """Return when a meeting ends."""
    return begins(row.half_day, row.slot + row.slots, row.leg.timezone)


def seen_by(user: User) -> QuerySet[Meeting]:
    """Return the meetings of the events that a user may see."""
    events = visible(Event.objects.filter(voided_at=None), user, "trade.view")
    rows = Meeting.objects.filter(leg__event__in=events.values("pk"))
    return rows.select_related(*WITH)


def of_event(event: Event) -> QuerySet[Meeting]:
    """Return all meetings of an event, cancelled ones too."""
    return Meeting.objects.filter(leg__event=event).select_related(*WITH)


def of_party(participant: Participant) -> list[Meeting]:
    """Return a participant's meetings in the order of the days, cancelled ones too."""
    rows = Meeting.objects.filter(Q(exhibitor=participant) | Q(buyer=participant))
    ordered = rows.select_related(*WITH).order_by("half_day__day", "half_day__begins", "slot", "pk")
    return list(ordered)


def agendas(leg: Leg, participants: set[int]) -> dict[int, list[Meeting]]:
    """Return the standing meetings of these participants at a place, in the order of the days."""
    rows = standing(leg).filter(Q(exhibitor__in=participants) | Q(buyer__in=participants))
    ordered = rows.select_related(*WITH).order_by("half_day__day", "half_day__begins", "slot")
    found: dict[int, list[Meeting]] = {}
    for row in ordered:
        for pk in participants & {row.exhibitor_id, row.buyer_id}:
            found.setdefault(pk, []).append(row)
    return found


def own(user: User) -> QuerySet[Participant]:
    """Return the exhibitors for whom somebody is confirmed to act."""
    rows = Participant.objects.filter(
        side=Participant.Side.EXHIBITOR,
        organisation__in=representatives.sure_of(user),
        voided_at=None,
        event__voided_at=None,
    )
    return rows.select_related("event__unit", "organisation", "unit")


def other_side(row: Meeting, participant: Participant) -> Participant:
    """Return whom a participant meets."""
    return row.buyer if row.exhibitor_id == participant.pk else row.exhibitor


def concerned(rows: Iterable[Meeting]) -> set[int]:
    """Return the participants of these meetings."""
    return {pk for one in rows for pk in (one.exhibitor_id, one.buyer_id)}
