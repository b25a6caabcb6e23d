"""What is known of events: whom one may see, their places, and how an edition compares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.base import names
from gyoryu.parties.models import Region
from gyoryu.programmes.models import Call, Programme
from gyoryu.trade.models import Absence, Event, HalfDay, Leg, Participant
from gyoryu.trade.rules.legs import starts_at
from gyoryu.trade.rules.participants import COMING
from gyoryu.web import finding

SEE, CHANGE = "trade.view", "trade.change"
Side = Participant.Side


def seen_by(user: User, capability: str = SEE) -> QuerySet[Event]:
    """Return the events a user may see."""
    rows = Event.objects.filter(voided_at=None)
    return visible(rows.select_related("unit", "programme"), user, capability)


def with_call(user: User) -> QuerySet[Event]:
    """Return the events a user may see, with the call that their exhibitors come from."""
    return seen_by(user).select_related("call__unit")


def in_full(user: User) -> QuerySet[Event]:
    """Return the events a user may see, with all that a page tells of them."""
    more = ("call__unit", "call__programme", "follows", "owner")
    return seen_by(user).select_related(*more).prefetch_related("legs__region")


def meant(rows: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Return the events that a text may mean: by number or title."""
    return finding.narrowed(rows, names.nfc(text)).order_by("-starts_on", "-pk")


def dressed(rows: QuerySet[Event]) -> QuerySet[Event]:
    """Add an event's places, and how many exhibitors and buyers it counts on."""
    return rows.prefetch_related("legs__region").annotate(
        n_exhibitors=_coming(Side.EXHIBITOR), n_buyers=_coming(Side.BUYER)
    )


def _coming(side: str) -> Any:
    # Counted each in a question of its own: two joins at once would multiply the rows.
    rows = Participant.objects.filter(event=OuterRef("pk"), side=side, state__in=COMING)
    rows = rows.filter(voided_at=None)
    counted = rows.order_by().values("event").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def programmes(user: User, capability: str = SEE) -> QuerySet[Programme]:
    """Return the programmes that an event may belong to."""
    return visible(Programme.objects.filter(voided_at=None), user, capability)


def calls(user: User) -> QuerySet[Call]:
    """Return the calls from which an event's exhibitors may come."""
    return visible(Call.objects.filter(voided_at=None), user, "programmes.view")


def countries() -> QuerySet[Region]:
    """Return the countries in which events have a place."""
    places = Leg.objects.filter(region__isnull=False).values("region__path").distinct()
    tops = {int(path.split("/")[1]) for path in places.values_list("region__path", flat=True)}
    return Region.objects.filter(pk__in=tops).order_by("name_ko", "pk")


@dataclass(frozen=True)
class Edition:
    """An edition in figures: who came, from how many countries, at what cost in won."""

    event: Event
    exhibitors: int
    buyers: int
    countries: int


def editions(event: Event) -> list[Edition]:
    """Return an event and the edition before it in figures; two queries for both."""
    rows = [event, *([event.follows] if event.follows else [])]
    coming = Participant.objects.filter(event__in=rows, voided_at=None, state__in=COMING).order_by()
    told = coming.values_list("event", "side").annotate(n=Count("pk"))
    counted = {(pk, side): n for pk, side, n in told}
    # A buyer may be told to be in a city: its country is what the city's path begins with.
    named = coming.filter(side=Side.BUYER, organisation__region__isnull=False)
    paths = named.values_list("event", "organisation__region__path").distinct()
    lands = {(pk, path.split("/")[1]) for pk, path in paths}
    return [
        Edition(
            one,
            counted.get((one.pk, Side.EXHIBITOR.value), 0),
            counted.get((one.pk, Side.BUYER.value), 0),
            sum(pk == one.pk for pk, _land in lands),
        )
        for one in rows
    ]


def states(event: Event) -> dict[str, dict[str, int]]:
    """Return how many participants each side has in each state."""
    rows = Participant.objects.filter(event=event, voided_at=None).order_by()
    found: dict[str, dict[str, int]] = {side: {} for side in Side.values}
    for side, state, n in rows.values_list("side", "state").annotate(n=Count("pk")):
        found[side][state] = n
    return found


def places(event: Event) -> list[Leg]:
    """Return an event's places with their half-days and interpreters."""
    rows = event.legs.select_related("region").prefetch_related("half_days", "interpreters")
    return list(rows.order_by("position", "pk"))


def half_days(event: Event) -> QuerySet[HalfDay]:
    """Return the half-days of all places of an event, as they come."""
    rows = HalfDay.objects.filter(leg__event=event).select_related("leg")
    return rows.order_by("leg__position", "day", "begins")


def slots(half_day: HalfDay) -> list[tuple[int, str]]:
    """Return a half-day's slots, each with when it begins."""
    return [(slot, f"{starts_at(half_day, slot):%H:%M}") for slot in range(1, half_day.slots + 1)]


def away(rows: Iterable[Absence]) -> dict[int, set[int]]:
    """Return in which slots somebody is away, by half-day; 0 is all of it."""
    found: dict[int, set[int]] = {}
    for one in rows:
        found.setdefault(one.half_day_id, set()).add(one.slot)
    return found


def ways(event: Event, user: User) -> list[tuple[str, str]]:
    """Return the other pages of an event that a user may open, in the order of its course."""
    own = [
        (_("Whom to meet"), reverse("wishes", args=[event.pk])),
        (_("Timetables"), reverse("timetables", args=[event.pk])),
    ]
    # Single companies' talks and deals are not for everybody who reads of events.
    if user.access.may("trade.dealings", event.unit.path):
        narrowed = f"?event={event.pk}"
        own += [
            (_("Record of talks"), reverse("consultations") + narrowed),
            (_("Deals"), reverse("deals") + narrowed),
        ]
    return [*own, (_("Results"), reverse("event-results", args=[event.pk]))]


def my_ways(row: Participant) -> list[tuple[str, str]]:
    """Return an exhibitor's other pages of an event: wishes, timetable, and what was talked of."""
    return [
        (_("Whom to meet"), reverse("my-wishes", args=[row.pk])),
        (_("My timetable"), reverse("my-timetable", args=[row.pk])),
        (_("Note a talk"), reverse("my-talks-of", args=[row.event_id, row.pk])),
    ]
