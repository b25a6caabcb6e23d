"""Whose link it is, and what a participant's link is. The address is /t/<secret>/."""

from django.urls import reverse

from gyoryu.accounts.access import fingerprint
from gyoryu.trade.models import Participant
from gyoryu.trade.rules import links as rules


def participant_of(secret: str) -> Participant | None:
    """Return the participant of a link's secret, with its event; nobody for one that is no more.

    Unknown, renewed and ended links are all the same to who asks.
    """
    if not rules.LEAST <= len(secret) <= rules.MOST:
        return None
    rows = Participant.objects.filter(link_mark=fingerprint(secret))
    found = rows.select_related("event__unit", "organisation", "unit").first()
    return found if found and rules.works(found) else None


def secret_of(participant: Participant) -> str:
    """Return the secret of a participant's link; nothing when it was given none.

    After the deployment's key was changed for good, an earlier link still opens but cannot be
    written again: ``actions.links.give`` makes a new one then.
    """
    if not participant.link_mark:
        return ""
    made = rules.made_of(participant, participant.link_number)
    return next((one for one in made if fingerprint(one) == participant.link_mark), "")


def address_of(participant: Participant) -> str:
    """Return where a participant's link leads, without the site's name; nothing without one."""
    secret = secret_of(participant)
    return reverse("buyer-link", args=[secret]) if secret else ""
