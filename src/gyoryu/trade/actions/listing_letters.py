"""Letters to a company about its goods on online malls: on sale, paused, taken off."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.queries import representatives
from gyoryu.trade.models import Listing

State = Listing.State
SAID = {
    State.LIVE: (
        _("%(product)s is on sale at %(channel)s"),
        _("It has been on sale since %(day)s."),
    ),
    State.PAUSED: (
        _("The sale of %(product)s at %(channel)s is paused"),
        _("Paused since %(day)s. The reason: %(reason)s"),
    ),
    State.DELISTED: (
        _("%(product)s was taken off %(channel)s"),
        _("Taken off on %(day)s. The reason: %(reason)s"),
    ),
}


@transaction.atomic(savepoint=False)
def moved(row: Listing, *, by: User | None, at: datetime) -> int:
    """Write to those who surely act for the company; return how many letters that were."""
    if row.state not in SAID:
        return 0
    subject, body = SAID[State(row.state)]
    acting = representatives.acting(row.product.organisation_id)
    to = [one.user for one in acting if one.confirmed_at]
    for user in to:
        with override(user.language):
            told = {"product": row.product, "channel": row.channel, "day": row.state_since,
                    "reason": row.state_reason}  # fmt: skip
            outbox.queue(
                user,
                key=f"listing:{row.pk}:{row.state}:{at:%Y%m%d%H%M%S}",
                subject=subject % told,
                body=body % told,
                link=reverse("my-listing", args=[row.pk]),
                about=row,
                at=at,
            )
    return len(to)
