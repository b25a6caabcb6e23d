"""What an awardee does with claims: begun, changed, shown by documents, handed in, taken back."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_texts, day_of
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.history import actions as history
from gyoryu.parties import business_number
from gyoryu.programmes import invoices
from gyoryu.programmes.models import Award, Claim, ExchangeRate, Order
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.queries import orders, rates, standing
from gyoryu.programmes.rules import claims as rules
from gyoryu.programmes.rules import orders as order_rules

Status = Claim.Status
# What is typed and stands on the claim as it is.
PLAIN = ("heading", "provider_name", "invoice", "invoice_on", "supply", "vat", "currency", "asked")


@transaction.atomic
def draft(award: Award, values: dict[str, Any], *, by: User | None, at: datetime) -> Claim:
    """Begin a claim on an award, for one invoice; it waits for its documents.

    ``values`` are ``heading``, ``provider_name``, ``provider_number`` (empty abroad), ``invoice``
    (its number), ``invoice_on``, ``supply``, ``vat``, ``currency``, ``asked`` in won or none, for
    foreign money ``rate_on`` and ``rate_source``, and ``order`` when it settles one.
    """
    own = {"order": values.get("order"), "begun_by": by, "status_since": day_of(at)}
    claim = Claim(unit=award.unit, award=award, **own)
    rules.check_may_write(claim, by)
    if claim.order:
        # Held until this is through: of two who begin at once the second finds the first one's.
        Order.objects.select_for_update(of=("self",)).get(pk=claim.order.pk)
        order_rules.check_not_claimed(orders.claim_of(claim.order))
    _fill(claim, values)
    standing.check(claim, by, day_of(at))
    claim.number = next_number(award.unit, "PC", day_of(at).year, by=by)
    claim.save()
    history.record(
        "claim.drafted", claim, by=by, at=at, changes={"eligible": [None, claim.eligible]}
    )
    return claim


@transaction.atomic
def change(claim: Claim, values: dict[str, Any], *, by: User | None, at: datetime) -> Claim:
    """Change a claim that is being written, or that was returned for completion."""
    claim = queries.locked(claim)
    rules.check_may_write(claim, by)
    rules.check_can_write(claim)
    before = {name: getattr(claim, name) for name in (*PLAIN, "eligible")}
    _fill(claim, values)
    standing.check(claim, by, day_of(at))
    claim.save()
    after = {name: getattr(claim, name) for name in before}
    changes = {name: [old, after[name]] for name, old in before.items() if old != after[name]}
    if changes:
        history.record("claim.changed", claim, by=by, at=at, changes=changes)
    return claim


def _fill(claim: Claim, values: dict[str, Any]) -> None:
    """Set what was typed, and what follows from it: issuer, key, rate, what counts."""
    for name in PLAIN:
        if name in values:
            setattr(claim, name, values[name])
    claim.vat = claim.vat or Decimal(0)
    claim.provider_number = business_number.digits(values.get("provider_number", ""))[:10]
    claim.provider = queries.issuer(claim.provider_number)
    claim.invoice_key = invoices.key(claim.provider_number, claim.provider_name, claim.invoice)
    check_texts(claim)
    claim.rate = _rate(claim, values)
    claim.eligible = rules.counted(claim).eligible


def _rate(claim: Claim, values: dict[str, Any]) -> ExchangeRate | None:
    if claim.currency == "KRW":
        return None
    day: date = values.get("rate_on") or claim.invoice_on
    return rates.of_day(claim.currency, day, values.get("rate_source") or "")


@transaction.atomic
def attach(
    claim: Claim, *, kind: str, file: "UploadedFile[Any]", by: User | None, at: datetime
) -> Document:
    """Hold a document that shows the cost; its real type is checked."""
    claim = queries.locked(claim)
    rules.check_may_write(claim, by)
    rules.check_can_write(claim)
    title = f"{claim.number} {Document.Kind(kind).label}"
    return evidence.hold(
        claim, kind=kind, title=title[:200], file=file, handed_in=True, by=by, at=at
    )


@transaction.atomic
def detach(claim: Claim, document: Document, *, by: User | None, at: datetime) -> None:
    """Take a document back from a claim that is being written."""
    claim = queries.locked(claim)
    rules.check_may_write(claim, by)
    rules.check_can_write(claim)
    evidence.take_back(document, by=by, at=at)


@transaction.atomic
def submit(claim: Claim, *, by: User | None, at: datetime) -> Claim:
    """Hand a claim in; everything is looked at once more, because time has passed."""
    claim, today = queries.locked(claim), day_of(at)
    rules.check_may_write(claim, by)
    rules.check_can_write(claim)
    standing.check(claim, by, today)
    rules.check_evidence(claim, queries.kinds_held(claim))
    rules.check_account(claim, has_account=queries.account_of(claim) is not None)
    values = {"status": Status.SUBMITTED, "submitted_at": at, "submitted_by": by}
    return _step(claim, "claim.submitted", values, by=by, at=at)


@transaction.atomic
def take_back(claim: Claim, *, by: User | None, at: datetime) -> Claim:
    """Take back a claim nobody has decided yet, to change it."""
    claim = queries.locked(claim)
    rules.check_may_write(claim, by)
    rules.check_submitted(claim)
    return _step(claim, "claim.taken_back", {"status": Status.DRAFT}, by=by, at=at)


@transaction.atomic
def drop(claim: Claim, *, reason: str, by: User | None, at: datetime) -> Claim:
    """Throw away a claim that was never handed in, or that was returned."""
    claim = queries.locked(claim)
    rules.check_may_write(claim, by)
    rules.check_can_write(claim)
    claim.voided_at, claim.voided_reason = at, reason.strip() or "-"
    claim.save(update_fields=["voided_at", "voided_reason"])
    history.record("claim.dropped", claim, by=by, at=at, reason=reason)
    return claim


def _step(
    claim: Claim, verb: str, values: dict[str, Any], *, by: User | None, at: datetime
) -> Claim:
    changes = history.changes(claim, {**values, "status_since": day_of(at), "status_reason": ""})
    claim.save(update_fields=list(changes))
    told = {name: pair for name, pair in changes.items() if name == "status"}
    history.record(verb, claim, by=by, at=at, changes=told)
    return claim
