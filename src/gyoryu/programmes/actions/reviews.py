"""How a member of a panel judges: declared, scored, handed in; and opened again by the office."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.programmes.models import Review, Score
from gyoryu.programmes.queries import reviews as queries
from gyoryu.programmes.rules import reviews as rules

Points = dict[int, Decimal | None]


@transaction.atomic
def declare(
    review: Review, conflict: str, reason: str = "", *, by: User | None, at: datetime
) -> Review:
    """Say whether there is a conflict of interest; a recusal counts at once, also after scoring.

    The member says so of themselves; whoever changes programmes may recuse a member.
    """
    review = _locked(review)
    if by is None or by.pk == review.seat.user_id:
        rules.check_is_reviewer(review, by)
    else:
        check_may(by, "programmes.change", review.seat.call.unit)
    rules.check_declare(review, conflict, reason)
    kept = reason if conflict == Review.Conflict.RECUSED else ""
    changes = history.changes(review, {"conflict": conflict, "conflict_reason": kept})
    if changes:
        review.save(update_fields=list(changes))
        _note("review.declared", review, by=by, at=at, changes=changes, reason=kept)
    return review


@transaction.atomic
def score(review: Review, points: Points, remark: str, *, by: User | None, at: datetime) -> Review:
    """Keep points and a remark as far as they are given; nobody else sees them yet.

    ``points`` are by criterion; none takes back what was given. It is kept on every change of the
    page, so the history tells of the handing in alone.
    """
    review = _locked(review)
    rules.check_is_reviewer(review, by)
    rules.check_open(review)
    _keep(review, points)
    review.remark, review.saved_at = remark, at
    review.save(update_fields=["remark", "saved_at"])
    return review


@transaction.atomic
def submit(review: Review, points: Points, remark: str, *, by: User | None, at: datetime) -> Review:
    """Hand a review in: from now on it is locked and counts."""
    review = _locked(review)
    rules.check_is_reviewer(review, by)
    rules.check_open(review)
    criteria = queries.criteria(review.seat.call)
    rules.check_complete(criteria, points)
    _keep(review, points)
    total = sum((given for given in points.values() if given is not None), Decimal(0))
    found = {"remark": remark, "saved_at": at, "submitted_at": at, "total": total}
    changes = history.changes(review, found)
    review.save(update_fields=list(found))
    told = {name: pair for name, pair in changes.items() if name == "total"}
    _note("review.submitted", review, by=by, at=at, changes=told)
    return review


@transaction.atomic
def reopen(review: Review, reason: str, *, by: User | None, at: datetime) -> Review:
    """Open a review that was handed in, so that its member can change it; it counts no longer."""
    review = _locked(review)
    check_may(by, "programmes.change", review.seat.call.unit)
    rules.check_reopen(review, reason)
    changes = history.changes(review, {"submitted_at": None, "total": None})
    review.save(update_fields=["submitted_at", "total"])
    _note("review.reopened", review, by=by, at=at, changes=changes, reason=reason)
    return review


def _locked(review: Review) -> Review:
    """Read a review anew, so that of two at once the second sees what the first has done."""
    rows = Review.objects.select_for_update(of=("self",))
    return rows.select_related("seat__call__unit", "application").get(pk=review.pk)


def _keep(review: Review, points: Points) -> None:
    criteria = {one.pk: one for one in queries.criteria(review.seat.call)}
    known = {pk: given for pk, given in points.items() if pk in criteria}
    for pk, given in known.items():
        rules.check_points(criteria[pk], given)
    gone = [pk for pk, given in known.items() if given is None]
    if gone:
        Score.objects.filter(review=review, criterion__in=gone).delete()
    Score.objects.bulk_create(
        [
            Score(review=review, criterion_id=pk, points=given)
            for pk, given in known.items()
            if given is not None
        ],
        update_conflicts=True,
        unique_fields=["review", "criterion"],
        update_fields=["points"],
    )


def _note(
    verb: str,
    review: Review,
    *,
    by: User | None,
    at: datetime,
    changes: dict[str, list[object]],
    reason: str = "",
) -> None:
    unit = review.seat.call.unit_id
    history.record(verb, review, by=by, at=at, unit=unit, changes=changes, reason=reason)
