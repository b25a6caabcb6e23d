"""What applicants do: begin, keep a draft, hand in papers, submit, withdraw; and what is decided.

Everything typed is kept as it was typed until it is submitted: a draft is never refused for what it
says. ``decide`` is called with what a panel's sheet says, or an officer without one.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.history import actions as history
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import steps
from gyoryu.programmes.actions.handing_in import Content, hand_in
from gyoryu.programmes.models import (
    Application,
    Attachment,
    Call,
    RequiredDocument,
    Track,
)
from gyoryu.programmes.rules import applications as rules
from gyoryu.programmes.rules import representatives
from gyoryu.programmes.rules.applications import Decision

Status = Application.Status


@transaction.atomic
def begin(
    call: Call, organisation: Organisation | None, *, by: User, at: datetime, name: str = ""
) -> Application:
    """Begin an application, for a company that one stands for or for oneself and one's team.

    Somebody who has begun one already goes on with that.
    """
    rules.check_open(call, at)
    representatives.check_company(call, organisation, by)
    applied, company = rules.acting(by)
    mine = Application.objects.filter(applied | company, call=call, voided_at=None)
    earlier = mine.filter(organisation=organisation).exclude(status=Status.WITHDRAWN).first()
    if earlier:
        return earlier
    made = Application.objects.create(
        unit_id=call.unit_id,
        call=call,
        applicant=by,
        organisation=organisation,
        name=(name or str(organisation or by))[:200],
        status_since=day_of(at),
        saved_at=at,
    )
    history.record("application.begun", made, by=by, at=at)
    return made


@transaction.atomic
def keep(
    application: Application, typed: dict[str, list[str]], *, by: User | None, at: datetime
) -> Application:
    """Keep what was typed so far, whatever it is; nothing of a draft is written into the history.

    Raises ``Refused`` when it was handed in already or its time is over.
    """
    rules.check_is_applicant(application, by)
    rules.check_can_write(application, at)
    rules.check_size(typed)
    rows = Application.objects.filter(pk=application.pk, status__in=rules.WRITABLE)
    if not rows.update(typed=typed, saved_at=at):
        application.refresh_from_db()
        rules.check_can_write(application, at)
    application.typed, application.saved_at = typed, at
    return application


@transaction.atomic
def add_paper(
    application: Application,
    file: "UploadedFile[Any]",
    *,
    paper: RequiredDocument | None = None,
    question: str = "",
    by: User | None,
    at: datetime,
) -> Attachment:
    """Hand in a file as a required paper or as the answer to a question; its real type is checked.

    Its title is the paper's, never the file's name: that may tell a blind panel who applies.
    """
    rules.check_is_applicant(application, by)
    rules.check_can_write(application, at)
    rules.check_room(application)
    document = evidence.hold(
        application,
        kind=Document.Kind.OTHER,
        title=str(paper or question or application)[:200],
        file=file,
        handed_in=True,
        by=by,
        at=at,
    )
    made, _new = Attachment.objects.get_or_create(
        application=application, paper=paper, question=question, document=document
    )
    return made


@transaction.atomic
def drop_paper(attachment: Attachment, *, by: User | None, at: datetime) -> None:
    """Take a paper back while the application can still be written; its document becomes void."""
    application = attachment.application
    rules.check_is_applicant(application, by)
    rules.check_can_write(application, at)
    document = attachment.document
    attachment.delete()
    if not Attachment.objects.filter(document=document).exists():
        evidence.take_back(document, by=by, at=at)


@transaction.atomic
def submit(
    application: Application, content: Content, *, by: User | None, at: datetime
) -> Application:
    """Hand an application in: it gets its number, and the applicant a receipt.

    ``at`` is the server's time when the post came; from the call's closing second on it is refused.
    """
    rules.check_is_applicant(application, by)
    application.refresh_from_db()
    rules.check_can_submit(application, at)
    verb = "application.completed" if application.number else ""
    return hand_in(application, content, verb=verb, by=by, at=at)


@transaction.atomic
def withdraw(
    application: Application, *, reason: str = "", by: User | None, at: datetime
) -> Application:
    """Take an application back; a selected one's place goes to the first of the reserve list.

    Applicants withdraw their own, officers one that was withdrawn by letter or telephone.
    """
    if not _is_applicant(application, by):
        check_may(by, "programmes.change", application.unit)
        check_may(by, "programmes.applicants", application.unit)
    # Locked, so that of two who withdraw at once one place is given on, not two.
    application = Application.objects.select_for_update().get(pk=application.pk)
    had_place = application.status == Status.SELECTED
    steps.take(application, Status.WITHDRAWN, reason=reason, by=by, at=at)
    if had_place:
        move_up(application.call, application.track, by=None, at=at)
    return application


def _is_applicant(application: Application, by: User | None) -> bool:
    try:
        rules.check_is_applicant(application, by)
    except Refused:
        return False
    return True


@transaction.atomic
def move_up(
    call: Call, track: Track | None, *, by: User | None, at: datetime
) -> Application | None:
    """Select the first of the reserve list of a track for a place that has become free."""
    waiting = Application.objects.select_for_update().filter(
        call=call, track=track, status=Status.RESERVE, voided_at=None
    )
    first = waiting.order_by("rank", "pk").first()
    if first is None:
        return None
    return steps.take(first, Status.SELECTED, verb="application.moved_up", by=by, at=at)


@transaction.atomic
def decide(
    call: Call, outcomes: Sequence[Decision], *, by: User | None, at: datetime
) -> list[Application]:
    """Decide on applications of a call in one action, all of them or none; letters go to each.

    Raises ``Refused`` for an application that is not ready to be decided, for a reserve without a
    rank, and when more are selected than there are places. The call is decided once none waits.
    """
    check_may(by, "programmes.approve", call.unit)
    # Locked, so that two decisions at once do not both count the same free place.
    call = Call.objects.select_for_update().get(pk=call.pk)
    keys = [one.application.pk for one in outcomes]
    rules.check_once(keys)
    rows = {row.pk: row for row in Application.objects.select_for_update().filter(pk__in=keys)}
    fresh = [
        Decision(rows[one.application.pk], one.to, one.rank, one.score, one.reason)
        for one in outcomes
    ]
    for one in fresh:
        rules.check_decision(call, one)
    rules.check_places(call, _taken(call, fresh))
    for one in fresh:
        one.application.call = call
        _decide(one, by=by, at=at)
    _close(call, by=by, at=at)
    return [one.application for one in fresh]


def _taken(call: Call, decisions: Sequence[Decision]) -> dict[int | None, int]:
    """Count who will be selected, by track: those who are already, and those chosen now."""
    held = Application.objects.filter(
        call=call, voided_at=None,
        status__in=[Status.SELECTED, Status.RUNNING, Status.REPORTED, Status.CLOSED],
    )  # fmt: skip
    taken: Counter[int | None] = Counter(held.values_list("track", flat=True))
    taken.update(one.application.track_id for one in decisions if one.to == Status.SELECTED)
    return dict(taken)


def _decide(decision: Decision, *, by: User | None, at: datetime) -> None:
    row = decision.application
    values = {
        name: value
        for name, value in (("rank", decision.rank), ("score", decision.score))
        if value is not None
    }
    if decision.to != row.status:
        steps.take(row, decision.to, reason=decision.reason, values=values, by=by, at=at)
        return
    changes = history.changes(row, values)
    if changes:
        row.save(update_fields=list(changes))
        history.record("application.ranked", row, by=by, at=at, changes=changes)


def _close(call: Call, *, by: User | None, at: datetime) -> None:
    """Call a call decided once no application of it waits for a decision."""
    waiting = Application.objects.filter(call=call, voided_at=None).filter(
        status__in=[Status.SUBMITTED, Status.RETURNED, *rules.DECIDABLE]
    )
    waiting = waiting.exclude(status=Status.RESERVE)
    if call.state != Call.State.PUBLISHED or waiting.exists():
        return
    changes = history.changes(call, {"state": Call.State.DECIDED, "state_since": day_of(at)})
    call.save(update_fields=list(changes))
    history.record("call.decided", call, by=by, at=at, changes=changes)


def step(
    application: Application, to: str, *, by: User | None, at: datetime, reason: str = ""
) -> Application:
    """Take a step that another desk has asked leave for: in review, interview, running, reported.

    Who may is asked by the calling action; what leads where stands in ``rules.MOVES``.
    """
    return steps.take(application, to, reason=reason, by=by, at=at)
