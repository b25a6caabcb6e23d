"""The screens that amend awards and pay in advance."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import advances, amendments
from gyoryu.programmes.forms import awards as forms
from gyoryu.programmes.models import Advance, Amendment, Award
from gyoryu.programmes.queries import awards as queries
from gyoryu.programmes.rules import awards as rules
from gyoryu.programmes.views.awards import APPROVE, CHANGE, allowed
from gyoryu.web import clock, posting, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not
from gyoryu.web.small import Page

MONEY, PAY = "programmes.approve_money", "programmes.pay"


@may(CHANGE)
def award_amend(request: Request, pk: int) -> HttpResponse:
    """Amend an award at once as an approver, or ask for it as an officer."""
    row = allowed(request, pk, CHANGE)
    approves = request.user.access.may(APPROVE, row.unit.path)
    headings = queries.headings(row)
    form = forms.AmendForm(
        posting.typed(request), headings=headings, voucher=row.kind == Award.Kind.VOUCHER,
        initial={"on": clock.today()},
    )  # fmt: skip

    def amend(values: dict[str, Any]) -> Award:
        act = amendments.amend if approves else amendments.ask
        said = {"reason": values["reason"], "on": values["on"], "key": str(form.post_key)}  # type: ignore[attr-defined]
        act(row, form.change(), **said, by=request.user, at=clock.now())
        return row

    context = {"row": row, "headings": headings, "approves": approves}
    done = _("The award was amended.") if approves else _("The amendment waits for approval.")
    template = "programmes/awards/amend.html"
    return posting.run(request, form, template, amend, context=context, done=done)


@may(APPROVE)
def call_amend(request: Request, pk: int) -> HttpResponse:
    """Amend all awards of a call at once, all of them or none."""
    call = get_object_or_404(queries.calls(request.user).select_related("unit"), pk=pk)
    check_may(request.user, APPROVE, call.unit)
    form = forms.AmendForm(
        posting.typed(request), categories=call.categories.all(), initial={"on": clock.today()}
    )

    def amend(values: dict[str, Any]) -> Any:
        said = {"reason": values["reason"], "on": values["on"], "key": str(form.post_key)}  # type: ignore[attr-defined]
        amendments.amend_call(call, form.change(), **said, by=request.user, at=clock.now())

    count = queries.amendable(call).count()
    back = reverse("call-awards", args=[call.pk])
    return posting.run(
        request,
        form,
        "programmes/awards/amend.html",
        amend,
        context={"call": call, "count": count, "approves": True, "back": back},
        done=_("%(count)d awards were amended.") % {"count": count},
        to=back,
    )


@may(APPROVE)
def amendment_decide(request: Request, pk: int) -> HttpResponse:
    """Approve an amendment that was asked for, or refuse it with a remark."""
    rows = Amendment.objects.filter(award__in=queries.seen(request.user).values("pk"))
    asked = get_object_or_404(rows.select_related("award__unit", "award__ceiling"), pk=pk)
    check_may(request.user, APPROVE, asked.award.unit)
    form = forms.RemarkForm(posting.typed(request))

    def decide(values: dict[str, Any]) -> Award:
        approve = "refuse" not in request.POST
        amendments.decide(asked, approve=approve, **values, by=request.user, at=clock.now())
        return asked.award

    context = {
        "asked": asked,
        "row": asked.award,
        "changes": queries.told_changes(asked, queries.headings(asked.award)),
        "why_not": why_not(rules.check_can_decide, asked, request.user),
    }
    template = "programmes/awards/decide.html"
    return posting.run(request, form, template, decide, context=context, done=_("Decided."))


@may(MONEY)
def award_advance(request: Request, pk: int) -> HttpResponse:
    """Approve a payment in advance."""
    row = allowed(request, pk, MONEY)
    form = forms.AdvanceForm(posting.typed(request))

    def approve(values: dict[str, Any]) -> Award:
        key = str(form.post_key)  # type: ignore[attr-defined]
        advances.approve(row, **values, key=key, by=request.user, at=clock.now())
        return row

    page = Page(
        _("Approve an advance"),
        row,
        explained=_("Somebody else pays it. %(left)s KRW of the award has not gone out yet.")
        % {"left": f"{row.ceiling.limit - row.ceiling.paid - row.ceiling.advanced:,}"},
        save=_("Approve"),
    )
    return small.run(request, form, approve, page)


def _advance(request: Request, pk: int, capability: str) -> Advance:
    rows = Advance.objects.filter(award__in=queries.seen(request.user).values("pk"))
    row = get_object_or_404(rows.select_related("award__unit", "award__ceiling"), pk=pk)
    check_may(request.user, capability, row.award.unit)
    return row


@may(PAY)
def advance_pay(request: Request, pk: int) -> HttpResponse:
    row = _advance(request, pk, PAY)
    return small.run(
        request,
        forms.DayForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: advances.pay(row, **values, by=request.user, at=clock.now()),
        Page(
            _("Advance paid"),
            row.award,
            explained=_("%(amount)s KRW") % {"amount": f"{row.amount:,}"},
            save=_("It was paid"),
        ),
    )


@may(MONEY)
def advance_undo(request: Request, pk: int) -> HttpResponse:
    """Take back the payment of an advance, or its approval while it was not paid."""
    row = _advance(request, pk, MONEY)
    undo = advances.reverse if row.state == Advance.State.PAID else advances.cancel
    page = Page(_("Take the advance back"), row.award)
    return small.act_on(request, row, forms.ReasonForm, undo, page)
