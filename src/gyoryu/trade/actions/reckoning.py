"""A deal reckoned anew from its steps: its copies, its version, its tallies, its question.

Every change of a deal or its steps goes through here, so that grade, amounts and tallies are
always what the standing steps say::

    held = reckoning.hold(deal, by=by)
    ...  # the change, of held.deal or of its steps
    reckoning.settle(held, by=by, at=at)
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gyoryu.accounts.models import User
from gyoryu.history import actions as history
from gyoryu.trade.actions import asking, tallies
from gyoryu.trade.actions.tallies import Counted
from gyoryu.trade.models import Deal, DealStep
from gyoryu.trade.rules import confirmations, proofs

NAMED = ("event", "company", "buyer", "product", "unit")
COPIES = ("grade", "graded_on", "consulted", "pursued", "signed", "verified")


@dataclass
class Held:
    """A deal that is kept from others while it changes, and what it counted before."""

    deal: Deal
    steps: list[DealStep]
    counted: tuple[Counted, ...]
    terms: tuple[Any, ...] = field(default=())


def hold(deal: Deal, *, by: User | None) -> Held:
    """Read a deal anew and keep it from others until the transaction ends."""
    rows = Deal.objects.select_for_update(of=("self",)).select_related(*NAMED)
    row = rows.get(pk=deal.pk)
    steps = list(row.steps.all())
    now = proofs.reckoned(steps, row.currency, row.graded_on)
    return Held(row, steps, tallies.of_deal(row), confirmations.terms(row, now))


def settle(held: Held, *, by: User | None, at: datetime) -> dict[str, Any]:
    """Write what the steps make of the deal; return what changed as [before, after].

    Where what its buyer was asked about has changed, a new version begins and they are asked anew.
    """
    deal = held.deal
    now = proofs.reckoned(held.steps, deal.currency, deal.graded_on)
    found = history.changes(deal, {name: getattr(now, name) for name in COPIES})
    # A new deal has no version before it.
    renewed = bool(held.terms) and confirmations.terms(deal, now) != held.terms
    if renewed:
        deal.version += 1
        found["version"] = [deal.version - 1, deal.version]
    deal.save()
    tallies.moved(held.counted, tallies.of_deal(deal))
    if renewed:
        asking.renew(deal, now, by=by, at=at)
    return found
