"""What consultative bodies and their sessions allow, with the reason when they do not."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Agreement, Body, Engagement, Status
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, told
from gyoryu.base.refused import Refused

OVER = {Status.EXPIRED, Status.ENDED, Status.REPLACED}
UNSIGNED = {Status.DRAFT, Status.REVIEWED}
LONGEST_CADENCE = 120


def check_can_found(agreement: Agreement) -> None:
    """Refuse a body under an agreement that is not signed yet, is over or was voided."""
    check_stands(agreement)
    if agreement.status in UNSIGNED:
        raise Refused(_("The agreement is not signed yet. A body stands under a signed one."))
    check_agreement_runs(agreement)


def check_agreement_runs(agreement: Agreement) -> None:
    """Refuse what an agreement that is over can no longer carry."""
    if agreement.status in OVER:
        raise Refused(
            _("The agreement is over (%(status)s since %(day)s).")
            % {"status": agreement.get_status_display(), "day": told(agreement.status_since)}
        )


def check_body(body: Body, *, today: date) -> None:
    """Refuse a body as it would stand: unnamed, with no cadence, or founded at a wrong time."""
    check_texts(body)
    if not body.name_ko and not body.name_en:
        raise Refused(_("Give at least one name, in Korean or English."), field="name_ko")
    if not 1 <= body.cadence_months <= LONGEST_CADENCE:
        raise Refused(
            _("It meets every 1 to %(most)d months.") % {"most": LONGEST_CADENCE},
            field="cadence_months",
        )
    if body.lead_ours_id and body.lead_ours_id == body.lead_theirs_id:
        raise Refused(_("The lead offices are of two sides."), field="lead_theirs")
    _check_founding(body, today)


def _check_founding(body: Body, today: date) -> None:
    signed, founded = body.agreement.signed_first or body.agreement.signed_on, body.founded_on
    if founded and founded > today:
        raise Refused(_("A founding day lies in the past or is today."), field="founded_on")
    if founded and signed and founded < signed:
        raise Refused(
            _("The agreement was signed only on %(day)s.") % {"day": told(signed)},
            field="founded_on",
        )
    if founded and body.next_due_on and body.next_due_on < founded:
        raise Refused(_("The next session cannot be before the founding."), field="next_due_on")


def check_can_hold(body: Body) -> None:
    """Refuse a session of a body that has ended, or whose agreement is over."""
    check_stands(body)
    check_not_ended(body)
    check_agreement_runs(body.agreement)


def check_not_ended(body: Body) -> None:
    """Refuse what a body that has ended can no longer do."""
    if body.ended_on:
        raise Refused(_("This body ended on %(day)s.") % {"day": told(body.ended_on)})


def check_session(session: Engagement, *, today: date) -> None:
    """Refuse a session before its body was founded, without a number, or with one that is taken."""
    body = session.body
    if body is None or not session.session_number:
        raise Refused(_("A session is recorded on the page of its body."), field="kind")
    if not session.pk:
        check_can_hold(body)
    if body.founded_on and session.ends_on < body.founded_on:
        raise Refused(
            _("The body was founded only on %(day)s.") % {"day": told(body.founded_on)},
            field="starts_on",
        )
    if session.session_number > getattr(body, "highest", session.session_number):
        return  # Beyond the highest there is, which whoever locked the body has looked up.
    taken = body.sessions.filter(session_number=session.session_number, voided_at=None)
    if other := taken.exclude(pk=session.pk).first():
        raise Refused(
            _("Session %(number)d is recorded already: %(name)s.")
            % {"number": session.session_number, "name": other},
            field="session_number",
        )


def check_end(body: Body, *, on: date, reason: str, today: date) -> None:
    """Refuse to end a body twice, without a reason, ahead of time or before its last session."""
    check_stands(body)
    check_not_ended(body)
    check_reason(reason, most=300)
    if on > today:
        raise Refused(_("It cannot have ended in the future."), field="on")
    if body.founded_on and on < body.founded_on:
        raise Refused(
            _("The body was founded only on %(day)s.") % {"day": told(body.founded_on)}, field="on"
        )
    sessions = body.sessions.filter(voided_at=None).exclude(state=Engagement.State.CANCELLED)
    if later := sessions.filter(ends_on__gt=on).order_by("ends_on").last():
        raise Refused(
            _("%(name)s is on %(day)s, after that.") % {"name": later, "day": told(later.ends_on)},
            field="on",
        )
