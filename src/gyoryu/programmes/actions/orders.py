"""Orders: quoted, accepted with money held for them, delivered, confirmed, settled or cancelled."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.actions.typed import next_number
from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.history import actions as history
from gyoryu.programmes.actions import ledger, order_letters
from gyoryu.programmes.models import LedgerEntry, Order, OrderStep, Voucher
from gyoryu.programmes.queries import orders as queries
from gyoryu.programmes.queries import sanctions
from gyoryu.programmes.rules import orders as rules
from gyoryu.programmes.rules import sanctions as sanction_rules
from gyoryu.programmes.rules.money import Movement

Status = Order.Status


@transaction.atomic
def quote(voucher: Voucher, values: dict[str, Any], *, by: User | None, at: datetime) -> Order:
    """Offer a service on a voucher: the provider in the portal, or an officer who enters it.

    ``values`` are ``heading``, ``provider``, ``title``, ``amount`` in won without VAT, and
    ``due_on``. Nothing is held until the company accepts.
    """
    provider, on = values["provider"], day_of(at)
    rules.check_can_quote_as(provider, by)
    rules.check_quote(voucher, values, on)
    _check_nobody_excluded(voucher, provider.organisation_id, on)
    made = Order.objects.create(
        unit=voucher.award.unit,
        voucher=voucher,
        number=next_number(voucher.award.unit, "OR", on.year, by=by),
        status_since=on,
        quoted_on=on,
        **{**values, "title": values["title"].strip()},
    )
    _note(made, "order.quoted", {"amount": [None, made.amount]}, "", by, at)
    order_letters.quoted(made, by=by, at=at)
    return made


def _check_nobody_excluded(voucher: Voucher, provider: int, on: date) -> None:
    both = [one for one in (voucher.award.organisation_id, provider) if one]
    sanction_rules.check_none(sanctions.standing(both, on))


@transaction.atomic
def accept(order: Order, *, by: User | None, at: datetime) -> Order:
    """Accept a quote for the company: its amount is held of the voucher and of the service.

    Refused with the number that is left when it does not fit.
    """
    order, on = _locked(order), day_of(at)
    rules.check_company(order.voucher, by)
    # Held until this is through, and read anew: somebody may just have closed the voucher.
    held = Voucher.objects.select_for_update(of=("self",)).get(pk=order.voucher_id)
    order.voucher.closed_on = held.closed_on
    both = [order.voucher.award.organisation_id or 0, order.provider.organisation_id]
    rules.check_accept(order, sanctions.standing(both, on), on)
    movement = Movement(
        order.heading.ceiling,
        LedgerEntry.Kind.RESERVED,
        order.amount,
        queries.reserved_key(order),
        on,
        note=order.number,
    )
    ledger.move(movement, by=by, at=at)
    _go(order, Status.ACCEPTED, "order.accepted", by=by, at=at, accepted_on=on)
    order_letters.accepted(order, by=by, at=at)
    return order


@transaction.atomic
def deliver(
    order: Order,
    *,
    on: date,
    note: str = "",
    files: "Iterable[UploadedFile[Any]]" = (),
    by: User | None,
    at: datetime,
) -> Order:
    """Say that a service was delivered, with the files that show it."""
    order = _locked(order)
    rules.check_provider(order, by)
    rules.check_deliver(order, on, day_of(at))
    for file in files:
        _hold(order, file, on, by, at)
    _go(order, Status.DELIVERED, "order.delivered", reason=note, by=by, at=at, delivered_on=on)
    order_letters.delivered(order, by=by, at=at)
    return order


def _hold(
    order: Order, file: "UploadedFile[Any]", on: date, by: User | None, at: datetime
) -> Document:
    title = f"{order.number} {file.name or ''}"[:200]
    return evidence.hold(
        order, kind=Document.Kind.OTHER, title=title, file=file, dated=on, handed_in=True,
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def confirm(order: Order, *, on: date, by: User | None, at: datetime) -> Order:
    """Confirm for the company that it got what was ordered; from then on it can be settled."""
    order = _locked(order)
    rules.check_company(order.voucher, by)
    rules.check_confirm(order, on, day_of(at))
    _go(order, Status.CONFIRMED, "order.confirmed", by=by, at=at, confirmed_on=on)
    order_letters.confirmed(order, by=by, at=at)
    return order


@transaction.atomic
def send_back(order: Order, *, reason: str, by: User | None, at: datetime) -> Order:
    """Send a delivery back for the company, saying what is wrong; it counts as a complaint."""
    order = _locked(order)
    rules.check_company(order.voucher, by)
    rules.check_send_back(order, reason)
    _go(
        order, Status.ACCEPTED, "order.sent_back", reason=reason, complaint=True, by=by, at=at,
        delivered_on=None,
    )  # fmt: skip
    order_letters.sent_back(order, reason, by=by, at=at)
    return order


@transaction.atomic
def cancel(order: Order, *, reason: str, by: User | None, at: datetime) -> Order:
    """Cancel an order for a reason; what was held for it is free again to the last won."""
    order = _locked(order)
    rules.check_cancel(order, reason, queries.claim_of(order), by)
    if held := queries.reservation(order):
        _release(order, held, by, at)
    _go(order, Status.CANCELLED, "order.cancelled", reason=reason, by=by, at=at)
    order_letters.cancelled(order, reason, by=by, at=at)
    return order


@transaction.atomic
def release(order: Order, *, by: User | None, at: datetime) -> None:
    """Free what is held for a confirmed order, because its claim is approved in this transaction.

    Called by the approval of the order's claim, which moves the approved amount itself.
    """
    order = _locked(order)
    rules.check_claimable(order)
    held = queries.reservation(order)
    if held is None:
        raise Refused(_("Nothing is held for this order any more."))
    _release(order, held, by, at)


@transaction.atomic
def hold_again(order: Order, *, key: str, by: User | None, at: datetime) -> None:
    """Hold an order's money again, because the approval of its claim is taken back.

    Called when that approval has just been reversed; ``key`` is the reversal's own.
    """
    order = _locked(order)
    movement = Movement(
        order.heading.ceiling,
        LedgerEntry.Kind.RESERVED,
        order.amount,
        f"{queries.reserved_key(order)}/{key}",
        day_of(at),
        note=order.number,
    )
    ledger.move(movement, by=by, at=at)


@transaction.atomic
def unsettle(order: Order, *, by: User | None, at: datetime) -> Order:
    """Set a settled order back to confirmed, because the payment of its claim is taken back."""
    return _go(_locked(order), Status.CONFIRMED, "order.unsettled", by=by, at=at)


def _release(order: Order, held: LedgerEntry, by: User | None, at: datetime) -> None:
    key = f"order/{order.pk}/released/{held.pk}"
    ledger.reverse(held, key=key, on=day_of(at), by=by, at=at, note=order.number)


@transaction.atomic
def settle(order: Order, *, by: User | None, at: datetime) -> Order:
    """Set an order settled, because its claim was paid. Called by the payment of the claim."""
    order = _locked(order)
    rules.check_settle(order)
    return _go(order, Status.SETTLED, "order.settled", by=by, at=at)


def _locked(order: Order) -> Order:
    """Return the order as it stands, held until the end of this transaction."""
    rows = Order.objects.select_for_update(of=("self",))
    return queries.in_full(rows).get(pk=order.pk)


def _go(
    order: Order,
    to: str,
    verb: str,
    *,
    reason: str = "",
    complaint: bool = False,
    by: User | None,
    at: datetime,
    **days: date | None,
) -> Order:
    changes = history.changes(
        order,
        {
            "status": to,
            "status_since": day_of(at),
            "status_reason": reason.strip()[:500],
            **days,
        },
    )
    order.save(update_fields=["status", "status_since", "status_reason", *days])
    changes.pop("status_reason", None)
    _note(order, verb, changes, reason, by, at, complaint=complaint)
    return order


def _note(
    order: Order,
    verb: str,
    changes: dict[str, Any],
    reason: str,
    by: User | None,
    at: datetime,
    *,
    complaint: bool = False,
) -> None:
    OrderStep.objects.create(
        order=order, status=order.status, reason=reason.strip()[:500], complaint=complaint,
        at=at, by=by,
    )  # fmt: skip
    history.record(verb, order, by=by, at=at, changes=changes, reason=reason)
