"""The desk of signals: what to look at, its rows, and the notes on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from gyoryu.programmes.actions import signals as actions
from gyoryu.programmes.forms.signals import NoteForm
from gyoryu.programmes.models import Programme
from gyoryu.programmes.queries import signals as queries
from gyoryu.programmes.queries import signs
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may

SEE = "programmes.signals"
CHOICES = 200
COLUMNS = [
    export.Column(gettext_lazy("Signal"), lambda row: str(signs.BY_VALUE[row.kind].title)),
    export.Column(gettext_lazy("Whom it concerns"), lambda row: row.what),
    export.Column(gettext_lazy("What was seen"), lambda row: row.measure),
    export.Column(gettext_lazy("Rows"), lambda row: row.orders),
    export.Column(gettext_lazy("Won"), lambda row: row.won),
    export.Column(gettext_lazy("Note"), lambda row: row.note.note if row.note else ""),
    export.Column(gettext_lazy("Cleared on"), lambda row: row.note.at if row.cleared else None),
]


@may(SEE)
def signals(request: Request) -> Any:
    choices = list(queries.programmes(request.user)[:CHOICES])
    chosen = _chosen(request, choices)
    run = queries.run_of(chosen) if chosen else None
    if (kind := request.GET.get("export")) and chosen:
        name = f"signals-{chosen.number}-{run.at if run else clock.now():%Y-%m-%d}"
        return export.answer(kind, name, COLUMNS, queries.kept(chosen).order_by("kind", "place"))
    only = signs.BY_VALUE.get(request.GET.get("kind", ""))
    found = ([queries.of_kind(run, only)] if only else queries.first(run)) if run else []
    context = {
        "programmes": choices,
        "chosen": chosen,
        "run": run,
        "only": only,
        "found": found,
        "open": queries.open_of(run) if run else 0,
        "most": signs.SHOWN,
    }
    return render(request, "programmes/vouchers/signals.html", context)


@may(SEE)
@require_POST
def signals_again(request: Request, programme: int) -> HttpResponse:
    """Look through a programme now, instead of tonight."""
    chosen = get_object_or_404(queries.programmes(request.user), pk=programme)
    actions.look_through(chosen, by=request.user, at=clock.now())
    messages.success(request, _("The programme was looked through."))
    return HttpResponseRedirect(f"{reverse('signals')}?programme={chosen.pk}")


def _chosen(request: Request, choices: list[Programme]) -> Programme | None:
    asked = request.GET.get("programme", "")
    if asked:
        return next((one for one in choices if str(one.pk) == asked), None)
    vouchers = [one for one in choices if one.kind == Programme.Kind.VOUCHER]
    return next(iter(vouchers or choices), None)


@may(SEE)
def signal(request: Request, programme: int, kind: str, subject: str) -> HttpResponse:
    chosen = get_object_or_404(queries.programmes(request.user), pk=programme)
    of = signs.BY_VALUE.get(kind)
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
