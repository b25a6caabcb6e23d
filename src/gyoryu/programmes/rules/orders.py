"""What may happen to an order, by whom, and what is said when it may not."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.models import AwardCategory, Claim, Order, Provider, Sanction, Voucher
from gyoryu.programmes.rules import providers, sanctions, vouchers
from gyoryu.programmes.rules.money import check_amount

Status = Order.Status
# Where an order may go from where it stands. A delivery that is sent back is accepted once more.
MOVES: dict[str, tuple[str, ...]] = {
    Status.QUOTED: (Status.ACCEPTED, Status.CANCELLED),
    Status.ACCEPTED: (Status.DELIVERED, Status.CANCELLED),
    Status.DELIVERED: (Status.CONFIRMED, Status.ACCEPTED, Status.CANCELLED),
    Status.CONFIRMED: (Status.SETTLED, Status.CANCELLED),
    Status.SETTLED: (),
    Status.CANCELLED: (),
}
# Within how many days of the delivery a company is asked to confirm it.
DAYS_TO_CONFIRM = 7


def check_move(order: Order, to: str) -> None:
    """Refuse a step that does not lead on from where the order stands."""
    if order.voided_at:
        raise Refused(_("This order was voided."))
    if to not in MOVES[order.status]:
        raise Refused(
            _("An order that is “%(now)s” does not become “%(to)s”.")
            % {"now": order.get_status_display(), "to": dict(Status.choices).get(to, to)},
            field="to",
        )


def check_company(voucher: Voucher, by: User | None) -> None:
    """Refuse unless somebody is confirmed to act for the voucher's company."""
    if voucher.award.organisation_id is None:
        raise NotAllowed(_("Only somebody who acts for this organisation may do this."))
    providers.check_acts_for(voucher.award.organisation_id, by)


def check_provider(order: Order, by: User | None) -> None:
    """Refuse unless somebody acts for the provider, or enters it at the desk for them."""
    if by is not None and by.access.may("programmes.change", order.unit.path):
        return
    providers.check_acts_for(order.provider.organisation_id, by)


def check_desk(order: Order, by: User | None) -> None:
    """Refuse unless somebody may change programmes at the order's unit."""
    check_may(by, "programmes.change", order.unit)


def check_quote(voucher: Voucher, values: dict[str, Any], on: date) -> None:
    """Refuse a quote that no voucher, provider, service or day carries.

    ``values`` are ``heading``, ``provider``, ``title``, ``amount`` in won and ``due_on``.
    """
    heading, provider = values["heading"], values["provider"]
    vouchers.check_usable(voucher, on)
    _check_on_menu(voucher, heading)
    if provider.programme_id != voucher.award.call.programme_id:
        raise Refused(_("This provider is registered for another programme."), field="provider")
    if provider.organisation_id == voucher.award.organisation_id:
        raise Refused(_("Nobody is their own provider."), field="provider")
    providers.check_works(provider, on)
    providers.check_provides(provider, heading.service)
    if not values["title"].strip():
        raise Refused(_("Say what is delivered."), field="title")
    check_amount("reserved", values["amount"])
    check_due(voucher, values["due_on"], on)


def _check_on_menu(voucher: Voucher, heading: AwardCategory) -> None:
    if heading.award_id != voucher.award_id or heading.service_id is None:
        raise Refused(_("This service is not on the voucher's menu."), field="heading")


def check_due(voucher: Voucher, due: date, on: date) -> None:
    """Refuse a delivery in the past, or after the voucher has ended."""
    if due < on:
        raise Refused(_("This day has passed."), field="due_on")
    if due > voucher.award.ends_on:
        raise Refused(
            _("The voucher ends on %(on)s. It has to be delivered by then.")
            % {"on": voucher.award.ends_on.isoformat()},
            field="due_on",
        )


def check_accept(order: Order, excluded: Iterable[Sanction], on: date) -> None:
    """Refuse to accept a quote when voucher, provider or company may not any more."""
    check_move(order, Status.ACCEPTED)
    if order.status != Status.QUOTED:
        raise Refused(_("Only a quote is accepted."))
    vouchers.check_usable(order.voucher, on)
    providers.check_works(order.provider, on, field="")
    sanctions.check_none(excluded)


def check_deliver(order: Order, on: date, today: date) -> None:
    """Refuse a delivery of what was not accepted, on a day to come or before it was accepted."""
    check_move(order, Status.DELIVERED)
    _check_day(on, order.accepted_on, today)


def check_confirm(order: Order, on: date, today: date) -> None:
    """Refuse to confirm what was not delivered, on a day to come or before the delivery."""
    check_move(order, Status.CONFIRMED)
    _check_day(on, order.delivered_on, today)


def _check_day(on: date, since: date | None, today: date) -> None:
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")
    if since and on < since:
        raise Refused(
            _("That was not before %(since)s: since then it stands as it does now.")
            % {"since": since.isoformat()},
            field="on",
        )


def check_send_back(order: Order, reason: str) -> None:
    """Refuse to send back what was not delivered, or without saying what is wrong with it."""
    check_move(order, Status.ACCEPTED)
    if order.status != Status.DELIVERED:
        raise Refused(_("Only what was delivered is sent back."))
    check_reason(reason)


def check_cancel(order: Order, reason: str, claim: Claim | None, by: User | None) -> None:
    """Refuse to cancel without a reason, what is settled, or what is not theirs to cancel.

    A quote and an accepted order are cancelled by either side; from the delivery on by the desk,
    and not while a claim of it waits or was granted.
    """
    check_move(order, Status.CANCELLED)
    check_reason(reason)
    if by is not None and not by.access.may("programmes.change", order.unit.path):
        if order.status in {Status.DELIVERED, Status.CONFIRMED}:
            raise Refused(_("It was delivered. Only the desk can cancel it now."))
        _check_either(order, by)
    if claim is not None and _rests(claim):
        raise Refused(
            _("Claim %(number)s rests on this order. Decide that one first.")
            % {"number": claim.number}
        )


def _check_either(order: Order, by: User) -> None:
    try:
        check_company(order.voucher, by)
    except NotAllowed:
        providers.check_acts_for(order.provider.organisation_id, by)


def check_settle(order: Order) -> None:
    """Refuse to settle what the company has not confirmed."""
    check_move(order, Status.SETTLED)


def check_claimable(order: Order) -> None:
    """Refuse a claim for an order that the company has not confirmed."""
    if order.status != Status.CONFIRMED:
        raise Refused(
            _("Only a confirmed order is settled. This one is: %(status)s.")
            % {"status": order.get_status_display()}
        )


def can_claim(order: Order, claim: Claim | None) -> bool:
    """Tell whether a claim of an order can be begun; ``claim`` is its newest one."""
    return order.status == Status.CONFIRMED and not (claim and _rests(claim))


def check_not_claimed(claim: Claim | None) -> None:
    """Refuse a second claim of an order, unless the first was rejected."""
    if claim is not None and _rests(claim):
        raise Refused(_("This order is claimed already: %(number)s.") % {"number": claim.number})


def _rests(claim: Claim) -> bool:
    """Whether a claim counts on its order: a rejected one settles nothing."""
    return claim.status != Claim.Status.REJECTED


def check_can_quote_as(provider: Provider, by: User | None) -> None:
    """Refuse a quote in the name of a provider one does not act for."""
    if by is not None and by.access.may("programmes.change", provider.unit.path):
        return
    providers.check_acts_for(provider.organisation_id, by)
