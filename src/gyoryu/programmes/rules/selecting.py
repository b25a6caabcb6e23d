"""When the applicants of a call without a panel may be selected, and what is said when not."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.programmes.models import Application, Call
from gyoryu.programmes.rules.calls import Phase, phase

OTHERS = (Application.Status.RESERVE, Application.Status.REJECTED)


def check_call(call: Call, at: datetime) -> None:
    """Refuse a call that a panel judges, or whose window is not over."""
    if call.reviewed:
        raise Refused(_("A panel judges this call: it is decided as the score sheet says."))
    if phase(call, at=at) != Phase.CLOSED:
        raise Refused(_("Applicants are selected once the window is closed, and only once."))


def check_none_waits(waiting: int) -> None:
    """Refuse while applications are not screened: who is selected leaves no place to them."""
    if waiting:
        raise Refused(
            _("Applications that are not screened yet: %(count)d. Screen them first.")
            % {"count": waiting}
        )


def check_others(left: Collection[int], others: str, reason: str) -> None:
    """Refuse to leave somebody out without saying what becomes of them, and why."""
    if not left:
        return
    if others not in OTHERS:
        raise Refused(_("Say what becomes of those who are not chosen."), field="others")
    if not reason.strip():
        raise Refused(_("Give a reason. Those who are not chosen read it."), field="reason")
