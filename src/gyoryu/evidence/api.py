"""Documents as programs hold and fetch them."""

from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.evidence import actions, queries
from gyoryu.evidence.forms import DocumentForm, VoidForm, document_listing, title_of
from gyoryu.evidence.models import Document
from gyoryu.evidence.rules import ties
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, ADD = "evidence.view", "evidence.add"
desk = Desk(_("Documents"))
DESKS = [desk]


class DocumentRow(Shape):
    """A file that is held, or a link that is pointed to, as evidence."""

    id: int
    kind: Document.Kind
    title: str
    dated: date | None
    link: str
    original_name: str
    content_type: str
    size: int
    sha256: str
    unit: Named
    added_by: Named | None
    added_at: datetime
    voided_at: datetime | None
    voided_reason: str


class TiedShape(Named):
    """A record that a document is evidence for."""

    kind: str

    @staticmethod
    def resolve_kind(row: Any) -> str:
        """Return the kind as an upload names it."""
        return row["kind"] if isinstance(row, dict) else str(row._meta.label_lower)


class DocumentPage(DocumentRow):
    """A document and what it is evidence for."""

    ties: list[TiedShape]


def _seen(call: Call) -> Document:
    return get_object_or_404(queries.seen(call.user).select_related("added_by"), pk=call.pk)


def _page(call: Call) -> Any:
    row = _seen(call)
    told = {name: getattr(row, name) for name in DocumentRow.model_fields}
    return {**told, "ties": queries.tied_records(row, call.user)}


def _own(call: Call) -> Document:
    row = _seen(call)
    check_may(call.user, ADD, row.unit)
    return row


def _record(call: Call) -> Any:
    model = ties.model_named(call.path["model"])
    if model is None:
        raise Http404
    record: Model = get_object_or_404(queries.seen_records(model, call.user), pk=call.pk)
    check_may(call.user, ADD, queries.owner_for(record, call.user))
    return record


def _hold(call: Call, form: Any) -> Document:
    values = dict(form.cleaned_data)
    named, unit = values.pop("title") or title_of(values), queries.owner_for(call.row, call.user)
    return actions.hold(call.row, title=named, unit=unit, **values, **call.who)


def _file(call: Call) -> FileResponse:
    """Return a document's file; never to be shown as a page of ours."""
    row = _seen(call)
    if not row.file.name or not row.file.storage.exists(row.file.name):
        raise Http404
    kind = row.content_type or "application/octet-stream"
    reply = FileResponse(
        row.file.open("rb"), as_attachment=True, filename=row.original_name, content_type=kind
    )
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Content-Security-Policy"] = "sandbox; default-src 'none'"
    reply["Cache-Control"] = "private, no-store"
    return reply


desk.lists("documents", _("Documents"), DocumentRow, document_listing, may=VIEW)
desk.shows("documents/{pk}", _("Document"), DocumentPage, _page, may=VIEW)
desk.serves("documents/{pk}/file", _("File"), _file, may=VIEW)
desk.writes(
    "documents/add/{model}/{pk}", _("Hold a document"), DocumentForm, _hold,
    may=ADD, find=_record, creates="documents",
)  # fmt: skip
desk.writes(
    "documents/{pk}/void", _("Void the document"), VoidForm,
    lambda call, form: actions.void(call.row, **form.cleaned_data, **call.who),
    may=ADD, find=_own,
)  # fmt: skip
