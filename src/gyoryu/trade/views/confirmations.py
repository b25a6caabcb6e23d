"""The page on which a buyer says whether a deal is as recorded."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gyoryu.base.refused import Refused
from gyoryu.trade.actions import confirmations as actions
from gyoryu.trade.forms.confirmations import BuyerForm
from gyoryu.trade.models import Confirmation, Grade
from gyoryu.trade.queries import confirmations as queries
from gyoryu.trade.views.by_link import by_link, language
from gyoryu.web import clock


@by_link
def confirm(request: HttpRequest, secret: str) -> HttpResponse | None:
    row = queries.of_link(secret, clock.now())
    if row is None:
        return None
    form = BuyerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.answer(row, values["answer"], values["note"], by=None, at=clock.now())
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            thanks = {"row": row, "agreed": values["answer"] == Confirmation.Answer.AGREED}
            return render(request, "trade/links/confirmed.html", {**thanks, **_shown(row)})
    context = {"row": row, "form": form, **_shown(row)}
    return render(request, "trade/links/confirm.html", context, status=422 if form.errors else 200)


def _shown(row: Confirmation) -> dict[str, Any]:
    """Return exactly what was asked about, in the reader's language."""
    told, reads = row.told, language()
    amount = told["amount"]
    return {
        **{name: told[name][reads] for name in ("company", "buyer", "goods", "by")},
        "number": told["number"],
        "hs_code": told["hs_code"],
        "grade": told["grade"],
        "grade_words": Grade(told["grade"]).label,
        "amount": None if amount is None else Decimal(amount),
        "currency": told["currency"],
        "on": date.fromisoformat(told["on"]),
    }
