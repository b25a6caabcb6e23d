"""Reminders: letters before and after a due date, one a step, whatever happens to the worker.

A letter's key names what is due, its date and the step ("commitment:12:2025-04-07:-7"). A run
queues, for everything open, the letter of the latest step that has come, unless it was queued
before. That is all the memory there is, and it gives every promise of this module: a second run
adds nothing; after an outage only the latest missed step is sent, once; a date that is moved starts
anew, because the key changes with it; what is closed is not among what is open.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from gyoryu.accounts.models import Membership, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.queries import calendar
from gyoryu.agreements.queries.calendar import Due
from gyoryu.agreements.rules import reminders as rules
from gyoryu.base import periods
from gyoryu.outbox import actions as outbox
from gyoryu.outbox.models import Letter

REMINDED = ("commitment", "duty", "answer", "session")
AT_ONCE = 200


@dataclass(frozen=True)
class _Reminder:
    """A letter to be: to whom, about what, for which step."""

    to: User
    due: Due
    step: int

    @property
    def key(self) -> str:
        return f"{self.due.name}:{self.due.on.isoformat()}:{self.step:+d}"


def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Queue the letters whose step has come, a few hundred at a time; return how many are new."""
    check_may(by, "agreements.policy")
    approvers = _Approvers()
    until = on - timedelta(days=rules.STEPS[0])
    dues = (due for kind in REMINDED for due in calendar.due_by(until, kind))
    wanted = (letter for due in dues for letter in _letters(due, on, approvers))
    new = 0
    while some := list(islice(wanted, AT_ONCE)):
        new += _queue(some, on, at)
    return new


def _letters(due: Due, on: date, approvers: "_Approvers") -> Iterator[_Reminder]:
    now = rules.step(due.on, on)
    if now is None:
        return
    to = [due.owner] if due.owner and due.owner.is_active else []
    if now >= rules.ESCALATES or not to:
        to += [user for user in approvers.of(due.unit.path) if user not in to]
    for user in to:
        yield _Reminder(user, due, now)


class _Approvers:
    """Who approves for a unit: those of the nearest unit above that has any."""

    def __init__(self) -> None:
        self.by_path: dict[str, list[User]] = {}
        rows = Membership.objects.filter(role=Membership.Role.APPROVER, user__is_active=True)
        for row in rows.select_related("user", "unit").order_by("user"):
            self.by_path.setdefault(row.unit.path, []).append(row.user)

    def of(self, path: str) -> list[User]:
        while len(path) > 1:
            if path in self.by_path:
                return self.by_path[path]
            path = path[: path.rindex("/", 0, -1) + 1]
        return []


@transaction.atomic
def _queue(wanted: list[_Reminder], on: date, at: datetime) -> int:
    """Queue those letters that were never queued, each in the language of whom it goes to."""
    keys, to = {one.key for one in wanted}, {one.to.pk for one in wanted}
    known = set(Letter.objects.filter(to__in=to, key__in=keys).values_list("to", "key"))
    new = [one for one in wanted if (one.to.pk, one.key) not in known]
    for one in new:
        with override(one.to.language):
            _write(one, on, at)
    return len(new)


def _write(one: _Reminder, on: date, at: datetime) -> None:
    due = one.due
    outbox.queue(
        one.to,
        key=one.key,
        subject=f"[{due.what}] {_left(due.on, on)}: {due.title}"[:200],
        body="\n".join(_body(one, on)),
        link=due.address,
        about=due.row,
        at=at,
    )


def _body(one: _Reminder, on: date) -> Iterable[str]:
    due, language = one.due, one.to.language
    yield getattr(due.row, "words", "") or due.title
    yield ""
    said = due.period or periods.Period.day(due.on)
    when = periods.in_words(said, language)
    yield _("Due: %(when)s (%(left)s)") % {"when": when, "left": _left(due.on, on)}
    yield _("Unit: %(unit)s") % {"unit": due.unit}
    if due.owner:
        yield _("Owner: %(owner)s") % {"owner": due.owner}
    if one.to != due.owner and one.step >= rules.ESCALATES:
        yield _("You receive this because you approve for this unit.")


def _left(due: date, on: date) -> str:
    days = (due - on).days
    if days == 0:
        return _("due today")
    if days > 0:
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}
