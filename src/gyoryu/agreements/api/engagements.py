"""Engagements: delegations, stops, and what was asked and answered."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import in_language
from gyoryu.accounts.queries import home_unit
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import engagements as actions
from gyoryu.agreements.forms import engagements as forms
from gyoryu.agreements.models import Delegation, Engagement, Participant, Request, Stop
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import engagements as queries
from gyoryu.agreements.rules import engagements as rules
from gyoryu.evidence import queries as evidence
from gyoryu.web.calls import Call, Desk, Named, PeriodText, Shape

VIEW, CHANGE = "agreements.view", "agreements.change"
LIST = "engagements"
desk = Desk(_("Engagements"))


class EngagementLine(Shape):
    """A dated contact."""

    id: int
    kind: Engagement.Kind
    title_ko: str
    title_en: str
    state: Engagement.State
    when: PeriodText
    starts_on: date
    ends_on: date
    region: Named | None
    venue: str
    mode: Engagement.Mode
    initiative: Side
    unit: Named


class EngagementRow(EngagementLine):
    """An engagement in the list, with its first partner and how many there are."""

    partner: str
    partner_count: int

    @staticmethod
    def resolve_partner(row: Any) -> str:
        """Return the partner's name in the language asked for."""
        return row.partner or in_language(row.partner_ko or "", row.partner_en or "")


class ParticipantShape(Shape):
    """A member of a delegation."""

    id: int
    person: Named
    title: str
    head: bool


class DelegationShape(Shape):
    """One side's people."""

    id: int
    side: Side
    organisation: Named | None
    name: str
    size: int | None
    participants: list[ParticipantShape]


class StopShape(Shape):
    """A stop of an itinerary."""

    id: int
    order: int
    on: date | None
    name_ko: str
    name_en: str
    organisation: Named | None
    rating: int | None
    feedback: str


class RequestLine(Shape):
    """What one side asked of the other, and the answer."""

    id: int
    asked_by: Side
    organisation: Named | None
    person: Named | None
    words: str
    due: PeriodText | None
    answered_on: date | None
    answer: str
    owner: Named | None


class RequestRow(RequestLine):
    """A request in the list, with where it was made."""

    engagement: Named


class EngagementPage(EngagementLine):
    """All that an engagement says of itself."""

    agenda: str
    summary: str
    outcomes: str
    owner: Named | None
    body: Named | None
    session_number: int | None
    follows: Named | None
    voided_at: datetime | None
    voided_reason: str
    delegations: list[DelegationShape]
    stops: list[StopShape]
    requests: list[RequestLine]
    areas: list[Named]
    agreements: list[Named]
    documents: list[Named]


_TIED = {"areas", "agreements", "documents"}


def _found(call: Call) -> Any:
    """Return an engagement, with the agreements it touches as far as the caller may see them."""
    row = get_object_or_404(queries.in_full(call.user), pk=call.pk)
    told = {name: getattr(row, name) for name in EngagementPage.model_fields if name not in _TIED}
    for name in ("delegations", "stops", "requests"):
        told[name] = list(told[name].all())
    told["areas"] = list(row.areas.all())
    told["agreements"] = list(queries.agreements_of(row, call.user))
    told["documents"] = list(evidence.of_record(row))
    return told


def _to_change(call: Call) -> Engagement:
    rows = queries.seen(call.user).select_related("unit", "body__agreement", "follows")
    row = get_object_or_404(rows, pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _if(check: Callable[[Engagement], None]) -> Callable[[Call], Engagement]:
    def find(call: Call) -> Engagement:
        row = _to_change(call)
        check(row)
        return row

    return find


PARTS: dict[str, Any] = {
    "delegations": (Delegation, "engagement"),
    "participants": (Participant, "delegation__engagement"),
    "stops": (Stop, "engagement"),
    "requests": (Request, "engagement"),
}


def _part(kind: str, check: Callable[[Any], None] | None = None) -> Callable[[Call], Any]:
    """Return how a part of an engagement is found, by its own number."""

    def find(call: Call) -> Any:
        model, leads = PARTS[kind]
        seen = {f"{leads}__in": queries.seen(call.user)}
        part = get_object_or_404(model.objects.select_related(f"{leads}__unit"), pk=call.pk, **seen)
        engagement = part
        for name in leads.split("__"):
            engagement = getattr(engagement, name)
        check_may(call.user, CHANGE, engagement.unit)
        if check:
            check(part)
        return part

    return find


def _with_own(form: Any, *names: str) -> Callable[[Call], Any]:
    """Return a form that begins with what the record has now."""

    def make(call: Call) -> Any:
        listed = names or tuple(form.base_fields)
        return form(initial=call.row and {name: getattr(call.row, name) for name in listed})

    return make


def _record(call: Call, form: Any) -> Any:
    unit = home_unit(call.user, CHANGE)
    return actions.record(unit, {**form.cleaned_data, "owner": call.user}, **call.who)


def _edit_form(call: Call) -> Any:
    row = call.row or Engagement()
    return forms.EngagementEditForm(
        user=call.user, row=row, initial=call.row and forms.edited(call.row)
    )


def _hold_form(call: Call) -> Any:
    row = call.row
    started = row and {**forms.days_of(row), "summary": row.summary, "outcomes": row.outcomes}
    return forms.HoldForm(initial=started)


def _feedback_form(call: Call) -> Any:
    row = call.row
    started = row and {"rating": str(row.rating or ""), "feedback": row.feedback}
    return forms.FeedbackForm(initial=started)


def _ask(call: Call, form: Any) -> Any:
    values = dict(form.cleaned_data)
    actions.ask_each(call.row, values.pop("organisations"), values, **call.who)


def _untie(call: Call, form: Any) -> Any:
    agreement = call.path["agreement"]
    tied = get_object_or_404(queries.agreements_of(call.row, call.user), pk=agreement)
    return actions.untie(call.row, tied, **form.cleaned_data, **call.who)


desk.lists(LIST, _("Engagements"), EngagementRow, forms.engagement_listing, may=VIEW)
desk.writes(
    LIST, _("New engagement"), lambda call: forms.EngagementForm(user=call.user), _record,
    may=CHANGE, creates=LIST,
)  # fmt: skip
desk.shows("engagements/{pk}", _("Engagement"), EngagementPage, _found, may=VIEW)
desk.writes(
    "engagements/{pk}", _("Edit the engagement"), _edit_form,
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_to_change, method="PATCH",
)  # fmt: skip
desk.writes(
    "engagements/{pk}/hold", _("Note as held"), _hold_form,
    lambda call, form: actions.hold(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_to_change,
)  # fmt: skip
desk.writes(
    "engagements/{pk}/cancel", _("Cancel the engagement"), forms.ReasonForm,
    lambda call, form: actions.cancel(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_if(rules.check_can_cancel),
)  # fmt: skip
desk.writes(
    "engagements/{pk}/void", _("Void the record"), forms.ReasonForm,
    lambda call, form: actions.void(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_to_change,
)  # fmt: skip
desk.writes(
    "engagements/{pk}/agreements", _("Tie an agreement"),
    lambda call: forms.TieForm(user=call.user),
    lambda call, form: actions.tie(call.row, form.cleaned_data["agreement"], **call.who),
    may=CHANGE, find=_to_change,
)  # fmt: skip
desk.writes(
    "engagements/{pk}/agreements/{agreement}/untie", _("Loosen the agreement"), forms.ReasonForm,
    _untie, may=CHANGE, find=_to_change,
)  # fmt: skip
desk.writes(
    "engagements/{pk}/delegations", _("Add a delegation"), forms.DelegationForm,
    lambda call, form: actions.add_delegation(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_to_change,
)  # fmt: skip
desk.writes(
    "delegations/{pk}", _("Change the delegation"), _with_own(forms.DelegationForm),
    lambda call, form: actions.change_delegation(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_part("delegations"), method="PATCH",
)  # fmt: skip
desk.writes(
    "delegations/{pk}/participants", _("Name a participant"), forms.ParticipantForm,
    lambda call, form: actions.add_participant(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_part("delegations"),
)  # fmt: skip
desk.writes(
    "engagements/{pk}/stops", _("Add a stop"), forms.StopForm,
    lambda call, form: actions.add_stop(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_to_change,
)  # fmt: skip
desk.writes(
    "stops/{pk}", _("Change the stop"), _with_own(forms.StopForm),
    lambda call, form: actions.change_stop(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_part("stops"), method="PATCH",
)  # fmt: skip
desk.writes(
    "stops/{pk}/feedback", _("Feedback on a stop"), _feedback_form,
    lambda call, form: actions.give_feedback(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_part("stops"),
)  # fmt: skip
for kind in PARTS:
    desk.writes(
        f"{kind}/{{pk}}/remove", _("Take out"), forms.ReasonForm,
        lambda call, form: actions.remove(call.row, **form.cleaned_data, **call.who),
        may=CHANGE, find=_part(kind),
    )  # fmt: skip
desk.lists("requests", _("Requests"), RequestRow, forms.request_listing, may=VIEW)
desk.writes(
    "engagements/{pk}/requests", _("Note a request"),
    lambda call: forms.RequestForm(user=call.user), _ask, may=CHANGE, find=_to_change,
)  # fmt: skip
desk.writes(
    "requests/{pk}/answer", _("Note the answer"),
    lambda call: forms.AnswerForm(initial={"on": call.today}),
    lambda call, form: actions.answer(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_part("requests", rules.check_can_answer),
)  # fmt: skip
desk.writes(
    "requests/{pk}/reopen", _("Take the answer back"), forms.ReasonForm,
    lambda call, form: actions.reopen(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_part("requests"),
)  # fmt: skip
