"""Letters about a due date that shall move: to those who may approve, and back to who asked."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.agreements.models import DueChange
from gyoryu.agreements.queries import commitments as queries
from gyoryu.base import periods
from gyoryu.base.periods import Period
from gyoryu.outbox import actions as outbox


def tell_asked(change: DueChange, *, by: User | None, at: datetime) -> None:
    """Tell those who approve for the unit that a new date waits for them; never who asked."""
    for user in queries.approvers_of(change.commitment.unit, besides=by):
        with override(user.language):
            subject = _("New due date to approve: %(what)s") % {"what": _what(change)}
            _write(user, change, subject, "asked", change.reason, at)


def tell_decided(change: DueChange, *, by: User | None, at: datetime) -> None:
    """Tell who asked what was decided."""
    if change.asked_by is None or change.asked_by == by:
        return
    with override(change.asked_by.language):
        approved = change.state == DueChange.State.APPROVED
        told = _("New due date approved: %(what)s") if approved else _("Not approved: %(what)s")
        _write(change.asked_by, change, told % {"what": _what(change)}, "told", change.remark, at)


def _write(to: User, change: DueChange, subject: str, step: str, words: str, at: datetime) -> None:
    old, new = _date(change.old, to), _date(change.new, to)
    moved = _("Due date: from %(old)s to %(new)s") % {"old": old, "new": new}
    outbox.queue(
        to,
        key=f"due-change:{change.pk}:{step}",
        subject=subject[:200],
        body="\n".join(filter(None, (change.commitment.words, "", moved, words))),
        link=reverse("commitment-due", args=[change.commitment_id])
        if step == "asked"
        else change.commitment.get_absolute_url(),
        about=change.commitment,
        at=at,
    )


def _what(change: DueChange) -> str:
    return " ".join(str(change.commitment).split())


def _date(period: Period | None, to: User) -> str:
    return periods.in_words(period, to.language) if period else _("Not set")
