"""What may be taken over from a file: records that have a past, checked as their screens check.

An agreement that a file says is in force was signed before, so both steps are written and both
are checked; what a step needs on its page (both sides, a reason for a missing text) it needs here.
"""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Agreement, Commitment, Engagement, Status
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.rules import agreements, commitments, given
from gyoryu.base.periods import Period
from gyoryu.base.refused import Refused

PREPARED = {Status.DRAFT, Status.REVIEWED}
# Steps that a file cannot tell enough about.
NOT_TAKEN = {Status.REPLACED, Status.REVIEWED}
TAKEN_COMMITMENTS = {
    Commitment.Status.OPEN,
    Commitment.Status.IN_PROGRESS,
    Commitment.Status.DROPPED,
}


def check_agreement(values: dict[str, Any], *, today: date) -> None:
    """Refuse an agreement that could not have come to stand where the file says it does.

    ``values`` are those of a draft, and ``status``, ``since`` and ``no_document_reason``.
    """
    agreements.check_values(values, today=today)
    agreements.check_parties(values.get("parties") or [])
    status = values["status"]
    if status in NOT_TAKEN:
        raise Refused(
            _("“%(status)s” has its own page: take it over as it stood before, then go on there.")
            % {"status": Status(status).label},
            field="status",
        )
    if status not in PREPARED:
        _check_course(values, status, today)


def _check_course(values: dict[str, Any], status: str, today: date) -> None:
    signed: Period | None = values.get("signed")
    if signed is None:
        raise Refused(
            _("“%(status)s” needs the day of signing.") % {"status": Status(status).label},
            field="signed",
        )
    since = since_of(values)
    if since is None:
        raise Refused(
            _("Say since when it is “%(status)s”.") % {"status": Status(status).label},
            field="since",
        )
    if since > today or since < signed.first:
        raise Refused(_("It stands there since the signing at the earliest, today at the latest."),
                      field="since")  # fmt: skip
    if status == Status.IN_FORCE:
        _check_in_force(values)


def _check_in_force(values: dict[str, Any]) -> None:
    sides = [side for _organisation, side in values.get("parties") or []]
    for side, field in ((Side.OURS, "ours"), (Side.THEIRS, "theirs")):
        if side not in sides:
            raise Refused(
                _("In force needs a party on our side and one on theirs. Add it first."),
                field=field,
            )
    if not values.get("no_document_reason"):
        raise Refused(
            _("In force needs the signed text among its documents, or the reason for its absence."),
            field="no_document_reason",
        )


def since_of(values: dict[str, Any]) -> date | None:
    """Return since when an agreement stands where it stands, as far as the file tells."""
    if given_day := values.get("since"):
        day: date = given_day
        return day
    signed, ends_on = values.get("signed"), values.get("ends_on")
    if values["status"] in {Status.SIGNED, Status.IN_FORCE} and signed:
        return date.fromordinal(signed.first.toordinal())
    if values["status"] == Status.EXPIRED and ends_on:
        return date.fromordinal((ends_on + timedelta(days=1)).toordinal())
    if values["status"] == Status.ENDED and ends_on:
        return date.fromordinal(ends_on.toordinal())
    return None


def check_change(agreement: Agreement, values: dict[str, Any], *, today: date) -> None:
    """Refuse a change that the agreement's page would refuse, and one of its status or parties."""
    agreements.check_stands(agreement)
    agreements.check_values(values, today=today, itself=agreement)
    if "signed" in values and agreement.status not in PREPARED:
        raise Refused(_("The day of signing is corrected on the agreement's page."), field="signed")


def check_engagement(engagement: Engagement) -> None:
    """Refuse a session: it carries promises over, which its body's page does."""
    if engagement.kind == Engagement.Kind.SESSION:
        raise Refused(_("A session is recorded on the page of its body."), field="kind")


def check_commitment(values: dict[str, Any], *, today: date) -> None:
    """Refuse a promise that its form would refuse, or one whose end needs more than a file."""
    for name in ("words", "words_original"):
        if len(values.get(name) or "") > given.LONGEST_TEXT:
            told = {"long": len(values[name]), "most": given.LONGEST_TEXT}
            raise Refused(
                _("This is %(long)d characters long; at most %(most)d fit.") % told, field=name
            )
    commitments.check_promise(values)
    commitments.check_said(values.get("said_on"), today)
    commitments.check_agreement(values.get("agreement"), None, values.get("said_on"))
    status = values.get("status") or Commitment.Status.OPEN
    if status == Commitment.Status.DONE:
        raise Refused(
            _("Nothing shows yet that it was done. Take it over as open, and add the document."),
            field="status",
        )
    if status not in TAKEN_COMMITMENTS:
        raise Refused(_("Say which commitment takes its place on its page."), field="status")
    if status == Commitment.Status.DROPPED and not values.get("status_reason"):
        raise Refused(commitments.WHY, field="status_reason")
