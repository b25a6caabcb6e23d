"""Amounts of money: a decimal number and its currency, never one without the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# ISO 4217 currencies an office meets, with the digits after the point that they have.
CURRENCIES = {
    "KRW": 0, "USD": 2, "EUR": 2, "JPY": 0, "CNY": 2, "GBP": 2, "CAD": 2, "AUD": 2, "VND": 0,
    "THB": 2, "IDR": 2, "INR": 2, "SGD": 2, "HKD": 2, "TWD": 2, "MYR": 2, "PHP": 2, "UZS": 2,
    "KZT": 2, "MNT": 2, "RUB": 2, "CHF": 2, "AED": 2, "BRL": 2, "MXN": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Money:
    """An amount in one currency. Amounts of two currencies refuse to be added."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} are never added")
        return Money(self.amount + other.amount, self.currency)


def totals(amounts: Iterable[Money]) -> dict[str, Money]:
    """Add amounts up per currency; an absent currency is absent, not zero."""
    sums: dict[str, Money] = {}
    for money in amounts:
        known = sums.get(money.currency)
        sums[money.currency] = known + money if known else money
    return sums


def plain(money: Money) -> str:
    """Write digits with thousands separators and no more decimals than the currency has."""
    digits = CURRENCIES.get(money.currency, 2)
    whole = money.amount == money.amount.to_integral_value()
    return f"{money.amount:,.{0 if whole else digits}f}"


def korean(amount: Decimal) -> str:
    """Write a large won amount as Koreans read it, in 조, 억 and 만: 21억 8,400만.

    What is under 만 is shown only when nothing larger is, so the text is exact or says 약.
    """
    if abs(amount) < 10_000:
        return f"{amount:,.0f}"
    sign, rest = ("-" if amount < 0 else ""), int(abs(amount))
    words = []
    for unit, name in ((10**12, "조"), (10**8, "억"), (10**4, "만")):
        count, rest = divmod(rest, unit)
        if count:
            words.append(f"{count:,}{name}")
    return sign + ("약 " if rest else "") + " ".join(words)
