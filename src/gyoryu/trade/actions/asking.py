"""A buyer is asked to confirm a deal, by a letter whose link needs no account and works once."""

import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gyoryu.accounts.access import fingerprint
from gyoryu.accounts.models import User
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.trade.models import Confirmation, Deal
from gyoryu.trade.queries import confirmations as queries
from gyoryu.trade.rules import confirmations as rules
from gyoryu.trade.rules import deals as deal_rules
from gyoryu.trade.rules import proofs
from gyoryu.trade.rules.proofs import Reckoned

SUBJECT = _("Please confirm: deal %(number)s with %(company)s")
BODY = _(
    "%(company)s has told us of a deal with you. Please look at what is recorded of it and say "
    "whether it was so. It takes a minute and needs no account. The link works once, and for 30 "
    "days."
)
AGAIN = _(
    "What is recorded of your deal with %(company)s has changed since we asked. Please look at it "
    "again. The link of the earlier letter does not work any more. The new one works once, and for "
    "30 days."
)


@transaction.atomic
def ask(deal: Deal, email: str, language: str, *, by: User | None, at: datetime) -> Confirmation:
    """Ask a deal's buyer whether it is as recorded; earlier links for the deal work no more.

    An officer asks, or somebody who is confirmed to act for the company.
    """
    deal = Deal.objects.select_for_update(of=("self",)).select_related(*NAMED).get(pk=deal.pk)
    deal_rules.check_may_tell(deal, by)
    rules.check_ask(deal)
    now = proofs.reckoned(deal.steps.all(), deal.currency, deal.graded_on)
    return _ask(deal, now, email, language, by, at)


NAMED = ("company", "buyer", "product", "unit")


def _ask(
    deal: Deal, now: Reckoned, email: str, language: str, by: User | None, at: datetime
) -> Confirmation:
    secret = secrets.token_urlsafe(32)
    again = deal.confirmations.exists()
    made = Confirmation.objects.create(
        deal=deal,
        version=deal.version,
        told=rules.told(deal, now),
        email=email,
        language=language,
        mark=fingerprint(secret),
        asked_at=at,
        asked_by=by,
        until=at + rules.LASTS,
    )
    named = {"number": deal.number, "company": made.told["company"][language]}
    with override(language):
        subject, body = SUBJECT % named, (AGAIN if again else BODY) % named
    outbox.queue_to(
        email,
        language=language,
        unit=deal.unit,
        key=f"confirm:{made.pk}",
        subject=subject,
        body=body,
        link=reverse("confirm", args=[secret]),
        about=deal,
        at=at,
    )
    history.record(
        "deal.buyer_asked", deal, by=by, at=at, changes={"version": [None, deal.version]}
    )
    return made


def renew(deal: Deal, now: Reckoned, *, by: User | None, at: datetime) -> Confirmation | None:
    """Ask again, of the same address, after what the buyer was asked about has changed.

    Who never answered in time is not asked again of itself.
    """
    last = queries.newest(deal)
    if last is None or deal.state == Deal.State.LOST:
        return None
    if last.answered_at is None and last.until < at:
        return None
    return _ask(deal, now, last.email, last.language, by, at)
