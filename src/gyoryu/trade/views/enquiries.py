"""The pages of enquiries: their list, and what an officer does with one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.trade.actions import enquiries as actions
from gyoryu.trade.forms import enquiries as forms
from gyoryu.trade.forms.centres import ReasonForm, edited, number
from gyoryu.trade.models import Centre, Enquiry
from gyoryu.trade.queries import centres
from gyoryu.trade.queries import enquiries as queries
from gyoryu.trade.rules import enquiries as rules
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.forms import Form
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.dealings", "trade.change"
# Who asks is in no file: a list is passed on, and names and addresses were given for an answer.
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("Centre"), lambda row: str(row.centre)),
    export.Column(gettext_lazy("Kind of enquiry"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("Company"), lambda row: str(row.organisation or row.company_name)),
    export.Column(gettext_lazy("HS code"), lambda row: row.hs_code),
    export.Column(gettext_lazy("Way it came"), lambda row: row.get_origin_display()),
    export.Column(gettext_lazy("Received on"), lambda row: timezone.localtime(row.received_at)),
    export.Column(gettext_lazy("Due"), lambda row: row.due_on),
    export.Column(gettext_lazy("Answered on"), lambda row: row.answered_on),
    export.Column(
        gettext_lazy("Working days late"), lambda row: rules.days_late(row, clock.today())
    ),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
]


@may(SEE)
def enquiries(request: Request) -> Any:
    listing = forms.enquiry_listing(request, clock.today())
    sheet = export.Sheet(_("Enquiries"), COLUMNS)
    return lists.show(
        request,
        listing,
        sheet,
        "trade/centres/enquiries.html",
        _("Enquiries"),
        today=clock.today(),
        may_add=request.user.access.may(CHANGE),
    )


def _found(request: Request, pk: int, capability: str = SEE) -> Enquiry:
    rows = queries.seen_by(request.user).select_related(
        "asked_by", "answered_by", "lead__organisation", "centre__unit"
    )
    return records.found(request, rows, pk, capability)


@may(SEE)
def enquiry(request: Request, pk: int) -> HttpResponse:
    row, today = _found(request, pk), clock.today()
    open_still = row.state in {Enquiry.State.IN, Enquiry.State.ANSWERED}
    context = {
        "row": row,
        "today": today,
        "in_time": rules.in_time(row),
        "late": rules.days_late(row, today),
        "suggested": queries.suggested(row) if open_still else [],
        "codes": queries.codes_of(row),
        "may_change": request.user.access.may(CHANGE, row.unit.path),
        "why_not": {
            state: why_not(rules.check_step, row, state)
            for state in ("answered", "matched", "closed")
        },
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/centres/enquiry.html", context)


@may(CHANGE)
def enquiry_new(request: Request) -> HttpResponse:
    known = centres.seen_by(request.user, CHANGE).filter(pk=number(request.GET.get("centre", "")))
    form = forms.DeskForm(posting.typed(request), user=request.user, row=known.first())
    page = Page(_("Enter an enquiry"), above=(_("Enquiries"), reverse("enquiries")))

    def act(values: dict[str, Any]) -> Enquiry:
        of: Centre = form.centres[values.pop("centre")]
        values["received_at"] = form.received_at(values.pop("received_on"), clock.now())
        return actions.take_in(of, values, by=request.user, at=clock.now())

    return posting.run(
        request, form, "web/small_form.html", act,
        context={"page": page, "row": None}, done=_("The enquiry is entered; its clock runs."),
    )  # fmt: skip


@may(CHANGE)
def enquiry_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.EditForm(
        posting.typed(request), initial=edited(row, ("kind", "organisation", "hs_code"))
    )
    return small.run(
        request,
        form,
        lambda values: actions.change(row, values, by=request.user, at=clock.now()),
        Page(_("Correct the enquiry"), row),
    )


@may(CHANGE)
def enquiry_answer(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(_("Answer the enquiry"), row, save=_("Send the answer"))
    return small.act_on(
        request,
        row,
        forms.AnswerForm,
        actions.answer,
        page,
        template="trade/centres/answer.html",
        done=_("The answer is kept, and sent where there is an address."),
    )


@may(CHANGE)
def enquiry_match(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.MatchForm(
        posting.typed(request), row=row, user=request.user,
        initial={"lead": request.GET.get("lead", "")},
    )  # fmt: skip
    return small.run(
        request,
        form,
        lambda _values: actions.match(row, form.chosen, by=request.user, at=clock.now()),
        Page(_("Match with a buyer lead"), row, save=_("Match")),
        template="trade/centres/match.html",
    )


@may(CHANGE)
def enquiry_close(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(_("Close the enquiry"), row, save=_("Close the enquiry"))
    return small.act_on(request, row, ReasonForm, actions.close, page)


@may(CHANGE)
def enquiry_void(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(
        _("Take the enquiry back"),
        above=(_("Enquiries"), reverse("enquiries")),
        about=row.number,
        explained=_("Only for what was no enquiry, such as one entered twice."),
        save=_("Take back"),
    )
    return small.act_on(request, row, ReasonForm, actions.void, page)


@may(CHANGE)
def enquiry_forget(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(
        _("Forget who asked"),
        row,
        explained=_("The name and the address are deleted; what was asked and answered stays."),
        save=_("Forget who asked"),
    )
    return small.act_on(request, row, Form, actions.forget_asker, page)
