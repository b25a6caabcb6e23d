"""Overseas business centres, enquiries and leads in the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import centres as actions
from gyoryu.trade.actions import enquiries as asking
from gyoryu.trade.actions import leads as finding
from gyoryu.trade.forms import centres as forms
from gyoryu.trade.forms import enquiries as asked
from gyoryu.trade.forms import leads as found
from gyoryu.trade.models import Centre, Enquiry, Lead
from gyoryu.trade.queries import centres as queries
from gyoryu.trade.queries import enquiries, leads
from gyoryu.trade.rules import enquiries as rules
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE, DEALINGS = "trade.view", "trade.change", "trade.dealings"
desk = Desk(_("Business centres, enquiries and leads"))


class CentreRow(Shape):
    """An overseas business centre; ``answers_in`` counts working days, weekends left out."""

    id: int
    name: str
    name_ko: str
    name_en: str
    region: Named | None
    operator: Named | None
    address: str
    services: list[str]
    answers_in: int
    asked_by_all: bool
    opened_on: date
    closed_on: date | None
    closed_reason: str

    @staticmethod
    def resolve_name(row: Centre) -> str:
        """Return the name in the language asked for."""
        return str(row)


class EnquiryRow(Shape):
    """A question to a centre. Who asks is not told here: names were given for an answer alone."""

    id: int
    number: str
    centre: Named
    organisation: Named | None
    kind: Enquiry.Kind
    origin: Enquiry.Origin
    hs_code: str
    received_at: datetime
    due_on: date
    state: Enquiry.State
    state_since: date
    answered_on: date | None
    in_time: bool | None
    closed_reason: str

    @staticmethod
    def resolve_in_time(row: Enquiry) -> bool | None:
        """Tell whether it was answered in time; nothing while it was not answered."""
        return rules.in_time(row)


class EnquiryPage(EnquiryRow):
    """An enquiry with its words, its answer, and the lead it was matched with."""

    subject: str
    text: str
    answer: str
    lead: Named | None


class LeadRow(Shape):
    """A buyer that a centre found, and what it looks for."""

    id: int
    name: str
    centre: Named
    organisation: Named
    interests: str
    hs_codes: list[str]
    found_on: date
    state: Lead.State
    state_since: date
    state_reason: str

    @staticmethod
    def resolve_name(row: Lead) -> str:
        """Return the buyer's name."""
        return str(row)


class GradeRow(Shape):
    """Deals of one grade in one currency; ``amount`` is null where nobody has said one."""

    grade: str
    currency: str
    deals: int
    amount: Decimal | None


class ResultsShape(Shape):
    """What came of a centre this year, beside what it cost in won; nothing is added to anything."""

    year: int
    cost: int | None
    cost_months: int
    received: int
    answered: int
    in_time: int
    late: int
    open_late: int
    leads: int
    deals: list[GradeRow]


def _centre(call: Call) -> Centre:
    return get_object_or_404(queries.seen_by(call.user), pk=call.pk)


def _own_centre(call: Call) -> Centre:
    row = _centre(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _enquiry(call: Call) -> Enquiry:
    return get_object_or_404(enquiries.seen_by(call.user), pk=call.pk)


def _own_enquiry(call: Call) -> Enquiry:
    row = _enquiry(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _lead(call: Call) -> Lead:
    return get_object_or_404(leads.seen_by(call.user), pk=call.pk)


def _own_lead(call: Call) -> Lead:
    row = _lead(call)
    check_may(call.user, CHANGE, row.unit)
    return row


def _results(call: Call) -> dict[str, Any]:
    row = _centre(call)
    one = queries.results(row, call.today.year, call.today)
    answered = one.enquiries
    counted = ("received", "answered", "in_time", "late", "open_late")
    return {
        "year": one.year,
        "cost": one.cost.total,
        "cost_months": one.cost.months,
        **{name: getattr(answered, name) for name in counted},
        "leads": one.leads,
        "deals": [
            {"grade": line.grade, "currency": line.currency, "deals": line.deals,
             "amount": line.amount}
            for line in one.deals
        ],
    }  # fmt: skip


def _open(call: Call, form: Any) -> Centre:
    values = dict(form.cleaned_data)
    return actions.open_centre(values.pop("unit"), values, **call.who)


def _take_in(call: Call, form: Any) -> Enquiry:
    values = dict(form.cleaned_data)
    centre = form.centres[values.pop("centre")]
    values["received_at"] = form.received_at(values.pop("received_on"), call.now)
    return asking.take_in(centre, values, **call.who)


def _edit_centre(call: Call) -> Any:
    initial = forms.edited(call.row) if call.row else None
    return forms.CentreForm(user=call.user, row=call.row or Centre(), initial=initial)


def _edit_lead(call: Call) -> Any:
    initial = forms.edited(call.row, found.FIELDS) if call.row else None
    return found.LeadForm(user=call.user, row=call.row or Lead(), initial=initial)


desk.lists("centres", _("Business centres"), CentreRow, forms.centre_listing, may=VIEW)
desk.writes(
    "centres", _("Add a centre"), lambda call: forms.CentreForm(user=call.user), _open,
    may=CHANGE, creates="centres",
)  # fmt: skip
desk.shows("centres/{pk}", _("Business centre"), CentreRow, _centre, may=VIEW)
desk.writes(
    "centres/{pk}", _("Change the centre"), _edit_centre,
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own_centre, method="PATCH",
)  # fmt: skip
desk.writes(
    "centres/{pk}/close", _("Close the centre"), forms.CloseForm,
    lambda call, form: actions.close(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own_centre,
)  # fmt: skip
desk.shows("centres/{pk}/results", _("Results of this year"), ResultsShape, _results, may=VIEW)
desk.lists("enquiries", _("Enquiries"), EnquiryRow, asked.enquiry_listing, may=DEALINGS)
desk.writes(
    "enquiries", _("Enter an enquiry"), lambda call: asked.DeskForm(user=call.user), _take_in,
    may=CHANGE, creates="enquiries",
)  # fmt: skip
desk.shows("enquiries/{pk}", _("Enquiry"), EnquiryPage, _enquiry, may=DEALINGS)
desk.writes(
    "enquiries/{pk}/answer", _("Answer the enquiry"), asked.AnswerForm,
    lambda call, form: asking.answer(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own_enquiry,
)  # fmt: skip
desk.writes(
    "enquiries/{pk}/match", _("Match with a buyer lead"),
    lambda call: asked.MatchForm(row=call.row or Enquiry(), user=call.user),
    lambda call, form: asking.match(call.row, form.chosen, **call.who),
    may=CHANGE, find=_own_enquiry,
)  # fmt: skip
desk.writes(
    "enquiries/{pk}/close", _("Close the enquiry"), forms.ReasonForm,
    lambda call, form: asking.close(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own_enquiry,
)  # fmt: skip
desk.lists("leads", _("Buyer leads"), LeadRow, found.lead_listing, may=VIEW)
desk.writes(
    "leads", _("Add a buyer lead"), lambda call: found.LeadForm(user=call.user),
    lambda call, form: finding.add(form.centre, form.values(), **call.who),
    may=CHANGE, creates="leads",
)  # fmt: skip
desk.shows("leads/{pk}", _("Buyer lead"), LeadRow, _lead, may=VIEW)
desk.writes(
    "leads/{pk}", _("Change the lead"), _edit_lead,
    lambda call, form: finding.change(call.row, form.values(), **call.who),
    may=CHANGE, find=_own_lead, method="PATCH",
)  # fmt: skip
desk.writes(
    "leads/{pk}/move", _("The lead's next step"), found.LeadMoveForm,
    lambda call, form: finding.move(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own_lead,
)  # fmt: skip
DESKS: list[Desk] = [desk]
