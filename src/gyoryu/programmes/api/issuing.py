"""How vouchers come about, for programs: terms, issue, claims of orders, whom to pay; selecting."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.programmes.actions import bank_accounts, selecting
from gyoryu.programmes.actions import claims as claim_actions
from gyoryu.programmes.actions import terms as actions
from gyoryu.programmes.actions import vouchers as voucher_actions
from gyoryu.programmes.api.vouchers import desk
from gyoryu.programmes.forms import claims as claim_forms
from gyoryu.programmes.forms import terms as forms
from gyoryu.programmes.forms.selecting import SelectForm
from gyoryu.programmes.forms.vouchers import IssueForm
from gyoryu.programmes.models import Application, Order, Provider, Terms
from gyoryu.programmes.models import Call as Row
from gyoryu.programmes.queries import orders, providers, reviews, screening, terms, vouchers
from gyoryu.programmes.rules import orders as order_rules
from gyoryu.programmes.rules import selecting as selecting_rules
from gyoryu.programmes.rules import terms as rules
from gyoryu.programmes.rules import vouchers as voucher_rules
from gyoryu.web import clock
from gyoryu.web.calls import Call

CHANGE, APPROVE, TERMS = "programmes.change", "programmes.approve", "programmes.terms"
LIST = "voucher-terms"
# Of one address all operations stand on one desk.
DESKS = [desk]


def _found(call: Call) -> Terms:
    row = get_object_or_404(terms.seen(call.user), pk=call.pk)
    check_may(call.user, TERMS, row.unit)
    return row


def _changeable(call: Call) -> Terms:
    row = _found(call)
    rules.check_can_change(row)
    return row


def _enforceable(call: Call) -> Terms:
    row = _found(call)
    rules.check_can_enforce(row)
    return row


def _new(call: Call, form: Any) -> Any:
    values = dict(form.cleaned_data)
    return actions.draft(values.pop("programme"), values.pop("year"), values, **call.who)


def _to_issue(call: Call) -> Application:
    row = get_object_or_404(vouchers.to_issue(call.user), pk=call.pk)
    check_may(call.user, APPROVE, row.unit)
    voucher_rules.check_can_issue(row, terms.in_force(row.call.programme, call.today))
    return row


def _confirmed(call: Call) -> Order:
    row = get_object_or_404(orders.in_full(orders.seen(call.user)), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    order_rules.check_claimable(row)
    order_rules.check_not_claimed(orders.claim_of(row))
    return row


def _claim_form(call: Call) -> Any:
    order = call.row
    award = order.voucher.award if order else None
    return claim_forms.ClaimForm(award=award, desk=True, initial=claim_forms.of_order(order))


def _claim(call: Call, form: Any) -> Any:
    values = {**form.cleaned_data, "order": call.row}
    return claim_actions.draft(call.row.voucher.award, values, **call.who)


def _provider(call: Call) -> Provider:
    row = get_object_or_404(providers.seen(call.user), pk=call.pk)
    check_may(call.user, CHANGE, row.unit)
    return row


def _judged_by_nobody(call: Call) -> Row:
    row = get_object_or_404(reviews.calls_seen(call.user), pk=call.pk)
    check_may(call.user, APPROVE, row.unit)
    selecting_rules.check_call(row, clock.now())
    selecting_rules.check_none_waits(screening.unscreened(row).count())
    return row


def _select_form(call: Call) -> Any:
    return SelectForm(rows=list(screening.to_select(call.row)) if call.row else [])


desk.writes(
    LIST, _("New voucher terms"), lambda call: forms.NewTermsForm(user=call.user), _new,
    may=TERMS, creates=LIST,
)  # fmt: skip
desk.writes(
    "voucher-terms/{pk}", _("Change the voucher terms"),
    lambda call: forms.TermsForm(initial=forms.edited(call.row) if call.row else {}),
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    method="PATCH", may=TERMS, find=_changeable,
)  # fmt: skip
desk.writes(
    "voucher-terms/{pk}/enforce", _("Put in force"), forms.EnforceForm,
    lambda call, form: actions.enforce(call.row, **form.cleaned_data, **call.who),
    may=TERMS, find=_enforceable,
)  # fmt: skip
desk.writes(
    "voucher-terms/{pk}/renew", _("New version"), forms.RenewForm,
    lambda call, form: actions.renew(call.row, **form.cleaned_data, **call.who),
    may=TERMS, find=_found, creates=LIST,
)  # fmt: skip
desk.writes(
    "voucher-terms/{pk}/copy", _("Copy to another year"), forms.CopyForm,
    lambda call, form: actions.copy(call.row, **form.cleaned_data, **call.who),
    may=TERMS, find=_found, creates=LIST,
)  # fmt: skip
desk.writes(
    "applications/{pk}/voucher", _("Issue the voucher"),
    lambda call: IssueForm(application=call.row),
    lambda call, form: voucher_actions.issue(call.row, form.cleaned_data, **call.who),
    may=APPROVE, find=_to_issue, creates="vouchers",
)  # fmt: skip
desk.writes(
    "orders/{pk}/claim", _("Claim of an order"), _claim_form, _claim,
    may=CHANGE, find=_confirmed, creates="claims",
)  # fmt: skip
desk.writes(
    "providers/{pk}/account", _("Bank account of a provider"), claim_forms.AccountForm,
    lambda call, form: bank_accounts.tell_provider(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_provider,
)  # fmt: skip
desk.writes(
    "calls/{pk}/select", _("Select applicants"), _select_form,
    lambda call, form: selecting.select(call.row, **form.values(), **call.who),
    may=APPROVE, find=_judged_by_nobody,
)  # fmt: skip
