"""The screens of documents."""

from typing import Any

from django.db.models import Model
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.evidence import actions, queries
from gyoryu.evidence.forms import DocumentForm, VoidForm, document_listing, title_of
from gyoryu.evidence.models import Document
from gyoryu.evidence.rules import documents as rules
from gyoryu.evidence.rules import ties
from gyoryu.history import queries as history
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may
from gyoryu.web.records import page_of, why_not
from gyoryu.web.serving import served

COLUMNS = [
    export.Column(gettext_lazy("Title of the document"), lambda row: row.title),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Date"), lambda row: row.dated),
    export.Column(gettext_lazy("Responsible unit"), lambda row: str(row.unit)),
    export.Column(gettext_lazy("File"), lambda row: row.original_name),
    export.Column(gettext_lazy("Link"), lambda row: row.link),
    export.Column(gettext_lazy("Size in bytes"), lambda row: row.size or None),
    export.Column("SHA-256", lambda row: row.sha256),
    export.Column(gettext_lazy("Added by"), lambda row: str(row.added_by or "")),
    export.Column(gettext_lazy("Added"), lambda row: row.added_at),
    export.Column(gettext_lazy("Void because"), lambda row: row.voided_reason),
]
SHEET = export.Sheet("documents", COLUMNS)


@may("evidence.view")
def documents(request: Request) -> HttpResponse:
    listing = document_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {"listing": listing, "heading": _("Documents")}
    return render(request, "evidence/document_list.html", context)


@may("evidence.view")
def document(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    may_void = request.user.access.may("evidence.add", row.unit.path)
    context = {
        "row": row,
        "ties": [(tied, page_of(tied)) for tied in queries.tied_records(row, request.user)],
        "entries": history.of_record(row)[:50],
        "may_void": may_void,
        "why_not_void": may_void and why_not(rules.check_can_void, row, rests=queries.resting(row)),
    }
    return render(request, "evidence/document.html", context)


@may("evidence.view")
def document_file(request: Request, pk: int) -> FileResponse:
    return served(request, _seen(request, pk))


@may("evidence.add")
def document_add(request: Request, model: str, pk: int) -> HttpResponse:
    record = _record(request, model, pk)
    unit = queries.owner_for(record, request.user)
    check_may(request.user, "evidence.add", unit)

    def hold(values: dict[str, Any]) -> Document:
        named = values.pop("title") or title_of(values)
        return actions.hold(
            record, title=named, unit=unit, by=request.user, at=clock.now(), **values
        )

    return posting.run(
        request,
        DocumentForm(posting.typed(request), request.FILES or None),
        "evidence/document_form.html",
        hold,
        context={"record": record, "back": page_of(record)},
        to=page_of(record),
        done=_("The document is held."),
    )


@may("evidence.add")
def document_void(request: Request, pk: int) -> HttpResponse:
    row = _seen(request, pk)
    check_may(request.user, "evidence.add", row.unit)
    return posting.run(
        request,
        VoidForm(posting.typed(request)),
        "evidence/document_void.html",
        lambda values: actions.void(row, by=request.user, at=clock.now(), **values),
        context={"row": row},
        done=_("The document is void. It stays visible with the reason."),
    )


def _seen(request: Request, pk: int) -> Document:
    return get_object_or_404(queries.seen(request.user), pk=pk)


def _record(request: Request, name: str, pk: int) -> Model:
    model = ties.model_named(name)
    if model is None:
        raise Http404
    found: Model = get_object_or_404(queries.seen_records(model, request.user), pk=pk)
    return found
