"""What screening allows: who may see and decide, and when an application may be called eligible."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.programmes.models import Application, Call, Finding
from gyoryu.programmes.rules.applications import stamp

Status = Application.Status
SCREENED = (Status.SUBMITTED, Status.RETURNED, Status.ELIGIBLE, Status.INELIGIBLE)


def check_may_screen(by: User | None, application: Application | Call) -> None:
    """Refuse unless somebody may both see applicants and change programmes there."""
    check_may(by, "programmes.applicants", application.unit)
    check_may(by, "programmes.change", application.unit)


def check_can_screen(application: Application) -> None:
    """Refuse to examine what is not there yet, or is past being screened."""
    if application.status not in SCREENED or application.voided_at:
        raise Refused(
            _("It is “%(status)s”: its conditions are not examined any more.")
            % {"status": application.get_status_display()}
        )


def check_can_pass(application: Application, findings: Iterable[Finding]) -> None:
    """Refuse to call eligible what was not examined, or has a condition open or not met."""
    rules = application.call.rules.count()
    held = list(findings)
    if len(held) < rules:
        raise Refused(_("Examine the conditions first."))
    if open_ := [one for one in held if one.outcome == Finding.Outcome.NOT_KNOWN]:
        raise Refused(
            _("Conditions that are not known yet: %(count)d. Decide them first, with the reason.")
            % {"count": len(open_)}
        )
    if failed := [one for one in held if one.outcome == Finding.Outcome.NOT_MET]:
        raise Refused(
            _("Conditions that are not met: %(count)d. Decide otherwise only with a reason.")
            % {"count": len(failed)}
        )


def check_overrule(outcome: str, reason: str) -> None:
    """Refuse an officer's own finding without a reason, or one that decides nothing."""
    if outcome not in {Finding.Outcome.MET, Finding.Outcome.NOT_MET}:
        raise Refused(_("Say whether the condition is met or not."), field="outcome")
    if not reason.strip():
        raise Refused(_("Give a reason. It is kept in the history."), field="reason")


def check_received(call: Call, received: datetime, at: datetime) -> None:
    """Refuse a paper that came before the call opened, after it closed, or is still to come."""
    if received > at:
        raise Refused(_("This moment has not come yet."), field="received_on")
    if not call.opens_at <= received < call.closes_at:
        raise Refused(
            _("The call was open from %(first)s to %(last)s: what came outside does not count.")
            % {"first": stamp(call.opens_at), "last": stamp(call.closes_at)},
            field="received_on",
        )
