"""What is typed about an event's places, half-days and interpreters."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any, ClassVar

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.picks import Grouped
from gyoryu.parties.forms.fields import region_field
from gyoryu.trade.actions.legs import Session
from gyoryu.trade.forms.fields import LanguagesField
from gyoryu.trade.models import HalfDay, Interpreter, Leg
from gyoryu.trade.rules.legs import MOST_MINUTES, MOST_SLOTS, MOST_TABLES
from gyoryu.web import forms

MORNING, AFTERNOON = HalfDay.Part.MORNING.value, HalfDay.Part.AFTERNOON.value


def _number(label: Any, most: int, **more: Any) -> plain.IntegerField:
    widget = plain.NumberInput(attrs={"inputmode": "numeric", "class": "date"})
    return plain.IntegerField(label=label, min_value=1, max_value=most, widget=widget, **more)


def _time(label: Any, **more: Any) -> plain.TimeField:
    line = plain.TextInput(attrs={"class": "date", "inputmode": "numeric", "autocomplete": "off"})
    return plain.TimeField(label=label, widget=line, input_formats=["%H:%M", "%H:%M:%S"], **more)


class LegForm(Grouped):
    """A place where an event is held."""

    name_ko = forms.TextField(
        label=_("Name in Korean"), max_length=120,
        help_text=_("A city of a mission, or the hall: Mexico City, Hall 3."),
    )  # fmt: skip
    name_en = forms.TextField(label=_("Name in English"), max_length=120, required=False)
    region = region_field(required=False)
    venue = forms.TextField(label=_("Venue"), required=False)
    hall = forms.TextField(label=_("Hall"), max_length=80, required=False)
    starts_on = forms.DayField(label=_("Begins on"))
    ends_on = forms.DayField(label=_("Ends on"))
    timezone = forms.TextField(
        label=_("Zone of time"), max_length=40, initial="Asia/Seoul",
        help_text=_("Times here go by it: Asia/Seoul, America/Mexico_City, Asia/Ho_Chi_Minh."),
    )  # fmt: skip
    tables = _number(_("Tables"), MOST_TABLES, initial=10, help_text=_("So many meetings at once."))

    fieldsets: ClassVar = [
        (_("Where"), ["name_ko", "name_en", "region", "venue", "hall"]),
        (_("When, and how many at once"), ["starts_on", "ends_on", "timezone", "tables"]),
    ]


def edited_leg(row: Leg) -> dict[str, Any]:
    """Return what the form of a place begins with."""
    return {name: getattr(row, name) for name in LegForm.base_fields}


class LayOutForm(Grouped):
    """Half-days made for many days at once: the same mornings and afternoons on each."""

    first = forms.DayField(label=_("From"))
    last = forms.DayField(label=_("Until"))
    minutes = _number(_("Minutes of a slot"), MOST_MINUTES, initial=30)
    morning_begins = _time(
        _("Morning begins at"), required=False, help_text=_("Empty: no morning. 09:30.")
    )
    morning_slots = _number(_("Slots of the morning"), MOST_SLOTS, required=False, initial=5)
    afternoon_begins = _time(
        _("Afternoon begins at"), required=False, help_text=_("Empty: no afternoon. 13:30.")
    )
    afternoon_slots = _number(_("Slots of the afternoon"), MOST_SLOTS, required=False, initial=7)

    fieldsets: ClassVar = [
        (_("On which days"), ["first", "last", "minutes"]),
        (_("Morning"), ["morning_begins", "morning_slots"]),
        (_("Afternoon"), ["afternoon_begins", "afternoon_slots"]),
    ]

    def clean(self) -> dict[str, Any]:
        """Ask for a morning or an afternoon, and for the slots of each."""
        typed = super().clean() or {}
        parts = [one for one in (MORNING, AFTERNOON) if typed.get(f"{one}_begins") is not None]
        if not parts and not self.errors:
            self.add_error("morning_begins", _("Say when the morning or the afternoon begins."))
        for one in parts:
            slots = f"{one}_slots"
            if typed.get(slots) is None and slots not in self.errors:
                self.add_error(slots, _("How many slots?"))
        return typed

    def sessions(self) -> list[Session]:
        """Return what every day has."""
        return list(self._sessions())

    def _sessions(self) -> Iterator[Session]:
        typed = self.cleaned_data
        for part in (MORNING, AFTERNOON):
            begins = typed.get(f"{part}_begins")
            if begins is not None:
                yield Session(part, begins, typed["minutes"], typed[f"{part}_slots"])


def begin_lay_out(leg: Leg) -> dict[str, Any]:
    """Return what the form that makes half-days begins with: the days of the place."""
    usual: dict[str, Any] = {"morning_begins": "09:30", "afternoon_begins": "13:30"}
    days: dict[str, date] = {"first": leg.starts_on, "last": leg.ends_on}
    return {**usual, **days}


class HalfDayForm(forms.Form):
    """One half-day as it differs from the others."""

    begins = _time(_("Begins at"))
    minutes = _number(_("Minutes of a slot"), MOST_MINUTES)
    slots = _number(_("Slots"), MOST_SLOTS)


def edited_half_day(row: HalfDay) -> dict[str, Any]:
    """Return what the form of a half-day begins with."""
    begins: time = row.begins
    return {"begins": f"{begins:%H:%M}", "minutes": row.minutes, "slots": row.slots}


class InterpreterForm(forms.Form):
    """Somebody who interprets at a place."""

    name = forms.TextField(label=_("Name"), max_length=120)
    languages = LanguagesField(
        label=_("Languages"), required=True, help_text=_("Two or more, Korean among them.")
    )


def edited_interpreter(row: Interpreter) -> dict[str, Any]:
    """Return what the form of an interpreter begins with."""
    return {"name": row.name, "languages": row.languages}
