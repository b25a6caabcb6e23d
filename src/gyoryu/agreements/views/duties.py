"""The duty board, the pages on which a duty is settled, and the rules duties come from."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.agreements.actions import duties as actions
from gyoryu.agreements.forms.duties import (
    DoneForm,
    InstallForm,
    OwnerForm,
    PublishForm,
    TemplateForm,
    WaiveForm,
    duty_listing,
)
from gyoryu.agreements.models import Agreement, Duty, DutyTemplate
from gyoryu.agreements.queries import duties as queries
from gyoryu.agreements.rules import duties as rules
from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.history import queries as history
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may

STEP = "agreements/agreements/step.html"
COLUMNS = [
    export.Column(gettext_lazy("Duty"), lambda row: str(row.template)),
    export.Column(gettext_lazy("Basis"), lambda row: row.template.basis),
    export.Column(gettext_lazy("Agreement"), lambda row: str(row.agreement)),
    export.Column(gettext_lazy("Number"), lambda row: row.agreement.number),
    export.Column(gettext_lazy("Kind of agreement"), lambda row: row.agreement.get_kind_display()),
    export.Column(gettext_lazy("Due"), lambda row: row.due_on),
    export.Column(gettext_lazy("Done on"), lambda row: row.done_on),
    export.Column(gettext_lazy("Waived on"), lambda row: row.waived_on),
    export.Column(
        gettext_lazy("Evidence or reason"),
        lambda row: str(row.evidence or row.done_note or row.waived_reason),
    ),
    export.Column(gettext_lazy("Responsible"), lambda row: str(row.owner or "")),
    export.Column(gettext_lazy("Unit"), lambda row: str(row.agreement.unit)),
]
SHEET = export.Sheet("duties", COLUMNS)


@may("agreements.view")
def duties(request: Request) -> Any:
    listing = duty_listing(request, clock.today())
    if file := export.asked(request, listing.chosen, SHEET, clock.today()):
        return file
    access = request.user.access
    for row in listing.page:
        row.near = queries.is_near(row.due_on, clock.today())
        row.may_change = access.may("agreements.change", row.agreement.unit.path)
    context = {
        "listing": listing,
        "heading": _("Duties"),
        "may_change": access.may("agreements.change"),
    }
    return render(request, "agreements/duties/list.html", context)


def _own(request: Request, pk: int, capability: str = "agreements.change") -> Any:
    """Return a duty that the reader may see, and refuse who may not settle it."""
    duty: Any = get_object_or_404(queries.seen_by(request.user), pk=pk)
    if not request.user.access.may(capability, duty.agreement.unit.path):
        raise Refused(_("Your role does not allow this here."))
    duty.near = queries.is_near(duty.due_on, clock.today())
    return duty


def _context(duty: Duty, heading: str) -> dict[str, Any]:
    return {
        "row": duty.agreement,
        "duty": duty,
        "heading": heading,
        "back": duty.agreement.get_absolute_url(),
        "refused": rules.why_not(duty),
    }


@may("agreements.change")
def duty_done(request: Request, pk: int) -> HttpResponse:
    duty = _own(request, pk)
    form = DoneForm(
        posting.typed(request),
        request.FILES or None,
        documents=evidence.of_record(duty.agreement),
        initial={"on": clock.today()},
    )
    return posting.run(
        request,
        form,
        STEP,
        lambda _values: actions.done(duty, **form.values(), by=request.user, at=clock.now()),
        done=_("The duty is done. What follows from it is planned."),
        to=duty.agreement.get_absolute_url(),
        context=_context(duty, _("Duty done: %(name)s") % {"name": duty}),
    )


@may("agreements.change")
def duties_published(request: Request) -> HttpResponse:
    form = PublishForm(posting.typed(request), user=request.user, initial={"on": clock.today()})
    return posting.run(
        request,
        form,
        "agreements/duties/published.html",
        lambda _values: actions.publish(**form.values(), by=request.user, at=clock.now()),
        done=_("The publication is recorded for all of them, and the next one planned."),
        to=reverse("duties"),
    )


@may("agreements.approve")
def duty_waive(request: Request, pk: int) -> HttpResponse:
    duty = _own(request, pk, "agreements.approve")
    return posting.run(
        request,
        WaiveForm(posting.typed(request), initial={"on": clock.today()}),
        STEP,
        lambda values: actions.waive(duty, **values, by=request.user, at=clock.now()),
        done=_("The duty is waived."),
        to=duty.agreement.get_absolute_url(),
        context=_context(duty, _("Waive: %(name)s") % {"name": duty}),
    )


@may("agreements.change")
def duty_owner(request: Request, pk: int) -> HttpResponse:
    duty = _own(request, pk)
    form = OwnerForm(posting.typed(request), user=request.user, initial={"owner": duty.owner_id})
    return posting.run(
        request,
        form,
        STEP,
        lambda _values: actions.assign(duty, form.chosen(), by=request.user, at=clock.now()),
        to=duty.agreement.get_absolute_url(),
        context=_context(duty, _("Who answers for it: %(name)s") % {"name": duty}),
    )


@may("agreements.view")
def policy(request: Request) -> HttpResponse:
    access = request.user.access
    rows: list[Any] = list(queries.policies(request.user))
    for row in rows:
        row.kinds = [Agreement.Kind(kind).label for kind in row.agreement_kinds]
        row.may_change = access.may("agreements.policy", row.unit.path)
    context = {"rows": rows, "may_change": access.may("agreements.policy")}
    return render(request, "agreements/duties/policy.html", context)


@may("agreements.policy")
def policy_new(request: Request) -> HttpResponse:
    form = TemplateForm(posting.typed(request), user=request.user, row=None)
    return posting.run(
        request,
        form,
        "agreements/duties/policy_form.html",
        lambda values: actions.add_template(
            form.unit(), form.values(), reason=values["reason"], by=request.user, at=clock.now()
        ),
        to=reverse("policy"),
    )


@may("agreements.policy")
def policy_edit(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.policies(request.user), pk=pk)
    if not request.user.access.may("agreements.policy", row.unit.path):
        raise Refused(_("Your role does not allow this here."))
    initial = {n: getattr(row, n) for n in TemplateForm.base_fields if n != "reason"}
    form = TemplateForm(posting.typed(request), user=request.user, row=row, initial=initial)
    return posting.run(
        request,
        form,
        "agreements/duties/policy_form.html",
        lambda values: actions.change_template(
            row, form.values(), reason=values["reason"], by=request.user, at=clock.now()
        ),
        to=reverse("policy"),
        context={"row": row, "entries": history.of_record(DutyTemplate(pk=row.pk))[:30]},
    )


@may("agreements.policy")
def policy_install(request: Request) -> HttpResponse:
    form = InstallForm(posting.typed(request), user=request.user)
    return posting.run(
        request,
        form,
        "agreements/duties/policy_install.html",
        lambda _values: actions.install_policy(form.chosen(), by=request.user, at=clock.now()),
        done=_("The ordinance is installed, and what it asks is planned."),
        to=reverse("policy"),
    )
