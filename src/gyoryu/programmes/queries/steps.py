"""What a status means for the applicant, and what comes next, in plain words."""

from django.utils.translation import gettext as _

from gyoryu.programmes.models import Application
from gyoryu.programmes.rules.applications import stamp

Status = Application.Status


def meaning(application: Application) -> str:
    """Say what happens next and when, as far as it is known. Needs the application's call."""
    closes = {"time": stamp(application.call.closes_at)}
    until = {
        "time": stamp(application.complete_until) if application.complete_until else "",
    }
    reviewed = application.call.reviewed
    words = {
        Status.DRAFT: lambda: (
            _("Only you can see it. Submit it before %(time)s by the server's clock.") % closes
        ),
        Status.SUBMITTED: lambda: _(
            "We have it. Next we look whether it is complete and meets the conditions."
        ),
        Status.RETURNED: lambda: (
            _("Complete it and submit it again before %(time)s by the server's clock.") % until
        ),
        Status.ELIGIBLE: lambda: (
            _("It meets the conditions. Next a panel judges it.")
            if reviewed
            else _("It meets the conditions. Next we decide on it.")
        ),
        Status.INELIGIBLE: lambda: _("It does not meet the conditions of this call."),
        Status.IN_REVIEW: lambda: _("A panel is judging it. You need do nothing."),
        Status.INTERVIEW: lambda: _(
            "You are invited to present it. We write to you when and where."
        ),
        Status.SELECTED: lambda: _("You were selected. Next we sign the agreement with you."),
        Status.RESERVE: lambda: (
            _("You are number %(rank)d on the reserve list and move up when somebody withdraws.")
            % {"rank": application.rank or 0}
        ),
        Status.REJECTED: lambda: _("You were not selected this time."),
        Status.WITHDRAWN: lambda: _("It was withdrawn. Nothing more happens with it."),
        Status.RUNNING: lambda: _("The support is under way. Report when it is finished."),
        Status.REPORTED: lambda: _("We have your report and check it."),
        Status.CLOSED: lambda: _("Everything is settled."),
    }
    return str(words[Status(application.status)]())
