"""The screens of who takes part: an event's list, a participant's page and its steps."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.parties.actions import organisations
from gyoryu.programmes.forms.reviews import ReasonForm
from gyoryu.trade import harmonised
from gyoryu.trade.actions import participants as actions
from gyoryu.trade.forms import availability
from gyoryu.trade.forms import participants as forms
from gyoryu.trade.models import Event, Participant
from gyoryu.trade.queries import events, links
from gyoryu.trade.queries import participants as queries
from gyoryu.trade.rules import events as event_rules
from gyoryu.trade.rules import languages
from gyoryu.trade.rules import participants as rules
from gyoryu.web import clock, export, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE, WHO = "trade.view", "trade.change", "programmes.applicants"
Side, State = Participant.Side, Participant.State
TONES = {
    State.INVITED: ("soon", "clock"),
    State.REGISTERED: ("live", "hand"),
    State.CONFIRMED: ("live", "done"),
    State.DECLINED: ("quiet", "x"),
    State.WITHDRAWN: ("quiet", "stop"),
}
WORDS = {
    State.REGISTERED: gettext_lazy("Note that it registers"),
    State.CONFIRMED: gettext_lazy("Confirm its place"),
    State.DECLINED: gettext_lazy("Note that it declines"),
    State.WITHDRAWN: gettext_lazy("Note that it withdraws"),
}


def standing(row: Participant) -> dict[str, Any]:
    """Return how a participant stands, as a chip shows it."""
    tone, symbol = TONES[State(row.state)]
    words = row.get_state_display()
    if row.state == State.INVITED and row.invited_at is None:
        words, symbol = _("To be invited"), "edit"
    return {"tone": tone, "symbol": symbol, "words": words}


def _region(row: Participant) -> str:
    return str(row.organisation.region or "")


COLUMNS = [
    export.Column(gettext_lazy("Side"), lambda row: row.get_side_display()),
    export.Column(gettext_lazy("Organisation"), lambda row: str(row.organisation)),
    export.Column(gettext_lazy("Name in English"), lambda row: row.organisation.name_en),
    export.Column(gettext_lazy("Country"), _region),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Booth"), lambda row: row.booth),
    export.Column(gettext_lazy("Products"), lambda row: row.n_exhibits),
    export.Column(
        gettext_lazy("HS codes"), lambda row: ", ".join(map(harmonised.written, row.hs_codes))
    ),
    export.Column(gettext_lazy("Languages"), lambda row: languages.told(row.languages)),
    export.Column(gettext_lazy("Interests"), lambda row: row.interests),
    export.Column(gettext_lazy("Meetings at most"), lambda row: row.most),
]
# Only for those who write to them.
CONTACT = [
    export.Column(gettext_lazy("Contact person"), lambda row: row.contact_name),
    export.Column(gettext_lazy("E-mail"), lambda row: row.contact_email),
]


def event_of(request: Request, pk: int, capability: str = SEE) -> Event:
    """Return an event that somebody may see, if they may do this with it."""
    row = get_object_or_404(events.in_full(request.user), pk=pk)
    check_may(request.user, capability, row.unit)
    return row


def found(request: Request, pk: int, capability: str = SEE) -> Participant:
    """Return a participant that somebody may see, if they may do this with it."""
    row = get_object_or_404(queries.seen_by(request.user), pk=pk)
    check_may(request.user, capability, row.unit)
    return row


@may(SEE)
def participants(request: Request, pk: int) -> Any:
    of = get_object_or_404(events.with_call(request.user), pk=pk)
    check_may(request.user, SEE, of.unit)
    listing = forms.participant_listing(request, clock.today(), of)
    may_change = request.user.access.may(CHANGE, of.unit.path)
    sheet = export.Sheet(
        _("Participants"), COLUMNS + (CONTACT if may_change else []), queries.dressed
    )
    if file := export.asked(request, listing.chosen, sheet):
        return file
    for row in listing.page:
        row.standing = standing(row)
    context = {
        "listing": listing,
        "heading": _("Participants"),
        "row": of,
        "may_change": may_change and not why_not(event_rules.check_not_over, of),
        "letters": queries.letters(of) if may_change else None,
        "why_no_take_over": why_not(rules.check_may_take_over, of, request.user),
    }
    return render(request, "trade/participants/list.html", context)


@may(SEE)
def participant(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk)
    may_change = request.user.access.may(CHANGE, row.unit.path)
    half_days = list(events.half_days(row.event))
    away = events.away(row.absences.all())
    context = {
        "row": row,
        "of": row.event,
        "standing": standing(row),
        "exhibits": list(queries.exhibits(row)) if row.side == Side.EXHIBITOR else [],
        "times": [_time(one, away.get(one.pk, set())) for one in half_days],
        "languages": languages.told(row.languages),
        "codes": list(map(harmonised.written, row.hs_codes)),
        "may_change": may_change,
        "why_closed": why_not(rules.check_changeable, row),
        "why_not_invite": why_not(rules.check_invite, row),
        "steps": _steps(row) if may_change else [],
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/participants/page.html", context)


def _time(half_day: Any, gone: set[int]) -> tuple[Any, list[tuple[str, bool]]]:
    """Return a half-day with its slots: when each begins, and whether the participant is there."""
    slots = events.slots(half_day)
    return half_day, [(at, slot not in gone and 0 not in gone) for slot, at in slots]


def _steps(row: Participant) -> list[tuple[str, Any]]:
    address = reverse("participant-step", args=[row.pk])
    words = {**WORDS}
    if row.state in {State.WITHDRAWN, State.DECLINED}:
        words[State.CONFIRMED] = gettext_lazy("It comes after all")
    return [(f"{address}?state={one}", words[State(one)]) for one in rules.steps(row)]


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.user, "at": clock.now()}


def _list_of(row: Event) -> tuple[Any, str]:
    return _("Participants"), reverse("event-participants", args=[row.pk])


@may(CHANGE)
def participant_new(request: Request, pk: int, side: str) -> HttpResponse:
    of = event_of(request, pk, CHANGE)
    form = forms.NewParticipantForm(posting.typed(request), side=side)

    def add(_values: dict[str, Any]) -> Participant:
        known = form.cleaned_data["organisation"] or organisations.add_organisation(
            of.unit, form.new, **_who(request)
        )
        return actions.add(of, side, known, form.values(), **_who(request))

    heading = _("Add an exhibitor") if side == Side.EXHIBITOR else _("Add a buyer")
    page = Page(heading, above=_list_of(of), explained=str(of))
    context = {"page": page, "row": None}
    return posting.run(
        request, form, "trade/events/small_groups.html", add, context=context, done=_("Added.")
    )


@may(CHANGE)
def take_over(request: Request, pk: int) -> HttpResponse:
    of = event_of(request, pk, CHANGE)
    rules.check_may_take_over(of, request.user)
    waiting = list(queries.to_take_over(of))
    n = len(waiting)
    words = ngettext(
        "%(n)d company that the call “%(call)s” has selected does not exhibit yet.",
        "%(n)d companies that the call “%(call)s” has selected do not exhibit yet.",
        n,
    )
    return posting.run(
        request,
        Form(posting.typed(request)),
        "trade/participants/take_over.html",
        lambda _values: actions.take_over(of, **_who(request)),
        context={
            "row": None,
            "waiting": waiting,
            "page": Page(
                _("Take over exhibitors"),
                above=_list_of(of),
                explained=words % {"n": n, "call": of.call},
                save=_("Take them over"),
            ),
        },
        to=f"{reverse('event-participants', args=[of.pk])}?tab=exhibitors",
        done=_("They exhibit. Their people get a letter."),
    )


@may(CHANGE)
def participant_edit(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    form = forms.ParticipantForm(posting.typed(request), side=row.side, initial=forms.edited(row))
    return small.run(
        request,
        form,
        lambda values: actions.change(row, values, **_who(request)),
        Page(_("Change the participant"), row),
        template="trade/events/small_groups.html",
    )


@may(CHANGE)
def participant_step(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    asked = request.GET.get("state", "")
    words = WORDS.get(State(asked)) if asked in State.values else None
    return small.run(
        request,
        forms.StepForm(posting.typed(request), row=row, initial={"state": asked}),
        lambda values: actions.move(row, **values, **_who(request)),
        Page(words or _("Next step of the participant"), row),
    )


@may(CHANGE)
def participant_void(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    return posting.run(
        request,
        ReasonForm(posting.typed(request)),
        "web/small_form.html",
        lambda values: actions.void(row, **values, **_who(request)),
        context={"row": row, "page": Page(_("Entered by mistake"), row, save=_("Take it out"))},
        to=reverse("event-participants", args=[row.event_id]),
    )


@may(CHANGE)
def participant_times(request: Request, pk: int) -> HttpResponse:
    row = found(request, pk, CHANGE)
    form = availability.availability_of(row, posting.typed(request))
    return small.run(
        request,
        form,
        lambda _values: actions.set_absences(row, form.absences(), **_who(request)),
        Page(_("When it can be met"), row, at="#times", explained=availability.ABOUT),
        template="trade/participants/times_form.html",
    )


def site_address(row: Participant) -> str:
    """Return a participant's link in full, as it is handed over."""
    return f"{settings.SITE_ADDRESS}{links.address_of(row)}"
