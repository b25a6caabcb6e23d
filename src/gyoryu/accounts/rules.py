"""What the accounts allow, with the reason when they do not."""

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.base.refused import Refused


def check_may(by: User | None, capability: str, unit: Unit | None = None) -> None:
    """Refuse unless the user's roles grant the capability at the unit. ``None`` is the system."""
    if by is not None and not by.access.may(capability, unit.path if unit else ""):
        raise Refused(_("Your role does not allow this here."))
