"""Activities, attendance and outcomes as programs read and write them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import activities as actions
from gyoryu.programmes.forms import activities as forms
from gyoryu.programmes.forms.reviews import ReasonForm
from gyoryu.programmes.models import Activity, Application, Outcome
from gyoryu.programmes.queries import activities as queries
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE, WHO = "programmes.view", "programmes.change", "programmes.applicants"
desk = Desk(_("Activities and outcomes"))


class ActivityRow(Shape):
    """A training, mentoring, workshop or presentation day."""

    id: int
    name: str
    kind: Activity.Kind
    programme: Named
    call: Named | None
    title_ko: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    place: str
    led_by: str
    cancelled_reason: str

    @staticmethod
    def resolve_name(row: Activity) -> str:
        """Return the title in the language asked for."""
        return str(row)


class OutcomeRow(Shape):
    """What came of a supported application."""

    id: int
    application: Named
    kind: Outcome.Kind
    amount: Decimal | None
    on: date
    reason: str
    voided_at: datetime | None
    voided_reason: str


class KindRow(Shape):
    """The activities of a kind: of those whose sheet was noted, who came and how it was."""

    kind: str
    activities: int
    expected: int
    present: int
    rate: str | None
    rating: str | None
    rated: int


class CountRow(Shape):
    """How many of a kind."""

    kind: str
    count: int


class SumRow(Shape):
    """The figures of a kind; never added to those of another."""

    kind: str
    entries: int
    sum: str


class ReportShape(Shape):
    """What came of a programme."""

    programme: Named
    supported: int
    people: int
    activities: list[KindRow]
    adoption: list[CountRow]
    undecided: int
    figures: list[SumRow]


def _seen(call: Call) -> Activity:
    return get_object_or_404(queries.seen_by(call.user), pk=call.pk)


def _own(call: Call) -> Activity:
    row = _seen(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _with_people(call: Call) -> Activity:
    row = _own(call)
    check_may(call.user, WHO, row.unit)
    return row


def _application(call: Call) -> Application:
    rows = visible(Application.objects.filter(voided_at=None), call.user, WHO)
    row = get_object_or_404(rows.select_related("unit"), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _outcome(call: Call) -> Outcome:
    row = get_object_or_404(queries.outcomes_seen(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _report(call: Call) -> Any:
    rows = queries.programmes(call.user)
    found = queries.report(get_object_or_404(rows, pk=call.pk))
    return {
        "programme": found.programme,
        "supported": found.supported,
        "people": found.people,
        "activities": [
            {
                "kind": kind,
                "activities": n,
                "expected": came.expected,
                "present": came.present,
                "rate": None if came.rate is None else str(came.rate),
                "rating": None if came.rating is None else str(came.rating),
                "rated": came.rated,
            }
            for kind, n, came in found.by_kind
        ],
        "adoption": [{"kind": kind, "count": n} for kind, n in found.adoption],
        "undecided": found.undecided,
        "figures": [
            {"kind": kind, "entries": n, "sum": str(total)} for kind, n, total in found.amounts
        ],
    }


def _attendance_form(call: Call) -> forms.AttendanceForm:
    return forms.AttendanceForm(rows=queries.sheet(call.row) if call.row else [])


def _note(call: Call, form: Any) -> Activity:
    actions.note_attendance(call.row, form.noted(), **call.who)
    row: Activity = call.row
    return row


desk.lists("activities", _("Activities"), ActivityRow, forms.activity_listing, may=VIEW)
desk.writes(
    "activities", _("Plan an activity"), lambda call: forms.ActivityForm(user=call.user),
    lambda call, form: actions.plan(form.within().unit, form.values(), **call.who),
    may=CHANGE, creates="activities",
)  # fmt: skip
desk.shows("activities/{pk}", _("Activity"), ActivityRow, _seen, may=VIEW)
desk.writes(
    "activities/{pk}", _("Change the activity"),
    lambda call: forms.ActivityForm(
        user=call.user, row=call.row or Activity(),
        initial=forms.edited(call.row) if call.row else None,
    ),
    lambda call, form: actions.change(call.row, form.values(), **call.who),
    may=CHANGE, find=_own, method="PATCH",
)  # fmt: skip
desk.writes(
    "activities/{pk}/cancel", _("Cancel the activity"), ReasonForm,
    lambda call, form: actions.cancel(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "activities/{pk}/attendance", _("Attendance sheet"), _attendance_form, _note,
    may=CHANGE, find=_with_people,
)  # fmt: skip
desk.lists("outcomes", _("Outcomes of support"), OutcomeRow, forms.outcome_listing, may=WHO)
desk.writes(
    "applications/{pk}/outcomes", _("Note an outcome"), forms.OutcomeForm,
    lambda call, form: actions.note_outcome(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_application,
)  # fmt: skip
desk.writes(
    "outcomes/{pk}/void", _("Take an outcome back"), ReasonForm,
    lambda call, form: actions.void_outcome(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_outcome,
)  # fmt: skip
desk.shows("programmes/{pk}/outcomes", _("Activities and outcomes"), ReportShape, _report, may=VIEW)
