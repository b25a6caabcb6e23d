"""Which duties an agreement owes, and what makes one done or waived.

A duty that comes back at intervals is owed one at a time: the next is dated from the day the last
was met, so nobody can know it before; and a month that was missed is no debt of its own, because a
register published late says all that the missed one would have said. So an agreement has one open
row for each template, that row shows its true lateness ("42 days late", not "0 of 14 done"), and
planning daily for ten years writes no row that somebody did not first meet or waive.
"""

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.models import Agreement, Duty, DutyTemplate, Status
from gyoryu.agreements.models.duties import DutyKind
from gyoryu.base import periods
from gyoryu.base.refused import Refused

Trigger = DutyTemplate.Trigger
OPEN = {"done_on": None, "waived_on": None}
# A yearly duty is seen the day the last was met; what lies further off can still change.
HORIZON_MONTHS = 13
LIVE = {Status.SIGNED, Status.IN_FORCE, Status.SUSPENDED}


@dataclass(frozen=True)
class Owed:
    """A duty that is owed and not planned yet."""

    template: DutyTemplate
    due_on: date


def applies(template: DutyTemplate, agreement: Agreement) -> bool:
    """Tell whether a template speaks of this agreement: its kind, its branch of departments."""
    kinds = template.agreement_kinds
    branch = agreement.unit.path.startswith(template.unit.path)
    return template.active and branch and (not kinds or agreement.kind in kinds)


def owed(
    agreement: Agreement,
    templates: Iterable[DutyTemplate],
    duties: Iterable[Duty],
    *,
    on: date,
    drafted: date | None = None,
) -> list[Owed]:
    """Return what an agreement owes and has no row for, due by the horizon that ``on`` gives.

    ``duties`` are all rows it has, open or not. ``drafted`` is the day a draft was begun; its
    status's day unless given. Planning twice, or after months of silence, gives the same rows.
    """
    if agreement.voided_at:
        return []
    rows = list(duties)
    horizon = periods.add_months(on, HORIZON_MONTHS)
    return [
        Owed(template, due)
        for template in templates
        if applies(template, agreement)
        for due in _dues(template, agreement, rows, drafted or agreement.status_since)
        if due <= horizon
    ]


def rows(agreement: Agreement, found: Iterable[Owed]) -> list[Duty]:
    """Return the rows, unsaved, of what is owed; the agreement's owner answers for them."""
    return [
        Duty(
            agreement=agreement,
            template=one.template,
            kind=one.template.kind,
            due_on=one.due_on,
            owner_id=agreement.owner_id,
        )
        for one in found
    ]


def redated(agreement: Agreement, duties: Iterable[Duty]) -> list[tuple[Duty, date]]:
    """Return the open duties whose day has moved with the signing or the end of the term."""
    own = list(duties)
    taken = {(row.template_id, row.due_on) for row in own}
    moved = []
    for row in own:
        due = _due_now(row, agreement) if row.open else None
        if due and due != row.due_on and (row.template_id, due) not in taken:
            moved.append((row, due))
    return moved


def _due_now(row: Duty, agreement: Agreement) -> date | None:
    signed = agreement.signed_first
    if row.template.trigger == Trigger.BEFORE_SIGNING and signed and signed < row.due_on:
        return signed
    if row.template.trigger == Trigger.BEFORE_END:
        return next(_before_end(row.template, agreement), None)
    return None


def _dues(
    template: DutyTemplate, agreement: Agreement, rows: list[Duty], drafted: date
) -> Iterator[date]:
    own = [row for row in rows if row.template_id == template.pk]
    taken = {row.due_on for row in own}
    for due in _found(template, agreement, rows, own, drafted):
        if due not in taken:
            taken.add(due)
            yield due


def _found(
    template: DutyTemplate, agreement: Agreement, rows: list[Duty], own: list[Duty], drafted: date
) -> Iterator[date]:
    """Return the days on which a template asks; chosen by hand, for this is asked very often."""
    match template.trigger:
        case Trigger.BEFORE_SIGNING:
            return _before_signing(template, agreement, own, drafted)
        case Trigger.AFTER_SIGNING:
            return _after_signing(template, agreement)
        case Trigger.EVERY:
            return _every(template, agreement, own)
        case Trigger.AFTER_EVALUATION:
            return _after_evaluations(template, rows)
        case _:
            return _before_end(template, agreement)


def _before_signing(
    template: DutyTemplate, agreement: Agreement, own: list[Duty], drafted: date
) -> Iterator[date]:
    """Asked once: so long after the draft was begun, on the day of signing at the latest."""
    if own or agreement.status not in {Status.DRAFT, Status.REVIEWED, *LIVE}:
        return
    if agreement.signed_first is None:
        yield _after(drafted, template)
    elif not _older(agreement.signed_first, template):
        yield agreement.signed_first


def _after_signing(template: DutyTemplate, agreement: Agreement) -> Iterator[date]:
    signed = agreement.signed_on
    if signed and agreement.status in LIVE and not _older(signed, template):
        yield _after(signed, template)


def _every(template: DutyTemplate, agreement: Agreement, own: list[Duty]) -> Iterator[date]:
    start = _start(template, agreement)
    if start is None or any(row.open for row in own):
        return
    first = next_due(template, max(start, template.since or start))
    due = max([first, *(_after_met(template, met_on(row)) for row in own)])
    taken = {row.due_on for row in own}
    while due in taken:
        due = next_due(template, due)
    yield due


def _start(template: DutyTemplate, agreement: Agreement) -> date | None:
    """Since when a duty at intervals is counted; none while it is not owed at all."""
    if template.kind == DutyKind.REVIEW_SUSPENSION:
        return agreement.status_since if agreement.status == Status.SUSPENDED else None
    if template.kind == DutyKind.PUBLICATION:
        return agreement.signed_on if agreement.status in LIVE else None
    return agreement.status_since if agreement.status == Status.IN_FORCE else None


def met_on(row: Duty) -> date:
    """The day a row stopped being owed; the day it is due while it still is."""
    return row.done_on or row.waived_on or row.due_on


def next_due(template: DutyTemplate, start: date) -> date:
    """The first due day after ``start``: a whole interval on, or the next such day of a month."""
    if not template.days:
        return periods.add_months(start, template.months)
    due = _day_of_month(start, template.days)
    while due <= start:
        due = _day_of_month(periods.add_months(due.replace(day=1), template.months), template.days)
    return due


def _after_met(template: DutyTemplate, met: date) -> date:
    """A whole interval after a duty was met: any day of a month meets its month."""
    if not template.days:
        return periods.add_months(met, template.months)
    month = periods.add_months(met.replace(day=1), template.months)
    return _day_of_month(month, template.days)


def _day_of_month(month: date, day: int) -> date:
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))


def _after_evaluations(template: DutyTemplate, rows: list[Duty]) -> Iterator[date]:
    for row in rows:
        if row.kind == DutyKind.EVALUATION and row.done_on and not _older(row.done_on, template):
            yield _after(row.done_on, template)


def _before_end(template: DutyTemplate, agreement: Agreement) -> Iterator[date]:
    """Notice is owed where a term can be renewed, and once for each term."""
    running = agreement.status in {Status.IN_FORCE, Status.SUSPENDED}
    if not running or agreement.ends_on is None or agreement.renewal == Agreement.Renewal.NONE:
        return
    due = periods.add_months(agreement.ends_on, -template.months) - timedelta(days=template.days)
    if not _older(due, template):
        yield due


def _after(start: date, template: DutyTemplate) -> date:
    return periods.add_months(start, template.months) + timedelta(days=template.days)


def _older(day: date, template: DutyTemplate) -> bool:
    return template.since is not None and day < template.since


def met_by_publication(on: date) -> Q:
    """Hold the open publications that a register of a day meets: due by its month's end."""
    return Q(kind=DutyKind.PUBLICATION, due_on__lte=_day_of_month(on, 31), **OPEN)


def lapses(duty: Duty, to: str, on: date) -> bool:
    """Tell whether an open duty is owed no longer once its agreement takes a step on a day.

    What was due before that day stays owed: ending an agreement does not undo a missed meeting.
    """
    if not duty.open or duty.due_on < on:
        return False
    if to == Status.SUSPENDED:
        return duty.kind == DutyKind.EVALUATION
    if to == Status.IN_FORCE:
        return duty.kind == DutyKind.REVIEW_SUSPENSION
    after_the_fact = {DutyKind.COMMITTEE_REPORT}
    return to in {Status.EXPIRED, Status.ENDED, Status.REPLACED} and duty.kind not in after_the_fact


def check_open(duty: Duty) -> None:
    """Refuse to settle a duty twice, or one of an agreement that was voided."""
    if duty.done_on:
        raise Refused(_("This duty is already done."))
    if duty.waived_on:
        raise Refused(_("This duty was waived."))
    if duty.agreement.voided_at:
        raise Refused(_("This agreement was voided. Nothing more can be done with it."))


def check_done(duty: Duty, on: date, *, evidence: bool, note: str, today: date) -> None:
    """Refuse done without evidence or a note, or on a day that has not come."""
    check_open(duty)
    check_proof(on, evidence=evidence, note=note, today=today)


def check_proof(on: date, *, evidence: bool, note: str, today: date) -> None:
    """Refuse what was done on a day that has not come, or with nothing to show for it."""
    _check_day(on, today)
    if not evidence and not note.strip():
        raise Refused(_("Attach the evidence, or write down what was done."), field="note")


def check_waive(duty: Duty, on: date, reason: str, *, today: date) -> None:
    """Refuse a waiver without a reason, or on a day that has not come."""
    check_open(duty)
    _check_day(on, today)
    if not reason.strip():
        raise Refused(_("Give the reason and its basis. Auditors read it."), field="reason")


def _check_day(on: date, today: date) -> None:
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")


def check_template(values: dict[str, object]) -> None:
    """Refuse a rule that could never fall due, or that a reader could not look up."""
    if values.get("trigger") == Trigger.EVERY and not values.get("months"):
        raise Refused(_("A duty at intervals needs its months."), field="months")
    if values.get("trigger") == Trigger.EVERY and int(str(values.get("days") or 0)) > 31:
        raise Refused(_("No month has that many days."), field="days")
    if not values.get("basis_ko"):
        raise Refused(_("Name the ordinance and the article."), field="basis_ko")


def why_not(duty: Duty) -> str:
    """Return why a duty can no longer be settled, or nothing; screens ask what the action asks."""
    try:
        check_open(duty)
    except Refused as refusal:
        return str(refusal)
    return ""
