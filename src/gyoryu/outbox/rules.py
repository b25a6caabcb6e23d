"""What may be done with letters, with the reason when it may not."""

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.outbox.models import Letter


def check_can_try_again(letter: Letter) -> None:
    """Refuse unless the letter was given up and its addressee still signs in."""
    if letter.state != Letter.State.FAILED:
        raise Refused(_("Only a letter that was given up is tried again."))
    if not letter.reaches:
        raise Refused(_("The account of the addressee is closed."))
