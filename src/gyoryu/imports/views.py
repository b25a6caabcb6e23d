"""The screens of imports: a file, its columns, what would come of it, and what came of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gyoryu.accounts.queries import home_unit
from gyoryu.base.refused import Refused
from gyoryu.imports import forms, rules, tables
from gyoryu.imports.actions import batches as actions
from gyoryu.imports.actions import steps
from gyoryu.imports.models import Batch, Line
from gyoryu.imports.queries import batches as queries
from gyoryu.imports.sheets import KINDS, kind_of, left_out, templates
from gyoryu.jobs import queries as known_jobs
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not

PAGE = 50
# Numbers that are tied on one page; those after them are asked for when the file is checked again.
UNKNOWN = 50
LISTED = 50


@may("imports.view")
def imports(request: Request) -> HttpResponse:
    rows = queries.seen_by(request.user)
    before = request.GET.get("before", "")
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-pk")[: LISTED + 1])
    context = {
        "rows": found[:LISTED],
        "next": found[LISTED - 1].pk if len(found) > LISTED else "",
        "may_make": request.user.access.may("imports.make"),
        "kinds": Batch.Kind.choices,
    }
    return render(request, "imports/list.html", context)


@may("imports.make")
def import_new(request: Request) -> HttpResponse:
    kind = request.GET.get("kind", "")
    typed = request.POST if request.method == "POST" else None
    unit = home_unit(request.user, "imports.make")
    form = forms.FileForm(
        typed,
        request.FILES if typed is not None else None,
        user=request.user,
        initial={"kind": kind, "unit": str(unit.pk), "call": request.GET.get("call", "")},
    )

    def act(values: dict[str, Any]) -> Batch:
        return actions.take(
            form.unit_chosen(), values["kind"], values["file"],
            encoding=values["encoding"], options=form.first(), by=request.user, at=clock.now(),
        )  # fmt: skip

    chosen = request.GET.get("call", "")
    context = {
        "kinds": Batch.Kind.choices,
        "kind": kind,
        "call": chosen if chosen.isdecimal() else "",
    }
    return posting.run(
        request, form, "imports/new.html", act, context=context, done=_("The file was taken in.")
    )


def _seen(request: Request, pk: int) -> Batch:
    found: Batch = get_object_or_404(
        queries.seen_by(request.user).select_related("document"), pk=pk
    )
    return found


def _own(request: Request, pk: int) -> Batch:
    batch = _seen(request, pk)
    rules.check_may_make(batch, request.user)
    return batch


@may("imports.view")
def import_page(request: Request, pk: int) -> HttpResponse:
    batch = _seen(request, pk)
    if batch.status == Batch.Status.TAKEN and request.user.access.may(
        "imports.make", batch.unit.path
    ):
        return redirect("import-columns", pk=batch.pk)
    own = request.user.access.may("imports.make", batch.unit.path)
    job = known_jobs.of_record(batch)
    context = {
        "row": batch,
        "job": job,
        "own": own,
        "stuck": batch.running and (job is None or job.over),
        "form": forms.SaveForm(),
        "earlier": _earlier(batch, request),
        "undo_why": why_not(rules.check_can_undo, batch),
        "whole": KINDS[batch.kind].whole,
        "unknown": _unknown(batch),
        **_preview(request, batch),
    }
    return render(request, "imports/batch.html", context)


def _unknown(batch: Batch) -> dict[str, Any] | None:
    """Return the numbers of a mall's file that nobody knows, and where they are tied."""
    if batch.kind != Batch.Kind.SALES or batch.status != Batch.Status.CHECKED or not batch.wrong:
        return None
    codes = queries.wrong_texts(batch, "code", UNKNOWN)
    if not codes:
        return None
    page = reverse("channel-codes", args=[batch.options["channel"]])
    return {"codes": codes, "href": f"{page}?{urlencode([('code', code) for code in codes])}"}


def _earlier(batch: Batch, request: Request) -> Batch | None:
    """Return an earlier import of the same file that still stands."""
    rows = queries.seen_by(request.user).filter(sha256=batch.sha256, pk__lt=batch.pk)
    return rows.exclude(status__in=["discarded", "undone"]).order_by("-pk").first()


def _preview(request: Request, batch: Batch) -> dict[str, Any]:
    """Return a page of the rows: found by the row they come after, never by counting through."""
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in Line.Outcome.values else ""
    after = request.GET.get("after", "")
    rows = queries.lines(batch, outcome)
    if after.isdigit():
        rows = rows.filter(row__gt=int(after))
    found = list(rows[: PAGE + 1])
    kind = kind_of(batch)
    # Of what is in the register the register tells; only what was left out is shown by its cells.
    told = batch.status == Batch.Status.CHECKED or outcome == Line.Outcome.WRONG
    read = left_out.columns_of(batch) if told else []
    mapped = [(place, one) for place, one in read if kind.column(one)]
    shown = {name for _place, name in mapped}
    for line in found:
        line.told = [_cell(line, name, place) for place, name in mapped]  # type: ignore[attr-defined]
        whole = [words for field, words in line.errors if field not in shown]
        line.whole = [left_out.in_words(words) for words in whole]  # type: ignore[attr-defined]
        line.noted = [left_out.in_words(words) for words in line.notes]  # type: ignore[attr-defined]
        line.page = queries.page_of(batch, line)  # type: ignore[attr-defined]
    tabs = [
        (value, label, getattr(batch, "changed" if value == "changed" else value))
        for value, label in Line.Outcome.choices
    ]
    return {
        "lines": found[:PAGE],
        "next": found[PAGE - 1].row if len(found) > PAGE else "",
        "after": after,
        "outcome": outcome,
        "tabs": tabs,
        "columns": [(tables.letters(place), kind.column(name)) for place, name in mapped],
    }


def _cell(line: Line, name: str, place: int) -> dict[str, Any]:
    """Return what the preview shows of a cell: its text, what is wrong with it, what changes."""
    errors = [left_out.in_words(words) for field, words in line.errors if field == name]
    change = line.changes.get(name)
    return {
        "text": line.cells.get(name, ""),
        "errors": errors,
        "before": left_out.in_words(change[0]) if change else "",
        "changes": bool(change),
        "cell": f"{tables.letters(place)}{line.row}",
    }


@may("imports.make")
def import_columns(request: Request, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    rules.check_can_choose(batch)
    layout, table, trouble = _layout(request, batch)
    if isinstance(layout, HttpResponse):
        return layout
    context = {"row": batch, "layout": layout, "trouble": trouble, "table": table,
               "earlier": _earlier(batch, request)}  # fmt: skip
    if table is None:
        return render(request, "imports/columns.html", context, status=422 if trouble else 200)
    typed = request.POST if request.method == "POST" and "layout" not in request.POST else None
    form = forms.ColumnsForm(
        typed, batch=batch, kind=kind_of(batch), table=table, user=request.user
    )
    context |= {
        "doubled": table.doubled,
        "repeated": table.repeated,
        "count": len(table.rows) - len(table.repeated),
    }

    def act(values: dict[str, Any]) -> Batch:
        steps.check_later(
            batch, form.mapping(), form.options(), by=request.user, at=clock.machine()
        )
        return batch

    return posting.run(
        request, form, "imports/columns.html", act, context=context,
        done=_("The rows are being checked."),
    )  # fmt: skip


def _layout(request: Request, batch: Batch) -> tuple[Any, tables.Table | None, str]:
    """Read the file as it is laid out, or lay it out as was just chosen."""
    content = queries.content_of(batch)
    sheets = tables.names_of_sheets(content)
    posted = request.POST if request.method == "POST" and "layout" in request.POST else None
    form = forms.LayoutForm(posted, batch=batch, user=request.user, sheets=sheets)
    if posted is not None and form.is_valid():
        chosen, header = form.cleaned_data, None
        if chosen.get("sheet", batch.sheet) == batch.sheet:
            header = tables.Header(chosen["header_row"], int(chosen["header_lines"]))
        try:
            actions.lay_out(
                batch, chosen.get("sheet", batch.sheet), header,
                options=form.first(), by=request.user, at=clock.now(),
            )  # fmt: skip
        except Refused as refusal:
            return form, None, str(refusal)
        return redirect("import-columns", pk=batch.pk), None, ""
    try:
        return form, queries.table_of(batch), ""
    except tables.Fault as fault:
        return form, None, str(rules.refused(fault))


@may("imports.make")
@require_POST
def import_save(request: Request, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    form = forms.SaveForm(request.POST)

    def act(values: dict[str, Any]) -> Batch:
        only_good = values["policy"] == "good"
        steps.save_later(batch, only_good=only_good, by=request.user, at=clock.machine())
        return batch

    context = {
        "row": batch,
        "own": True,
        "whole": KINDS[batch.kind].whole,
        "unknown": _unknown(batch),
        **_preview(request, batch),
    }
    return posting.run(
        request, form, "imports/batch.html", act, context=context, done=_("The import has begun.")
    )


@may("imports.make")
def import_undo(request: Request, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    rules.check_can_undo(batch)

    def act(values: dict[str, Any]) -> Batch:
        steps.undo_later(batch, by=request.user, at=clock.machine())
        return batch

    context: dict[str, Any] = {"row": batch}
    form = forms.ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        context["obstacles"] = queries.obstacles(batch)
    return posting.run(
        request, form, "imports/undo.html", act,
        context=context, done=_("The import is being undone."),
    )  # fmt: skip


@may("imports.make")
@require_POST
def import_discard(request: Request, pk: int) -> HttpResponse:
    actions.discard(_own(request, pk), by=request.user, at=clock.now())
    return redirect("imports")


@may("imports.make")
@require_POST
def import_stop(request: Request, pk: int) -> HttpResponse:
    batch = _own(request, pk)
    steps.stop(batch, by=request.user, at=clock.now())
    return redirect(batch)


@may("imports.view")
def import_failed(request: Request, pk: int) -> HttpResponse:
    answer: HttpResponse = export.answer("xlsx", *left_out.file(_seen(request, pk)))
    return answer


@may("imports.make")
def import_template(request: Request, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    language = request.GET.get("language", (get_language() or "ko")[:2])
    sheet = KINDS[kind].of(request.GET, request.user)
    columns, rows = templates.example(sheet, "en" if language == "en" else "ko")
    answer: HttpResponse = export.answer("xlsx", templates.file_name(kind, language), columns, rows)
    return answer
