"""The pages on which an agreement takes a step, and its parties are named."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.agreements.actions import agreements as actions
from gyoryu.agreements.actions import lifecycle
from gyoryu.agreements.forms.agreements import ConfirmForm, PartyForm, SignatoryForm
from gyoryu.agreements.forms.lifecycle import MoveForm, RenewForm, ReplaceForm, SignForm, VoidForm
from gyoryu.agreements.models import Agreement, Party, Signatory, Status
from gyoryu.agreements.queries import agreements as queries
from gyoryu.agreements.rules import agreements as rules
from gyoryu.agreements.views.agreements import own
from gyoryu.web import clock, posting
from gyoryu.web.access import Request, may

STEP = "agreements/agreements/step.html"


def _context(row: Agreement, heading: str, **more: Any) -> dict[str, Any]:
    back = row.get_absolute_url()
    return {"row": row, "heading": heading, "back": back, **more}


def _steps(row: Any) -> tuple[list[tuple[str, Any]], list[tuple[Any, str]]]:
    """Return the plain steps that are open, and those refused with the reason."""
    facts, can, cannot = queries.facts(row), [], []
    for to in rules.NEXT[row.status]:
        if why := rules.why_not(rules.check_move, row, to, facts):
            cannot.append((to.label, why))
        elif to not in rules.OWN_PAGE:
            can.append((to.value, to.label))
    return can, cannot


@may("agreements.change")
def agreement_move(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    can, cannot = _steps(row)
    steps = rules.NEXT[row.status]
    initial = {"on": clock.today(), "to": request.GET.get("to") or (can[0][0] if can else "")}
    return posting.run(
        request,
        MoveForm(posting.typed(request), steps=can, initial=initial),
        "agreements/agreements/move.html",
        lambda values: actions.move(row, **values, by=request.user, at=clock.now()),
        done=_("The status is changed."),
        context=_context(
            row,
            _("Change status"),
            can=can,
            cannot=cannot,
            may_sign=Status.SIGNED in steps,
            may_replace=Status.REPLACED in steps,
            may_renew=row.status in rules.RENEWABLE,
            may_void=request.user.access.may("agreements.approve", row.unit.path)
            or row.status in {Status.DRAFT, Status.REVIEWED},
        ),
    )


@may("agreements.change")
def agreement_sign(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    initial = {"signed": row.signed, "method": row.method, "place": row.place}
    return posting.run(
        request,
        SignForm(posting.typed(request), initial=initial),
        STEP,
        lambda values: actions.sign(row, **values, by=request.user, at=clock.now()),
        done=_("The signing is recorded."),
        context=_context(row, _("Record the signing"), waiting=_before_signing(row)),
    )


def _before_signing(row: Agreement) -> list[Any]:
    """The duties that come before a signing and are still open: signing does not wait for them."""
    rows = row.duties.filter(template__trigger="before_signing", done_on=None, waived_on=None)
    return list(rows.select_related("template"))


@may("agreements.change")
def agreement_renew(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    form = RenewForm(posting.typed(request), initial={"on": clock.today()})
    return posting.run(
        request,
        form,
        STEP,
        lambda values: lifecycle.renew(row, **values, by=request.user, at=clock.now()),
        done=_("The renewal is recorded."),
        context=_context(
            row, _("Renew"), refused=rules.why_not(rules.check_renew, row, None, clock.today())
        ),
    )


@may("agreements.change")
def agreement_replace(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    form = ReplaceForm(posting.typed(request), user=request.user, initial={"on": clock.today()})
    return posting.run(
        request,
        form,
        STEP,
        lambda values: actions.replace(row, **values, by=request.user, at=clock.now()),
        done=_("The agreement is replaced. What is still open passed on to its successor."),
        context=_context(row, _("Replace by another agreement")),
    )


@may("agreements.change")
def agreement_void(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    refused = rules.why_not(rules.check_void, row, "-", queries.facts(row))
    return posting.run(
        request,
        VoidForm(posting.typed(request)),
        STEP,
        lambda values: actions.void(row, **values, by=request.user, at=clock.now()),
        done=_("The agreement is void. It stays readable with its reason."),
        context=_context(row, _("Void this agreement"), refused=refused),
    )


@may("agreements.change")
def party_new(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    return posting.run(
        request,
        PartyForm(posting.typed(request)),
        STEP,
        lambda values: actions.add_party(row, **values, by=request.user, at=clock.now()),
        to=row.get_absolute_url(),
        context=_context(row, _("Add a party")),
    )


def _party(request: Request, pk: int) -> tuple[Any, Party]:
    party = get_object_or_404(Party.objects.select_related("organisation"), pk=pk)
    row = own(request, party.agreement_id)
    party.agreement = row
    return row, party


@may("agreements.change")
def party_remove(request: Request, pk: int) -> HttpResponse:
    row, party = _party(request, pk)
    refused = rules.why_not(rules.check_remove_party, row, party.side, queries.facts(row))
    return posting.run(
        request,
        ConfirmForm(posting.typed(request)),
        STEP,
        lambda _values: actions.remove_party(party, by=request.user, at=clock.now()),
        to=row.get_absolute_url(),
        context=_context(row, _("Take a party away"), what=party, refused=refused),
    )


@may("agreements.change")
def signatory_new(request: Request, pk: int) -> HttpResponse:
    row, party = _party(request, pk)
    form = SignatoryForm(posting.typed(request), party=party)

    def act(values: dict[str, Any]) -> Any:
        person, position = form.chosen()
        told = {"title": values["title"], "position": position}
        return actions.add_signatory(party, person, **told, by=request.user, at=clock.now())

    return posting.run(
        request,
        form,
        STEP,
        act,
        to=row.get_absolute_url(),
        context=_context(row, _("Who signed for %(name)s") % {"name": party.organisation}),
    )


@may("agreements.change")
def signatory_remove(request: Request, pk: int) -> HttpResponse:
    signatory = get_object_or_404(Signatory.objects.select_related("person"), pk=pk)
    row, signatory.party = _party(request, signatory.party_id)
    return posting.run(
        request,
        ConfirmForm(posting.typed(request)),
        STEP,
        lambda _values: actions.remove_signatory(signatory, by=request.user, at=clock.now()),
        to=reverse("agreement", args=[row.pk]),
        context=_context(row, _("Take a signatory away"), what=signatory),
    )
