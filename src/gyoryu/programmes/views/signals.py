"""The desk of signals: what to look at, its rows, and the notes on it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.programmes.actions import signals as actions
from gyoryu.programmes.forms.signals import NoteForm
from gyoryu.programmes.models import Programme
from gyoryu.programmes.queries import signals as queries
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may

SEE = "programmes.signals"
COLUMNS = [
    export.Column(gettext_lazy("Signal"), lambda line: str(line[0].title)),
    export.Column(gettext_lazy("Whom it concerns"), lambda line: line[1].what),
    export.Column(gettext_lazy("What was seen"), lambda line: line[1].measure),
    export.Column(gettext_lazy("Rows"), lambda line: line[1].orders),
    export.Column(gettext_lazy("Won"), lambda line: line[1].won),
    export.Column(gettext_lazy("Note"), lambda line: line[1].note.note if line[1].note else ""),
    export.Column(
        gettext_lazy("Cleared on"),
        lambda line: line[1].note.at if line[1].cleared else None,
    ),
]


@may(SEE)
def signals(request: Request) -> Any:
    choices = list(queries.programmes(request.user)[:200])
    chosen = _chosen(request, choices)
    found = queries.found(chosen) if chosen else []
    if (kind := request.GET.get("export")) and chosen:
        lines = [(one, signal) for one, signals in found for signal in signals]
        name = f"signals-{chosen.number}-{clock.today()}"
        return export.answer(kind, name, COLUMNS, lines)
    context = {
        "programmes": choices,
        "chosen": chosen,
        "found": found,
        "open": sum(not one.cleared for _kind, signals in found for one in signals),
        "most": queries.SHOWN,
    }
    return render(request, "programmes/vouchers/signals.html", context)


def _chosen(request: Request, choices: list[Programme]) -> Programme | None:
    asked = request.GET.get("programme", "")
    if asked:
        return next((one for one in choices if str(one.pk) == asked), None)
    vouchers = [one for one in choices if one.kind == Programme.Kind.VOUCHER]
    return next(iter(vouchers or choices), None)


@may(SEE)
def signal(request: Request, programme: int, kind: str, subject: str) -> HttpResponse:
    chosen = get_object_or_404(queries.programmes(request.user), pk=programme)
    of = queries.BY_VALUE.get(kind)
    if of is None:
        raise Http404
    row = queries.one(chosen, of, subject)
    notes = list(queries.notes_on(chosen, of, subject)[:50])
    if row is None and not notes:
        raise Http404
    return posting.run(
        request,
        NoteForm(posting.typed(request)),
        "programmes/vouchers/signal.html",
        lambda values: actions.note(
            chosen, of.value, subject, **values, by=request.user, at=clock.now()
        ),
        context={
            "kind": of,
            "row": row,
            "programme": chosen,
            "orders": list(queries.orders_of(chosen, of, subject)[:50]),
            "claims": list(queries.claims_of(chosen, of, subject)),
            "notes": notes,
        },
        done=_("The note is kept."),
        to=reverse("signal", args=[chosen.pk, of.value, subject]),
    )
