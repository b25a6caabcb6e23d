"""How far agreements are published, as programs read and say it."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit
from gyoryu.accounts.queries import visible
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Agreement
from gyoryu.agreements.rules.agreements import check_stands
from gyoryu.evidence import queries as evidence
from gyoryu.register import actions, forms, rules
from gyoryu.register.api.publications import DriftShape, drift_told, government_of
from gyoryu.register.models import Level, Rule
from gyoryu.register.queries import publications as queries
from gyoryu.register.queries import reading
from gyoryu.web.calls import Call, Desk, Named, Shape

VIEW, WITHDRAW = "register.view", "register.withdraw"
RULES, POLICY = "register.rules", "register.policy"
desk = Desk(_("Publication policy"))


class KindShape(Shape):
    """How far agreements of a kind are published; ``own``: the government has said so itself."""

    kind: Agreement.Kind
    level: Level
    ground: str
    own: bool


class Policy(Shape):
    """How far a government publishes its agreements, by kind."""

    items: list[KindShape]


class RuleShape(Shape):
    """How far an agreement is published: by its own rule, or without one by the policy.

    ``changed`` is what it says otherwise now than in the newest publication; ``withdrawn_at`` and
    ``withdrawal`` tell since when and why its public page is withdrawn.
    """

    own: bool
    level: Level
    ground: str
    documents: list[Named]
    publication: Named | None
    changed: DriftShape | None
    withdrawn_at: datetime | None
    withdrawal: str


def _public_page(call: Call) -> Agreement:
    row = _agreement(call)
    rules.check_may_for(call.user, WITHDRAW, queries.government_of(row))
    return row


def _policy(call: Call) -> dict[str, Any]:
    own = reading.policy(government_of(call, VIEW))
    said = {**rules.SHIPPED, **own}
    found = [(kind.value, *said.get(kind, rules.OPEN)) for kind in Agreement.Kind]
    return {
        "items": [
            {"kind": kind, "level": level, "ground": ground, "own": kind in own}
            for kind, level, ground in found
        ]
    }


def _to_rule(call: Call) -> Unit:
    if call.path["kind"] not in Agreement.Kind:
        raise Http404
    return government_of(call, POLICY)


def _policy_form(call: Call) -> Any:
    if call.row is None:
        return forms.DefaultForm()
    said = {**rules.SHIPPED, **reading.policy(call.row)}
    level, ground = said.get(call.path["kind"], rules.OPEN)
    return forms.DefaultForm(initial={"level": level, "ground": ground})


def _set_policy(call: Call, form: Any) -> Unit:
    actions.set_default(call.row, call.path["kind"], **form.cleaned_data, **call.who)
    government: Unit = call.row
    return government


def _agreement(call: Call) -> Agreement:
    rows = visible(Agreement.objects.all(), call.user, VIEW)
    return get_object_or_404(rows.select_related("unit"), pk=call.pk)


def _standing(call: Call) -> Agreement:
    row = _agreement(call)
    check_may(call.user, RULES, row.unit)
    check_stands(row)
    return row


def _rule(call: Call) -> dict[str, Any]:
    row = _agreement(call)
    government = queries.government_of(row)
    own = Rule.objects.filter(agreement=row).first()
    level, ground = (own.level, own.ground) if own else _by_policy(row, government)
    gone = None
    newest, found = queries.standing(government), list[queries.Drift]()
    if newest:
        newest.unit = government
        frozen = queries.lines(newest, row.pk)
        if row.pk in frozen:
            gone = queries.page_withdrawal(government, frozen[row.pk]["key"], newest)
        found = queries.drifted(newest, frozen, today=call.today, known=call.now, only=row.pk)
    return {
        "own": own is not None,
        "level": level,
        "ground": ground,
        "documents": list(own.documents.all()) if own else [],
        "publication": newest,
        "changed": drift_told(found[0]) if found else None,
        "withdrawn_at": gone.withdrawn_at if gone else None,
        "withdrawal": gone.reason if gone else "",
    }


def _by_policy(row: Agreement, government: Unit) -> rules.Shown:
    return {**rules.SHIPPED, **reading.policy(government)}.get(row.kind, rules.OPEN)


def _rule_form(call: Call) -> Any:
    row = call.row
    own = Rule.objects.filter(agreement=row).first()
    level, _ground = _by_policy(row, queries.government_of(row))
    return forms.RuleForm(
        policy=str(Level(level).label),
        documents=list(evidence.of_record(row).exclude(file="")),
        initial=own and {
            "level": own.level, "ground": own.ground,
            "documents": [str(one.pk) for one in own.documents.all()],
        },
    )  # fmt: skip


desk.shows("governments/{pk}/policy", _("What is published, by kind"), Policy, _policy, may=VIEW)
desk.writes(
    "governments/{pk}/policy/{kind}", _("Change what is published of a kind"), _policy_form,
    _set_policy, may=POLICY, find=_to_rule, method="PATCH",
)  # fmt: skip
desk.shows("agreements/{pk}/publication", _("In the public register"), RuleShape, _rule, may=VIEW)
desk.writes(
    "agreements/{pk}/publication", _("Change how far it is published"), _rule_form,
    lambda call, form: actions.set_rule(call.row, **form.values(), **call.who),
    may=RULES, find=_standing, method="PATCH", fields=forms.RuleForm.base_fields,
)  # fmt: skip
desk.writes(
    "agreements/{pk}/publication/withdraw", _("Withdraw the public page"), forms.WithdrawForm,
    lambda call, form: actions.withdraw_page(call.row, **form.cleaned_data, **call.who),
    may=WITHDRAW, find=_public_page,
)  # fmt: skip
