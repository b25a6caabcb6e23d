"""The desk's pages of consultations: their list, each one, and what is corrected in them."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.accounts.rules import check_may
from gyoryu.base import names
from gyoryu.evidence.queries import of_record
from gyoryu.history import queries as history
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation
from gyoryu.trade.actions import consultations as actions
from gyoryu.trade.forms import consultations as listed
from gyoryu.trade.forms import talks as forms
from gyoryu.trade.models import Consultation, Participant
from gyoryu.trade.queries import consultations as queries
from gyoryu.trade.rules import consultations as rules
from gyoryu.web import clock, export, lists, posting, records, small
from gyoryu.web.access import Request, may
from gyoryu.web.records import page_of, why_not
from gyoryu.web.small import Page

SEE, CHANGE = "trade.dealings", "trade.change"
SHOWN = 200  # companies to choose from on one page


def _steps(row: Consultation) -> str:
    return ", ".join(str(Consultation.Step(one).label) for one in row.next_steps)


COLUMNS = [
    export.Column(gettext_lazy("Event"), lambda row: str(row.event)),
    export.Column(gettext_lazy("Place"), lambda row: str(row.leg)),
    export.Column(gettext_lazy("Talked on"), lambda row: rules.clock_at(row.leg, row.at)),
    export.Column(gettext_lazy("Company"), lambda row: str(row.exhibitor)),
    export.Column(gettext_lazy("Buyer"), lambda row: str(row.buyer)),
    export.Column(gettext_lazy("Buyer's country"), lambda row: str(row.country or "")),
    export.Column(gettext_lazy("Product"), lambda row: row.about),
    export.Column(gettext_lazy("HS code"), lambda row: row.hs_code),
    export.Column(gettext_lazy("Amount consulted"), lambda row: row.amount),
    export.Column(gettext_lazy("Currency"), lambda row: row.currency),
    export.Column(gettext_lazy("Buyer's interest"), lambda row: row.get_interest_display()),
    export.Column(gettext_lazy("Next steps"), _steps),
    export.Column(gettext_lazy("Next step due"), lambda row: row.next_due),
    export.Column(gettext_lazy("Next step done"), lambda row: row.next_done_on),
]


@may(SEE)
def consultations(request: Request) -> Any:
    listing = listed.consultation_listing(request, clock.today())
    sheet = export.Sheet(_("Consultations"), COLUMNS, queries.dressed)
    return lists.show(
        request,
        listing,
        sheet,
        "trade/consultations/list.html",
        _("Consultations"),
        may_add=request.user.access.may(CHANGE),
        may_import=request.user.access.may("imports.make"),
    )


def _found(request: Request, pk: int, capability: str = SEE) -> Consultation:
    return records.found(request, queries.page(request.user), pk, capability)


@may(SEE)
def consultation(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk)
    deals = list(row.deals.filter(voided_at=None).select_related("company", "buyer"))
    may_change = request.user.access.may(CHANGE, row.unit.path)
    context = {
        "row": row,
        "steps": _steps(row),
        "event_page": page_of(row.event),
        "sides": [(one, page_of(one.organisation)) for one in (row.exhibitor, row.buyer)],
        "deals": [(one, page_of(one)) for one in deals],
        "deal_new": _deal_new(row) if may_change and not row.voided_at else "",
        "cards": of_record(row),
        "may_change": may_change,
        "why_closed": why_not(rules.check_change, row, None),
        "why_not_done": why_not(rules.check_step_done, row, clock.today(), clock.today()),
        "begins": queries.begins(row.meeting) if row.meeting else None,
        "entries": history.of_record(row)[:50],
    }
    return render(request, "trade/consultations/page.html", context)


def _deal_new(row: Consultation) -> str:
    """Return where a deal begins from this talk, if deals are kept here."""
    try:
        return f"{reverse('deal-new')}?{urlencode({'consultation': row.pk})}"
    except NoReverseMatch:
        return ""


@may(CHANGE)
def consultation_new(request: Request) -> HttpResponse:
    """Choose of which event and company a consultation is written down."""
    form = listed.WhoseForm(request.GET or None, request=request)
    event = form.events.get(request.GET.get("event", ""))
    rows: Any = []
    if event:
        rows = queries.exhibitors_of(event)
        if text := names.nfc(request.GET.get("q", ""))[:200]:
            rows = rows.filter(organisation__in=parties.called(Organisation.objects.all(), text))
    context = {"form": form, "event": event, "rows": rows[:SHOWN]}
    return render(request, "trade/consultations/whose.html", context)


@may(CHANGE)
def consultation_of(request: Request, pk: int) -> HttpResponse:
    """Write down a talk of an exhibitor."""
    rows = Participant.objects.filter(voided_at=None, side=Participant.Side.EXHIBITOR)
    exhibitor = get_object_or_404(rows.select_related("event__unit", "organisation", "unit"), pk=pk)
    if not rules.officer_for(exhibitor.event, request.user):
        check_may(request.user, SEE, exhibitor.event.unit)
        check_may(request.user, CHANGE, exhibitor.event.unit)
    form = forms.DeskForm(
        posting.typed(request), request.FILES or None, offered=forms.Offered(exhibitor),
        at=clock.now(), initial={"day": clock.today()},
    )  # fmt: skip
    return posting.run(
        request,
        form,
        "trade/consultations/form.html",
        lambda _typed: actions.log(
            exhibitor, form.values(), key=form.post_key,  # type: ignore[attr-defined]
            by=request.user, at=clock.now(),
        ),
        context={
            "page": Page(
                _("New consultation"), above=(_("Consultations"), reverse("consultations"))
            ),
            "exhibitor": exhibitor,
            "row": None,
        },
        done=_("The consultation is in the register."),
    )  # fmt: skip


@may(CHANGE)
def consultation_edit(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    offered = forms.Offered(row.exhibitor)
    form = forms.DeskForm(
        posting.typed(request), request.FILES or None, offered=offered, at=clock.now(), row=row,
        initial=forms.edited(row, offered),
    )  # fmt: skip
    return posting.run(
        request,
        form,
        "trade/consultations/form.html",
        lambda _typed: actions.change(row, form.values(), by=request.user, at=clock.now()),
        context={"page": Page(_("Correct the consultation"), row), "row": row,
                 "exhibitor": row.exhibitor},
        done=_("Saved."),
    )  # fmt: skip


@may(CHANGE)
def consultation_void(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.run(
        request,
        listed.ReasonForm(posting.typed(request)),
        lambda told: actions.void(row, reason=told["reason"], by=request.user, at=clock.now()),
        Page(
            _("Take the consultation back"),
            row,
            about=_("It counts nowhere any more; the row stays, with your reason."),
            save=_("Take back"),
        ),
        done=_("It was taken back."),
    )


@may(CHANGE)
def consultation_done(request: Request, pk: int) -> HttpResponse:
    row = _found(request, pk, CHANGE)
    return small.run(
        request,
        forms.DoneForm(posting.typed(request), initial={"on": clock.today()}),
        lambda told: actions.note_done(row, on=told["on"], by=request.user, at=clock.now()),
        Page(_("Next step done"), row, explained=_steps(row)),
        done=_("It is noted as done."),
    )
