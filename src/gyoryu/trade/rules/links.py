"""The personal links of participants: how their secrets are made, and when a link works."""

import base64
from collections.abc import Iterator

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.trade.models import Event, Participant

SALT = "gyoryu.trade.link"
# A secret has 43 letters; what is much longer or shorter is not even looked for.
LEAST, MOST = 32, 64


def made_of(participant: Participant, number: int) -> Iterator[str]:
    """Yield the secret of a participant's link of this number, by the newest key first.

    It is made of the deployment's key and kept nowhere, so that every letter can have the same
    link and the database alone opens none.
    """
    told = f"{participant.pk}:{number}"
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        digest = salted_hmac(SALT, told, secret=key, algorithm="sha256").digest()
        yield base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def works(participant: Participant) -> bool:
    """Tell whether a participant's link still opens anything."""
    return not (
        participant.voided_at
        or participant.event.voided_at
        or participant.state == Participant.State.WITHDRAWN
        or participant.event.state == Event.State.CANCELLED
    )


def check_works(participant: Participant) -> None:
    """Refuse a link to who is out, or to an event that was called off."""
    if not works(participant):
        raise Refused(_("Who has withdrawn, or whose event was cancelled, gets no link."))
