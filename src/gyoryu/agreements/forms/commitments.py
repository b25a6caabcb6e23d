"""What is typed about commitments."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.forms import BooleanField, RadioSelect, Select
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.agreements.models import Commitment, Milestone
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import commitments as queries
from gyoryu.agreements.queries import keeping
from gyoryu.agreements.rules import commitments as rules
from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.evidence.models import Document
from gyoryu.parties.models import CURRENCY_CHOICES
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import among_units
from gyoryu.web.listing import FAR_FUTURE, Listing, Sort, Tab

LINES, MOST_LINES = 2, 30
KINDS = [
    (kind.value, kind.label)
    for kind in (
        Document.Kind.MINUTES, Document.Kind.LETTER, Document.Kind.SIGNED_TEXT,
        Document.Kind.PHOTO, Document.Kind.PRESS, Document.Kind.RECEIPT, Document.Kind.OTHER,
    )
]  # fmt: skip


def address(name: str) -> str:
    """Return where a field's suggestions come from; nowhere while that screen is not there."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def document_fields() -> dict[str, Any]:
    """Return the two fields of a document that comes with a form."""
    limit = settings.DOCUMENT_LIMIT
    shown = {"limit": limit // 1024**2}
    return {
        "file": forms.UploadField(
            label=_("Document"),
            limit=limit,
            required=False,
            help_text=_("PDF, HWP, HWPX, DOCX, XLSX, PPTX, JPG or PNG, up to %(limit)d MB.")
            % shown,
        ),
        "file_kind": forms.ChoiceField(
            label=_("Kind of document"),
            choices=KINDS,
            required=False,
            widget=Select(attrs={"class": "short"}),
        ),
    }


class CommitmentForm(forms.Form):
    """A promise as it was made. Milestones are pairs of fields, as many as there are lines."""

    words = forms.TextField(
        label=_("As it was said"),
        rows=3,
        max_length=2000,
        help_text=_(
            "Do not sum it up: copy the sentence of the meeting or the paper. If it was said in "
            "another language, add the original."
        ),
    )
    words_original = forms.TextField(
        label=_("Original, in the other language"), rows=2, max_length=2000, required=False
    )
    side = forms.ChoiceField(label=_("Who promised it"), choices=Side, widget=RadioSelect)
    due = forms.PeriodField(
        label=_("Due"),
        required=False,
        help_text=_(
            "As exactly as it was said, and no more: 2025-04-07, 2025-04, spring 2025, Q2 2025, "
            "2025. Leave it empty if no date was given. We remind 30 and 7 days before its last "
            "day, on it, and after it."
        ),
    )
    cost_currency = forms.ChoiceField(
        label=_("Currency"), choices=CURRENCY_CHOICES, initial="KRW", required=False
    )
    cost = AmountField(
        label=_("Expected cost"),
        required=False,
        help_text=_("Zero and not known differ. Leave it empty if you do not know."),
    )
    said_on = forms.DayField(
        label=_("When it was said"),
        required=False,
        help_text=_(
            "Needed only if it was neither at the engagement nor in the agreement above. "
            "For example 2025-04-07."
        ),
    )
    on_agenda = BooleanField(
        label=_("Put it on the agenda of the body's next session"), required=False, initial=True
    )

    def __init__(self, *args: Any, to: User, lines: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _picked(to) | document_fields()
        typed = self.data if self.is_bound else self.initial
        self.lines = max(lines, LINES, lines_of(typed))
        for line in range(self.lines):
            self.fields |= _line(line)

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The lines of the milestones, as pairs of bound fields."""
        return [(self[f"step_{line}"], self[f"step_{line}_on"]) for line in range(self.lines)]

    def clean(self) -> dict[str, Any]:
        """Gather the milestones; a date without a name is asked about."""
        values = super().clean() or self.cleaned_data
        milestones: list[tuple[str, date | None]] = []
        for line in range(self.lines):
            name, on = values.pop(f"step_{line}", ""), values.pop(f"step_{line}_on", None)
            if on and not name:
                self.add_error(f"step_{line}", _("Name this step, or clear its date."))
            elif name:
                milestones.append((name, on))
        # Asked here too, so that whoever corrects a form sees all that is wrong with it at once.
        if values.get("side") and "owner" in values:
            self._ask(lambda: rules.check_owner(values["side"], values["owner"]))
        if values.get("due") and "agreement" in values:
            self._ask(lambda: rules.check_due(values["due"], values["agreement"]))
        return {**values, "milestones": milestones}

    def _ask(self, check: Callable[[], None]) -> None:
        try:
            check()
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal))


EDITED = (
    "words", "words_original", "side", "owner", "counterpart", "agreement", "engagement", "cost",
    "cost_currency", "on_agenda",
)  # fmt: skip


def edited(row: Commitment, steps: Iterable[Milestone]) -> dict[str, Any]:
    """Return what the form of a commitment begins with; ``steps`` are those still to be done."""
    initial = {name: getattr(row, name) for name in EDITED} | {"due": row.due}
    for line, step in enumerate(steps):
        initial |= {f"step_{line}": step.name, f"step_{line}_on": step.due_on}
    return initial


def _picked(to: User) -> dict[str, Any]:
    return {
        "owner": forms.PickField(
            label=_("Owner"),
            rows=queries.owners(to),
            find=queries.people,
            options=address("commitment-options"),
            required=False,
            help_text=_("Name or unit, two letters or more."),
        ),
        "counterpart": forms.PickField(
            label=_("Counterpart"),
            rows=queries.positions(),
            find=queries.in_office,
            options=address("position-options"),
            required=False,
            help_text=_("Chosen by position, it stays right when people change."),
        ),
        "agreement": forms.PickField(
            label=_("Agreement"),
            rows=queries.agreements(to),
            find=queries.titled,
            options=address("agreement-options"),
            required=False,
        ),
        "engagement": forms.PickField(
            label=_("Engagement"),
            rows=queries.engagements(to),
            find=queries.held,
            options=address("engagement-options"),
            required=False,
            help_text=_("The meeting, visit or letter in which it was said."),
        ),
    }


def _line(line: int) -> dict[str, Any]:
    number = {"n": line + 1}
    return {
        f"step_{line}": forms.TextField(
            label=_("Step %(n)d") % number, max_length=200, required=False
        ),
        f"step_{line}_on": forms.DayField(
            label=_("Day of step %(n)d") % number, required=False, help_text=""
        ),
    }


def lines_of(typed: Mapping[str, Any]) -> int:
    """Return how many lines of milestones a post or a draft has."""
    count = 0
    while count < MOST_LINES and f"step_{count}" in typed:
        count += 1
    return count


class DoneForm(forms.Form):
    """That a promise was kept, with the document that shows it."""

    on = forms.DayField(label=_("Done on"), help_text=_("It is in time up to the last day."))
    reason = forms.TextField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, lacks: str, **kwargs: Any) -> None:
        """``lacks`` is the rule's reason why it is not done without a document; empty if it is."""
        super().__init__(*args, **kwargs)
        self.fields |= document_fields()
        self.fields["file"].required = bool(lacks)
        self.fields["file"].error_messages["required"] = lacks


class StepForm(forms.Form):
    """Any other step: that it was begun, dropped, or opened again."""

    on = forms.DayField(label=_("On what day"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500, required=False)

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


class SupersedeForm(forms.Form):
    """That another promise takes its place."""

    on = forms.DayField(label=_("On what day"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500, required=False)

    def __init__(self, *args: Any, to: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = forms.PickField(
            label=_("Which takes its place"),
            rows=queries.seen_by(to),
            find=queries.called,
            options=address("commitment-options"),
            help_text=_("Type part of its words or its number and choose."),
        )
        self.fields = {"successor": successor, **self.fields}


class DueForm(forms.Form):
    """Another due date, asked for with a reason."""

    due = forms.PeriodField(label=_("New due date"))
    reason = forms.TextField(
        label=_("Reason"),
        rows=3,
        max_length=500,
        help_text=_("Whoever approves reads this, and it stays in the record."),
    )


class DecideForm(forms.Form):
    """What an approver says of another due date."""

    remark = forms.TextField(label=_("Remark"), rows=2, max_length=300, required=False)


class DayForm(forms.Form):
    """The day on which a step on the way was done."""

    on = forms.DayField(label=_("Done on"))


class VoidForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class CommitmentFilter(django_filters.FilterSet):
    """The conditions of the list of commitments."""

    q = django_filters.CharFilter(label=_("Words or number"), method="by_words")
    side = django_filters.ChoiceFilter(label=_("Side"), choices=Side.choices, empty_label=_("All"))
    owner = django_filters.CharFilter(label=_("Owner"), method="by_owner")
    agreement = django_filters.CharFilter(label=_("Agreement"), method="by_agreement")
    year = django_filters.CharFilter(label=_("Year due"), method="by_year")
    unit = among_units("agreements.view", label=_("Unit"))

    def by_words(self, rows: QuerySet[Commitment], name: str, value: str) -> QuerySet[Commitment]:
        """Find commitments by part of what was said."""
        return queries.called(rows, value)

    def by_owner(self, rows: QuerySet[Commitment], name: str, value: str) -> QuerySet[Commitment]:
        """Find commitments by their owner's name, or by the number behind "#"."""
        if number := numbered(value):
            return rows.filter(owner=number)
        text = names.nfc(value)
        found = User.objects.filter(name_ko__icontains=text)
        return rows.filter(owner__in=found | User.objects.filter(name_en__icontains=text))

    def by_agreement(
        self, rows: QuerySet[Commitment], name: str, value: str
    ) -> QuerySet[Commitment]:
        """Find commitments by their agreement's title, or by its number behind "#"."""
        if number := numbered(value):
            return rows.filter(agreement=number)
        found = queries.titled(queries.all_agreements(), names.nfc(value))
        return rows.filter(agreement__in=found.values("pk"))

    def by_year(self, rows: QuerySet[Commitment], name: str, value: str) -> QuerySet[Commitment]:
        """Keep what is due in a year; what is no year finds nothing."""
        year = value.strip().rstrip("년")
        if not (year.isascii() and year.isdigit() and 1900 <= int(year) <= 2200):
            return rows.none()
        return rows.filter(due_on__year=int(year))

    def by_unit(self, rows: QuerySet[Commitment], name: str, value: Unit) -> QuerySet[Commitment]:
        """Keep what belongs to a unit and everything under it."""
        return rows.filter(unit__path__startswith=value.path)


SORTS = {
    "urgency": Sort("urgent_on"),
    "due": Sort("due_on", empty=FAR_FUTURE),
    "number": Sort("number"),
    "words": Sort("words"),
    "side": Sort("side"),
    "owner": Sort("owner__name_ko", empty=""),
    "status": Sort("status"),
}


def commitment_listing(request: Request, today: date) -> Listing:
    """Return the list of commitments as it was asked for, its tabs as of a day."""
    rows, soon = queries.seen_by(request.user), today + rules.SOON
    tabs = [
        Tab("late", _("Late"), queries.OPEN & queries.due_before(today), "bad"),
        Tab("soon", _("Due within 30 days"), queries.OPEN & queries.due_between(today, soon)),
        Tab("open", _("Open"), queries.OPEN),
        Tab("done", _("Done"), keeping.DONE),
        Tab("given-up", _("Dropped or superseded"), keeping.GIVEN_UP),
        Tab("waiting", _("New date to approve"), queries.awaiting_approval()),
    ]
    return Listing(request, rows, CommitmentFilter, SORTS, "urgency", tabs)


def numbered(text: str) -> int | None:
    """Return the record's number that a text carries: "12" or "… #12"."""
    number = text.rpartition("#")[2].strip()
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
