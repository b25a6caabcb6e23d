"""Enquiries to a centre: taken in, answered by letter, matched with a lead, closed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, day_of
from gyoryu.history import actions as history
from gyoryu.parties.models import Organisation
from gyoryu.trade.actions import enquiry_letters as letters
from gyoryu.trade.models import Centre, Enquiry, Lead
from gyoryu.trade.rules import enquiries as rules
from gyoryu.trade.rules import leads as lead_rules

CHANGE = "trade.change"
State, Origin = Enquiry.State, Enquiry.Origin


@transaction.atomic
def take_in(centre: Centre, values: dict[str, Any], *, by: User | None, at: datetime) -> Enquiry:
    """Enter an enquiry that came by telephone, letter or visit. ``received_at`` may be earlier."""
    check_may(by, CHANGE, centre.unit)
    return _entered(centre, Origin.DESK, values, by=by, at=at)


@transaction.atomic
def ask(
    centre: Centre,
    organisation: Organisation,
    values: dict[str, Any],
    *,
    by: User,
    at: datetime,
) -> Enquiry:
    """Ask a centre in the name of a company that one surely acts for."""
    rules.check_asks(by, organisation)
    own = {**values, "organisation": organisation, "asked_by": by}
    row = _entered(centre, Origin.COMPANY, own, by=by, at=at)
    letters.came_in(row, by=by, at=at)
    return row


@transaction.atomic
def ask_in_public(
    centre: Centre, values: dict[str, Any], *, by: User | None, at: datetime
) -> Enquiry:
    """Ask a centre by its public form; who asks has agreed that name and address are kept."""
    rules.check_open_to_all(centre)
    own = {**values, "consented_at": at}
    row = _entered(centre, Origin.PUBLIC, own, by=None, at=at)
    letters.came_in(row, by=None, at=at)
    return row


def _entered(
    centre: Centre, origin: str, values: dict[str, Any], *, by: User | None, at: datetime
) -> Enquiry:
    rules.check_may_be_asked(centre)
    received = values.pop("received_at", None) or at
    rules.check_texts(values["subject"], values.get("text", ""))
    if values.get("hs_code"):
        lead_rules.check_codes([values["hs_code"]], "hs_code")
    day = day_of(received)
    row = Enquiry(
        unit=centre.unit,
        centre=centre,
        origin=origin,
        received_at=received,
        due_on=rules.due_on(centre, day),
        state_since=day,
        **values,
    )
    check_texts(row)
    row.number = next_number(centre.unit, "EN", day.year, by=by)
    row.save()
    told = {"kind": [None, row.kind], "due_on": [None, row.due_on]}
    history.record("enquiry.came_in", row, by=by, at=at, changes=told)
    return row


@transaction.atomic
def change(row: Enquiry, values: dict[str, Any], *, by: User | None, at: datetime) -> Enquiry:
    """Correct what is known of an enquiry: its kind, its HS code, the company it is of."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    if values.get("hs_code"):
        lead_rules.check_codes([values["hs_code"]], "hs_code")
    changes = history.changes(row, values)
    check_texts(row)
    if changes:
        row.save(update_fields=list(changes))
        history.record("enquiry.changed", row, by=by, at=at, changes=changes)
    return row


@transaction.atomic
def answer(row: Enquiry, answer: str, *, by: User | None, at: datetime) -> Enquiry:
    """Answer an enquiry; the answer leaves as a letter to who asked, if that is known."""
    check_may(by, CHANGE, row.unit)
    row = _locked(row)
    rules.check_answer(row, answer)
    day = day_of(at)
    values = {"answer": answer, "answered_at": at, "answered_on": day, "answered_by": by,
              "state": State.ANSWERED, "state_since": day}  # fmt: skip
    changes = history.changes(row, values)
    row.save(update_fields=list(changes))
    told = {name: changes[name] for name in ("state", "answered_on")}
    history.record("enquiry.answered", row, by=by, at=at, changes=told)
    letters.answered(row, by=by, at=at)
    return row


@transaction.atomic
def match(row: Enquiry, lead: Lead, *, by: User | None, at: datetime) -> Enquiry:
    """Match an answered enquiry with a buyer lead; the lead is matched, too."""
    check_may(by, CHANGE, row.unit)
    row = _locked(row)
    rules.check_match(row, lead)
    day = day_of(at)
    changes = history.changes(row, {"state": State.MATCHED, "state_since": day, "lead": lead})
    row.save(update_fields=list(changes))
    history.record("enquiry.matched", row, by=by, at=at, changes=changes)
    found = history.changes(lead, {"state": Lead.State.MATCHED, "state_reason": ""})
    if found:
        lead.state_since = day
        lead.save(update_fields=[*found, "state_since"])
        history.record("lead.matched", lead, by=by, at=at, changes=found)
    letters.matched(row, by=by, at=at)
    return row


@transaction.atomic
def close(row: Enquiry, reason: str, *, by: User | None, at: datetime) -> Enquiry:
    """Close an enquiry, answered or not; the reason stays with it."""
    check_may(by, CHANGE, row.unit)
    row = _locked(row)
    rules.check_close(row, reason)
    values = {"state": State.CLOSED, "state_since": day_of(at), "closed_reason": reason}
    changes = history.changes(row, values)
    row.save(update_fields=list(changes))
    history.record("enquiry.closed", row, by=by, at=at, changes=changes, reason=reason)
    return row


@transaction.atomic
def void(row: Enquiry, reason: str, *, by: User | None, at: datetime) -> Enquiry:
    """Take back an enquiry that was none, such as one entered twice."""
    check_may(by, CHANGE, row.unit)
    check_stands(row)
    check_reason(reason)
    changes = history.changes(row, {"voided_at": at, "voided_reason": reason})
    row.save(update_fields=list(changes))
    history.record("enquiry.voided", row, by=by, at=at, changes=changes, reason=reason)
    return row


def _locked(row: Enquiry) -> Enquiry:
    # Locked, so that two who answer at once do not send two letters.
    rows = Enquiry.objects.select_for_update(of=("self",)).select_related("centre", "unit")
    return rows.get(pk=row.pk)


@transaction.atomic
def forget_asker(row: Enquiry, *, by: User | None, at: datetime) -> Enquiry:
    """Forget who asked in public, as they may want; what was asked and answered stays."""
    check_may(by, CHANGE, row.unit)
    own = {"contact_name": "", "contact_email": ""}
    changes = history.changes(row, own)
    if changes:
        row.save(update_fields=list(changes))
        history.record("enquiry.asker_forgotten", row, by=by, at=at, changes=changes)
    return row


def remind(*, on: date, by: User | None, at: datetime) -> int:
    """Write to the staff of centres about what is late; return how many letters are new."""
    return letters.remind(on=on, by=by, at=at)
