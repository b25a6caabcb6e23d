"""Applications of calls as programs of the desk read and screen them; papers go by documents."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.actions import portal as entering
from gyoryu.programmes.actions import screening as actions_of_desk
from gyoryu.programmes.forms import screening as forms
from gyoryu.programmes.forms.applications import WithdrawForm
from gyoryu.programmes.forms.portal import NoForm, ReasonForm
from gyoryu.programmes.models import Application, Finding, Representative
from gyoryu.programmes.queries import applications as queries
from gyoryu.programmes.queries import calls, representatives, screening
from gyoryu.programmes.rules import applications as rules
from gyoryu.programmes.rules import screening as screening_rules
from gyoryu.web.calls import Call, Desk, Named, Shape

SEE, CHANGE = "programmes.applicants", "programmes.change"
Status = Application.Status
desk = Desk(_("Applications"))


class ApplicationRow(Shape):
    """An application that was handed in. Amounts are in won."""

    id: int
    number: str
    call: Named
    track: Named | None
    name: str
    business_number: str
    status: Application.Status
    status_since: date
    status_reason: str
    complete_until: datetime | None
    asked: int | None
    submitted_at: datetime | None
    score: Decimal | None
    rank: int | None
    unit: Named


class FindingShape(Shape):
    """What a condition of the call says of an application, or what an officer has decided."""

    rule: int
    kind: str
    asks: str
    outcome: Finding.Outcome | None
    said: str
    reason: str
    decided_by: Named | None


class MemberShape(Shape):
    """Somebody in a team."""

    name: str
    office: str
    leads: bool


class StepShape(Shape):
    """A change of status, as the applicant reads it."""

    status: Application.Status
    reason: str
    at: datetime


class ApplicationPage(ApplicationRow):
    """All that an application says. ``on_paper`` names the papers that lie in the office."""

    organisation: Named | None
    answers: dict[str, Any]
    members: list[MemberShape]
    conditions: list[FindingShape]
    steps: list[StepShape]
    papers: list[Named]
    on_paper: list[str]

    @staticmethod
    def resolve_conditions(row: Application) -> Any:
        """Return the conditions with what was found."""
        return [
            {
                "rule": one.rule.pk,
                "kind": one.rule.kind,
                "asks": one.asks,
                "outcome": one.finding.outcome if one.finding else None,
                "said": one.said,
                "reason": one.finding.reason if one.finding else "",
                "decided_by": one.finding.decided_by if one.finding else None,
            }
            for one in screening.conditions(row)
        ]

    @staticmethod
    def resolve_papers(row: Application) -> Any:
        """Return the documents that were handed in."""
        return [one.document for one in queries.papers(row)]

    @staticmethod
    def resolve_on_paper(row: Application) -> Any:
        """Return what lies in the office on paper, by its name."""
        return screening.papers_held(row)


class RepresentativeRow(Shape):
    """Somebody who acts for a company."""

    id: int
    organisation: Named
    user: Named
    since: date
    confirmed_at: datetime | None


def _of_call(call: Call) -> Any:
    return get_object_or_404(calls.seen(call.user), pk=call.pk)


def _found(call: Call) -> Application:
    rows = queries.seen_by(call.user).select_related("call", "track", "organisation", "unit")
    return get_object_or_404(rows, pk=call.pk)


def _changeable(call: Call) -> Application:
    row = _found(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _towards(to: str) -> Any:
    def find(call: Call) -> Application:
        row = _changeable(call)
        rules.check_move(row, to, reason="-")
        return row

    return find


def _condition(call: Call) -> Any:
    row = _changeable(call)
    screening_rules.check_can_screen(row)
    found = row.call.rules.filter(pk=call.path["rule"]).first()
    if found is None:
        raise Http404
    return row, found


def _overrule(call: Call, form: Any) -> Any:
    row, rule = call.row
    actions_of_desk.overrule(row, rule, **form.cleaned_data, **call.who)
    return row


def _screen(call: Call, form: Any) -> Any:
    actions_of_desk.screen([call.row], **call.who)
    return call.row


def _acting(call: Call) -> Representative:
    row = get_object_or_404(representatives.standing(call.user), pk=call.pk)
    check_may(call.user, CHANGE)
    return row


desk.lists(
    "applications", _("Applications"), ApplicationRow, forms.application_listing, may=SEE
)  # fmt: skip
desk.lists(
    "calls/{pk}/applications", _("Applications of a call"), ApplicationRow,
    forms.application_listing, may=SEE, find=_of_call,
)  # fmt: skip
desk.shows("applications/{pk}", _("Application"), ApplicationPage, _found, may=SEE)
desk.writes(
    "applications/{pk}/screen", _("Conditions examined"), NoForm, _screen,
    may=CHANGE, find=_changeable,
)  # fmt: skip
desk.writes(
    "applications/{pk}/conditions/{rule}", _("Condition decided by an officer"), forms.OverruleForm,
    _overrule, may=CHANGE, find=_condition,
)  # fmt: skip
desk.writes(
    "applications/{pk}/return", _("Application returned for completion"), forms.ReturnForm,
    lambda call, form: actions_of_desk.return_for_completion(
        call.row, **form.values(), **call.who
    ),
    may=CHANGE, find=_towards(Status.RETURNED),
)  # fmt: skip
desk.writes(
    "applications/{pk}/eligible", _("Found eligible"), forms.PassForm,
    lambda call, form: actions_of_desk.mark_eligible(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_towards(Status.ELIGIBLE),
)  # fmt: skip
desk.writes(
    "applications/{pk}/ineligible", _("Found not eligible"), forms.WhyForm,
    lambda call, form: actions_of_desk.mark_ineligible(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_towards(Status.INELIGIBLE),
)  # fmt: skip
desk.writes(
    "applications/{pk}/withdraw", _("Application withdrawn"), WithdrawForm,
    lambda call, form: actions.withdraw(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_towards(Status.WITHDRAWN),
)  # fmt: skip
desk.lists(
    "representatives", _("Representatives of companies"), RepresentativeRow,
    forms.representative_listing, may=SEE,
)  # fmt: skip
desk.writes(
    "representatives/{pk}/confirm", _("Representative confirmed"), NoForm,
    lambda call, form: entering.confirm(call.row, **call.who), may=CHANGE, find=_acting,
)  # fmt: skip
desk.writes(
    "representatives/{pk}/end", _("Representative ended"), ReasonForm,
    lambda call, form: entering.end(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_acting,
)  # fmt: skip
DESKS = [desk]
