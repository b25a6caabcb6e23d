"""What is done to a user's private calendar address."""

from datetime import datetime

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.agreements.queries.feeds import ROTATED
from gyoryu.history import actions as history


@transaction.atomic
def rotate(user: User, *, by: User, at: datetime) -> None:
    """Give a user's calendar a new private address; the one before leads nowhere from now on.

    The history is where this is kept: an address is signed with how often it was renewed.
    """
    if by != user:
        raise ValueError("Only its owner renews a private address.")
    history.record(ROTATED, user, by=by, at=at)
