"""What is done to commitments: promised, changed, moved on, asked and given another date."""

from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.actions import notices
from gyoryu.agreements.models import Commitment, DueChange, Milestone
from gyoryu.agreements.queries import commitments as queries
from gyoryu.agreements.rules import commitments as rules
from gyoryu.agreements.rules import given
from gyoryu.agreements.rules.values import told_due
from gyoryu.base.periods import Period
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.evidence.queries import has_evidence
from gyoryu.history import actions as history

State = Commitment.Status
VERBS = {
    State.IN_PROGRESS: "commitment.started",
    State.DONE: "commitment.done",
    State.DROPPED: "commitment.dropped",
    State.SUPERSEDED: "commitment.superseded",
}
# What is typed beside the fields of the model.
BESIDE = {"due", "milestones", "said_on", "file", "file_kind"}
Steps = list[tuple[str, date | None]]


@transaction.atomic
def promise(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Commitment:
    """Record a promise in the words in which it was made.

    ``values`` are its fields, and besides: ``due`` a Period or none; ``milestones`` pairs of a name
    and a day or none; ``said_on`` the day it was made, if it is neither its engagement's nor its
    agreement's; ``file`` and ``file_kind`` a document in which it stands.
    """
    check_may(by, "agreements.change", unit)
    values, today = _placed(values), given.day_of(at)
    said = values.get("said_on") or _held_on(values)
    rules.check_promise(values)
    rules.check_said(said, today)
    rules.check_agreement(values.get("agreement"), values.get("body"), said)
    own = {name: value for name, value in values.items() if name not in BESIDE}
    made = Commitment.objects.create(
        unit=unit,
        number=next_number(unit, "CM", today.year, by=by),
        status_since=min(said or _signed_on(values) or today, today),
        **told_due(values.get("due")),
        **own,
    )
    _add_milestones(made, values.get("milestones") or [])
    history.record("commitment.promised", made, by=by, at=at)
    _hold(made, values.get("file"), values.get("file_kind"), by=by, at=at)
    return made


def _placed(values: dict[str, Any]) -> dict[str, Any]:
    """Fill in what follows from where it was said: the body, the agreement, whose organisation."""
    placed = {**values, "cost_currency": values.get("cost_currency", "")}
    if placed.get("cost") is None:
        placed["cost_currency"] = ""
    engagement = placed.get("engagement")
    if engagement:
        placed["body"] = placed.get("body") or engagement.body
    if not placed.get("agreement"):
        placed["agreement"] = queries.agreement_of(engagement, placed.get("body"))
    if (position := placed.get("counterpart")) and not placed.get("organisation"):
        placed["organisation"] = position.organisation
    return placed


def _held_on(values: dict[str, Any]) -> date | None:
    engagement = values.get("engagement")
    return engagement.starts_on if engagement else None


def _signed_on(values: dict[str, Any]) -> date | None:
    signed = values["agreement"].signed if values.get("agreement") else None
    return signed.first if signed else None


def _hold(
    commitment: Commitment,
    file: "UploadedFile[Any] | None",
    kind: str | None,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Hold the document that came with a form, under its file's name."""
    if file:
        title, told = PurePath(file.name or "").stem[:200], kind or Document.Kind.OTHER
        evidence.hold(commitment, kind=told, title=title, file=file, by=by, at=at)


def _add_milestones(commitment: Commitment, steps: Steps) -> None:
    Milestone.objects.bulk_create(
        Milestone(commitment=commitment, name=name, due_on=on) for name, on in steps
    )


def _set_milestones(commitment: Commitment, steps: Steps) -> dict[str, Any]:
    """Make the open steps these; what was done stays, whatever is typed. Return what changed."""
    steps_now = list(commitment.milestones.all())
    done = {step.name for step in steps_now if step.done_on}
    before = [(step.name, step.due_on) for step in steps_now if not step.done_on]
    after = [(name, on) for name, on in steps if name not in done]
    if before == after:
        return {}
    commitment.milestones.filter(done_on=None).delete()
    _add_milestones(commitment, after)
    return {"milestones": ["; ".join(_told_step(*s) for s in pair) for pair in (before, after)]}


def _told_step(name: str, on: date | None) -> str:
    return f"{name} {on.isoformat()}" if on else name


@transaction.atomic
def change(
    commitment: Commitment, values: dict[str, Any], *, by: User | None, at: datetime
) -> Commitment:
    """Change what was noted of an open promise; a due date can be set here, but not moved."""
    check_may(by, "agreements.change", commitment.unit)
    rules.check_change(commitment, values)
    given = {name: value for name, value in values.items() if name not in BESIDE}
    # Only what is given anew is looked at with what stands.
    stand = {name: getattr(commitment, name) for name in STANDING} | {"due": commitment.due}
    after = _placed({**stand, **given, **({"due": values["due"]} if "due" in values else {})})
    rules.check_promise(after)
    if after["agreement"] != commitment.agreement or after["body"] != commitment.body:
        rules.check_agreement(after["agreement"], after["body"], commitment.status_since)
    fields = {name: after[name] for name in STANDING} | told_due(after["due"])
    changes = history.changes(commitment, fields)
    if "milestones" in values:
        changes |= _set_milestones(commitment, values["milestones"] or [])
    if changes:
        commitment.save()
        history.record("commitment.changed", commitment, by=by, at=at, changes=changes)
    _hold(commitment, values.get("file"), values.get("file_kind"), by=by, at=at)
    return commitment


STANDING = (
    "words", "words_original", "side", "agreement", "body", "engagement", "organisation", "owner",
    "counterpart", "cost", "cost_currency", "on_agenda",
)  # fmt: skip


@transaction.atomic
def move(
    commitment: Commitment,
    to: str,
    *,
    on: date,
    by: User | None,
    at: datetime,
    reason: str = "",
    successor: Commitment | None = None,
) -> Commitment:
    """Move a promise on: ``to`` is a Commitment.Status, dated ``on``.

    Done needs a document; dropped needs a reason; superseded needs the ``successor``. From a closed
    status it is reopened (to ``in_progress`` or ``open``) with a reason.
    """
    check_may(by, "agreements.change", commitment.unit)
    # Read again under the transaction, so that of two moves at once the second sees the first.
    commitment.refresh_from_db()
    rules.check_move(commitment, to, on=on, reason=reason, today=given.day_of(at))
    if to == State.DONE:
        rules.check_done(has_evidence=has_evidence(commitment))
    if to == State.SUPERSEDED:
        rules.check_successor(commitment, successor)
    reopened = commitment.closed
    changes = history.changes(commitment, _moved(to, on, reason, successor))
    commitment.save(update_fields=list(changes))
    if commitment.closed:
        _close_request(commitment, at=at)
    verb = "commitment.reopened" if reopened else VERBS[State(to)]
    history.record(verb, commitment, by=by, at=at, changes=changes, reason=reason)
    return commitment


def _moved(to: str, on: date, reason: str, successor: Commitment | None) -> dict[str, Any]:
    replaced = to == State.SUPERSEDED and successor is not None
    return {
        "status": to,
        "status_since": on,
        "status_reason": reason or (successor.number if successor and replaced else ""),
        "done_on": on if to == State.DONE else None,
        "superseded_by": successor if replaced else None,
    }


def _close_request(commitment: Commitment, *, at: datetime) -> None:
    """A closed promise has no date left to move: whoever asked hears so from the record."""
    commitment.due_changes.filter(state=DueChange.State.ASKED).update(
        state=DueChange.State.REFUSED, decided_at=at
    )


@transaction.atomic
def finish(
    commitment: Commitment, values: dict[str, Any], *, by: User | None, at: datetime
) -> Commitment:
    """Hold the document that came along, if one did, and call the promise kept.

    ``values`` are ``on``, ``reason`` and, if evidence comes only now, ``file`` and ``file_kind``.
    """
    check_may(by, "agreements.change", commitment.unit)
    _hold(commitment, values.get("file"), values.get("file_kind"), by=by, at=at)
    reason = values.get("reason", "")
    return move(commitment, State.DONE, on=values["on"], reason=reason, by=by, at=at)


@transaction.atomic
def ask_due_change(
    commitment: Commitment, *, due: Period, reason: str, by: User | None, at: datetime
) -> DueChange:
    """Ask for another due date; it holds only once somebody else approves it."""
    check_may(by, "agreements.change", commitment.unit)
    commitment.refresh_from_db()
    rules.check_can_ask(commitment, queries.waiting(commitment))
    rules.check_new_due(commitment, due, reason)
    asked = DueChange.objects.create(
        commitment=commitment,
        old_first=commitment.due_first,
        old_on=commitment.due_on,
        old_precision=commitment.due_precision,
        new_first=due.first,
        new_on=due.last,
        new_precision=due.precision.value,
        reason=reason,
        asked_by=by,
        asked_at=at,
    )
    dates = {"asked_for": [None, due.last]}
    history.record("commitment.due_asked", commitment, by=by, at=at, changes=dates, reason=reason)
    notices.tell_asked(asked, by=by, at=at)
    return asked


@transaction.atomic
def decide_due_change(
    change: DueChange, *, approve: bool, by: User | None, at: datetime, remark: str = ""
) -> DueChange:
    """Approve or refuse another due date; the old one stays in the record either way.

    Whether the new date counts for follow-through depends on when it was approved:
    ``queries.keeping`` says how.
    """
    commitment = change.commitment
    check_may(by, "agreements.approve", commitment.unit)
    rules.check_can_decide(change, by)
    state = DueChange.State.APPROVED if approve else DueChange.State.REFUSED
    decided = {"state": state, "decided_by": by, "decided_at": at, "remark": remark}
    # Only what is still asked is decided, so that two approvers at once do not both decide.
    if not DueChange.objects.filter(pk=change.pk, state="asked").update(**decided):
        change.refresh_from_db()
        rules.check_can_decide(change, by)
    changes = {}
    if approve:
        changes = history.changes(commitment, told_due(change.new))
        commitment.save(update_fields=list(changes))
        if rules.moved_too_late(change, on=given.day_of(at)):
            # Only the first date that was missed: no later move mends it.
            rows = Commitment.objects.filter(pk=commitment.pk, missed_on=None)
            rows.update(missed_on=change.old_on)
    verb = "commitment.due_approved" if approve else "commitment.due_refused"
    history.record(verb, commitment, by=by, at=at, changes=changes, reason=remark)
    change.refresh_from_db()
    notices.tell_decided(change, by=by, at=at)
    return change


@transaction.atomic
def meet_milestone(milestone: Milestone, *, on: date, by: User | None, at: datetime) -> Milestone:
    """Check off a step on the way."""
    commitment = milestone.commitment
    check_may(by, "agreements.change", commitment.unit)
    rules.check_milestone(milestone, on=on, today=given.day_of(at))
    if not Milestone.objects.filter(pk=milestone.pk, done_on=None).update(done_on=on):
        milestone.refresh_from_db()
        rules.check_milestone(milestone, on=on, today=given.day_of(at))
    milestone.done_on = on
    step = {"milestone": [None, f"{milestone.name} {on.isoformat()}"]}
    history.record("commitment.milestone_met", commitment, by=by, at=at, changes=step)
    return milestone


@transaction.atomic
def void(commitment: Commitment, *, reason: str, by: User | None, at: datetime) -> Commitment:
    """Take back what was entered by mistake; it leaves every list and stays in the history."""
    check_may(by, "agreements.change", commitment.unit)
    if not reason:
        raise Refused(rules.WHY, field="reason")
    commitment.voided_at, commitment.voided_reason = at, reason
    commitment.save(update_fields=["voided_at", "voided_reason"])
    _close_request(commitment, at=at)
    history.record("commitment.voided", commitment, by=by, at=at, reason=reason)
    return commitment
