"""The screens of sources, visits to them, and articles handed in."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.models import Unit
from gyoryu.accounts.queries import home_unit, visible
from gyoryu.history import queries as history
from gyoryu.jobs import queries as jobs
from gyoryu.newsroom.actions import ingest, later
from gyoryu.newsroom.actions import sources as actions
from gyoryu.newsroom.forms import sources as forms
from gyoryu.newsroom.models import Source, Trust, Visit
from gyoryu.newsroom.queries import articles as queries
from gyoryu.newsroom.rules import candidates as candidate_rules
from gyoryu.newsroom.rules import sources as rules
from gyoryu.newsroom.rules import troubles
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may

COLUMNS = [
    export.Column(gettext_lazy("Name"), lambda row: row.name),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Address"), lambda row: row.address),
    export.Column(gettext_lazy("Last visit"), lambda row: row.visited_at),
    export.Column(gettext_lazy("Next visit"), lambda row: row.next_visit_at),
    export.Column(gettext_lazy("Failures in a row"), lambda row: row.failures),
    export.Column(gettext_lazy("Paused because"), lambda row: row.paused_reason),
]


@may("newsroom.view")
def sources(request: Request) -> HttpResponse:
    listing = forms.source_listing(request, clock.today())
    if kind := request.GET.get("export"):
        reply: HttpResponse = export.answer(kind, "sources", COLUMNS, listing.chosen.iterator())
        return reply
    context = {
        "listing": listing,
        "heading": _("Sources"),
        "may_add": request.user.access.may("newsroom.sources"),
        "may_trust": request.user.access.may("newsroom.trust"),
    }
    return render(request, "newsroom/sources.html", context)


@may("newsroom.view")
def source(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.sources(request.user), pk=pk)
    visits = [(one, *_told(one)) for one in row.visits.defer("waiting").select_related("by")[:12]]
    context = {
        "row": row,
        "visits": visits,
        "job": jobs.of_record(row),
        "articles": row.articles.order_by("-taken_in_at", "-pk")[:8],
        "entries": history.of_record(row)[:30],
        "may_change": request.user.access.may("newsroom.sources", row.unit.path),
        "visit_why_not": candidate_rules.why_not(rules.check_visit, row),
    }
    return render(request, "newsroom/source.html", context)


def _told(visit: Visit) -> tuple[str, list[str]]:
    """Return a visit's trouble and doubts in words."""
    trouble = troubles.in_words(visit.trouble, visit.params) if visit.trouble else ""
    return trouble, [troubles.doubt(code) for code in visit.doubts]


@may("newsroom.sources")
def source_new(request: Request) -> HttpResponse:
    unit = home_unit(request.user, "newsroom.sources")
    form = forms.SourceForm(posting.typed(request))
    return posting.run(
        request,
        form,
        "newsroom/source_form.html",
        lambda _values: actions.add_source(unit, form.values(), by=request.user, at=clock.now()),
        done=_("The source is added. It is visited at the next round, or now by its button."),
    )


@may("newsroom.sources")
def source_edit(request: Request, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    form = forms.SourceForm(posting.typed(request), initial=forms.initial(row))
    return posting.run(
        request,
        form,
        "newsroom/source_form.html",
        lambda _values: actions.change_source(row, form.values(), by=request.user, at=clock.now()),
        context={"row": row},
    )


@may("newsroom.sources")
def source_pause(request: Request, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    return posting.run(
        request,
        forms.ReasonForm(posting.typed(request)),
        "newsroom/reason.html",
        lambda told: actions.pause(row, reason=told["reason"], by=request.user, at=clock.now()),
        context={"about": row, "asked": _("Pause this source?"), "button": _("Pause")},
        done=_("It is not visited any more."),
    )


@may("newsroom.sources")
def source_resume(request: Request, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    if request.method == "POST":
        actions.resume(row, by=request.user, at=clock.now())
        messages.success(request, _("It is visited again from the next round on."))
    return HttpResponseRedirect(row.get_absolute_url())


@may("newsroom.sources")
def source_visit(request: Request, pk: int) -> HttpResponse:
    """Have a worker fetch and read what the source has; its page shows how far that is."""
    row = _mine(request, pk)
    if request.method != "POST":
        return HttpResponseRedirect(row.get_absolute_url())
    later.visit(row, by=request.user, at=clock.now())
    return HttpResponseRedirect(row.get_absolute_url())


@may("newsroom.sources")
def visit(request: Request, pk: int) -> HttpResponse:
    seen = queries.sources(request.user).values("pk")
    row = get_object_or_404(Visit.objects.select_related("source__unit"), pk=pk, source__in=seen)
    if request.method == "POST" and row.ended_at is None:
        later.go_on(row, by=request.user, at=clock.now())
        return HttpResponseRedirect(row.get_absolute_url())
    trouble, doubts = _told(row)
    context = {
        "row": row,
        "trouble": trouble,
        "doubts": doubts,
        "left": len(row.waiting),
        "job": None if row.ended_at else jobs.of_record(row.source),
    }
    return render(request, "newsroom/visit.html", context)


def _mine(request: Request, pk: int) -> Source:
    rows = visible(Source.objects.filter(voided_at=None), request.user, "newsroom.sources")
    return get_object_or_404(rows.select_related("unit"), pk=pk)


@may("newsroom.review")
def hand_in(request: Request) -> HttpResponse:
    unit = home_unit(request.user, "newsroom.review")
    form = forms.HandInForm(posting.typed(request), request.FILES or None)

    def act(_told: dict[str, Any]) -> Any:
        return ingest.hand_in(
            unit, form.files_in(), by=request.user, at=clock.now(), **form.told()
        ).last

    done = _("It is taken in and read.")
    return posting.run(request, form, "newsroom/hand_in.html", act, done=done)


@may("newsroom.trust")
def trust(request: Request) -> HttpResponse:
    unit = home_unit(request.user, "newsroom.trust")
    government = Unit.objects.get(pk=unit.root_id)
    row = Trust.objects.filter(government=government).first()
    start = {"minimum": f"{row.minimum:.2f}", "kinds": row.kinds} if row else {}

    def act(told: dict[str, Any]) -> Trust:
        minimum, kinds = Decimal(told["minimum"]), list(told["kinds"])
        return actions.set_trust(government, minimum, kinds, by=request.user, at=clock.now())

    form = forms.TrustForm(posting.typed(request), initial=start)
    to = reverse("sources")
    return posting.run(request, form, "newsroom/trust.html", act, context={"row": row}, to=to)
