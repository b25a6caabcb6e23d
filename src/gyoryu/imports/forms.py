"""What is typed and chosen about an import."""

from datetime import date
from typing import Any

import django_filters
from django import forms as django_forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import colleagues, units_under
from gyoryu.agreements.forms.agreements import pick_organisation
from gyoryu.agreements.models import Agreement, Status
from gyoryu.agreements.models.agreements import Side
from gyoryu.imports import rules, tables
from gyoryu.imports.models import Batch, Line
from gyoryu.imports.queries import batches as queries
from gyoryu.imports.queries import calls
from gyoryu.imports.sheets import KINDS
from gyoryu.imports.sheets.judging import Kind
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation
from gyoryu.trade.queries import centres, malls
from gyoryu.trade.queries.consultations import events
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

SHOWN, MOST = 40, 500
LATER = [Status.SIGNED, Status.IN_FORCE]


class FileForm(forms.Form):
    """The file, what it lists, and whose it will be."""

    kind = forms.ChoiceField(label=_("What it lists"), choices=Batch.Kind)
    unit = forms.ChoiceField(label=_("Responsible unit"))
    file = forms.UploadField(
        label=_("File"),
        limit=rules.LARGEST,
        help_text=_("XLSX or CSV, up to 20 MB and 50,000 rows."),
        widget=django_forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a CSV file"),
        choices=[
            ("", _("Find out")),
            ("utf-8", "UTF-8"),
            ("cp949", "CP949 (EUC-KR)"),
            ("gb18030", "GB18030 (GBK)"),
        ],
        required=False,
    )

    # Filled where somebody comes from a call's page; else it is asked for with the header.
    call = django_forms.IntegerField(
        label=_("Call that applications on paper answer"),
        required=False,
        widget=django_forms.HiddenInput(),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        rows = units_under(user.access, "imports.make").order_by("path")
        self.units = {str(unit.pk): unit for unit in rows}
        own = [(key, str(unit)) for key, unit in self.units.items()]
        self.fields["unit"].choices = own  # type: ignore[attr-defined]

    def clean_call(self) -> int | None:
        """Refuse a call whose applications somebody may not enter."""
        key: int | None = self.cleaned_data["call"]
        if key is not None and calls.chosen(key, self.user) is None:
            raise django_forms.ValidationError(_("There is no such call that you may enter for."))
        return key

    def first(self) -> dict[str, Any]:
        """Return what says which columns there are, as far as it was given."""
        wanted = KINDS[self.cleaned_data["kind"]].first
        return {name: self.cleaned_data[name] for name in wanted if self.cleaned_data.get(name)}

    def unit_chosen(self) -> Unit:
        """Return the unit that was chosen."""
        return self.units[self.cleaned_data["unit"]]


class LayoutForm(forms.Form):
    """Which sheet of a workbook, where its header stands, and what says which columns it has."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = django_forms.IntegerField(
        label=_("Row of the header"), min_value=1, max_value=tables.MOST_ROWS,
        widget=django_forms.NumberInput(attrs={"class": "date"}),
    )  # fmt: skip
    header_lines = forms.ChoiceField(
        label=_("The header takes"), choices=[("1", _("one row")), ("2", _("two rows"))]
    )

    def __init__(
        self, *args: Any, batch: Batch, user: User, sheets: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        laid = {name: getattr(batch, name) for name in ("sheet", "header_row", "header_lines")}
        super().__init__(*args, initial=laid, **kwargs)
        if len(sheets) > 1:
            self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        else:
            del self.fields["sheet"]
        self.names = KINDS[batch.kind].first
        for name in self.names:
            self.fields[name] = OPTIONS[name](user)
            self.fields[name].initial = batch.options.get(name, "")

    def first(self) -> dict[str, Any]:
        """Return what says which columns there are, as it is kept."""
        return {name: int(self.cleaned_data[name]) for name in self.names}


def layout_fields() -> dict[str, django_forms.Field]:
    """Return every field that the layout of some file asks for, for whoever describes it."""
    call = forms.ChoiceField(label=_("Call that these applications answer"), required=False)
    call.of_records = True  # type: ignore[attr-defined]
    return {**LayoutForm.base_fields, "call": call}


class ColumnsForm(forms.Form):
    """What each column of the file is, and what holds where a row says nothing."""

    def __init__(
        self, *args: Any, batch: Batch, kind: Kind, table: tables.Table, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.batch, self.kind, self.table = batch, kind, table
        choices = [("", _("Leave out"))] + [(one.name, one.label) for one in kind.columns]
        nameless = _("no heading")
        for place, heading in enumerate(table.headings):
            if heading or any(cells[place] for _row, cells in table.rows[:SHOWN]):
                self.fields[f"column_{place}"] = forms.ChoiceField(
                    label=f"{tables.letters(place)} · {heading or nameless}",
                    choices=choices,
                    required=False,
                    initial=batch.columns.get(str(place), ""),
                )
        for name in kind.options:
            self.fields[name] = OPTIONS[name](user)
            usual = kind.usual.get(name, self.fields[name].initial)
            kept = batch.options.get(name, usual)
            ours = name == "ours" and kept
            self.fields[name].initial = (
                Organisation.objects.filter(pk=kept).first() if ours else kept
            )

    @property
    def columns(self) -> list[tuple[Any, str, list[str]]]:
        """Each column's field, its letters, and what stands in it at the beginning."""
        found = []
        for name in self.fields:
            if name.startswith("column_"):
                place = int(name.removeprefix("column_"))
                texts = [cells[place] for _row, cells in self.table.rows[:SHOWN] if cells[place]]
                found.append((self[name], tables.letters(place), texts[:3]))
        return found

    @property
    def beside(self) -> list[Any]:
        """The fields beside the columns."""
        return [self[name] for name in self.kind.options]

    def mapping(self) -> dict[str, str]:
        """Return which field each column was chosen to be, by its place."""
        return {
            name.removeprefix("column_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("column_")
        }

    def options(self) -> dict[str, Any]:
        """Return what was chosen beside the columns, as it is kept."""
        found = {name: self.cleaned_data[name] for name in self.kind.options}
        if ours := found.get("ours"):
            found["ours"] = ours.pk
        found |= {name: self.batch.options.get(name) for name in self.kind.first}
        for name in ("owner", "channel", "centre", "event"):
            if chosen := found.get(name):
                found[name] = int(chosen)
        return found


def _ours(user: User) -> Any:
    return pick_organisation(_("Our party where no column says it"), required=False)


def _make(user: User) -> Any:
    return django_forms.BooleanField(
        label=_("Add organisations that are not known yet"), required=False, initial=True
    )


def _partner_kind(user: User) -> Any:
    return forms.ChoiceField(
        label=_("Kind of the organisations that are added"),
        choices=Organisation.Kind,
        initial=Organisation.Kind.GOVERNMENT,
    )


def _default_kind(user: User) -> Any:
    return forms.ChoiceField(
        label=_("Kind where a row says none"),
        choices=[("", _("Refuse the row")), *Organisation.Kind.choices],
        required=False,
    )


def _agreement_kind(user: User) -> Any:
    return forms.ChoiceField(
        label=_("Kind where neither its row nor its title says it"),
        choices=[("", _("Refuse the row")), *Agreement.Kind.choices],
        required=False,
    )


def _status(user: User) -> Any:
    return forms.ChoiceField(
        label=_("Status of a signed agreement where its row says none"),
        choices=[(one.value, one.label) for one in LATER],
        initial=Status.SIGNED,
    )


def _side(user: User) -> Any:
    return forms.ChoiceField(
        label=_("Whose promise where a row says nothing"),
        choices=[("", _("Refuse the row")), *Side.choices],
        required=False,
    )


def _owner(user: User) -> Any:
    rows = [(str(one.pk), str(one)) for one in colleagues(user)]
    return forms.ChoiceField(
        label=_("Responsible officer where a row says none"),
        choices=[("", "–"), *rows],
        required=False,
    )


def _event(user: User) -> Any:
    rows = events(user, "trade.change").order_by("-starts_on", "pk")[:MOST]
    field = forms.ChoiceField(
        label=_("Event that this list is of"),
        choices=[("", _("Choose")), *((str(one.pk), f"{one} · {one.number}") for one in rows)],
    )
    # Which there are depends on who asks.
    field.of_records = True  # type: ignore[attr-defined]
    return field


def _at_event(user: User) -> Any:
    rows = events(user, "trade.change")[:300]
    return forms.ChoiceField(
        label=_("Event that these deals came of"),
        choices=[("", "–"), *((str(one.pk), str(one)) for one in rows)],
        required=False,
    )


def _currency(user: User) -> Any:
    return forms.ChoiceField(
        label=_("Currency where a row says none"), choices=CURRENCY_CHOICES, initial="USD"
    )


def _scale(user: User) -> Any:
    return forms.ChoiceField(
        label=_("Amounts are written in"),
        choices=[("1", _("ones")), ("1000", _("thousands")), ("1000000", _("millions"))],
        initial="1",
    )


def _channel(user: User) -> Any:
    rows = malls.used(user, "trade.change")[:MOST]
    return forms.ChoiceField(
        label=_("Online mall whose sales these are"), choices=[(str(one.pk), one) for one in rows]
    )


def _centre(user: User) -> Any:
    rows = centres.seen_by(user, "trade.change").order_by("name_ko", "pk")[:MOST]
    return forms.ChoiceField(
        label=_("Centre where a row says none"),
        choices=[("", _("Refuse the row")), *((str(one.pk), one) for one in rows)],
        required=False,
    )


def _call(user: User) -> Any:
    rows = calls.open_to(user)[:MOST]
    field = forms.ChoiceField(
        label=_("Call that these applications answer"),
        choices=[("", _("Choose")), *((str(one.pk), f"{one} · {one.number}") for one in rows)],
    )
    # Which there are depends on who asks.
    field.of_records = True  # type: ignore[attr-defined]
    return field


OPTIONS: dict[str, Any] = {
    "call": _call,
    "channel": _channel,
    "centre": _centre,
    "ours": _ours,
    "make": _make,
    "partner_kind": _partner_kind,
    "default_kind": _default_kind,
    "agreement_kind": _agreement_kind,
    "status": _status,
    "side": _side,
    "owner": _owner,
    "event": _event,
    "at_event": _at_event,
    "currency": _currency,
    "scale": _scale,
}


class SaveForm(forms.Form):
    """Whether errors stop everything, or the good rows are taken alone."""

    policy = forms.ChoiceField(
        label=_("Rows with errors"),
        choices=[
            ("all", _("Save nothing while any row has an error")),
            ("good", _("Save the good rows, give the others back as a file")),
        ],
        initial="all",
        widget=django_forms.RadioSelect,
    )


class ConfirmForm(forms.Form):
    """A step that asks only whether it is meant."""


class AnyColumnsForm(forms.Form):
    """What may be sent of the columns of any file, for whoever describes it."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {one.name: one.label for kind in KINDS.values() for one in kind.columns}
        self.fields[r"^column_\d{1,3}$"] = forms.ChoiceField(
            label=_("What a column is, by its place from 0"),
            choices=[("", _("Leave out")), *named.items()],
            required=False,
        )
        for name in {name: None for kind in KINDS.values() for name in kind.options}:
            self.fields[name] = OPTIONS[name](user)


class BatchFilter(django_filters.FilterSet):
    """The conditions of the list of imports."""

    kind = django_filters.ChoiceFilter(label=_("What it lists"), choices=Batch.Kind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=Batch.Status.choices)


def batch_listing(request: Request, today: date) -> Listing:
    """Return the imports that somebody may see, as they ask for them."""
    return Listing(
        request, queries.seen_by(request.user), BatchFilter, sorts={"taken": Sort("pk")},
        default="-taken",
    )  # fmt: skip


class LineFilter(django_filters.FilterSet):
    """The rows of an import are narrowed by their outcome alone, which is the tab."""


def line_listing(request: Request, today: date, batch: Batch | None) -> Listing:
    """Return the rows of an import, as somebody asks for them."""
    return Listing(
        request,
        Line.objects.filter(batch=batch),
        LineFilter,
        sorts={"row": Sort("row")},
        default="row",
        tabs=[Tab(value, label, Q(outcome=value)) for value, label in Line.Outcome.choices],
    )
