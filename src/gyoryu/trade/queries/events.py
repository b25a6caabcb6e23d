"""What is known of events: whom one may see, their places, and how an edition compares."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
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
    """Return an event and the edition before it in figures; one query for both."""
    rows = [event, *([event.follows] if event.follows else [])]
    coming = Participant.objects.filter(event__in=rows, voided_at=None, state__in=COMING)
    found = {
        one["event"]: one
        for one in coming.order_by().values("event").annotate(
            sellers=Count("pk", filter=Q(side=Side.EXHIBITOR)),
            buying=Count("pk", filter=Q(side=Side.BUYER)),
            places=Count("organisation__region", filter=Q(side=Side.BUYER), distinct=True),
        )
    }  # fmt: skip
    none = {"sellers": 0, "buying": 0, "places": 0}
    told = [(one, found.get(one.pk, none)) for one in rows]
    return [Edition(one, n["sellers"], n["buying"], n["places"]) for one, n in told]


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


def ways(event: Event) -> list[tuple[str, str]]:
    """Return where else an event is told of: its timetables, its results, its deals."""
    wanted = [
        ("timetables", _("Timetables")),
        ("event-results", _("Results")),
        ("deals", _("Deals")),
    ]
    found = [(words, _way(name, event.pk)) for name, words in wanted]
    return [(words, href) for words, href in found if href]


def _way(name: str, pk: int) -> str:
    """Return the address of an event's page of this name, or of a list narrowed to the event."""
    for arguments, query in (([pk], ""), ([], f"?event={pk}")):
        try:
            return f"{reverse(name, args=arguments)}{query}"
        except NoReverseMatch:
            continue
    return ""


def my_ways(row: Participant) -> list[tuple[str, str]]:
    """Return an exhibitor's other pages of an event: whom it wishes to meet, and its timetable."""
    wanted = [("my-wishes", _("Whom to meet")), ("my-timetable", _("My timetable"))]
    found = [(words, _way(name, row.pk)) for name, words in wanted]
    return [(words, href) for words, href in found if href]
