"""Who sits on a panel, who judges what, and how they are reminded."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.actions import people
from gyoryu.accounts.models import User
from gyoryu.accounts.queries import called_by
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.outbox import actions as outbox
from gyoryu.programmes.actions import steps
from gyoryu.programmes.models import Application, Call, Review, Seat
from gyoryu.programmes.queries import reviews as queries
from gyoryu.programmes.rules import reviews as rules

MONDAY = 0


@transaction.atomic
def invite(
    call: Call,
    email: str,
    names: dict[str, str],
    *,
    office: str = "",
    chairs: bool = False,
    by: User | None,
    at: datetime,
) -> Seat:
    """Give somebody a seat and write to them; who has no account yet gets one without a role.

    ``office`` is where they come from. Who left the panel earlier takes their seat again.
    """
    check_may(by, "programmes.change", call.unit)
    rules.check_panel_open(call)
    rules.check_criteria(call)
    user = called_by(email)
    if user is None:
        # An officer may invite to a panel without administering accounts: it brings no role.
        user = people.add_user(email, names, unit=call.unit, by=None, at=at)
    rules.check_seat(call, user)
    seat = call.panel.filter(user=user).first() or Seat(call=call, user=user)
    seat.office, seat.chairs, seat.left_on, seat.left_reason = office, chairs, None, ""
    seat.save()
    history.record("seat.taken", seat, by=by, at=at, unit=call.unit_id)
    outbox.queue(
        user,
        key=f"seat:{seat.pk}:{at.isoformat()}",
        subject=_("You are asked to judge applications"),
        body=_INVITED % {"call": call, "email": user.email},
        link=reverse("my-reviews"),
        about=call,
        at=at,
    )
    return seat


_INVITED = _(
    "You are on the panel of “%(call)s”.\n\nSign in with %(email)s; if you have no password yet,"
    " choose “Forgot your password?” on the sign-in page. Then declare for each application whether"
    " you have a conflict of interest, and give your points."
)
_REMINDED = _(
    "You still have applications to judge: %(call)s.\n\nWhat you have typed is kept. A review"
    " counts from when it is handed in."
)


@transaction.atomic
def leave(seat: Seat, reason: str, *, on: date, by: User | None, at: datetime) -> Seat:
    """Take somebody off a panel: what was handed in stays, what was not begun goes to others."""
    check_may(by, "programmes.change", seat.call.unit)
    rules.check_can_leave(seat)
    seat.reviews.filter(submitted_at=None).exclude(conflict=Review.Conflict.RECUSED).delete()
    changes = history.changes(seat, {"left_on": on, "left_reason": reason})
    seat.save(update_fields=list(changes))
    history.record(
        "seat.left", seat, by=by, at=at, unit=seat.call.unit_id, changes=changes, reason=reason
    )
    return seat


@transaction.atomic
def assign(seat: Seat, application: Application, *, by: User | None, at: datetime) -> Review:
    """Give a member of a panel an application to judge; again, it is the review that stands."""
    check_may(by, "programmes.change", seat.call.unit)
    rules.check_assign(seat, application)
    review, made = Review.objects.get_or_create(seat=seat, application=application)
    if made:
        _begin(seat.call, [application], [review], by=by, at=at)
    return review


@transaction.atomic
def distribute(call: Call, each: int, seed: int, *, by: User | None, at: datetime) -> int:
    """Give every application ``each`` reviewers, balanced; return how many reviews are new."""
    check_may(by, "programmes.change", call.unit)
    rules.check_panel_open(call)
    rules.check_criteria(call)
    rules.check_each(each, call.panel.filter(left_on=None).count())
    rows = {one.pk: one for one in queries.judged(call).filter(status__in=rules.OPEN)}
    made = [
        Review(seat_id=seat, application=rows[application])
        for seat, application in queries.plan(call, each, seed).pairs
    ]
    Review.objects.bulk_create(made)
    _begin(call, [rows[one.application_id] for one in made], made, by=by, at=at)
    return len(made)


def _begin(
    call: Call,
    applications: list[Application],
    reviews: list[Review],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Move what is judged from now on into review, and write down who judges what."""
    for row in {one.pk: one for one in applications}.values():
        if row.status == Application.Status.ELIGIBLE:
            steps.take(row, Application.Status.IN_REVIEW, by=by, at=at)
    done = [Done("review.assigned", one, call.unit_id) for one in reviews]
    if done:
        history.record_many(done, by=by, at=at)


@transaction.atomic
def take_back(review: Review, *, by: User | None, at: datetime) -> None:
    """Take an application from a member who has not begun with it."""
    call = review.seat.call
    check_may(by, "programmes.change", call.unit)
    rules.check_take_back(review)
    history.record("review.taken_back", review, by=by, at=at, unit=call.unit_id)
    review.delete()


@transaction.atomic
def remind(call: Call, *, on: date, by: User | None, at: datetime) -> int:
    """Write to the members who have something left to judge, once a day; return to how many."""
    check_may(by, "programmes.change", call.unit)
    rules.check_panel_open(call)
    written = queries.reminded(call, on)
    late = [seat for seat in queries.behind(call) if seat.pk not in written]
    for seat in late:
        outbox.queue(
            seat.user,
            key=queries.reminder(seat, on),
            subject=_("Applications wait for your judgement"),
            body=_REMINDED % {"call": call},
            link=reverse("my-reviews"),
            about=call,
            at=at,
        )
    if late:
        done = [Done("seat.reminded", seat, call.unit_id) for seat in late]
        history.record_many(done, by=by, at=at)
    return len(late)


def remind_all(*, on: date, by: User | None, at: datetime) -> int:
    """Write on Mondays to every member who has something left to judge; return to how many."""
    if on.weekday() != MONDAY:
        return 0
    return sum(remind(call, on=on, by=by, at=at) for call in queries.being_judged())
