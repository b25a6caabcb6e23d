"""What is allowed about activities, attendance and outcomes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.models import Activity, Application, Attendance, Outcome
from gyoryu.programmes.rules import representatives

Status = Application.Status
Kind = Outcome.Kind
# Those who take part in what a programme offers.
TAKING_PART = (Status.SELECTED, Status.RUNNING, Status.REPORTED, Status.CLOSED)
ADOPTION = (Kind.ADOPTED, Kind.PARTLY, Kind.NOT_ADOPTED)
# Counted in whole things, not in money.
WHOLE = (Kind.JOBS, Kind.PATENTS, Kind.MARKET)
MOST_PEOPLE = 1_000
MOST_AMOUNT = Decimal(10) ** 15


def check_times(values: dict[str, Any]) -> None:
    """Refuse an activity that ends before it begins, or a call of another programme."""
    if values["ends_at"] <= values["starts_at"]:
        raise Refused(_("It has to end after it begins."), field="ends_at")
    call = values.get("call")
    if call and call.programme_id != values["programme"].pk:
        raise Refused(_("This call belongs to another programme."), field="call")


def check_changeable(activity: Activity) -> None:
    """Refuse to change what was cancelled or taken back."""
    if activity.cancelled_reason or activity.voided_at:
        raise Refused(_("This activity was cancelled."))


def check_cancel(activity: Activity, reason: str) -> None:
    """Refuse to cancel twice, without a reason, or what somebody came to."""
    check_changeable(activity)
    if not reason.strip():
        raise Refused(_("Say why it is cancelled."), field="reason")
    if activity.attendance.filter(present__gt=0).exists():
        raise Refused(_("Somebody came to it: it took place."))


def check_begun(activity: Activity, at: datetime) -> None:
    """Refuse attendance and feedback before an activity has begun."""
    check_changeable(activity)
    if at < activity.starts_at:
        raise Refused(_("It has not begun yet."))


def field_of(application: int, part: str) -> str:
    """Return the name of a field of the attendance sheet."""
    return f"{part}_{application}"


def check_present(application: int, expected: int, present: int | None) -> None:
    """Refuse more people than were expected, and numbers that no room holds."""
    if not 0 < expected <= MOST_PEOPLE:
        raise Refused(
            _("1 to %(most)d people can be expected.") % {"most": MOST_PEOPLE},
            field=field_of(application, "expected"),
        )
    if present is not None and not 0 <= present <= expected:
        raise Refused(
            _("0 to %(most)d can have come.") % {"most": expected},
            field=field_of(application, "present"),
        )


def check_takes_part(activity: Activity, application: Application) -> None:
    """Refuse who was not selected in a call of the activity's programme, or in its own call."""
    of_call = application.call_id == activity.call_id if activity.call_id else True
    if not of_call or application.call.programme_id != activity.programme_id:
        raise Refused(_("%(name)s does not belong to it.") % {"name": application.number})
    if application.status not in TAKING_PART:
        raise Refused(_("%(name)s was not selected.") % {"name": application.number})


def acts_for(application: Application, user: User) -> bool:
    """Tell whether somebody applied themselves, or acts for the company that did."""
    if application.applicant_id == user.pk:
        return True
    return application.organisation_id in representatives.sure_of(user)


def check_feedback(row: Attendance, rating: int, at: datetime, by: User | None) -> None:
    """Refuse feedback of others, of who was not there, or before it began."""
    if by is not None and not acts_for(row.application, by):
        raise NotAllowed(_("This belongs to another participant."))
    check_begun(row.activity, at)
    if row.present == 0:
        raise Refused(_("Nobody of yours was there, as the attendance sheet says."))
    if not 1 <= rating <= 5:
        raise Refused(_("Give 1 to 5."), field="rating")


def check_outcome(
    application: Application, kind: str, amount: Decimal | None, reason: str, on: date, today: date
) -> None:
    """Refuse an outcome without what it needs: adoption its reason, all others their number."""
    if application.status not in TAKING_PART:
        raise Refused(_("%(name)s was not selected.") % {"name": application.number})
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    if kind in ADOPTION:
        if amount is not None:
            raise Refused(_("Adoption has no number."), field="amount")
        if not reason.strip():
            raise Refused(_("Say why, or where it was adopted."), field="reason")
        return
    check_number(kind, amount)


def check_number(kind: str, amount: Decimal | None) -> None:
    """Refuse no number, one that no company reaches, and parts of what is counted whole."""
    if amount is None:
        raise Refused(_("Give the number."), field="amount")
    if amount < 0 or amount >= MOST_AMOUNT:
        raise Refused(_("This cannot be right. Check the number."), field="amount")
    if kind in WHOLE and amount != amount.to_integral_value():
        raise Refused(_("Whole numbers only."), field="amount")


def check_adoption_once(application: Application, kind: str) -> None:
    """Refuse a second word on adoption while the first one stands."""
    if kind in ADOPTION and application.outcomes.filter(kind__in=ADOPTION, voided_at=None).exists():
        raise Refused(
            _("Whether it was adopted is noted already. Take that back first."), field="kind"
        )


def check_void(outcome: Outcome, reason: str) -> None:
    """Refuse to take back twice or without a reason."""
    if outcome.voided_at:
        raise Refused(_("This was taken back already."))
    if not reason.strip():
        raise Refused(_("Say what was wrong with it."), field="reason")
