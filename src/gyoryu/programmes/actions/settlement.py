"""What is done to settle an award: its report, what comes back of it, and what is let go."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, day_of
from gyoryu.history import actions as history
from gyoryu.history.actions import Done
from gyoryu.programmes import interest as engine
from gyoryu.programmes.actions import ledger, settlement_letters, steps
from gyoryu.programmes.models import Award, LedgerEntry, Recovery, Report
from gyoryu.programmes.queries import awards as known
from gyoryu.programmes.queries import settlement as queries
from gyoryu.programmes.rules import settlement as rules
from gyoryu.programmes.rules.money import Movement
from gyoryu.programmes.rules.settlement import Asking

Kind, State, Status = LedgerEntry.Kind, Recovery.State, Report.Status


@transaction.atomic
def write(award: Award, values: dict[str, Any], *, by: User | None, at: datetime) -> Report:
    """Keep a report as far as it is written: ``summary``, ``used``, ``unused``, ``interest``."""
    rules.check_may_report(award, by)
    report = queries.held(award)
    rules.check_can_write(award, report)
    report = report or Report(award=award)
    changes = history.changes(report, values)
    rules.check_amounts(report)
    report.save()
    if changes:
        _tell("report.written", report, by, at, changes)
    return report


@transaction.atomic
def submit(award: Award, values: dict[str, Any], *, by: User | None, at: datetime) -> Report:
    """Hand a report in. Its parts must come to what was received, to the last won."""
    report = write(award, values, by=by, at=at)
    ceiling = known.hold(award.ceiling_id)
    rules.check_nothing_open(queries.open_claims(award))
    rules.check_adds_up(report, ceiling.out)
    changes = history.changes(report, {"status": Status.SUBMITTED, "submitted_at": at})
    report.status_reason = ""
    report.save()
    _move_on(award, Award.Status.REPORTED, by, at)
    _tell("report.submitted", report, by, at, {"status": changes["status"]})
    return report


@transaction.atomic
def send_back(report: Report, *, reason: str, by: User | None, at: datetime) -> Report:
    """Return a report for completion, saying what is missing."""
    check_may(by, "programmes.change", report.award.unit)
    report = _held(report)
    rules.check_submitted(report)
    check_reason(reason, most=1000)
    changes = history.changes(report, {"status": Status.RETURNED, "status_reason": reason.strip()})
    report.save()
    _move_on(report.award, Award.Status.RUNNING, by, at)
    _tell("report.returned", report, by, at, {"status": changes["status"]}, reason)
    settlement_letters.returned(report, reason, by=by, at=at)
    return report


@transaction.atomic
def accept(report: Report, *, due_on: date, by: User | None, at: datetime) -> Report:
    """Find a report in order; what is unused is asked back with its interest until a day."""
    check_may(by, "programmes.approve_money", report.award.unit)
    report = _held(report)
    rules.check_submitted(report)
    known.hold(report.award.ceiling_id)
    accepted = {"status": Status.ACCEPTED, "accepted_at": at, "accepted_by": by}
    changes = history.changes(report, accepted)
    report.save()
    _tell("report.accepted", report, by, at, {"status": changes["status"]})
    if report.unused or report.interest:
        _ask_rest(report, due_on, by, at)
    return report


def _ask_rest(report: Report, due_on: date, by: User | None, at: datetime) -> None:
    on = day_of(at)
    asking = Asking(Recovery.Kind.BALANCE, report.unused, str(Recovery.Kind.BALANCE.label), due_on)
    if asking.amount:
        rules.check_ask(report.award, asking, left=_left(report.award), today=on)
    made = Recovery(
        award=report.award,
        kind=asking.kind,
        amount=report.unused,
        interest=report.interest,
        reason=asking.reason,
        asked_on=on,
        due_on=due_on,
    )
    _ask(made, by, at)


@transaction.atomic
def ask_back(award: Award, asking: Asking, *, by: User | None, at: datetime) -> Recovery:
    """Ask money back: support that was not due, or a balance found later; with its interest."""
    check_may(by, "programmes.approve_money", award.unit)
    on = day_of(at)
    known.hold(award.ceiling_id)
    rules.check_ask(award, asking, left=_left(award), today=on)
    owed = engine.owed(asking.amount, asking.rate, asking.since or on, on)
    made = Recovery(
        award=award,
        claim=asking.claim,
        kind=asking.kind,
        amount=asking.amount,
        interest=owed,
        reason=asking.reason.strip(),
        legal_basis=asking.legal_basis.strip(),
        asked_on=on,
        due_on=asking.due_on,
    )
    return _ask(made, by, at)


def _left(award: Award) -> int:
    ceiling = award.ceiling
    ceiling.refresh_from_db()
    return ceiling.out - queries.asked(award)


def _ask(made: Recovery, by: User | None, at: datetime) -> Recovery:
    made.save()
    told = {"amount": [None, made.amount], "interest": [None, made.interest]}
    told["due_on"] = [None, made.due_on]  # type: ignore[list-item]
    _tell("recovery.asked", made, by, at, told, made.reason)
    settlement_letters.asked(made, by=by, at=at)
    return made


@transaction.atomic
def take_in(
    row: Recovery,
    *,
    amount: int,
    interest: int,
    on: date,
    by: User | None,
    at: datetime,
    key: str = "",
) -> Recovery:
    """Note that money came back on a day, all of it or a part; the same key twice is once.

    What was paid out goes back under the award's ceiling; interest was never of the budget.
    """
    check_may(by, "programmes.pay", row.award.unit)
    key = f"recovery-{row.pk}/{key or uuid4()}"
    known.hold(row.award.ceiling_id)
    if LedgerEntry.objects.filter(key=key).exists():
        return row
    row = (
        Recovery.objects.select_for_update(of=("self",))
        .select_related("award__ceiling")
        .get(pk=row.pk)
    )
    rules.check_take_in(row, amount, interest, on=on, today=day_of(at))
    if amount:
        kind = Kind.CLAWED_BACK if row.kind == Recovery.Kind.CLAWBACK else Kind.RETURNED
        ledger.move(Movement(row.award.ceiling, kind, amount, key, on, note=row.reason[:300]),
                    by=by, at=at)  # fmt: skip
    whole = row.returned + amount == row.amount
    whole = whole and row.returned_interest + interest == row.interest
    values = {
        "returned": row.returned + amount,
        "returned_interest": row.returned_interest + interest,
        "state": State.RETURNED if whole else State.PART,
    }
    return _changed(row, "recovery.taken_in", values, "", by, at)


@transaction.atomic
def waive(row: Recovery, *, reason: str, by: User | None, at: datetime) -> Recovery:
    """Let go of what has not come back, for a reason that stays in the record."""
    check_may(by, "programmes.approve_money", row.award.unit)
    row = Recovery.objects.select_for_update(of=("self",)).select_related("award").get(pk=row.pk)
    rules.check_waive(row, reason)
    values = {"state": State.WAIVED, "state_reason": reason.strip()}
    return _changed(row, "recovery.waived", values, reason, by, at)


def _changed(
    row: Recovery, verb: str, values: dict[str, Any], reason: str, by: User | None, at: datetime
) -> Recovery:
    changes = history.changes(row, values)
    row.save(update_fields=list(changes))
    _tell(
        verb, row, by, at, {n: pair for n, pair in changes.items() if n != "state_reason"}, reason
    )
    return row


@transaction.atomic
def release(award: Award, *, reason: str, by: User | None, at: datetime, key: str = "") -> int:
    """Give what an award did not use back to its call; return how much, in won."""
    check_may(by, "programmes.approve", award.unit)
    check_reason(reason, most=300)
    # In the order amendments take them, so that no two wait for each other in a circle.
    known.hold_allotment(award)
    ceiling = known.hold(award.ceiling_id)
    key = f"award-{award.pk}/released/{key or uuid4()}"
    if earlier := LedgerEntry.objects.filter(key=key).first():
        return -earlier.amount
    rest = ceiling.limit - max(ceiling.committed, ceiling.out)
    rules.check_release(award, rest)
    rules.check_nothing_open(queries.open_claims(award))
    movement = Movement(ceiling, Kind.AWARDED, -rest, key, day_of(at), note=reason)
    ledger.move(movement, by=by, at=at)
    changes = {"amount": [ceiling.limit, ceiling.limit - rest]}
    _tell("award.released", award, by, at, changes, reason)
    return rest


@transaction.atomic
def settle(award: Award, *, by: User | None, at: datetime) -> Award:
    """Close an award: its report is in order and nothing has to come back any more."""
    check_may(by, "programmes.approve_money", award.unit)
    known.hold(award.ceiling_id)
    rules.check_settle(award, queries.held(award), queries.owed(award))
    rules.check_nothing_open(queries.open_claims(award))
    changes = _move_on(award, Award.Status.SETTLED, by, at)
    _tell("award.settled", award, by, at, {"status": changes["status"]})
    return award


def _held(report: Report) -> Report:
    found = queries.held(report.award)
    assert found is not None, "a report is never deleted"
    return found


def _move_on(award: Award, status: str, by: User | None, at: datetime) -> dict[str, Any]:
    changes = history.changes(award, {"status": status, "status_since": day_of(at)})
    award.save(update_fields=["status", "status_since"])
    steps.along(award, by=by, at=at)
    return changes


def _tell(
    verb: str, row: Any, by: User | None, at: datetime, changes: dict[str, Any], reason: str = ""
) -> None:
    unit = (row if isinstance(row, Award) else row.award).unit_id
    history.record_many([Done(verb, row, unit, changes, reason)], by=by, at=at)
