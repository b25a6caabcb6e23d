"""Lists of files as programs bring them in: a file, its columns, its rows, saved and undone."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.imports import forms, rules, tables
from gyoryu.imports.actions import batches as actions
from gyoryu.imports.actions import steps
from gyoryu.imports.models import Batch, Line
from gyoryu.imports.queries import batches as queries
from gyoryu.imports.sheets import KINDS, kind_of, left_out, templates
from gyoryu.jobs import queries as jobs
from gyoryu.web import clock, export
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, MAKE = "imports.view", "imports.make"
LIST = "imports"
desk = Desk(_("Imports"))
DESKS = [desk]


class BatchRow(Shape):
    """An import: its file, where it stands, and how many rows come to what.

    ``wrong`` rows have errors; ``done_rows`` is how far the step that runs is; ``trouble`` is why
    the last step stopped.
    """

    id: int
    kind: Batch.Kind
    status: Batch.Status
    name: str
    sha256: str
    unit: Named
    rows: int
    new: int
    same: int
    changed: int
    wrong: int
    done_rows: int
    trouble: str
    by: Named | None
    at: datetime
    saved_by: Named | None
    saved_at: datetime | None
    undone_at: datetime | None


class BatchPage(BatchRow):
    """An import with how its file is laid out and read, and the newest job about it."""

    encoding: str
    sheet: str
    header_row: int
    header_lines: int
    columns: dict[str, str]
    document: Named | None
    job: Named | None

    @staticmethod
    def resolve_job(row: Batch) -> Any:
        """Return the newest job about it."""
        return jobs.of_record(row)


class ErrorShape(Shape):
    """What is wrong with a row, and in which field; of the whole row without one."""

    field: str
    reason: str


class ChangeShape(Shape):
    """What a row changes in a field, in words."""

    field: str
    before: str
    after: str


class LineRow(Shape):
    """A row of the file and what it comes to. ``row`` counts from 1 as spreadsheets do.

    ``notes`` are worth knowing although the row comes in. ``cells`` are its texts by field; what is
    in the register is not told a second time.
    """

    row: int
    outcome: Line.Outcome
    name: str
    cells: dict[str, str]
    errors: list[ErrorShape]
    notes: list[str]
    changes: list[ChangeShape]
    record: int | None

    @staticmethod
    def resolve_errors(row: Line) -> Any:
        """Return what is wrong, in the language asked for."""
        return [
            {"field": field or "", "reason": left_out.in_words(told)} for field, told in row.errors
        ]

    @staticmethod
    def resolve_notes(row: Line) -> list[str]:
        """Return what is worth knowing, in the language asked for."""
        return [left_out.in_words(told) for told in row.notes]

    @staticmethod
    def resolve_changes(row: Line) -> Any:
        """Return what changes, in the language asked for."""
        return [
            {"field": field, "before": left_out.in_words(old), "after": left_out.in_words(new)}
            for field, (old, new) in row.changes.items()
        ]


class ColumnShape(Shape):
    """A column of the file: its heading, what stands first in it, and the field it is read as."""

    place: int
    letters: str
    heading: str
    texts: list[str]
    field: str


class FieldShape(Shape):
    """A field that a column may be."""

    name: str
    label: str


class Layout(Shape):
    """How a file is laid out, and what its columns seem to be.

    ``repeated`` are rows that repeat the header; ``doubled`` headings stand over several columns.
    """

    sheets: list[str]
    sheet: str
    header_row: int
    header_lines: int
    columns: list[ColumnShape]
    fields: list[FieldShape]
    options: list[str]
    rows: int
    repeated: list[int]
    doubled: list[str]


class Obstacle(Shape):
    """A row whose record was changed or used since; 0 for what no row names."""

    row: int
    reason: str


class Obstacles(Shape):
    """What keeps an import from being undone."""

    items: list[Obstacle]


def _seen(call: Call) -> Batch:
    rows = queries.seen_by(call.user).select_related("document")
    return get_object_or_404(rows, pk=call.pk)


def _own(call: Call) -> Batch:
    batch = _seen(call)
    rules.check_may_make(batch, call.user)
    return batch


def _to_choose(call: Call) -> Batch:
    batch = _own(call)
    rules.check_can_choose(batch)
    return batch


def _table(batch: Batch) -> tables.Table:
    try:
        return queries.table_of(batch)
    except tables.Fault as fault:
        raise rules.refused(fault, field="header_row") from None


def _sheets(batch: Batch) -> tuple[str, ...]:
    try:
        return tables.names_of_sheets(queries.content_of(batch))
    except tables.Fault as fault:
        raise rules.refused(fault, field="sheet") from None


def _columns(call: Call) -> dict[str, Any]:
    batch = _to_choose(call)
    table, kind = _table(batch), kind_of(batch)
    return {
        "sheets": list(_sheets(batch)),
        "sheet": batch.sheet,
        "header_row": batch.header_row,
        "header_lines": batch.header_lines,
        "columns": [_column(batch, table, place) for place in range(len(table.headings))],
        "fields": [{"name": one.name, "label": str(one.label)} for one in kind.columns],
        "options": [*kind.first, *kind.options],
        "rows": len(table.rows) - len(table.repeated),
        "repeated": list(table.repeated),
        "doubled": list(table.doubled),
    }


def _column(batch: Batch, table: tables.Table, place: int) -> dict[str, Any]:
    texts = [cells[place] for _row, cells in table.rows[: forms.SHOWN] if cells[place]]
    return {
        "place": place,
        "letters": tables.letters(place),
        "heading": table.headings[place],
        "texts": texts[:3],
        "field": batch.columns.get(str(place), ""),
    }


def _take(call: Call, form: Any) -> Batch:
    told = form.cleaned_data
    return actions.take(
        form.unit_chosen(), told["kind"], told["file"], encoding=told["encoding"],
        options=form.first(), **call.who,
    )  # fmt: skip


def _layout_form(call: Call) -> Any:
    row = call.row
    return forms.LayoutForm(batch=row, user=call.user, sheets=_sheets(row))


def _lay_out(call: Call, form: Any) -> Batch:
    batch, chosen, header = call.row, form.cleaned_data, None
    sheet = chosen.get("sheet") or batch.sheet
    if sheet == batch.sheet:
        header = tables.Header(chosen["header_row"], int(chosen["header_lines"]))
    return actions.lay_out(batch, sheet, header, options=form.first(), **call.who)


def _columns_form(call: Call) -> Any:
    batch = call.row
    if batch is None:
        return forms.AnyColumnsForm(user=call.user)
    return forms.ColumnsForm(batch=batch, kind=kind_of(batch), table=_table(batch), user=call.user)


def _when(call: Call) -> dict[str, Any]:
    """Say by whom and when: workers go by the machine's time, whatever day a sample stands on."""
    return {"by": call.user, "at": clock.machine()}


def _template(call: Call) -> HttpResponse:
    name = call.path["kind"]
    if name not in KINDS:
        raise Http404
    language = "en" if (get_language() or "ko")[:2] == "en" else "ko"
    kind = KINDS[name].of(call.request.GET, call.user)
    columns, rows = templates.example(kind, language)
    answer: HttpResponse = export.answer("xlsx", templates.file_name(name, language), columns, rows)
    return answer


def _obstacles(call: Call) -> dict[str, Any]:
    batch = _own(call)
    rules.check_can_undo(batch)
    found = queries.obstacles(batch)
    return {"items": [{"row": row, "reason": reason} for row, reason in found]}


desk.lists(LIST, _("Imports"), BatchRow, forms.batch_listing, may=VIEW)
desk.writes(
    LIST, _("Take in a file"), lambda call: forms.FileForm(user=call.user), _take,
    may=MAKE, creates=LIST,
)  # fmt: skip
desk.serves("imports/template/{kind}", _("Empty file to fill in"), _template, may=MAKE)
desk.shows("imports/{pk}", _("Import"), BatchPage, _seen, may=VIEW)
desk.shows("imports/{pk}/columns", _("Columns of the file"), Layout, _columns, may=MAKE)
desk.writes(
    "imports/{pk}/layout", _("Choose the sheet and its header"), _layout_form, _lay_out,
    may=MAKE, find=_to_choose, fields=forms.layout_fields(), method="PATCH",
)  # fmt: skip
desk.writes(
    "imports/{pk}/columns", _("Choose the columns and check the rows"), _columns_form,
    lambda call, form: steps.check_later(call.row, form.mapping(), form.options(), **_when(call)),
    may=MAKE, find=_to_choose, queues=True,
)  # fmt: skip
desk.lists("imports/{pk}/lines", _("Rows of the file"), LineRow, forms.line_listing,
           may=VIEW, find=_seen)  # fmt: skip
desk.serves(
    "imports/{pk}/failed", _("Rows that were left out"),
    lambda call: export.answer("xlsx", *left_out.file(_seen(call))), may=VIEW,
)  # fmt: skip
desk.writes(
    "imports/{pk}/save", _("Save the import"), forms.SaveForm,
    lambda call, form: steps.save_later(
        call.row, only_good=form.cleaned_data["policy"] == "good", **_when(call)
    ),
    may=MAKE, find=_own, queues=True,
)  # fmt: skip
desk.shows(
    "imports/{pk}/obstacles", _("What keeps it from being undone"), Obstacles, _obstacles, may=MAKE
)
desk.writes(
    "imports/{pk}/undo", _("Undo the import"), forms.ConfirmForm,
    lambda call, _form: steps.undo_later(call.row, **_when(call)),
    may=MAKE, find=_own, queues=True,
)  # fmt: skip
desk.writes(
    "imports/{pk}/discard", _("Discard this file"), forms.ConfirmForm,
    lambda call, _form: actions.discard(call.row, **call.who), may=MAKE, find=_own,
)  # fmt: skip
desk.writes(
    "imports/{pk}/stop", _("Put it back after a step that did not end"), forms.ConfirmForm,
    lambda call, _form: steps.stop(call.row, **call.who), may=MAKE, find=_own,
)  # fmt: skip
