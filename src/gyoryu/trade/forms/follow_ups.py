"""What an exhibitor answers in a follow-up, and the conditions of the board of follow-ups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.parties.models import CURRENCY_CHOICES
from gyoryu.trade.forms.deals import OFFERED
from gyoryu.trade.models import FollowUp
from gyoryu.trade.queries import deals
from gyoryu.trade.queries import follow_ups as queries
from gyoryu.trade.queries.follow_ups import Line
from gyoryu.trade.rules import follow_ups as rules
from gyoryu.trade.rules.follow_ups import ROUNDS, Told, What, field_of
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

NOT_SAID = [("", _("Not said yet")), *What.choices]
PARTS = ("what", "amount", "on", "declaration", "reason")
NEW_PARTS = ("buyer", "about", "currency", *PARTS)


@dataclass(frozen=True)
class Drawn:
    """A line with its fields, bound: what is asked first, and what only some answers need."""

    line: Line
    first: list[Any]
    more: list[Any]
    said: str

    @property
    def opened(self) -> bool:
        """Whether what only some answers need is shown from the beginning."""
        asked = [field for field in self.more if not field.name.endswith("_currency")]
        return any(field.value() or field.errors for field in asked)

    @property
    def begun(self) -> bool:
        """Whether anything of it was typed."""
        return self.opened or any(field.value() or field.errors for field in self.first)


class AnswerForm(forms.Form):
    """What became of each talk, line by line; lines that are left empty are not answered."""

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            if not line.closed:
                self._ask(line)

    def _ask(self, line: Line) -> None:
        told = line.told or {}
        for part in NEW_PARTS if line.new else PARTS:
            field = _field(part)
            field.initial = told.get(part, "USD" if part == "currency" else "")
            self.fields[field_of(line.key, part)] = field

    @property
    def drawn(self) -> list[Drawn]:
        """The lines with their fields."""
        return [self._drawn(line) for line in self.lines]

    def _drawn(self, line: Line) -> Drawn:
        if line.closed:
            said = queries.in_words(line.told, line.currency) if line.told else ""
            return Drawn(line, [], [], said)
        firm = ("buyer", "about", "what") if line.new else ("what",)
        rest = [part for part in (NEW_PARTS if line.new else PARTS) if part not in firm]
        return Drawn(
            line,
            [self[field_of(line.key, part)] for part in firm],
            [self[field_of(line.key, part)] for part in rest],
            "",
        )

    def told(self) -> dict[str, Told]:
        """Return what was said, by the keys of the lines that say anything."""
        found = {}
        for line in self.lines:
            if line.closed:
                continue
            typed = {
                part: self.cleaned_data[field_of(line.key, part)]
                for part in (NEW_PARTS if line.new else PARTS)
            }
            if any(value for part, value in typed.items() if part != "currency"):
                typed.setdefault("currency", line.currency)
                found[line.key] = Told(**typed)
        return found


def _field(part: str) -> Any:
    if part == "what":
        return forms.ChoiceField(label=_("What became of it"), choices=NOT_SAID, required=False)
    if part == "amount":
        return AmountField(label=_("Amount"), required=False)
    if part == "on":
        return forms.DayField(label=_("Day"), required=False)
    if part == "currency":
        return forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, required=False)
    return forms.TextField(label=TEXTS[part], required=False, max_length=LENGTHS.get(part, 200))


TEXTS = {
    "declaration": _("Number of the export declaration"),
    "reason": _("Why nothing will come of it"),
    "buyer": _("Buyer"),
    "about": _("Goods"),
}
LENGTHS = {"declaration": 30, "reason": 500}


def _after(months: int) -> str:
    return gettext("After %(n)d months") % {"n": months}


# Said in the language of who reads it, not in that in which the server began.
_later = lazy(_after, str)


class FollowUpFilter(django_filters.FilterSet):
    """The conditions of the board of follow-ups."""

    event = django_filters.ChoiceFilter(
        label=_("Event"), field_name="event", empty_label=_("All events")
    )
    months = django_filters.ChoiceFilter(
        label=_("Round"),
        choices=[(str(n), _later(n)) for n in ROUNDS],
        empty_label=_("All rounds"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.request.user
        self.filters["event"].extra["choices"] = lambda: [
            (str(one.pk), str(one)) for one in deals.events(user)[:OFFERED]
        ]


State = FollowUp.State


def follow_up_listing(request: Request, today: date) -> Listing:
    """Return the board of follow-ups as it was asked for."""
    late = Q(state=State.ASKED, chased__gt=0)
    return Listing(
        request,
        queries.seen(request.user),
        FollowUpFilter,
        sorts={"due": Sort("due_on")},
        default="-due",
        tabs=[
            Tab("due", State.DUE.label, Q(state=State.DUE)),
            Tab("asked", State.ASKED.label, Q(state=State.ASKED) & ~late),
            Tab("late", _("Reminded"), late, "soon"),
            Tab("silent", State.SILENT.label, Q(state=State.SILENT), "bad"),
            Tab("answered", State.ANSWERED.label, Q(state=State.ANSWERED)),
        ],
    )


def since(today: date) -> date:
    """Return from when on the rates of rounds are shown: those of the last fifteen months."""
    return rules.months_after(today, -rules.LAST)
