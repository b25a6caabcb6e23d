"""Duties: planned from the government's rules, done with evidence, waived with a reason."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Agreement, Duty, DutyTemplate, Status
from gyoryu.agreements.models.duties import DutyKind
from gyoryu.agreements.queries import duties as queries
from gyoryu.agreements.rules import duties as rules
from gyoryu.agreements.rules import ordinance
from gyoryu.agreements.rules.agreements import day_of
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.history import actions as history
from gyoryu.history.actions import Done

BATCH = 500
PLANNED_FOR = [Status.DRAFT, Status.REVIEWED, Status.SIGNED, Status.IN_FORCE, Status.SUSPENDED]


@transaction.atomic
def plan(agreement: Agreement, *, on: date, by: User | None, at: datetime) -> list[Duty]:
    """Write the duties that an agreement owes on a day and has no row for; return the new rows.

    Doing it again, or after months in which nobody did, gives the same rows.
    """
    check_may(by, "agreements.change", agreement.unit)
    templates = queries.templates_for(queries.branch(agreement.unit.path))
    return _plan([agreement], list(templates), on, by, at)


@transaction.atomic
def plan_all(*, on: date, by: User | None, at: datetime, under: str = "/") -> int:
    """Plan the duties of every agreement in a branch of departments; return how many are new.

    For a worker, every night: a day without it is made up for by the next.
    """
    check_may(by, "agreements.policy" if by else "agreements.change")
    templates = list(DutyTemplate.objects.filter(active=True).select_related("unit"))
    rows = Agreement.objects.filter(
        status__in=PLANNED_FOR, voided_at=None, unit__path__startswith=under
    )
    chosen = rows.select_related("unit").order_by("pk")
    made, last = 0, 0
    while batch := list(chosen.filter(pk__gt=last)[:BATCH]):
        made += len(_plan(batch, templates, on, by, at))
        # Rows that came in bulk have no next day yet; this also mends one that ever went wrong.
        _keep_next(row.pk for row in batch)
        last = batch[-1].pk
    return made


def _plan(
    agreements: list[Agreement],
    templates: list[DutyTemplate],
    on: date,
    by: User | None,
    at: datetime,
) -> list[Duty]:
    held: dict[int, list[Duty]] = {one.pk: [] for one in agreements}
    for row in Duty.objects.filter(agreement__in=held).select_related("template"):
        held[row.agreement_id].append(row)
    told = [done for one in agreements for done in _redate(one, held[one.pk])]
    new = [
        row
        for one in agreements
        for row in rules.rows(one, rules.owed(one, templates, held[one.pk], on=on))
    ]
    Duty.objects.bulk_create(new, batch_size=BATCH)
    told += [_told("duty.planned", row, [None, row.due_on]) for row in new]
    if told:
        history.record_many(told, by=by, at=at)
        _keep_next({done.record.pk for done in told})
    return new


def _redate(agreement: Agreement, held: list[Duty]) -> list[Done]:
    """Move open duties to the day the signing or the term's end has moved them to."""
    told = []
    for row, due in rules.redated(agreement, held):
        told.append(_told("duty.dated", row, [row.due_on, due], agreement))
        row.due_on = due
        row.save(update_fields=["due_on"])
    return told


def _told(verb: str, duty: Duty, pair: list[Any], agreement: Agreement | None = None) -> Done:
    """Tell a duty's step in its agreement's history, by the name that its rule has in Korean."""
    return Done(verb, agreement or duty.agreement, changes={duty.template.name_ko: pair})


def _keep_next(agreements: Iterable[int]) -> None:
    """Keep each agreement's next open duty day, which lists are sorted and split by."""
    rows = Duty.objects.filter(agreement=OuterRef("pk"), done_on=None, waived_on=None)
    first = rows.order_by().values("agreement").annotate(first=Min("due_on")).values("first")
    Agreement.objects.filter(pk__in=list(agreements)).update(next_duty_on=Subquery(first))


@transaction.atomic
def done(
    duty: Duty,
    *,
    on: date,
    document: Document | None = None,
    file: "UploadedFile[Any] | None" = None,
    note: str = "",
    by: User | None,
    at: datetime,
) -> Duty:
    """Set a duty done on a day, with a held document, a file to hold, or a note of what was done.

    An evaluation meeting that is done plans the report to the committee and the next meeting.
    """
    check_may(by, "agreements.change", duty.agreement.unit)
    proved = document is not None or file is not None
    rules.check_done(duty, on, evidence=proved, note=note, today=day_of(at))
    if file is not None:
        document = _hold(duty, file, on, by, at)
    _settle(duty, done_on=on, evidence=document, done_note=note.strip()[:300])
    told = _told("duty.done", duty, [None, on])
    history.record_many([Done(told.verb, told.record, None, told.changes, note)], by=by, at=at)
    plan(duty.agreement, on=day_of(at), by=by, at=at)
    _keep_next([duty.agreement_id])
    return duty


def _hold(
    duty: Duty, file: "UploadedFile[Any]", on: date, by: User | None, at: datetime
) -> Document:
    minutes = duty.kind == DutyKind.EVALUATION
    kind = Document.Kind.MINUTES if minutes else Document.Kind.OTHER
    title = f"{duty.template.name_ko} {on.isoformat()}"
    return evidence.hold(duty.agreement, kind=kind, title=title, file=file, dated=on, by=by, at=at)


@transaction.atomic
def waive(duty: Duty, *, on: date, reason: str, by: User | None, at: datetime) -> Duty:
    """Release an agreement from a duty, on a day and for a reason. Approvers only."""
    check_may(by, "agreements.approve", duty.agreement.unit)
    rules.check_waive(duty, on, reason, today=day_of(at))
    _settle(duty, waived_on=on, waived_reason=reason.strip()[:300])
    told = _told("duty.waived", duty, [duty.due_on, None])
    history.record_many([Done(told.verb, told.record, None, told.changes, reason)], by=by, at=at)
    plan(duty.agreement, on=day_of(at), by=by, at=at)
    _keep_next([duty.agreement_id])
    return duty


def _settle(duty: Duty, **values: Any) -> None:
    """Write how a duty was settled, unless somebody settled it meanwhile."""
    rows = Duty.objects.filter(pk=duty.pk, done_on=None, waived_on=None)
    if not rows.update(**values):
        raise Refused(_("Somebody else settled this duty a moment ago."))
    for name, value in values.items():
        setattr(duty, name, value)


@transaction.atomic
def publish(
    unit: Unit,
    *,
    on: date,
    document: Document | None = None,
    note: str = "",
    by: User | None,
    at: datetime,
) -> int:
    """Set the publication duties of a department's agreements done by one published register.

    Returns how many there were; the next ones are planned with it.
    """
    check_may(by, "agreements.change", unit)
    rules.check_proof(on, evidence=document is not None, note=note, today=day_of(at))
    rows = Duty.objects.filter(
        rules.met_by_publication(on),
        agreement__unit__path__startswith=unit.path,
        agreement__voided_at=None,
    )
    return _published(rows, document, note, on, by, at)


@transaction.atomic
def note_published(
    agreements: Iterable[int], document: Document, *, on: date, by: User | None, at: datetime
) -> int:
    """Set the publication duties of these agreements done by the register that lists them.

    Returns how many there were. Whether somebody may publish is the register's to say: it is one
    for the whole government, whichever department publishes it.
    """
    wanted = rules.met_by_publication(on)
    rows = Duty.objects.filter(wanted, agreement__in=list(agreements), agreement__voided_at=None)
    return _published(rows, document, document.title, on, by, at)


def _published(
    rows: QuerySet[Duty],
    document: Document | None,
    note: str,
    on: date,
    by: User | None,
    at: datetime,
) -> int:
    held = list(rows.select_related("agreement__unit", "template"))
    keys = [row.pk for row in held]
    Duty.objects.filter(pk__in=keys).update(done_on=on, evidence=document, done_note=note[:300])
    told = [_told("duty.done", row, [None, on]) for row in held]
    history.record_many(told, by=by, at=at)
    templates = list(DutyTemplate.objects.filter(active=True).select_related("unit"))
    agreements = {row.agreement_id: row.agreement for row in held}
    _plan(list(agreements.values()), templates, day_of(at), by, at)
    _keep_next(agreements)
    return len(held)


@transaction.atomic
def assign(duty: Duty, owner: User, *, by: User | None, at: datetime) -> Duty:
    """Make somebody answer for an open duty."""
    check_may(by, "agreements.change", duty.agreement.unit)
    rules.check_open(duty)
    before = duty.owner
    if before != owner:
        duty.owner = owner
        duty.save(update_fields=["owner"])
        history.record_many([_told("duty.assigned", duty, [before, owner])], by=by, at=at)
    return duty


@transaction.atomic
def follow(
    agreement: Agreement, to: str, *, on: date, reason: str, by: User | None, at: datetime
) -> None:
    """Bring an agreement's duties in line with a step it took, then plan what the step calls for.

    The review is the pre-review's note; a renewal answers its notice; what an ended agreement
    would have owed later lapses for the reason of its end. Called by the step's own action.
    """
    rows = list(agreement.duties.filter(done_on=None, waived_on=None).select_related("template"))
    told = []
    for row in rows:
        if row.kind == _answered(agreement, to) and reason:
            _settle(row, done_on=on, done_note=reason[:300])
            told.append(_told("duty.done", row, [None, on], agreement))
        elif rules.lapses(row, to, on) or _before_the_rule(row, agreement):
            early = _before_the_rule(row, agreement)
            why = _("Signed before this rule took effect.") if early else reason
            _settle(row, waived_on=on, waived_reason=why[:300])
            told.append(_told("duty.lapsed", row, [row.due_on, None], agreement))
    history.record_many(told, by=by, at=at)
    plan(agreement, on=day_of(at), by=by, at=at)
    _keep_next([agreement.pk])


def _answered(agreement: Agreement, to: str) -> str:
    if to == Status.REVIEWED:
        return DutyKind.PRE_REVIEW
    return DutyKind.RENEWAL_NOTICE if to == "renewed" else ""


def _before_the_rule(duty: Duty, agreement: Agreement) -> bool:
    template, signed = duty.template, agreement.signed_first
    early = template.since is not None and signed is not None and signed < template.since
    return early and template.trigger == DutyTemplate.Trigger.BEFORE_SIGNING


@transaction.atomic
def install_policy(unit: Unit, *, by: User | None, at: datetime) -> list[DutyTemplate]:
    """Install the shipped ordinance at a department and plan what it asks; return what is new.

    A kind of duty that the department already has a rule for is left as it is.
    """
    check_may(by, "agreements.policy", unit)
    there = set(DutyTemplate.objects.filter(unit=unit).values_list("kind", flat=True))
    new = [
        DutyTemplate(unit=unit, since=ordinance.SINCE, **rule)
        for rule in ordinance.SHIPPED
        if rule["kind"] not in there
    ]
    for template in new:
        template.save()
    told = [Done("policy.added", template, unit) for template in new]
    history.record_many(told, by=by, at=at)
    plan_all(on=day_of(at), by=by, at=at, under=unit.path)
    return new


@transaction.atomic
def add_template(
    unit: Unit, values: dict[str, Any], *, reason: str = "", by: User | None, at: datetime
) -> DutyTemplate:
    """Add a rule of a department and plan what it asks of the agreements there."""
    check_may(by, "agreements.policy", unit)
    rules.check_template(values)
    template = DutyTemplate.objects.create(unit=unit, **values)
    history.record("policy.added", template, by=by, at=at, reason=reason)
    plan_all(on=day_of(at), by=by, at=at, under=unit.path)
    return template


@transaction.atomic
def change_template(
    template: DutyTemplate,
    values: dict[str, Any],
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> DutyTemplate:
    """Change a rule. Duties already planned keep their day; a rule put out of force asks for none.

    What was due under it before that day stays owed.
    """
    check_may(by, "agreements.policy", template.unit)
    rules.check_template(values)
    changes = history.changes(template, values)
    if not changes:
        return template
    template.save()
    history.record("policy.changed", template, by=by, at=at, changes=changes, reason=reason)
    if changes.get("active") == [True, False]:
        _lapse_all(template, reason, by, at)
    plan_all(on=day_of(at), by=by, at=at, under=template.unit.path)
    return template


def _lapse_all(template: DutyTemplate, reason: str, by: User | None, at: datetime) -> None:
    today = day_of(at)
    rows = template.duties.filter(done_on=None, waived_on=None, due_on__gte=today)
    held = list(rows.select_related("agreement"))
    rows.update(waived_on=today, waived_reason=reason[:300])
    told = [_told("duty.lapsed", row, [row.due_on, None]) for row in held]
    history.record_many(told, by=by, at=at)
    _keep_next({row.agreement_id for row in held})
