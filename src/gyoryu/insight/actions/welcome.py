"""Inviting people: an account, a role and a letter, or none of them."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts import rules
from gyoryu.accounts.actions import people
from gyoryu.accounts.models import Unit, User
from gyoryu.outbox import actions as outbox


@transaction.atomic
def invite(values: dict[str, str], unit: Unit, role: str, *, by: User | None, at: datetime) -> User:
    """Make an account with its first role, and send the letter that lets its owner in.

    ``values`` are the e-mail address, the names and the language.
    """
    names = {name: value for name, value in values.items() if name != "email"}
    user = people.add_user(values["email"], names, unit=unit, by=by, at=at)
    people.grant(user, role, unit, by=by, at=at)
    send_link(user, by=by, at=at)
    return user


def send_link(user: User, *, by: User | None, at: datetime) -> None:
    """Send a letter with a link that sets the password once, within three days."""
    rules.check_can_manage(user, by=by)
    once = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    outbox.queue(
        user,
        key=f"welcome:{user.pk}:{at:%Y%m%d%H%M%S}",
        subject=_("Set your password for Gyoryu"),
        body=_(
            "An account was made for you in Gyoryu, the register of international cooperation. "
            "Open this link to set your password. It works once, and for three days."
        ),
        link=reverse("account_reset_password_from_key", args=once),
        at=at,
    )
