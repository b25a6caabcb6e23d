"""When a participant has time: every slot of every half-day, ticked or not."""

from collections.abc import Iterable
from typing import Any

from django import forms as plain
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.base import periods
from gyoryu.trade.models import HalfDay, Participant
from gyoryu.trade.queries import events as queries
from gyoryu.web import forms

ABOUT = _("Untick the times at which you cannot be met.")


class AvailabilityForm(forms.Form):
    """A field for every half-day with its slots; the ticked ones are those at which one is there.

    ``away`` are the slots that are not, by half-day; 0 is all of it. ``language`` names days.
    """

    def __init__(
        self,
        *args: Any,
        half_days: Iterable[HalfDay] = (),
        away: dict[int, set[int]] | None = None,
        language: str = "ko",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.half_days = list(half_days)
        for one in self.half_days:
            slots = queries.slots(one)
            gone = (away or {}).get(one.pk, set())
            there = [str(slot) for slot, _at in slots if slot not in gone and 0 not in gone]
            field: Any = forms.MultipleChoiceField(
                label=_label(one, language, several=self._several),
                choices=[(str(slot), at) for slot, at in slots],
                initial=there,
                required=False,
                widget=plain.CheckboxSelectMultiple(attrs={"class": "short"}),
            )
            # All stand ticked: that they may stay so needs no word.
            field.unmarked = True
            self.fields[field_of(one)] = field

    @property
    def _several(self) -> bool:
        return len({one.leg_id for one in self.half_days}) > 1

    @property
    def times(self) -> list[Any]:
        """The fields of the half-days."""
        return [self[field_of(one)] for one in self.half_days]

    def absences(self) -> list[tuple[HalfDay, int]]:
        """Return the slots that were not ticked; 0 where none of a half-day was."""
        found = []
        for one in self.half_days:
            there = {int(slot) for slot in self.cleaned_data[field_of(one)]}
            gone = [slot for slot in range(1, one.slots + 1) if slot not in there]
            found += [(one, 0)] if not there else [(one, slot) for slot in gone]
        return found


def field_of(half_day: HalfDay) -> str:
    """Return the name of a half-day's field."""
    return f"half_{half_day.pk}"


def _label(half_day: HalfDay, language: str, *, several: bool) -> str:
    day = periods.day_in_words(half_day.day, language)
    words = f"{day} {half_day.get_part_display()}"
    return f"{half_day.leg} · {words}" if several else words


def availability_of(row: Participant, typed: Any = None) -> AvailabilityForm:
    """Return the form of a participant's time as it stands, days named in the reader's language."""
    return AvailabilityForm(
        typed,
        half_days=queries.half_days(row.event),
        away=queries.away(row.absences.all()),
        language=(get_language() or "ko")[:2],
    )
