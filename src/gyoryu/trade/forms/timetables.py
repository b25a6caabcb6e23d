"""What is typed about plans and meetings."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.trade.forms.wishes import slots_field
from gyoryu.trade.models import Event, Leg, Meeting, Participant, Timetable
from gyoryu.trade.queries import changing, floors, meetings
from gyoryu.trade.queries import timetables as queries
from gyoryu.trade.queries.changing import Place
from gyoryu.trade.queries.floors import Floor, PairOf, Seat
from gyoryu.trade.rules.timetables import SECONDS_MOST
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

# No key of a row is beyond this.
BIGGEST = 2**63 - 1


class PlanForm(forms.Form):
    """How long to look for a plan, and with which seed."""

    seconds = plain.IntegerField(
        label=_("Seconds at most"),
        min_value=5,
        max_value=SECONDS_MOST,
        initial=60,
        help_text=_("Most places are planned to the end in a few seconds. It can be stopped."),
    )
    seed = plain.IntegerField(
        label=_("Seed"),
        min_value=1,
        max_value=1_000_000,
        initial=1,
        help_text=_("The same seed and the same wishes give the same plan."),
    )


class SwapForm(forms.Form):
    """Where a meeting is to be: a slot and a table."""

    when = forms.ChoiceField(label=_("When"))
    table = plain.IntegerField(label=_("Table"), min_value=1)
    swap = plain.BooleanField(
        label=_("Change places with the meeting that is there"), required=False
    )
    slots = slots_field(help_text=_("Empty: as it is."))

    def __init__(
        self,
        *args: Any,
        floor: Floor | None = None,
        seats: list[Seat] | None = None,
        pair: PairOf | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["when"]
        field.choices = _slots(floor, seats or [], pair) if floor else []
        field.of_records = True
        if floor:
            table: Any = self.fields["table"]
            table.max_value = floor.leg.tables
            table.help_text = _("Tables 1 to %(most)d.") % {"most": floor.leg.tables}

    def place(self) -> Place:
        """Return the half-day, the first slot and the table."""
        return (*read_when(self.cleaned_data["when"]), self.cleaned_data["table"])


def read_when(text: str) -> tuple[int, int]:
    """Return the half-day and the slot of a choice."""
    half_day, _sep, slot = text.partition("-")
    return int(half_day), int(slot)


def read_pair(text: str) -> PairOf:
    """Return a pair as addresses name it; refuse what is none."""
    one, _sep, other = text.partition("-")
    if not (one.isdecimal() and other.isdecimal() and len(text) <= 36):
        raise Refused(_("Choose a meeting."), field="pair")
    return int(one), int(other)


def _slots(floor: Floor, seats: list[Seat], pair: PairOf | None) -> list[tuple[str, str]]:
    """Return all slots; those where a meeting can be say which tables are free."""
    free = {}
    if pair and pair in floor.pairs:
        places = changing.free_places(floor, seats, pair)
        free = {(half_day, slot): tables for half_day, slot, tables in places if tables}
    found = []
    for half_day in floor.half_days:
        for slot in range(1, half_day.slots + 1):
            time = floors.begins(half_day, slot, floor.leg.timezone)
            words = f"{time:%Y-%m-%d %H:%M}"
            if tables := free.get((half_day.pk, slot)):
                told = ", ".join(str(table) for table in tables[:6])
                words = gettext("%(time)s · can be here, tables %(tables)s") % {
                    "time": words,
                    "tables": told,
                }
            found.append((f"{half_day.pk}-{slot}", words))
    return found


class MoveForm(SwapForm):
    """Which meeting is to be where."""

    pair = forms.ChoiceField(label=_("Business meeting"))
    field_order = ["pair", "when", "table", "swap", "slots"]

    def __init__(
        self, *args: Any, floor: Floor | None = None, seats: list[Seat] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, floor=floor, seats=seats, **kwargs)
        field: Any = self.fields["pair"]
        field.choices = pair_choices(floor, seats or []) if floor else []
        field.of_records = True

    def clean_pair(self) -> PairOf:
        """Return the exhibitor's and the buyer's numbers."""
        return read_pair(self.cleaned_data["pair"])


def pair_choices(floor: Floor, seats: list[Seat]) -> list[tuple[str, str]]:
    """Return the meetings of a plan to choose from."""
    return [
        (f"{one.exhibitor}-{one.buyer}", " × ".join(str(floor.people[pk]) for pk in one.pair))
        for one in seats
    ]


class PairForm(forms.Form):
    """Which meeting is meant."""

    pair = forms.ChoiceField(label=_("Business meeting"))

    def __init__(
        self, *args: Any, floor: Floor | None = None, seats: list[Seat] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pair"]
        field.choices = pair_choices(floor, seats or []) if floor else []
        field.of_records = True

    def clean_pair(self) -> PairOf:
        """Return the exhibitor's and the buyer's numbers."""
        return read_pair(self.cleaned_data["pair"])


class Bare(forms.Form):
    """A step that asks only whether it is meant."""


class HoldForm(forms.Form):
    """Whether a meeting stays where it is."""

    fixed = plain.BooleanField(label=_("Stays where it is in every later plan"), required=False)


class FixForm(PairForm):
    """Which meeting stays where it is, or does not."""

    fixed = plain.BooleanField(label=_("Stays where it is in every later plan"), required=False)


class AddForm(SwapForm):
    """Two who are to meet, and where."""

    exhibitor = forms.ChoiceField(label=_("Exhibitor"))
    buyer = forms.ChoiceField(label=_("Buyer"))
    fixed = plain.BooleanField(label=_("Stays where it is in every later plan"), required=False)
    slots = slots_field(help_text=_("Empty: as was asked for, or as usual at this event."))
    field_order = ["exhibitor", "buyer", "when", "table", "slots", "fixed"]

    def __init__(self, *args: Any, floor: Floor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, floor=floor, **kwargs)
        del self.fields["swap"]
        for side in Participant.Side:
            field: Any = self.fields[side]
            rows = [floor.people[pk] for pk in floor.parties] if floor else []
            own = [one for one in rows if one.side == side]
            field.choices = [(str(one.pk), str(one)) for one in sorted(own, key=str)]
            field.of_records = True

    def pair(self) -> PairOf:
        """Return the exhibitor's and the buyer's numbers."""
        return int(self.cleaned_data["exhibitor"]), int(self.cleaned_data["buyer"])


class CancelForm(forms.Form):
    """Why a meeting is cancelled."""

    reason = forms.TextField(
        label=_("Why"),
        rows=3,
        max_length=300,
        help_text=_("The other side reads it."),
    )


class MissForm(forms.Form):
    """Who did not come."""

    absent = forms.ChoiceField(label=_("Who did not come"), choices=Meeting.Absent)


class CameForm(forms.Form):
    """Somebody who has come, or has not."""

    participant = plain.IntegerField(label=_("Party"), min_value=1, max_value=BIGGEST)
    half_day = plain.IntegerField(label=_("Half-day"), min_value=1, max_value=BIGGEST)
    here = plain.BooleanField(label=_("Has come"), required=False)


class MeetingFilter(django_filters.FilterSet):
    """The conditions of an event's meetings."""

    leg = django_filters.ChoiceFilter(label=_("Place"), field_name="leg", empty_label=_("All"))
    day = forms.DayFilter(label=_("Day"), field_name="half_day__day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = getattr(self.request, "of_event", None)
        rows = Leg.objects.filter(event=event) if event else Leg.objects.none()
        self.filters["leg"].extra["choices"] = lambda: [(str(one.pk), str(one)) for one in rows]


def meeting_listing(request: Request, today: date, event: Event | None) -> Listing:
    """Return the meetings of an event as they are asked for."""
    request.of_event = event  # type: ignore[attr-defined]
    rows = meetings.of_event(event) if event else Meeting.objects.none()
    State = Meeting.State
    return Listing(
        request,
        rows,
        MeetingFilter,
        sorts={"day": Sort("half_day__day"), "table": Sort("table")},
        default="day",
        tabs=[Tab(one.value, one.label, Q(state=one)) for one in State],
    )


class TimetableFilter(django_filters.FilterSet):
    """The conditions of an event's plans."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Timetable.State.choices, empty_label=_("All")
    )


def timetable_listing(request: Request, today: date, event: Event | None) -> Listing:
    """Return the plans of an event as they are asked for."""
    rows = queries.of_event(event).defer("places") if event else Timetable.objects.none()
    return Listing(request, rows, TimetableFilter, sorts={"made": Sort("pk")}, default="-made")
