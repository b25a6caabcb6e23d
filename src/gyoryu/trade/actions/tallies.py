"""Keeps the tallies beside the rows that they count, in the same transaction.

Whoever writes consultations or deals takes what they counted before and what they count after::

    before = tallies.of_deal(deal)
    ...  # the change
    tallies.moved(before, tallies.of_deal(deal))
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F

from gyoryu.trade.models import Consultation, Deal, Event, Tally
from gyoryu.trade.rules.tallies import Counted, of_consultation, of_deal

__all__ = ["Counted", "moved", "of_consultation", "of_deal", "recount"]


@transaction.atomic
def moved(before: Iterable[Counted], after: Iterable[Counted]) -> None:
    """Take away what rows counted before, and add what they count now; a list at a time."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    rows: dict[str, Counted] = {}
    for sign, some in ((-1, before), (1, after)):
        for one in some:
            rows[one.key] = one
            sums[one.key].update(
                {"count": sign, "said": sign * (one.amount is not None), "lost": sign * one.lost}
            )
            amounts[one.key] += sign * (one.amount or 0)
    # In one order, so that two who write at once wait for each other instead of for ever.
    for key in sorted(rows):
        if any(sums[key].values()) or amounts[key]:
            _add(rows[key], sums[key], amounts[key])


def _add(of: Counted, by: Counter[str], amount: Decimal) -> None:
    standing = Tally.objects.filter(key=of.key)
    more = {name: F(name) + count for name, count in by.items()}
    more["amount"] = F("amount") + amount
    if standing.update(**more):
        return
    where = {
        name: getattr(of, name)
        for name in ("unit_id", "event_id", "leg_id", "centre_id", "country_id")
    }
    own = {"year": of.year, "grade": of.grade, "currency": of.currency}
    try:
        with transaction.atomic():
            Tally.objects.create(key=of.key, **where, **own, amount=amount, **by)
    except IntegrityError:
        # Somebody else made it meanwhile.
        standing.update(**more)


@transaction.atomic
def recount(event: Event) -> None:
    """Count an event's rows anew; for when something changed that all of them are counted by."""
    Tally.objects.filter(event=event).delete()
    talks = Consultation.objects.filter(event=event).select_related("event")
    moved([], (one for row in talks.iterator() for one in of_consultation(row)))
    deals = Deal.objects.filter(event=event).select_related("event")
    moved([], (one for row in deals.iterator() for one in of_deal(row)))
