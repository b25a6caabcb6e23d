"""Invoices: when two are one and the same, and how much of one counts, step by step.

Plain Python over values. All results are whole won. What is left over below one won is dropped,
never rounded up: public money leaves out fractions below ten won (국고금 관리법 제47조), a local
government may (지방회계법 제55조), and of what it may drop only the part that cannot be paid is
dropped here, so that no claim comes to more than its invoice.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from gyoryu.base import names

APPROVAL = 24
# Eight digits of a day, eight of the issuing system, eight letters or digits in sequence.
_APPROVAL = re.compile(r"(\d{4})(\d{2})(\d{2})\d{8}[0-9A-Z]{8}")
_LOOKS_LIKE_ONE = re.compile(r"20\d{14}[0-9A-Z]*")
LONGEST_NAME = 60


def folded(number: str) -> str:
    """Return an invoice's number without case, blanks, punctuation, “No.” and leading zeros."""
    plain = unicodedata.normalize("NFKC", number).upper()
    kept = "".join(char for char in plain if char.isalnum())
    kept = re.sub(r"^(?:NO|NR|번호|제)(?=\d)", "", kept)
    return kept.lstrip("0") or kept[:1]


def key(issuer_number: str, issuer_name: str, number: str) -> str:
    """Return what tells an invoice again: the same invoice typed otherwise has the same key.

    The approval number of an electronic tax invoice is the country's own, so it stands alone;
    otherwise the issuer's business number, or abroad the folded name, stands before the number.
    """
    own = folded(number)
    if is_approval(own):
        return f"e/{own}"
    if issuer_number:
        return f"b/{issuer_number}/{own}"
    return f"n/{names.organisation_key(issuer_name)[:LONGEST_NAME]}/{own}"


def is_approval(own: str) -> bool:
    """Tell whether a folded number has the form of an e-tax invoice's approval number."""
    return len(own) == APPROVAL and _approved_on(own) is not None


def _approved_on(own: str) -> date | None:
    parts = _APPROVAL.fullmatch(own)
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts.groups()))
    except ValueError:
        return None


@dataclass(frozen=True)
class Doubt:
    """Why a number cannot be an approval number: ``length``, ``day`` or ``order``."""

    code: str
    length: int = 0
    day: date | None = None


def doubt(number: str, invoiced: date, today: date) -> Doubt | None:
    """Return what is wrong with a number that looks like an approval number; None when nothing.

    Such a number is 24 characters long, and begins with a day that is neither before the invoice's
    own nor still to come.
    """
    own = folded(number)
    if not _LOOKS_LIKE_ONE.fullmatch(own):
        return None
    if len(own) != APPROVAL:
        return Doubt("length", length=len(own))
    day = _approved_on(own)
    if day is None:
        return Doubt("day")
    return Doubt("order", day=day) if not invoiced <= day <= today else None


@dataclass(frozen=True)
class Invoice:
    """What an invoice says: the price and the VAT on it, in its own currency.

    ``rate`` is won for one unit of the currency, one for won.
    """

    supply: Decimal
    vat: Decimal = Decimal(0)
    rate: Decimal = Decimal(1)


@dataclass(frozen=True)
class Terms:
    """What an award says of a cost: whether VAT counts, and what percent the awardee bears.

    ``asked`` is how much in won is claimed of it, when that is less than all that counts.
    """

    vat_counts: bool = False
    own_share: Decimal = Decimal(0)
    asked: int | None = None


@dataclass(frozen=True)
class Step:
    """One step down from the invoice to what counts: how many won went, and why.

    ``code`` is one of the codes of cuts: vat, share, unasked.
    """

    code: str
    amount: int
    left: int


@dataclass(frozen=True)
class Counted:
    """How much of an invoice counts, and how it came to that. All in won."""

    supply: int
    vat: int
    eligible: int
    steps: tuple[Step, ...]


def counted(invoice: Invoice, terms: Terms) -> Counted:
    """Return how much of an invoice counts, in won: never below zero, never above what it says."""
    supply = won(invoice.supply * invoice.rate)
    vat = won(invoice.vat * invoice.rate)
    left, steps = supply + vat, []
    cuts = [("vat", 0 if terms.vat_counts else vat)]
    base = left - cuts[0][1]
    cuts.append(("share", base - won(base * (100 - terms.own_share) / 100)))
    after = base - cuts[1][1]
    cuts.append(("unasked", max(after - terms.asked, 0) if terms.asked is not None else 0))
    for code, amount in cuts:
        if amount:
            left -= amount
            steps.append(Step(code, amount, left))
    return Counted(supply, vat, left, tuple(steps))


def won(amount: Decimal) -> int:
    """Return whole won; what is below one won is dropped."""
    return int(amount.to_integral_value(ROUND_DOWN))
