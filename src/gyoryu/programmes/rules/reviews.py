"""Who may judge what, and when a judgement stands."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.models import Application, Call, Criterion, Review, Seat, Sheet

Status = Application.Status
# Applications that are judged, and those that a panel has judged whatever became of them since.
OPEN = (Status.ELIGIBLE, Status.IN_REVIEW, Status.INTERVIEW)
JUDGED = (
    *OPEN,
    Status.SELECTED,
    Status.RESERVE,
    Status.REJECTED,
    Status.RUNNING,
    Status.REPORTED,
    Status.CLOSED,
)
# What shows who applies: whoever holds one of these at the call's unit cannot judge blind.
SEEING = ("programmes.applicants", "programmes.view", "evidence.view", "history.view")
STEP = Decimal("0.01")


def sees_applicants(call: Call, user: User) -> bool:
    """Tell whether a person's roles show them who applies to a call."""
    return any(user.access.may(one, call.unit.path) for one in SEEING)


def check_panel_open(call: Call) -> None:
    """Refuse to change the panel of a call that has none, is decided or was cancelled."""
    if not call.reviewed:
        raise Refused(_("This call is not judged by a panel."))
    if call.state in {Call.State.DECIDED, Call.State.CANCELLED}:
        raise Refused(_("This call is closed: its panel is not changed any more."))


def check_criteria(call: Call) -> None:
    """Refuse to judge by criteria that do not come to 100 points."""
    points = sum(call.criteria.values_list("most", flat=True))
    if points != 100:
        raise Refused(
            _("The criteria of this call come to %(points)d points instead of 100.")
            % {"points": points}
        )


def check_seat(call: Call, user: User) -> None:
    """Refuse a seat for who applies, is on the panel, or would see whom a blind call hides."""
    check_panel_open(call)
    if not user.is_active:
        raise Refused(_("This account is closed."), field="email")
    if call.panel.filter(user=user, left_on=None).exists():
        raise Refused(_("This person is on the panel already."), field="email")
    if call.applications.filter(applicant=user).exclude(status=Status.WITHDRAWN).exists():
        raise Refused(_("This person applies to this very call."), field="email")
    if call.blind and sees_applicants(call, user):
        raise Refused(
            _(
                "This call is judged blind, and this person's role shows who applies. Ask somebody"
                " from outside the division."
            ),
            field="email",
        )


def check_can_leave(seat: Seat) -> None:
    """Refuse to leave a panel twice, or one whose call is decided."""
    check_panel_open(seat.call)
    if seat.left_on:
        raise Refused(_("This member has left the panel already."))


def check_assign(seat: Seat, application: Application) -> None:
    """Refuse to give an application to who has left, or that is not judged."""
    check_panel_open(seat.call)
    if seat.left_on:
        raise Refused(_("This member has left the panel already."))
    if application.call_id != seat.call_id:
        raise Refused(_("This application belongs to another call."))
    if application.status not in OPEN:
        raise Refused(_("Only eligible applications are judged."))


def check_take_back(review: Review) -> None:
    """Refuse to take back what was begun: a recusal says why, taking back leaves no trace."""
    check_panel_open(review.seat.call)
    if review.conflict != Review.Conflict.UNDECLARED or review.submitted_at:
        raise Refused(_("This review was begun. It can be recused with a reason."))


def check_each(each: int, seats: int) -> None:
    """Refuse to ask for more reviews of each than there are members."""
    if not seats:
        raise Refused(_("Nobody is on the panel yet."), field="each")
    if each > seats:
        raise Refused(_("The panel has only %(n)d members.") % {"n": seats}, field="each")


def check_is_reviewer(review: Review, by: User | None) -> None:
    """Refuse anybody but the member whose review it is."""
    if by is not None and (review.seat.user_id != by.pk or review.seat.left_on):
        raise NotAllowed(_("This review belongs to somebody else."))
    if by is not None and review.seat.call.blind and sees_applicants(review.seat.call, by):
        raise NotAllowed(
            _("This call is judged blind, and your role now shows who applies. Tell the office.")
        )


def check_judged(review: Review) -> None:
    """Refuse to judge what is no longer in review."""
    check_panel_open(review.seat.call)
    if review.application.status not in OPEN:
        raise Refused(_("This application is not in review any more."))


def check_declare(review: Review, conflict: str, reason: str) -> None:
    """Refuse a declaration of nothing, a recusal without a reason, or one over locked points."""
    check_judged(review)
    if conflict not in {Review.Conflict.NONE, Review.Conflict.RECUSED}:
        raise Refused(_("Say whether there is a conflict of interest."), field="conflict")
    if conflict == Review.Conflict.RECUSED and not reason.strip():
        raise Refused(_("Say what the conflict is."), field="reason")
    if review.submitted_at and conflict == Review.Conflict.NONE:
        raise Refused(_("This review was handed in. Ask the office to open it again."))


def check_open(review: Review) -> None:
    """Refuse to score before the declaration, after a recusal, or what was handed in."""
    check_judged(review)
    if review.conflict == Review.Conflict.UNDECLARED:
        raise Refused(_("Declare first whether you have a conflict of interest."))
    if review.conflict == Review.Conflict.RECUSED:
        raise Refused(_("You have recused yourself from this application."))
    if review.submitted_at:
        raise Refused(_("This review was handed in. Ask the office to open it again."))


def field_of(criterion: Criterion) -> str:
    """Return the name of a criterion's field on the form."""
    return f"points_{criterion.pk}"


def check_points(criterion: Criterion, points: Decimal | None) -> None:
    """Refuse points below zero, over the most, or finer than hundredths."""
    if points is None:
        return
    if not points.is_finite() or points < 0 or points > criterion.most:
        raise Refused(
            _("Give 0 to %(most)d points.") % {"most": criterion.most}, field=field_of(criterion)
        )
    if points != points.quantize(STEP):
        raise Refused(_("Two decimals at most."), field=field_of(criterion))


def check_complete(criteria: Iterable[Criterion], given: dict[int, Decimal | None]) -> None:
    """Refuse to hand in a review that lacks points."""
    for criterion in criteria:
        if given.get(criterion.pk) is None:
            raise Refused(_("Points are missing here."), field=field_of(criterion))


def check_reopen(review: Review, reason: str) -> None:
    """Refuse to open what is open, or without a reason."""
    check_panel_open(review.seat.call)
    if not review.submitted_at or review.conflict == Review.Conflict.RECUSED:
        raise Refused(_("This review is not locked."))
    if not reason.strip():
        raise Refused(_("Say why it is opened again."), field="reason")


def check_freeze(last: Sheet | None, reason: str, *, changed: bool) -> None:
    """Refuse to freeze the same again, or anew without a reason."""
    if last is None:
        return
    if not changed:
        raise Refused(_("Nothing has changed since the last sheet."))
    if not reason.strip():
        raise Refused(_("Say why the sheet is frozen anew."), field="reason")


def check_decide(call: Call, sheet: Sheet | None, *, changed: bool) -> None:
    """Refuse to decide without a frozen sheet, or by one that is not true any more."""
    check_panel_open(call)
    if sheet is None:
        raise Refused(_("Freeze the score sheet first."))
    if changed:
        raise Refused(_("Scores have changed since the sheet was frozen. Freeze it anew."))
