"""The payments of a day: what is to be paid, the bank's file, and many marked as paid at once."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import bank_accounts, payments
from gyoryu.programmes.forms import claims as forms
from gyoryu.programmes.models import Claim
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.rules import claims as rules
from gyoryu.web import clock, export, posting
from gyoryu.web.access import Request, may
from gyoryu.web.records import why_not

PAY = "programmes.pay"
# More than are paid in a day; the rest is paid from the next list.
MOST = 500
COLUMNS = [
    export.Column(gettext_lazy("Bank"), lambda row: row["bank"]),
    export.Column(gettext_lazy("Account number"), lambda row: row["number"]),
    export.Column(gettext_lazy("Amount (KRW)"), lambda row: row["amount"]),
    export.Column(gettext_lazy("In whose name"), lambda row: row["holder"]),
    export.Column(gettext_lazy("Claim"), lambda row: row["claim"]),
    export.Column(gettext_lazy("Awardee"), lambda row: row["name"]),
]


@may(PAY)
def payments_due(request: Request) -> HttpResponse:
    """What is approved and waits to be paid; those that are chosen are marked as paid together."""
    rows = queries.to_pay(request.user)
    form = forms.PayForm(posting.typed(request), rows=rows, initial={"on": clock.today()})

    def pay(values: dict[str, Any]) -> None:
        key = str(form.post_key)  # type: ignore[attr-defined]
        payments.pay_all(
            values["claims"], on=values["on"], key=key, by=request.user, at=clock.now()
        )

    context = {"lines": _lines(request, rows), "chosen": set(request.POST.getlist("claims"))}
    template, back = "programmes/claims/payments.html", reverse("payments")
    return posting.run(
        request, form, template, pay, context=context, done=_("Noted as paid."), to=back
    )


def _lines(request: Request, rows: Any) -> dict[str, Any]:
    """Return the claims with their accounts, why one cannot be paid, and what they come to."""
    claims, today = list(rows[:MOST]), clock.today()
    accounts = queries.accounts_of(claims)
    why = {
        row.pk: why_not(rules.check_can_pay, row, today, request.user, today=today)
        for row in claims
    }
    lines = [(row, accounts.get(row.pk), why[row.pk]) for row in claims]
    payable = [row.approved or 0 for row in claims if not why[row.pk]]
    return {"rows": lines, "count": len(payable), "total": sum(payable)}


@may(PAY)
def payments_file(request: Request) -> Any:
    """The bank's file of the claims that were chosen, with full account numbers.

    A post, because that these numbers were read is written into the history.
    """
    rows = queries.to_pay(request.user)
    form = forms.PayForm(request.POST or None, rows=rows, initial={"on": clock.today()})
    form.fields["on"].required = False
    if request.method != "POST" or not form.is_valid():
        raise Refused(_("Choose at least one claim."))
    chosen = sorted(form.cleaned_data["claims"], key=lambda row: row.pk)
    kind = "csv" if request.POST.get("kind") == "csv" else "xlsx"
    name = f"{_('Payments')}-{clock.today()}"
    return export.answer(kind, name, COLUMNS, _bank_lines(request, chosen))


def _bank_lines(request: Request, chosen: list[Claim]) -> list[dict[str, Any]]:
    held = queries.accounts_of(chosen)
    lacking = [row.number for row in chosen if row.pk not in held]
    if lacking:
        raise Refused(_("Without a bank account: %(claims)s.") % {"claims": ", ".join(lacking)})
    units = {row.unit_id: row.unit for row in chosen}
    numbers = bank_accounts.read(
        list(held.values()), list(units.values()), by=request.user, at=clock.now()
    )
    lines: list[dict[str, Any]] = [
        {
            "bank": held[row.pk].bank,
            "number": numbers[held[row.pk].pk],
            "holder": held[row.pk].holder,
            "amount": row.approved,
            "claim": row.number,
            "name": row.award.name,
        }
        for row in chosen
    ]
    total = sum(row.approved or 0 for row in chosen)
    blank = dict.fromkeys(("number", "holder", "claim", "name"), "")
    return [*lines, {**blank, "bank": _("Total"), "amount": total}]
