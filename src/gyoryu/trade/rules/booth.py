"""What a device that keeps entries without a connection is told of who uses it.

Entries wait encrypted. The key is worked out from the server's secret and handed to its owner
alone, so that it need not be kept anywhere: docs/decisions/0126.
"""

import hashlib
import hmac

from django.conf import settings

from gyoryu.accounts.models import User


def mark_of(user: User) -> str:
    """Return what tells a device whose an entry is, without saying who that is."""
    return _worked_out("mark", user).hex()[:32]


def key_of(user: User) -> bytes:
    """Return the 256 bits that this person's entries are encrypted with."""
    return _worked_out("key", user)


def _worked_out(what: str, user: User) -> bytes:
    told = f"gyoryu.trade.booth.{what}:{user.pk}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).digest()
