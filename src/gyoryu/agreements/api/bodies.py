"""Consultative bodies and their sessions."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import bodies as actions
from gyoryu.agreements.forms import bodies as forms
from gyoryu.agreements.models import Agreement, Body, Engagement
from gyoryu.agreements.queries import bodies as queries
from gyoryu.agreements.rules import bodies as rules
from gyoryu.web.calls import Call, Desk, Named, PeriodText, Shape

VIEW, CHANGE = "agreements.view", "agreements.change"
LIST = "bodies"
desk = Desk(_("Consultative bodies"))


class BodyLine(Shape):
    """A consultative body."""

    id: int
    name_ko: str
    name_en: str
    agreement: Named
    lead_ours: Named | None
    lead_theirs: Named | None
    cadence_months: int
    founded_on: date | None
    next_due_on: date | None
    ended_on: date | None


class BodyRow(BodyLine):
    """A body in the list, with its sessions held and the day of the last."""

    held: int
    last_on: date | None


class SessionLine(Named):
    """A session of a body."""

    session_number: int | None
    state: Engagement.State
    when: PeriodText


class BodyPage(BodyLine):
    """All that a body says of itself, its sessions and what it has still to do."""

    unit: Named
    owner: Named | None
    areas: list[Named]
    ended_reason: str
    sessions: list[SessionLine]
    commitments: list[Named]


def _found(call: Call) -> Any:
    """Return a body; what was promised in it and where it met as far as the caller may see it."""
    row = get_object_or_404(queries.in_full(call.user), pk=call.pk)
    told = {name: getattr(row, name) for name in BodyPage.model_fields if name not in _TIED}
    told["areas"] = list(row.areas.all())
    told["sessions"] = list(queries.sessions(row, call.user))
    told["commitments"] = list(queries.open_commitments(row, call.user))
    return told


_TIED = {"areas", "sessions", "commitments"}


def _agreement(call: Call) -> Agreement:
    rows = visible(Agreement.objects.filter(voided_at=None), call.user, VIEW)
    row = get_object_or_404(rows.select_related("unit"), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    rules.check_can_found(row)
    return row


def _own(call: Call) -> Body:
    named = ("unit", "agreement", "lead_ours", "lead_theirs", "owner")
    row = get_object_or_404(queries.seen(call.user).select_related(*named), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _standing(call: Call) -> Body:
    row = _own(call)
    rules.check_not_ended(row)
    return row


def _meeting(call: Call) -> Body:
    row = _own(call)
    rules.check_can_hold(row)
    return row


def _new(call: Call) -> Any:
    return forms.BodyForm(user=call.user, initial={"owner": call.user})


def _edit(call: Call) -> Any:
    row = call.row
    return forms.BodyForm(user=call.user, row=row, initial=row and forms.edited(row))


def _session(call: Call) -> Any:
    number = (lambda: queries.next_number(call.row)) if call.row else None
    return forms.SessionForm(initial={"session_number": number})


desk.lists(LIST, _("Consultative bodies"), BodyRow, forms.body_listing, may=VIEW)
desk.shows("bodies/{pk}", _("Consultative body"), BodyPage, _found, may=VIEW)
desk.writes(
    "agreements/{pk}/bodies", _("New consultative body"), _new,
    lambda call, form: actions.found(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_agreement, creates=LIST,
)  # fmt: skip
desk.writes(
    "bodies/{pk}", _("Edit the body"), _edit,
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_standing, method="PATCH",
)  # fmt: skip
desk.writes(
    "bodies/{pk}/sessions", _("Record a session"), _session,
    lambda call, form: actions.hold_session(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_meeting, creates="engagements",
)  # fmt: skip
desk.writes(
    "bodies/{pk}/end", _("End the body"), forms.EndForm,
    lambda call, form: actions.end(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_standing,
)  # fmt: skip
