"""What a fact says of a trade event's results: figures as told, and what tells which event."""

import re
from decimal import Decimal
from typing import Any

from gyoryu.base.money import CURRENCIES
from gyoryu.newsroom.facts import period_of
from gyoryu.newsroom.models import Article, Candidate
from gyoryu.newsroom.text.times import KST
from gyoryu.trade.queries.published import Reading

_COUNT = re.compile(r"\d[\d,]*")
_AMOUNT = re.compile(r"([A-Z]{3}) (\d[\d,]*(?:\.\d+)?)")
# The reading's names for figures, in the register's.
COUNTS = {
    "companies": "companies",
    "buyers": "buyers",
    "consultations": "consult_n",
    "deals": "contract_n",
}
AMOUNTS = {"consulted": "consult_amt", "pursued": "contract_amt"}


def figures(candidate: Candidate) -> dict[str, Any]:
    """Return the figures as they were told; None where nothing was.

    An amount in a second currency is left to a person: a telling has one.
    """
    found: dict[str, Any] = {name: _count(candidate, read) for name, read in COUNTS.items()}
    sums = {name: _amount(candidate, read) for name, read in AMOUNTS.items()}
    currency = next((told[0] for told in sums.values() if told), "")
    for name, told in sums.items():
        found[name] = told[1] if told and told[0] == currency else None
    return {**found, "currency": currency}


def _count(candidate: Candidate, name: str) -> int | None:
    told = _COUNT.search(_value(candidate, name))
    return int(told[0].replace(",", "")) if told else None


def _amount(candidate: Candidate, name: str) -> tuple[str, Decimal] | None:
    told = _AMOUNT.match(_value(candidate, name))
    if told is None or told[1] not in CURRENCIES:
        return None
    return told[1], Decimal(told[2].replace(",", ""))


def _value(candidate: Candidate, name: str) -> str:
    told = candidate.fields.get(name) or {}
    return str(told.get("value", "")) if isinstance(told, dict) else ""


def edition(candidate: Candidate) -> int:
    """Return 0 for figures of the event itself, -1 for those of the one before it."""
    return -1 if "earlier" in candidate.how else 0


def reading(candidate: Candidate, article: Article) -> Reading:
    """Return what tells which event it is: the words, the days, how many came."""
    days = period_of(_value(candidate, "dates")) if _value(candidate, "dates") else None
    past = edition(candidate) < 0
    return Reading(
        name=str((candidate.fields.get("event") or {}).get("q", "")) or article.title,
        place=str((candidate.fields.get("place") or {}).get("q", "")),
        first=days.first if days and not past else None,
        last=days.last if days and not past else None,
        published=article.published.astimezone(KST).date() if article.published else None,
        companies=None if past else _count(candidate, "companies"),
        buyers=None if past else _count(candidate, "buyers"),
        text=f"{article.title}\n{article.body}"[:4000],
    )
