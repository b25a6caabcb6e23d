"""The screens of settlements: the awardee's report, the desk's page, money that comes back."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gyoryu.accounts.rules import check_may
from gyoryu.history import queries as history
from gyoryu.programmes.actions import settlement as actions
from gyoryu.programmes.forms import settlement as forms
from gyoryu.programmes.models import Award, Recovery, Report
from gyoryu.programmes.queries import settlement as queries
from gyoryu.programmes.rules import settlement as rules
from gyoryu.programmes.sheets import settlement as sheets
from gyoryu.web import clock, export, pdf, posting, records, small
from gyoryu.web.access import Request, may, signed_in
from gyoryu.web.small import Page

LATER = timedelta(days=30)
RECOVERIES = [
    export.Column(gettext_lazy("Award number"), lambda row: row.award.number),
    export.Column(gettext_lazy("Awarded to"), lambda row: row.award.name),
    export.Column(gettext_lazy("Kind"), lambda row: row.get_kind_display()),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Asked for on"), lambda row: row.asked_on),
    export.Column(gettext_lazy("Due"), lambda row: row.due_on),
    export.Column(gettext_lazy("Amount (KRW)"), lambda row: row.amount),
    export.Column(gettext_lazy("Interest (KRW)"), lambda row: row.interest),
    export.Column(gettext_lazy("Returned (KRW)"), lambda row: row.returned),
    export.Column(gettext_lazy("Interest returned (KRW)"), lambda row: row.returned_interest),
    export.Column(gettext_lazy("Reason"), lambda row: row.reason),
    export.Column(gettext_lazy("Legal basis"), lambda row: row.legal_basis),
]


@may("programmes.applicants")
def settlements(request: Request) -> Any:
    listing = forms.settlement_listing(request, clock.today())
    sheet = export.Sheet("settlements", sheets.NATIONAL, queries.with_sums)
    if file := export.asked(request, listing.chosen, sheet, clock.today()):
        return file
    context = {"listing": listing, "heading": _("Settlements")}
    return render(request, "programmes/settlement/list.html", context)


def _award(request: Request, pk: int) -> Award:
    return get_object_or_404(queries.awards(request.user), pk=pk)


@may("programmes.applicants")
def settlement(request: Request, pk: int) -> HttpResponse:
    row = _award(request, pk)
    report = getattr(row, "report", None)
    access, path = request.user.access, row.unit.path
    context = {
        "row": row,
        "report": report,
        "headings": queries.headings(row),
        "cuts": queries.cuts(row),
        "recoveries": list(row.recoveries.all()),
        "may_write": access.may("programmes.change", path),
        "may_judge": access.may("programmes.approve_money", path),
        "may_release": access.may("programmes.approve", path),
        "may_pay": access.may("programmes.pay", path),
        "why_no_report": records.why_not(rules.check_can_write, row, report),
        "why_not_settled": records.why_not(rules.check_settle, row, report, queries.owed(row)),
        "rest": row.ceiling.limit - max(row.ceiling.committed, row.ceiling.out),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "programmes/settlement/page.html", context)


@may("programmes.applicants")
def settlement_xlsx(request: Request, pk: int) -> HttpResponse:
    row = _award(request, pk)
    reply = HttpResponse(sheets.workbook(row), content_type=export.XLSX)
    reply["Content-Disposition"] = f'attachment; filename="settlement-{row.number}.xlsx"'
    return reply


@may("programmes.applicants")
def settlement_pdf(request: Request, pk: int) -> HttpResponse:
    row = _award(request, pk)
    language = (get_language() or "ko")[:2]
    made = pdf.typeset(sheets.TEMPLATE, sheets.printed(row), language=language)
    return pdf.answer(f"settlement-{row.number}", made)


def _key(form: Any) -> str:
    """The key of a movement is the post's: sent twice, it moves money once."""
    return str(form.post_key)


def _to(request: Request, pk: int, capability: str) -> Award:
    row = _award(request, pk)
    check_may(request.user, capability, row.unit)
    return row


def _page(heading: str, row: Award, explained: str = "") -> Page:
    above = (f"{_('Settlement')} {row.number}", reverse("settlement", args=[row.pk]))
    return Page(heading, above=above, explained=explained)


@may("programmes.change")
def settlement_report(request: Request, pk: int) -> HttpResponse:
    """What an awardee sent in on paper, typed in at the desk."""
    return _report(request, _to(request, pk, "programmes.change"), "settlement")


@signed_in
def my_report(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.own(request.user), pk=pk)
    return _report(request, row, "my-report")


def _report(request: Request, row: Award, name: str) -> HttpResponse:
    report = getattr(row, "report", None)
    why = records.why_not(rules.check_can_write, row, report)
    context = {"row": row, "report": report, "received": row.ceiling.out, "name": name,
               "recoveries": list(row.recoveries.all()), "why": why}  # fmt: skip
    if why:
        template = "programmes/settlement/report_closed.html"
        return render(request, template, context, status=403 if request.method == "POST" else 200)
    handing = "keep" not in request.POST
    act = actions.submit if handing else actions.write
    return posting.run(
        request,
        forms.ReportForm(posting.typed(request), initial=forms.begun(report)),
        "programmes/settlement/report.html",
        lambda values: act(row, values, by=request.user, at=clock.now()),
        context=context,
        done=_("The report is handed in.") if handing else _("Kept. It is not handed in yet."),
        to=reverse(name, args=[row.pk]),
    )


@may("programmes.change")
def report_return(request: Request, pk: int) -> HttpResponse:
    row = _to(request, pk, "programmes.change")
    report = get_object_or_404(Report.objects.select_related("award__unit"), award=row)
    rules.check_submitted(report)
    return small.act_on(
        request,
        report,
        forms.ReturnForm,
        actions.send_back,
        _page(_("Return the report for completion"), row),
        done=_("The report is returned. The awardee was told."),
    )


@may("programmes.approve_money")
def report_accept(request: Request, pk: int) -> HttpResponse:
    row = _to(request, pk, "programmes.approve_money")
    report = get_object_or_404(Report.objects.select_related("award__unit"), award=row)
    rules.check_submitted(report)
    left = _("%(unused)s KRW left over and %(interest)s KRW of interest will be asked back.") % {
        "unused": f"{report.unused:,}", "interest": f"{report.interest:,}",
    }  # fmt: skip
    initial = {"due_on": clock.today() + LATER}
    return small.run(
        request,
        forms.AcceptForm(posting.typed(request), initial=initial),
        lambda values: actions.accept(report, **values, by=request.user, at=clock.now()),
        _page(_("Find the report in order"), row, left),
        done=_("The report is in order."),
    )


@may("programmes.approve_money")
def recovery_ask(request: Request, pk: int) -> HttpResponse:
    row = _to(request, pk, "programmes.approve_money")
    form = forms.AskForm(posting.typed(request), initial={"due_on": clock.today() + LATER})
    left = row.ceiling.out - queries.asked(row)
    told = _("%(left)s KRW was paid out, has not come back and is not asked for yet.")
    return small.run(
        request,
        form,
        lambda _values: actions.ask_back(row, form.asking(), by=request.user, at=clock.now()),
        _page(_("Ask money back"), row, told % {"left": f"{left:,}"}),
        done=_("The money is asked back. The awardee was told."),
    )


@may("programmes.approve")
def settlement_release(request: Request, pk: int) -> HttpResponse:
    row = _to(request, pk, "programmes.approve")
    rest = row.ceiling.limit - max(row.ceiling.committed, row.ceiling.out)
    rules.check_release(row, rest)
    form = forms.ReasonForm(posting.typed(request))
    told = _("%(rest)s KRW of this award goes back to its call.") % {"rest": f"{rest:,}"}
    return small.run(
        request,
        form,
        lambda values: actions.release(
            row,
            **values,
            key=_key(form),
            by=request.user,
            at=clock.now(),
        ),
        _page(_("Release what is left"), row, told),
        done=_("What was left is free for others."),
    )


@may("programmes.approve_money")
def settlement_settle(request: Request, pk: int) -> HttpResponse:
    row = _to(request, pk, "programmes.approve_money")
    rules.check_settle(row, getattr(row, "report", None), queries.owed(row))
    return small.run(
        request,
        forms.NoForm(posting.typed(request)),
        lambda _values: actions.settle(row, by=request.user, at=clock.now()),
        _page(_("Close the settlement"), row),
        done=_("The award is settled."),
    )


@may("programmes.applicants")
def recoveries(request: Request) -> Any:
    listing = forms.recovery_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, export.Sheet("recoveries", RECOVERIES)):
        return file
    context = {"listing": listing, "heading": _("Money asked back")}
    return render(request, "programmes/settlement/recoveries.html", context)


def _recovery(request: Request, pk: int, capability: str) -> Recovery:
    row = get_object_or_404(queries.recoveries(request.user), pk=pk)
    check_may(request.user, capability, row.award.unit)
    rules.check_open(row)
    return row


@may("programmes.pay")
def recovery_take_in(request: Request, pk: int) -> HttpResponse:
    row = _recovery(request, pk, "programmes.pay")
    initial = {"amount": row.amount - row.returned, "on": clock.today(),
               "interest": row.interest - row.returned_interest}  # fmt: skip
    form = forms.TakeInForm(posting.typed(request), initial=initial)
    return small.run(
        request,
        form,
        lambda values: actions.take_in(
            row,
            **values,
            key=_key(form),
            by=request.user,
            at=clock.now(),
        ),
        _page(_("Note money that came back"), row.award),
        done=_("Noted."),
    )


@may("programmes.approve_money")
def recovery_waive(request: Request, pk: int) -> HttpResponse:
    row = _recovery(request, pk, "programmes.approve_money")
    return small.act_on(
        request,
        row,
        forms.ReasonForm,
        actions.waive,
        _page(_("Let go of the rest"), row.award),
        done=_("Nothing more is asked back here."),
    )
