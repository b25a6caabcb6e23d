"""The screens of events: list, page, form, and the steps of an event."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes.forms.reviews import ReasonForm
from gyoryu.trade.actions import events as actions
from gyoryu.trade.forms import events as forms
from gyoryu.trade.models import Event, Participant
from gyoryu.trade.queries import events as queries
from gyoryu.trade.rules import events as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form, pick_label
from gyoryu.web.records import page_of, why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.view", "trade.change"
State = Event.State
TONES = {
    State.PLANNED: ("quiet", "edit"),
    State.OPEN: ("live", "flag"),
    State.RUNNING: ("live", "live"),
    State.HELD: ("quiet", "done"),
    State.CANCELLED: ("quiet", "x"),
}
WORDS = {
    State.PLANNED: gettext_lazy("Back to planning"),
    State.OPEN: gettext_lazy("Open to register"),
    State.RUNNING: gettext_lazy("Begin the event"),
    State.HELD: gettext_lazy("It was held"),
    State.CANCELLED: gettext_lazy("Cancel the event"),
}
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("Title in Korean"), lambda row: row.title_ko),
    export.Column(gettext_lazy("Title in English"), lambda row: row.title_en),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Begins on"), lambda row: row.starts_on),
    export.Column(gettext_lazy("Ends on"), lambda row: row.ends_on),
    export.Column(gettext_lazy("Locations"), lambda row: ", ".join(map(str, row.legs.all()))),
    export.Column(gettext_lazy("Exhibitors"), lambda row: row.n_exhibitors),
    export.Column(gettext_lazy("Buyers"), lambda row: row.n_buyers),
    export.Column(gettext_lazy("Cost of the event (KRW)"), lambda row: row.cost),
    export.Column(gettext_lazy("Programme"), lambda row: str(row.programme or "")),
    export.Column(gettext_lazy("Responsible unit"), lambda row: str(row.unit)),
]


def standing(row: Event) -> dict[str, Any]:
    """Return how an event stands, as a chip shows it."""
    tone, symbol = TONES[State(row.state)]
    return {"tone": tone, "symbol": symbol, "words": row.get_state_display()}


@may(SEE)
def events(request: Request) -> Any:
    listing = forms.event_listing(request, clock.today())
    sheet = export.Sheet(_("Events"), COLUMNS, queries.dressed)
    if file := export.asked(request, listing.chosen, sheet):
        return file
    for row in listing.page:
        row.standing = standing(row)
    context = {
        "listing": listing,
        "heading": _("Events"),
        "may_change": request.user.access.may(CHANGE),
    }
    return render(request, "trade/events/list.html", context)


def found(request: Request, pk: int, capability: str = SEE) -> Event:
    """Return an event that somebody may see, if they may do this with it."""
    row = get_object_or_404(queries.in_full(request.user), pk=pk)
    check_may(request.user, capability, row.unit)
    return row


@may(SEE)
def event(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    may_change = request.user.access.may(CHANGE, row.unit.path)
    places = queries.places(row)
    context = {
        "row": row,
        "standing": standing(row),
        "places": places,
        "editions": queries.editions(row),
        "counts": _counts(queries.states(row)),
        "pages": [(thing, page_of(thing)) for thing in (row.programme, row.call) if thing],
        "ways": queries.ways(row, request.user),
        "registers": rules.registers(row, at=clock.now()),
        "may_change": may_change,
        "why_closed": why_not(rules.check_changeable, row),
        "steps": _steps(row) if may_change else [],
        "catalogue": row.catalogue_since and not row.voided_at,
        "why_not_confirm": why_not(
            rules.check_results, row, confirmed=row.results_since is None, reason="–"
        ),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/events/page.html", context)


def _counts(by_side: dict[str, dict[str, int]]) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """Return each state that somebody is in, with how many of each side."""
    rows = [
        (
            one.value,
            str(one.label),
            [(side, own.get(one.value, 0)) for side, own in by_side.items()],
        )
        for one in Participant.State
    ]
    return [row for row in rows if any(n for _side, n in row[2])]


def _steps(row: Event) -> list[tuple[str, Any, str]]:
    """Return where the event can go: address, words, and why that is not possible now."""
    address = reverse("event-step", args=[row.pk])
    found = []
    for state in rules.steps(row):
        # What asks for a reason is refused on its own page, not here.
        why = why_not(rules.check_step, row, state, "–", on=clock.today())
        words = _("Take the step back") if rules.is_back(row, state) else WORDS[State(state)]
        found.append((f"{address}?state={state}", words, why))
    return found


@may(SEE)
def event_options(request: Request) -> HttpResponse:
    text = request.GET.get(request.GET.get("field", ""), "")
    rows = queries.meant(queries.seen_by(request.user), text)[:20] if len(text) > 1 else []
    labels = [pick_label(row) for row in rows]
    return render(request, "web/options.html", {"labels": labels})


@may(CHANGE)
def event_new(request: Request) -> HttpResponse:
    form = forms.EventForm(posting.typed(request), user=request.user)
    unit = home_unit(request.user, CHANGE)
    return posting.run(
        request,
        form,
        "trade/events/form.html",
        lambda values: actions.add(unit, values, by=request.user, at=clock.now()),
        context={"heading": _("Plan an event"), "row": None},
        done=_("The event is planned. Add its places next."),
    )


@may(CHANGE)
def event_edit(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    form = forms.EventForm(
        posting.typed(request), user=request.user, row=row, initial=forms.edited(row)
    )
    return posting.run(
        request,
        form,
        "trade/events/form.html",
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        context={"heading": _("Change the event"), "row": row},
    )


@may(CHANGE)
def event_step(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    asked = request.GET.get("state", "")
    form = forms.StepForm(posting.typed(request), row=row, initial={"state": asked})
    words = WORDS.get(State(asked)) if asked in State.values else None
    return small.run(
        request,
        form,
        lambda values: actions.move(row, **values, by=request.user, at=clock.now()),
        Page(words or _("Next step of the event"), row),
        done=_("The event has moved on."),
    )


@may(CHANGE)
def event_copy(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    return posting.run(
        request,
        forms.CopyForm(posting.typed(request), initial=forms.next_edition(row)),
        "web/small_form.html",
        lambda values: actions.copy(row, values, by=request.user, at=clock.now()),
        context={
            "row": row,
            "page": Page(
                _("Plan the next edition"),
                row,
                explained=_(
                    "Places, half-days and interpreters come along, so many days later. "
                    "Participants are asked anew."
                ),
                save=_("Plan it"),
            ),
        },
        done=_("The next edition is planned from this one. Look through its places."),
    )


@may(CHANGE)
def event_catalogue(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    opened = row.catalogue_since is None
    heading = _("Open the catalogue") if opened else _("Close the catalogue")
    return small.run(
        request,
        Form(posting.typed(request)),
        lambda _values: actions.show_catalogue(row, opened=opened, by=request.user, at=clock.now()),
        Page(
            heading,
            row,
            explained=_(
                "Everybody can then read which companies exhibit, and their products. People and "
                "buyers are never shown."
            )
            if opened
            else _("The public page then says that there is no such catalogue."),
            save=heading,
        ),
    )


@may(CHANGE)
def event_results_confirm(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    confirmed = row.results_since is None
    heading = _("Confirm the results") if confirmed else _("Open the results again")
    return small.run(
        request,
        Form(posting.typed(request)) if confirmed else ReasonForm(posting.typed(request)),
        lambda values: actions.confirm_results(
            row, **values, confirmed=confirmed, by=request.user, at=clock.now()
        ),
        Page(
            heading,
            row,
            explained=_("From then on companies correct nothing of what they sent; you still can.")
            if confirmed
            else _("Companies can then correct again what they sent."),
            save=heading,
        ),
    )


@may(CHANGE)
def event_void(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)

    def void(values: dict[str, Any]) -> None:
        actions.void(row, **values, by=request.user, at=clock.now())

    return posting.run(
        request,
        ReasonForm(posting.typed(request)),
        "web/small_form.html",
        void,
        context={"row": row, "page": Page(_("Entered by mistake"), row, save=_("Take it out"))},
        to=reverse("events"),
    )
