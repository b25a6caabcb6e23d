"""The screens of engagements."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import home_unit, visible
from gyoryu.agreements.actions import engagements as actions
from gyoryu.agreements.forms import engagements as forms
from gyoryu.agreements.models import Agreement, Engagement
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import engagements as queries
from gyoryu.agreements.rules import engagements as rules
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.parties.models import Organisation
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import pick_label
from gyoryu.web.small import Page

Kind = Engagement.Kind
CHANGE = "agreements.change"
# Kinds that travel have an itinerary; kinds that talk or write have requests. Others may have both.
TRAVELS = {Kind.VISIT, Kind.DELEGATION, Kind.FAM_TOUR, Kind.TRAINING}
ASKS = {Kind.LETTER, Kind.MEETING, Kind.VIDEO_CONFERENCE, Kind.COURTESY_CALL, Kind.SESSION}
COLUMNS = [
    export.Column(gettext_lazy("Title in Korean"), lambda row: row.title_ko),
    export.Column(gettext_lazy("Title in English"), lambda row: row.title_en),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("From"), lambda row: row.starts_on),
    export.Column(gettext_lazy("Until"), lambda row: row.ends_on),
    export.Column(gettext_lazy("Known to the"), lambda row: row.get_precision_display()),
    export.Column(gettext_lazy("How"), lambda row: row.get_mode_display()),
    export.Column(gettext_lazy("Region"), lambda row: str(row.region or "")),
    export.Column(gettext_lazy("Place"), lambda row: row.venue),
    export.Column(gettext_lazy("Partners"), lambda row: ", ".join(map(str, row.partners))),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
]
SHEET = export.Sheet("engagements", COLUMNS, dress=queries.with_partners)


@may("agreements.view")
def engagements(request: Request) -> Any:
    listing = forms.engagement_listing(request, clock.today())
    return lists.show(
        request,
        listing,
        SHEET,
        "agreements/engagements.html",
        _("Engagements"),
        may_add=_may_add(request),
    )


def _may_add(request: Request) -> bool:
    return bool(request.user.access.may(CHANGE))


@may("agreements.view")
def engagement(request: Request, pk: int) -> HttpResponse:
    row: Any = get_object_or_404(queries.in_full(request.user), pk=pk)
    entries = list(history.of_record(row)[:50])
    context = {
        "row": row,
        "may_change": not row.voided_at and request.user.access.may(CHANGE, row.unit.path),
        "why_not_held": records.why_not(rules.check_hold, row, today=clock.today()),
        "why_not_cancelled": records.why_not(rules.check_can_cancel, row),
        "why_not_void": records.why_not(
            rules.check_can_void, row, promised=row.n_promised, followed=row.n_followed
        ),
        "documents": evidence.of_record(row),
        "entries": entries,
        "cancelled_because": _reason(entries, "engagement.cancelled"),
        **_who(row),
        **_ties(request, row),
    }
    return render(request, "agreements/engagement.html", context)


def _reason(entries: list[Any], verb: str) -> str:
    return next((entry.reason for entry in entries if entry.verb == verb), "")


def _who(row: Engagement) -> dict[str, Any]:
    """Return what the page says of the people: each side's delegations, and how many there were."""
    delegations = list(row.delegations.all())
    sides = {
        side: [one for one in delegations if (one.side == Side.THEIRS) == (side == Side.THEIRS)]
        for side in (Side.OURS, Side.THEIRS)
    }
    return {
        "sides": [(side, rows, sum(_size(one) for one in rows)) for side, rows in sides.items()],
        "partners": [one.organisation for one in sides[Side.THEIRS] if one.organisation],
        "shows_stops": row.kind in TRAVELS or row.stops.all(),
        "shows_requests": row.kind in ASKS or row.requests.all(),
    }


def _size(delegation: Any) -> int:
    return int(delegation.size or len(delegation.participants.all()))


def _ties(request: Request, row: Engagement) -> dict[str, Any]:
    """Return what the page says of other records: commitments, agreements, areas, the chain."""
    agreements, areas = queries.tied(row, request.user)
    return {
        "promised": by_side(list(queries.promised_at(row, request.user))),
        "agreements": agreements,
        "areas": areas,
        "before": [one for one in (row.follows and row.follows.follows, row.follows) if one],
        "after": queries.followers(row, request.user),
    }


def by_side(promised: list[Any]) -> list[tuple[Side, list[Any]]]:
    """Part commitments by whose they are; joint ones are ours too, and say so."""
    if not promised:
        return []
    theirs = [one for one in promised if one.side == Side.THEIRS]
    return [
        (Side.OURS, [one for one in promised if one.side != Side.THEIRS]),
        (Side.THEIRS, theirs),
    ]


def to_change(request: Request, pk: int) -> Engagement:
    """Return an engagement the user may see, refusing those who may not change it."""
    rows = queries.seen(request.user).select_related("unit", "body__agreement", "follows")
    return records.found(request, rows, pk, CHANGE)


@may("agreements.change")
def engagement_new(request: Request) -> HttpResponse:
    if body := request.GET.get("body", ""):
        return HttpResponseRedirect(
            reverse("session-new", args=[int(body)] if body.isdigit() else [0])
        )
    unit, user = home_unit(request.user, CHANGE), request.user
    return posting.run(
        request,
        forms.EngagementForm(posting.typed(request), user=user, initial=_started(request)),
        "agreements/engagement_form.html",
        lambda values: actions.record(unit, {**values, "owner": user}, by=user, at=clock.now()),
        context={"heading": _("New engagement")},
        done=_("The engagement is in the register. Add who was there and what came of it."),
    )


def _started(request: Request) -> dict[str, Any]:
    """Return what a new engagement starts from: the records its link was pressed on."""
    asked = {name: request.GET.get(name, "") for name in ("agreement", "organisation", "follows")}
    rows = {
        "agreement": visible(Agreement.objects.filter(voided_at=None), request.user, queries.SEE),
        "organisation": Organisation.objects.filter(voided_at=None, merged_into=None),
        "follows": queries.seen(request.user),
    }
    return {
        name: rows[name].filter(pk=int(pk)).first() for name, pk in asked.items() if pk.isdigit()
    }


@may("agreements.change")
def engagement_edit(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    form = forms.EngagementEditForm(
        posting.typed(request), user=request.user, row=row, initial=forms.edited(row)
    )
    return posting.run(
        request,
        form,
        "agreements/engagement_form.html",
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        context={"row": row, "heading": _("Edit the engagement")},
    )


@may("agreements.change")
def engagement_hold(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    initial = {**forms.days_of(row), "summary": row.summary, "outcomes": row.outcomes}
    return small.run(
        request,
        forms.HoldForm(posting.typed(request), initial=initial),
        lambda values: actions.hold(row, values, by=request.user, at=clock.now()),
        Page(_("Note as held"), row),
        done=_("It is noted as held. Add what was promised."),
    )


@may("agreements.change")
def engagement_cancel(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    rules.check_can_cancel(row)
    page = Page(_("Cancel the engagement"), row)
    return small.act_on(
        request,
        row,
        forms.ReasonForm,
        actions.cancel,
        page,
        done=_("It is cancelled. Its page keeps the reason."),
    )


@may("agreements.change")
def engagement_void(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    rules.check_can_void(row, **queries.resting_on(row))
    page = Page(
        _("Void the record"),
        row,
        explained=_(
            "Void what was recorded by mistake. What was planned and did not happen is cancelled."
        ),
    )
    return small.act_on(
        request,
        row,
        forms.ReasonForm,
        actions.void,
        page,
        done=_("The record is voided: it is kept, but counted nowhere."),
    )


@may("agreements.change")
def engagement_tie(request: Request, pk: int) -> HttpResponse:
    row = to_change(request, pk)
    return small.run(
        request,
        forms.TieForm(posting.typed(request), user=request.user),
        lambda values: actions.tie(row, values["agreement"], by=request.user, at=clock.now()),
        Page(_("Tie an agreement"), row),
    )


@may("agreements.change")
def engagement_untie(request: Request, pk: int, agreement: int) -> HttpResponse:
    row = to_change(request, pk)
    tied = get_object_or_404(queries.agreements_of(row, request.user), pk=agreement)
    return small.run(
        request,
        forms.ReasonForm(posting.typed(request)),
        lambda values: actions.untie(row, tied, **values, by=request.user, at=clock.now()),
        Page(_("Loosen the agreement"), row, about=tied),
    )


@may("agreements.view")
def engagement_options(request: Request) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", "q"), "")
    rows = queries.seen(request.user).filter(queries.titled(text)).order_by("-starts_on", "-pk")
    found = rows[:12] if len(text) > 1 else []
    return render(request, "web/options.html", {"labels": [pick_label(row) for row in found]})
