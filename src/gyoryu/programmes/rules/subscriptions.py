"""What is asked of who wants letters about new calls, and the secret of their links."""

from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.programmes.models import Programme, Strategy, Subscription

# Standing at once for one person or address.
MOST = 20
# So long a first letter waits for its answer; then the address is forgotten.
WAITS = timedelta(days=7)
_SALT = "gyoryu.programmes.subscription"


def secret_of(row: Subscription) -> str:
    """Return the secret of the link by which letters are confirmed and ended; it is not kept."""
    return Signer(salt=_SALT).sign(str(row.pk))


def of_secret(secret: str) -> int | None:
    """Return whose link it is; none where it was not made here."""
    try:
        return int(Signer(salt=_SALT).unsign(secret))
    except (BadSignature, ValueError):
        return None


def check_room(standing: int) -> None:
    """Refuse one wish more where there are very many."""
    if standing >= MOST:
        raise Refused(_("There are %(most)d wishes already. End one first.") % {"most": MOST})


def check_new(standing: Subscription | None) -> None:
    """Refuse the same wish twice."""
    if standing is not None:
        raise Refused(_("You get these letters already."))


def check_asked(strategy: Strategy | None, kind: str) -> None:
    """Refuse a strategy that was taken back, and a kind that there is not."""
    if strategy is not None and strategy.voided_at:
        raise Refused(_("This strategy was taken back."), field="strategy")
    if kind and kind not in Programme.Kind.values:
        raise Refused(_("There is no such kind of support."), field="kind")


def check_stands(row: Subscription, at: datetime) -> None:
    """Refuse what was ended, or was not confirmed in time."""
    if row.ended_at is not None:
        raise Refused(_("These letters were ended already."))
    if row.confirmed_at is None and row.asked_at + WAITS <= at:
        raise Refused(_("This was not confirmed in time. Ask for the letters again."))
