"""Deals at the desk: their list, their way grade by grade, and what is done to them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.history import queries as history
from gyoryu.trade.actions import asking
from gyoryu.trade.actions import deal_steps as steps
from gyoryu.trade.actions import deals as actions
from gyoryu.trade.forms import deals as forms
from gyoryu.trade.models import Deal, DealStep
from gyoryu.trade.queries import confirmations, follow_ups
from gyoryu.trade.queries import deals as queries
from gyoryu.trade.rules import deals as rules
from gyoryu.trade.rules import proofs
from gyoryu.web import clock, export, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import page_of, why_not
from gyoryu.web.small import Page

SEE, CHANGE, VERIFY = rules.SEE, rules.CHANGE, rules.VERIFY
COLUMNS = [
    export.Column(gettext_lazy("Number"), lambda row: row.number),
    export.Column(gettext_lazy("Company"), lambda row: str(row.company)),
    export.Column(gettext_lazy("Buyer"), lambda row: str(row.buyer)),
    export.Column(gettext_lazy("Country"), lambda row: str(row.country or "")),
    export.Column(gettext_lazy("Event"), lambda row: str(row.event or "")),
    export.Column(gettext_lazy("Business centre"), lambda row: str(row.centre or "")),
    export.Column(gettext_lazy("Goods"), lambda row: row.about),
    export.Column(gettext_lazy("HS code"), lambda row: row.hs_code),
    export.Column(gettext_lazy("Grade"), lambda row: row.get_grade_display()),
    export.Column(gettext_lazy("Grade since"), lambda row: row.graded_on),
    export.Column(gettext_lazy("Currency"), lambda row: row.currency),
    export.Column(gettext_lazy("Amount consulted"), lambda row: row.consulted),
    export.Column(gettext_lazy("Amount pursued"), lambda row: row.pursued),
    export.Column(gettext_lazy("Amount signed"), lambda row: row.signed),
    export.Column(gettext_lazy("Verified exports"), lambda row: row.verified),
    export.Column(gettext_lazy("Probability in percent"), lambda row: row.probability),
    export.Column(gettext_lazy("Next step"), lambda row: row.next_step),
    export.Column(gettext_lazy("By when"), lambda row: row.next_due),
    export.Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    export.Column(gettext_lazy("Why it was lost"), lambda row: row.lost_reason),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.unit)),
]


@may(SEE)
def deals(request: Request) -> Any:
    listing = forms.deal_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, export.Sheet(_("Deals"), COLUMNS)):
        return file
    may_add = request.user.access.may(CHANGE)
    context = {"listing": listing, "heading": _("Deals"), "may_add": may_add}
    return render(request, "trade/deals/list.html", context)


def _found(request: Request, pk: int, capability: str = SEE) -> Deal:
    return records.found(request, queries.on_page(request.user), pk, capability)


@may(SEE)
def deal(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    access, path, by = request.user.access, row.unit.path, request.user
    held = queries.steps_of(row)
    waiting = [one for one in held if proofs.waits(one)]
    for one in held:
        one.deal = row
    context = {
        "row": row,
        "way": queries.way(row, held),
        "waiting": [(one, why_not(rules.check_verify, one, by)) for one in waiting],
        "asked": list(confirmations.of_deal(row)[:20]),
        "told": follow_ups.told_of(row),
        "said": queries.said_of(row),
        "pages": {
            name: page_of(getattr(row, name)) for name in ("event", "centre", "consultation")
        },
        "may_change": access.may(CHANGE, path),
        "may_verify": access.may(VERIFY, path),
        "why_closed": why_not(rules.check_open, row),
        "why_not_finish": why_not(rules.check_finish, row, bool(waiting)),
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/deals/page.html", context)


@may(CHANGE)
def deal_new(request: Request) -> HttpResponse:
    talk = queries.talk_of(request.user, _number(request, "consultation"))
    initial: dict[str, Any] = {"owner": str(request.user.pk), "on": clock.today()}
    if event := request.GET.get("event", ""):
        initial["event"] = event
    if talk:
        initial |= forms.of_talk(talk)
    form = forms.NewDealForm(
        posting.typed(request), request.FILES or None, user=request.user, initial=initial
    )
    page = Page(_("New deal"), above=(_("Deals"), reverse("deals")))
    return posting.run(
        request,
        form,
        "trade/deals/new.html",
        lambda _values: actions.begin(
            form.within(), form.values(), form.step(), by=request.user, at=clock.now()
        ),
        context={"page": page, "row": None, "talk": talk},
        done=_("The deal is recorded."),
    )


def _number(request: Request, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@may(CHANGE)
def deal_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    form = forms.DealForm(
        posting.typed(request), user=request.user, row=row, initial=forms.edited(row)
    )
    return small.run(
        request,
        form,
        lambda _values: actions.change(row, form.values(), by=request.user, at=clock.now()),
        Page(_("Change the deal"), row, explained=_locked(row)),
    )


def _locked(row: Deal) -> str:
    """Say what a change does to what the buyer has confirmed."""
    if row.confirmed_version != row.version:
        return ""
    told = {"old": row.version, "new": row.version + 1}
    return (
        _(
            "The buyer has confirmed version %(old)d. If you change who sells, who buys, the goods "
            "or the currency, it becomes version %(new)d and the buyer is asked again."
        )
        % told
    )


@may(CHANGE)
def deal_step_new(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    initial = {"on": clock.today(), "grade": row.grade}
    typed, files = posting.typed(request), request.FILES or None
    form = forms.StepForm(typed, files, initial=initial, currency=row.currency)
    return small.run(
        request,
        form,
        lambda _values: steps.tell(row, form.step(), by=request.user, at=clock.now()),
        Page(_("Add a step"), row, about=_("What happened, and what proves it")),
        template="trade/deals/step.html",
    )


def _step(request: Request, pk: int, step: int) -> DealStep:
    row = _found(request, pk, VERIFY)
    found: DealStep = get_object_or_404(row.steps, pk=step)
    found.deal = row
    return found


@may(VERIFY)
def deal_step_verify(request: Request, pk: int, step: int) -> HttpResponse:
    found = _step(request, pk, step)
    told = {
        "number": found.declaration_written,
        "amount": f"{found.deal.currency} {found.amount:,}",
    }
    explained = _(
        "Look the declaration %(number)s up in UNI-PASS first: exporter, goods, and that it was "
        "shipped. Then %(amount)s counts as a verified export."
    )
    form = forms.NoForm(request.POST if request.method == "POST" else None)
    return small.run(
        request,
        form,
        lambda _values: steps.verify(found, by=request.user, at=clock.now()),
        Page(_("Verify the shipment"), found.deal, explained=explained % told, save=_("Verify")),
    )


@may(VERIFY)
def deal_step_strike(request: Request, pk: int, step: int) -> HttpResponse:
    found = _step(request, pk, step)
    explained = _(
        "It stays with the reason, and counts no more. Grade and amounts are reckoned anew."
    )
    page = Page(_("Strike the step"), found.deal, explained=explained, save=_("Strike it"))
    return small.act_on(request, found, forms.ReasonForm, steps.strike, page)


@may(CHANGE)
def deal_ask(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    last = confirmations.newest(row)
    initial = {"email": last.email, "language": last.language} if last else {"language": "en"}
    return small.run(
        request,
        forms.AskForm(posting.typed(request), initial=initial),
        lambda values: asking.ask(row, **values, by=request.user, at=clock.now()),
        Page(_("Ask the buyer to confirm"), row, explained=ASKED, save=_("Send the letter")),
        done=_("The letter is on its way."),
    )


ASKED = gettext_lazy(
    "The buyer gets a link that needs no account, works once and ends after 30 days. It shows who "
    "sells, who buys, the goods, the grade, the amount and the day. An earlier link ends."
)


@may(CHANGE)
def deal_lose(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.run(
        request,
        forms.LoseForm(posting.typed(request), initial={"on": clock.today()}),
        lambda values: actions.lose(row, **values, by=request.user, at=clock.now()),
        Page(_("The deal was lost"), row),
    )


@may(CHANGE)
def deal_reopen(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    page = Page(_("Reopen the deal"), row, save=_("Reopen"))
    return small.act_on(request, row, forms.ReasonForm, actions.reopen, page)


@may(CHANGE)
def deal_finish(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    explained = _("All that was agreed has been done; no further shipment is expected.")
    form = forms.NoForm(request.POST if request.method == "POST" else None)
    return small.run(
        request,
        form,
        lambda _values: actions.finish(row, by=request.user, at=clock.now()),
        Page(_("The deal is finished"), row, explained=explained, save=_("Finished")),
    )


@may(VERIFY)
def deal_void(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, VERIFY)
    page = Page(_("Void the deal"), row, explained=_("For what was entered by mistake."))
    return small.act_on(request, row, forms.ReasonForm, actions.void, page)
