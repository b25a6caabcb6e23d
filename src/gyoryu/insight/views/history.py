"""What was done, by whom and when; and whether the record of it is whole."""

from typing import Any

from django.http import (
    Http404,
    HttpResponse,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import actions, queries
from gyoryu.history.models import Entry
from gyoryu.insight.forms.history import (
    MOST_FAULTS,
    entries_seen,
    from_mark,
    history_listing,
    mark_of,
)
from gyoryu.web import clock, export
from gyoryu.web.access import Request, may
from gyoryu.web.records import page_of
from gyoryu.web.templatetags.history import changed, kind, told


def _changes(entry: Entry) -> str:
    return "\n".join(
        f"{one.field}: {one.before} → {one.after}" if one.told else one.field
        for one in changed(entry)
    )


COLUMNS = [
    export.Column("#", lambda row: row.pk),
    export.Column(gettext_lazy("Date and time"), lambda row: row.at),
    export.Column(gettext_lazy("By whom"), lambda row: str(row.by or "")),
    export.Column(gettext_lazy("What was done"), told),
    export.Column(gettext_lazy("Kind of record"), kind),
    export.Column(gettext_lazy("Record"), lambda row: row.name),
    export.Column(gettext_lazy("Changes"), _changes),
    export.Column(gettext_lazy("Reason"), lambda row: row.reason),
    export.Column(gettext_lazy("Department"), lambda row: str(row.unit or "")),
    export.Column(gettext_lazy("Digest"), lambda row: row.digest),
]
SHEET = export.Sheet("history", COLUMNS)


@may("history.view")
def history(request: Request) -> HttpResponse:
    listing = history_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET):
        return file
    context = {
        "listing": listing,
        "heading": _("History"),
        "may_verify": request.user.access.may("history.verify"),
    }
    return render(request, "insight/history/list.html", context)


@may("history.view")
def history_record(request: Request, pk: int) -> HttpResponse:
    entry = get_object_or_404(entries_seen(request.user), pk=pk)
    model = entry.model.model_class()
    row = model._default_manager.filter(pk=entry.record).first() if model else None
    if address := page_of(row):
        return HttpResponseRedirect(address)
    raise Http404


@may("history.verify")
def history_verify(request: Request) -> HttpResponse:
    end = queries.head()
    context: dict[str, Any] = {"head": end, "last": queries.last_verification()}
    if request.method == "POST":
        reached, faults = _go_on(request)
        context |= {
            "reached": reached,
            "faults": faults,
            "left": mark_of(reached, faults),
        }
        if reached.done:
            actions.note_verification(
                reached.entries, reached.faults, reached.digest, by=request.user, at=clock.now()
            )
    return render(request, "insight/history/verify.html", context)


def _go_on(request: Request) -> tuple[queries.Reached, list[queries.Fault]]:
    """Verify the next stretch, from where the signed mark in the form says; show 200 faults."""
    reached, before = from_mark(request.POST.get("left", ""))
    reached, found = queries.verify(reached)
    return reached, (before + found)[:MOST_FAULTS]
