"""Finds amounts of money: currency, value or range, hedge, and paired conversions."""

from __future__ import annotations

from decimal import Decimal

from gyoryu.newsroom.extraction import amounts, money_en, money_ko
from gyoryu.newsroom.extraction.document import Document, Money


def find(document: Document) -> list[Money]:
    """Give every mention of an amount outside boilerplate, in the order of the text."""
    scan = money_ko.scan if document.lang == "ko" else money_en.scan
    found: list[Money] = []
    for sentence in document.sentences:
        if sentence.role == "cut":
            continue
        for one in scan(sentence.text):
            start, end = sentence.start + one.start, sentence.start + one.end
            span = document.span(
                start, end, written(one.currency, one.amount, one.approx), "as written"
            )
            found.append(
                Money(span=span, currency=one.currency, amount=one.amount, approx=one.approx)
            )
    return found


def distinct(found: list[Money]) -> list[Money]:
    """Keep the first mention of every value."""
    seen: dict[tuple[str, object], Money] = {}
    for one in found:
        seen.setdefault((one.currency, one.amount), one)
    return list(seen.values())


def written(
    currency: str, amount: Decimal | tuple[Decimal, Decimal], approx: str | None = None
) -> str:
    """Write an amount as `USD 1000000`, `KRW 30000000-40000000`, with its hedge."""
    if isinstance(amount, tuple):
        value = "-".join(amounts.plain(part) for part in amount)
    else:
        value = amounts.plain(amount)
    tail = {"approx": " approx", "min": "+", "approx+": "+", "max": " max"}.get(approx or "", "")
    return f"{currency} {value}{tail}"
