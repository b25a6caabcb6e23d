"""How participants get their personal link, and how an earlier one is ended."""

from datetime import datetime

from django.db import transaction

from gyoryu.accounts.access import fingerprint
from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.trade.models import Participant
from gyoryu.trade.queries import links as queries
from gyoryu.trade.rules import links as rules

CHANGE = "trade.change"


@transaction.atomic
def give(participant: Participant, *, by: User | None, at: datetime) -> str:
    """Return the secret of a participant's link; one that has none is given one.

    For letters, which are written down themselves.
    """
    check_may(by, CHANGE, participant.unit)
    rules.check_works(participant)
    return queries.secret_of(participant) or _next(participant)


@transaction.atomic
def renew(participant: Participant, *, by: User | None, at: datetime) -> str:
    """End a participant's link, such as one that fell into other hands; return the new secret."""
    check_may(by, CHANGE, participant.unit)
    row = Participant.objects.select_for_update(of=("self",)).get(pk=participant.pk)
    rules.check_works(row)
    secret = _next(row)
    participant.link_mark, participant.link_number = row.link_mark, row.link_number
    history.record("participant.link_renewed", participant, by=by, at=at)
    return secret


def _next(participant: Participant) -> str:
    participant.link_number += 1
    secret = next(rules.made_of(participant, participant.link_number))
    participant.link_mark = fingerprint(secret)
    participant.save(update_fields=["link_mark", "link_number"])
    return secret
