"""Letters about claims, to who handed them in or else to all who act for the awardee."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.models import Claim
from gyoryu.programmes.queries import representatives

SAID = {
    "claim.returned": (
        _("Claim %(number)s was returned for completion"),
        _("Please complete it and hand it in again. What is missing: %(reason)s"),
    ),
    "claim.rejected": (
        _("Claim %(number)s was rejected"),
        _("It is not paid. The reason: %(reason)s"),
    ),
    "claim.approved": (
        _("Claim %(number)s was approved"),
        _("%(amount)s KRW of it was approved and will be paid. What was cut: %(reason)s"),
    ),
    "claim.paid": (
        _("Claim %(number)s was paid"),
        _("%(amount)s KRW was paid to the account you gave."),
    ),
}


@transaction.atomic(savepoint=False)
def tell(claim: Claim, verb: str, reason: str, *, by: User | None, at: datetime) -> None:
    """Write to the awardee what was decided; what only the office did is told to nobody."""
    if verb not in SAID:
        return
    subject, body = SAID[verb]
    amount = f"{claim.approved:,}" if claim.approved else "0"
    for user in _addressees(claim):
        with override(user.language):
            said = {"number": claim.number, "reason": reason or "-", "amount": amount}
            outbox.queue(
                user,
                key=f"{verb}:{claim.pk}:{at:%Y%m%d%H%M%S}",
                subject=subject % said,
                body=body % said,
                about=claim,
                link=reverse("my-claim", args=[claim.pk]),
                at=at,
            )


def _addressees(claim: Claim) -> list[User]:
    """Return who handed it in while they act for the awardee, else all who surely do."""
    organisation = claim.award.organisation_id
    if organisation is None:
        application = claim.award.application
        return [application.applicant] if application and application.applicant else []
    there = representatives.acting(organisation)
    handed = [row.user for row in there if row.user_id == claim.submitted_by_id]
    return handed or [row.user for row in there if row.confirmed_at]
