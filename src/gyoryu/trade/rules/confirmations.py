"""What a buyer is asked to confirm, when the link works, and what may be answered."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.trade.models import Confirmation, Deal
from gyoryu.trade.rules.deals import check_open
from gyoryu.trade.rules.proofs import Reckoned

# How long a buyer may take; the link ends then.
LASTS = timedelta(days=30)
LONGEST_NOTE = 1000
Answer = Confirmation.Answer


def terms(deal: Deal, now: Reckoned) -> tuple[Any, ...]:
    """Return what a buyer confirms: who, what, how sure, how much, in which currency, since when.

    Another version of the deal begins where any of it changes. Shipments are none of it.
    """
    return (
        deal.company_id, deal.buyer_id, deal.product_id, deal.about, deal.hs_code, deal.currency,
        now.agreed.value, now.agreed_amount, now.agreed_on,
    )  # fmt: skip


def told(deal: Deal, now: Reckoned) -> dict[str, Any]:
    """Return what the buyer is shown, kept as it was shown. Amounts are text, for exactness."""
    amount = now.agreed_amount
    goods = {"ko": deal.about, "en": deal.about}
    if deal.product:
        goods = {
            "ko": deal.product.name_ko or deal.product.name_en,
            "en": deal.product.name_en or deal.product.name_ko,
        }
    return {
        "number": deal.number,
        "company": _both(deal.company),
        "buyer": _both(deal.buyer),
        "goods": goods,
        "hs_code": deal.hs_code,
        "grade": now.agreed.value,
        "amount": None if amount is None else str(amount),
        "currency": deal.currency,
        "on": now.agreed_on.isoformat(),
        "by": _both(deal.unit),
    }


def _both(named: Any) -> dict[str, str]:
    return {"ko": named.name_ko or named.name_en, "en": named.name_en or named.name_ko}


def check_ask(deal: Deal) -> None:
    """Refuse to ask about a deal that is not open."""
    check_open(deal)


def works(row: Confirmation, newest: int, at: datetime) -> bool:
    """Tell whether a link still works: not answered, in time, and nothing newer was asked."""
    return row.answered_at is None and at <= row.until and row.pk == newest


def check_answer(answer: str, note: str) -> None:
    """Refuse anything but the two answers, and “not as it was” without how it was."""
    if answer not in Answer.values:
        raise Refused(_("Choose one of the two."), field="answer")
    if answer == Answer.DISAGREED and not note.strip():
        raise Refused(_("Say in a few words what is different."), field="note")
    if len(note) > LONGEST_NOTE:
        raise Refused(_("At most %(most)d characters fit.") % {"most": LONGEST_NOTE}, field="note")
