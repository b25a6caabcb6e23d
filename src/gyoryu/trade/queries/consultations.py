"""Consultations as they stand: whose, where, with whom, and what is due from them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.base import names
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation, Region
from gyoryu.parties.queries.batches import organisations_called
from gyoryu.trade.models import Consultation, Event, Leg, Meeting, Participant
from gyoryu.trade.rules.consultations import SEE
from gyoryu.web import finding

SIDE = Participant.Side
# What a line or a page tells of a row besides the row itself.
BESIDE = (
    "event__unit", "leg", "exhibitor__organisation", "buyer__organisation", "country", "product",
)  # fmt: skip
# A next step is told of so many days before it is due, and later for at most so long.
BEFORE, CAUGHT_UP = timedelta(days=3), timedelta(days=60)


def standing() -> QuerySet[Consultation]:
    """Return the consultations that were not taken back."""
    return Consultation.objects.filter(voided_at=None)


def seen_by(user: User) -> QuerySet[Consultation]:
    """Return the standing consultations that somebody may see one by one."""
    return visible(standing(), user, SEE)


def page(user: User) -> QuerySet[Consultation]:
    """Return what has a page: also what was taken back, which stays with its reason."""
    rows = visible(Consultation.objects.all(), user, SEE)
    return rows.select_related(*BESIDE, "unit", "logged_by", "meeting__half_day", "meeting__leg")


def dressed(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Return rows with all that a line names."""
    return rows.select_related(*BESIDE)


def worded(rows: QuerySet[Consultation], text: str) -> QuerySet[Consultation]:
    """Keep what was about something of these words, or of a company or buyer called so."""
    text = names.nfc(text)
    called = parties.called(Organisation.objects.all(), text).values("pk")
    there = Participant.objects.filter(organisation__in=called)
    elsewhere = finding.either(
        Consultation.objects.filter(
            exhibitor__in=there.filter(side=SIDE.EXHIBITOR).values("pk")
        ).values("pk"),
        Consultation.objects.filter(buyer__in=there.filter(side=SIDE.BUYER).values("pk")).values(
            "pk"
        ),
    )
    return finding.narrowed(rows, text, elsewhere)


def of_company(organisations: QuerySet[Organisation, Any]) -> Q:
    """Return the condition that a company of these exhibited."""
    there = Participant.objects.filter(side=SIDE.EXHIBITOR, organisation__in=organisations)
    return Q(exhibitor__in=there.values("pk"))


def events(user: User, capability: str = SEE) -> QuerySet[Event]:
    """Return the events whose consultations somebody may see, the newest first."""
    rows = visible(Event.objects.filter(voided_at=None), user, capability)
    return rows.select_related("unit").order_by("-starts_on", "-pk")


def countries() -> QuerySet[Region]:
    """Return every country."""
    return parties.regions().filter(kind=Region.Kind.COUNTRY).order_by("name_ko")


def country_of(organisation: Organisation) -> Region | None:
    """Return the country an organisation is in, as far as it is known."""
    region = organisation.region
    if region is None or region.kind == Region.Kind.COUNTRY:
        return region
    first = region.path.strip("/").partition("/")[0]
    return Region.objects.filter(pk=int(first)).first() if first.isdecimal() else None


def by_key(key: UUID) -> Consultation | None:
    """Return what was logged with a key."""
    return Consultation.objects.filter(key=key).select_related(*BESIDE).first()


def legs_of(event: Event) -> list[Leg]:
    """Return the places of an event in their order."""
    return list(event.legs.select_related("region"))


def buyers_of(event: Event) -> QuerySet[Participant]:
    """Return the buyers of an event."""
    rows = Participant.objects.filter(event=event, side=SIDE.BUYER, voided_at=None)
    return rows.select_related("organisation__region").order_by("organisation__name_ko", "pk")


def exhibitors_of(event: Event) -> QuerySet[Participant]:
    """Return the companies that exhibit at an event."""
    rows = Participant.objects.filter(event=event, side=SIDE.EXHIBITOR, voided_at=None)
    rows = rows.select_related("organisation", "event__unit")
    return rows.order_by("organisation__name_ko", "pk")


def meetings_of(exhibitor: Participant) -> list[Meeting]:
    """Return a company's meetings that stand, in the order of their times."""
    rows = Meeting.objects.filter(exhibitor=exhibitor).exclude(state=Meeting.State.CANCELLED)
    rows = rows.select_related("half_day", "leg", "buyer__organisation__region")
    found = list(rows)
    return sorted(found, key=lambda one: (begins(one), one.pk))


def begins(meeting: Meeting) -> datetime:
    """Return when a meeting begins; it happens at the clock of its place."""
    half_day = meeting.half_day
    first = datetime.combine(half_day.day, half_day.begins, ZoneInfo(meeting.leg.timezone))
    return first + timedelta(minutes=half_day.minutes * (meeting.slot - 1))


def walked_in(event: Event, name: str, country: Region) -> Participant | None:
    """Return the buyer of the event who is called so and is from this country."""
    called = _called(name, country)
    rows = buyers_of(event).filter(organisation__in=[one.pk for one in called])
    return rows.first()


def known_buyer(name: str, country: Region) -> Organisation | None:
    """Return the organisation of the register that is called so there, if there is only one."""
    found = _called(name, country)
    return found[0] if len(found) == 1 else None


def _called(name: str, country: Region) -> list[Organisation]:
    found = organisations_called([names.nfc(name)])
    return [
        one
        for some in found.values()
        for one in some
        if one.region is None or one.region.path.startswith(country.path)
    ]


def of_exhibitor(exhibitor: Participant) -> QuerySet[Consultation]:
    """Return what a company logged at an event, the newest first."""
    rows = standing().filter(exhibitor=exhibitor)
    return rows.select_related("buyer__organisation", "country", "leg").order_by("-at", "-pk")


def open_steps(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Keep the consultations whose next step has a day and is not done."""
    return rows.filter(next_due__isnull=False, next_done_on=None)


def to_remind(on: date) -> QuerySet[Consultation]:
    """Return the next steps that nobody was told of yet: due in some days, or late."""
    rows = open_steps(standing()).filter(
        next_due__gte=on - CAUGHT_UP, next_due__lte=on + BEFORE, event__voided_at=None
    )
    untold = Q(reminded=0) | Q(reminded=1, next_due__lt=on)
    return rows.filter(untold).select_related(
        "event__owner", "exhibitor__organisation", "buyer__organisation", "logged_by"
    )
