"""Duties, how they are settled, and the rules they come from."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import duties as actions
from gyoryu.agreements.forms import duties as forms
from gyoryu.agreements.models import Duty, DutyTemplate
from gyoryu.agreements.models.duties import DutyKind
from gyoryu.agreements.queries import duties as queries
from gyoryu.evidence import queries as evidence
from gyoryu.evidence.models import Document
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, CHANGE = "agreements.view", "agreements.change"
APPROVE, POLICY = "agreements.approve", "agreements.policy"
desk = Desk(_("Duties"))


class DutyRow(Shape):
    """A dated step that an agreement owes."""

    id: int
    name: str
    kind: DutyKind
    basis: str
    agreement: Named
    due_on: date
    done_on: date | None
    done_note: str
    evidence: Named | None
    waived_on: date | None
    waived_reason: str
    owner: Named | None

    @staticmethod
    def resolve_name(row: Duty) -> str:
        """Return the duty's name in the language asked for."""
        return str(row.template)

    @staticmethod
    def resolve_basis(row: Duty) -> str:
        """Return the ordinance and article."""
        return row.template.basis


class RuleRow(Shape):
    """A rule of the ordinance."""

    id: int
    unit: Named
    kind: DutyKind
    name_ko: str
    name_en: str
    basis_ko: str
    basis_en: str
    agreement_kinds: list[str]
    trigger: DutyTemplate.Trigger
    months: int
    days: int
    since: date | None
    active: bool


class Rules(Shape):
    """All rules that bind the departments a caller can see."""

    items: list[RuleRow]


def _seen(call: Call) -> Duty:
    return get_object_or_404(queries.seen_by(call.user), pk=call.pk)


def _own(call: Call, capability: str = CHANGE) -> Duty:
    duty = _seen(call)
    check_may(call.user, capability, duty.agreement.unit)
    return duty


def _rule(call: Call) -> Any:
    row = get_object_or_404(queries.policies(call.user), pk=call.pk)
    check_may(call.user, POLICY, row.unit)
    return row


def _done_form(call: Call) -> Any:
    held = evidence.of_record(call.row.agreement) if call.row else Document.objects.none()
    return forms.DoneForm(documents=held, initial={"on": call.today})


def _rule_form(call: Call) -> Any:
    row = call.row or DutyTemplate()
    initial = {
        name: getattr(row, name) for name in forms.TemplateForm.base_fields if name != "reason"
    }
    return forms.TemplateForm(user=call.user, row=row, initial=initial if call.row else None)


def _change_rule(call: Call, form: Any) -> Any:
    reason = form.cleaned_data["reason"]
    return actions.change_template(call.row, form.values(), reason=reason, **call.who)


def _add_rule(call: Call, form: Any) -> Any:
    reason = form.cleaned_data["reason"]
    return actions.add_template(form.unit(), form.values(), reason=reason, **call.who)


def _publish(call: Call, form: Any) -> Any:
    actions.publish(**form.values(), **call.who)
    return form.values()["unit"]


def _install(call: Call, form: Any) -> Any:
    actions.install_policy(form.chosen(), **call.who)
    return form.chosen()


desk.lists("duties", _("Duties"), DutyRow, forms.duty_listing, may=VIEW)
desk.shows("duties/{pk}", _("Duty"), DutyRow, _seen, may=VIEW)
desk.writes(
    "duties/{pk}/done", _("Mark as done"), _done_form,
    lambda call, form: actions.done(call.row, **form.values(), **call.who) and call.row,
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "duties/{pk}/waive", _("Waive"), forms.WaiveForm,
    lambda call, form: actions.waive(call.row, **form.cleaned_data, **call.who),
    may=APPROVE, find=lambda call: _own(call, APPROVE),
)  # fmt: skip
desk.writes(
    "duties/{pk}/owner", _("Who answers for it"), lambda call: forms.OwnerForm(user=call.user),
    lambda call, form: actions.assign(call.row, form.chosen(), **call.who),
    may=CHANGE, find=_own,
)  # fmt: skip
desk.writes(
    "duties/published", _("Record a publication"), lambda call: forms.PublishForm(user=call.user),
    _publish, may=CHANGE,
)  # fmt: skip
desk.shows(
    "policy", _("Duty rules"), Rules,
    lambda call: {"items": list(queries.policies(call.user))}, may=VIEW,
)  # fmt: skip
desk.writes(
    "policy", _("New rule"), lambda call: forms.TemplateForm(user=call.user, row=None), _add_rule,
    may=POLICY,
)  # fmt: skip
desk.writes(
    "policy/{pk}", _("Change the rule"), _rule_form, _change_rule,
    may=POLICY, find=_rule, method="PATCH",
)  # fmt: skip
desk.writes(
    "policy/install", _("Install the ordinance"), lambda call: forms.InstallForm(user=call.user),
    _install, may=POLICY,
)  # fmt: skip
