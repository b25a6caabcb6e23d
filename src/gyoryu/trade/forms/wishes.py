"""What is typed about wishes: a sheet of everybody of the other side, or one line for a program."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.trade.actions.wishes import Wanted
from gyoryu.trade.models import Event, Participant, Wish
from gyoryu.trade.queries import wishes as queries
from gyoryu.trade.queries.wishes import Candidate
from gyoryu.trade.rules import lengths
from gyoryu.trade.rules import wishes as rules
from gyoryu.trade.sheets import wishes as sheets
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

WORTHS = [
    ("", _("No wish")),
    ("5", _("5 must meet")),
    ("4", _("4 very much")),
    ("3", _("3 gladly")),
    ("2", _("2 if there is time")),
    ("1", _("1 perhaps")),
    ("0", _("Never")),
]
PARTS = Wish.Part.choices


def slots_field(label: Any = None, **more: Any) -> plain.IntegerField:
    """Return the field for how many slots a meeting takes; empty leaves it to what is usual."""
    widget = plain.NumberInput(attrs={"inputmode": "numeric", "class": "date"})
    return plain.IntegerField(
        label=label or _("Slots of a meeting"), min_value=1, max_value=lengths.MOST_SLOTS,
        required=False, widget=widget, **more,
    )  # fmt: skip


class WishesForm(forms.Form):
    """A line for each candidate: how much, in which part of the day, and of the office how long."""

    def __init__(
        self, *args: Any, candidates: list[Candidate], own: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, self.own = candidates, own
        for one in candidates:
            wish = one.wish
            self.fields[f"worth_{one.row.pk}"] = plain.ChoiceField(
                label=_("%(name)s: how much") % {"name": one.row},
                choices=WORTHS,
                required=False,
                initial="" if wish is None else str(wish.worth),
            )
            self.fields[f"part_{one.row.pk}"] = plain.ChoiceField(
                label=_("%(name)s: part of the day") % {"name": one.row},
                choices=PARTS,
                required=False,
                initial=wish.part if wish else Wish.Part.ANY,
            )
            if not own:
                self.fields[f"slots_{one.row.pk}"] = slots_field(
                    _("%(name)s: slots") % {"name": one.row}, initial=wish.slots if wish else None
                )

    @property
    def lines(self) -> list[tuple[Candidate, Any, Any, Any]]:
        """The lines of the sheet, each with its two fields, or with the office's third."""
        return [
            (
                one,
                self[f"worth_{one.row.pk}"],
                self[f"part_{one.row.pk}"],
                None if self.own else self[f"slots_{one.row.pk}"],
            )
            for one in self.candidates
        ]

    def clean(self) -> dict[str, Any]:
        """Say beside the field where a length is given to a meeting that is not wanted."""
        typed = super().clean() or {}
        for one in () if self.own else self.candidates:
            name = f"slots_{one.row.pk}"
            worth = typed.get(f"worth_{one.row.pk}")
            if typed.get(name) and worth is not None:
                try:
                    rules.check_length(typed[name], int(worth or 0))
                except Refused as refusal:
                    self.add_error(name, str(refusal))
        return typed

    def wanted(self) -> list[Wanted]:
        """Return what was typed as the action takes it."""
        typed = self.cleaned_data
        found = []
        for one in self.candidates:
            worth = typed[f"worth_{one.row.pk}"]
            part = typed[f"part_{one.row.pk}"] or Wish.Part.ANY
            slots = typed.get(f"slots_{one.row.pk}")
            found.append(Wanted(one.row, int(worth) if worth else None, part, slots))
        return found


class WishForm(forms.Form):
    """One wish."""

    to = forms.ChoiceField(label=_("Whom"))
    worth = forms.ChoiceField(label=_("How much"), choices=WORTHS, required=False)
    part = forms.ChoiceField(
        label=_("Part of the day"), choices=PARTS, required=False, initial=Wish.Part.ANY
    )
    slots = slots_field()

    def __init__(self, *args: Any, participant: Participant | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.others(participant) if participant else Participant.objects.none()
        self.others = {str(one.pk): one for one in rows}
        field: Any = self.fields["to"]
        field.choices = [(key, str(one)) for key, one in self.others.items()]
        field.of_records = True

    def wanted(self) -> list[Wanted]:
        """Return what was typed as the action takes it."""
        typed = self.cleaned_data
        worth = int(typed["worth"]) if typed["worth"] else None
        part = typed["part"] or Wish.Part.ANY
        return [Wanted(self.others[typed["to"]], worth, part, typed["slots"])]


class SheetForm(forms.Form):
    """Rows of a spreadsheet, as they are copied out of it."""

    # Its tabs part the cells: a text whose blanks are folded would lose them.
    rows = plain.CharField(
        label=_("Rows of the spreadsheet"),
        widget=plain.Textarea(attrs={"rows": 14}),
        strip=False,
        max_length=1_000_000,
        help_text=_(
            "Copy the columns out of the spreadsheet and paste them here: who, whom, how much"
            " (1 to 5, or never), when (morning, afternoon, or empty), how many slots (or empty)."
            " Nothing is kept while a row is wrong."
        ),
    )

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.read = event, list[sheets.Line]()

    def clean_rows(self) -> str:
        """Read the rows; each that cannot be read is told with its number."""
        text: str = self.cleaned_data["rows"]
        people = queries.everybody(self.event) if self.event else []
        self.read, wrong = sheets.read(text, people)
        told = [_("Row %(row)d: %(reason)s") % vars_of(one) for one in wrong[:20]]
        if len(wrong) > len(told):
            told.append(_("And %(n)d more rows.") % {"n": len(wrong) - len(told)})
        if told:
            raise plain.ValidationError(told)
        return text


def vars_of(one: sheets.Wrong) -> dict[str, Any]:
    """Return what is said of a wrong row."""
    return {"row": one.number, "reason": one.reason}


class OrderForm(forms.Form):
    """In which order a participant meets two others."""

    first = forms.ChoiceField(label=_("First"))
    then = forms.ChoiceField(
        label=_("Then"), help_text=_("It is met only after the first was met.")
    )

    def __init__(self, *args: Any, participant: Participant | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.others(participant) if participant else Participant.objects.none()
        self.others = {str(one.pk): one for one in rows}
        for name in ("first", "then"):
            field: Any = self.fields[name]
            field.choices = [(key, str(one)) for key, one in self.others.items()]
            field.of_records = True

    def both(self) -> tuple[Participant, Participant]:
        """Return the two."""
        return self.others[self.cleaned_data["first"]], self.others[self.cleaned_data["then"]]


class WishFilter(django_filters.FilterSet):
    """The conditions of an event's wishes."""

    worth = django_filters.ChoiceFilter(
        label=_("How much"), choices=WORTHS[1:], empty_label=_("All")
    )
    part = django_filters.ChoiceFilter(
        label=_("Part of the day"), choices=PARTS, empty_label=_("All")
    )


def wish_listing(request: Request, today: date, event: Event | None) -> Listing:
    """Return the wishes of an event as they are asked for."""
    rows = queries.of_event(event) if event else Wish.objects.none()
    return Listing(
        request,
        rows,
        WishFilter,
        sorts={"worth": Sort("worth"), "at": Sort("at")},
        default="-worth",
        tabs=[
            Tab("exhibitor", _("Of exhibitors"), Q(by__side="exhibitor")),
            Tab("buyer", _("Of buyers"), Q(by__side="buyer")),
        ],
    )
