"""What may be claimed, approved, cut and paid, and what is said when it may not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, told
from gyoryu.base.money import CURRENCIES
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.evidence.models import Document
from gyoryu.parties import business_number
from gyoryu.programmes import invoices
from gyoryu.programmes.models import Award, Claim, Cut, Order, Provider, Representative
from gyoryu.programmes.rules import representatives

Status = Claim.Status
WRITTEN = {Status.DRAFT, Status.RETURNED}
# More than any invoice ever came to; twelve digits before the point.
MOST = Decimal(10) ** 12


@dataclass(frozen=True)
class Cutting:
    """Part of a claim that is not approved: how many won, by which code, and why."""

    code: str
    amount: int
    reason: str = ""


@dataclass(frozen=True)
class Room:
    """What is left, in won, under a claim's heading and under its award."""

    heading: int
    award: int

    @property
    def left(self) -> int:
        """What is left under both."""
        return max(min(self.heading, self.award), 0)


def own_awards(by: User, at: str = "") -> tuple[Q, Q]:
    """Return the conditions of awards that somebody acts for; ``at`` leads to the award."""
    return representatives.ways(by, f"{at}application__applicant", f"{at}organisation")


def acts_for(award: Award, by: User) -> bool:
    """Tell whether somebody acts for who was granted an award."""
    applied, company = own_awards(by)
    return Award.objects.filter(applied | company, pk=award.pk).exists()


def check_may_write(claim: Claim, by: User | None) -> None:
    """Refuse who neither acts for the awardee or its provider nor works on awards here."""
    if by is None or by.access.may("programmes.change", claim.unit.path):
        return
    provider = claim.order.provider.organisation_id if claim.order else None
    if not acts_for(claim.award, by) and provider not in representatives.sure_of(by):
        raise NotAllowed(_("Your role does not allow this here."))


def check_award(award: Award, *, today: date) -> None:
    """Refuse claims on an award that does not run, and after the last day for them."""
    if award.voided_at or award.status in {Award.Status.CANCELLED, Award.Status.SETTLED}:
        raise Refused(
            _("This award is closed: %(status)s.") % {"status": award.get_status_display()}
        )
    if award.agreed_on is None:
        raise Refused(_("The grant agreement has to be signed first."))
    if today > award.claims_until:
        raise Refused(_("Claims could be made until %(on)s.") % {"on": told(award.claims_until)})


def check_can_write(claim: Claim) -> None:
    """Refuse to change what was handed in and is not returned."""
    if claim.voided_at:
        raise Refused(_("This claim was thrown away."))
    if claim.status not in WRITTEN:
        raise Refused(
            _("This claim cannot be changed any more: %(status)s.")
            % {"status": claim.get_status_display()}
        )


def check_heading(claim: Claim, by: User | None) -> None:
    """Refuse a heading of another award, and a benefit in kind that an outsider claims."""
    if claim.heading.award_id != claim.award_id:
        raise Refused(_("This heading belongs to another award."), field="heading")
    category = claim.heading.category
    if category and category.in_kind and by is not None:
        check_may(by, "programmes.change", claim.unit)


def check_invoice(claim: Claim, *, today: date) -> None:
    """Refuse an invoice that cannot be: its issuer, number, day or amounts."""
    _check_issuer(claim)
    if not invoices.folded(claim.invoice):
        raise Refused(_("Give the number on the invoice."), field="invoice")
    _check_approval_number(claim, today)
    if claim.invoice_on > today:
        raise Refused(_("This day has not come yet."), field="invoice_on")
    award = claim.award
    if not award.starts_on <= claim.invoice_on <= award.ends_on:
        raise Refused(
            _("Outside the period of support, %(from)s to %(until)s.")
            % {"from": told(award.starts_on), "until": told(award.ends_on)},
            field="invoice_on",
        )
    _check_amounts(claim)


def _check_issuer(claim: Claim) -> None:
    number = claim.provider_number
    if not claim.provider_name.strip():
        raise Refused(_("Say who issued the invoice."), field="provider_name")
    if number and not business_number.is_valid(number):
        raise Refused(_("This is not a business number."), field="provider_number")
    # Otherwise the same invoice could be claimed once with the number and once without it.
    if not number and claim.currency == "KRW":
        raise Refused(
            _("Give the issuer's business number. Only an invoice from abroad has none."),
            field="provider_number",
        )


def _check_approval_number(claim: Claim, today: date) -> None:
    doubt = invoices.doubt(claim.invoice, claim.invoice_on, today)
    if doubt is None:
        return
    reason = {
        "length": _("An approval number has 24 characters; this has %(length)d."),
        "day": _("An approval number begins with a day; this one does not."),
        "order": _("This approval number is of %(day)s, which does not fit the invoice's day."),
    }[doubt.code] % {"length": doubt.length, "day": told(doubt.day)}
    raise Refused(reason, field="invoice")


def _check_amounts(claim: Claim) -> None:
    for name in ("supply", "vat"):
        amount: Decimal = getattr(claim, name)
        if amount < 0 or (name == "supply" and not amount):
            raise Refused(_("Give an amount above zero."), field=name)
        if amount >= MOST:
            raise Refused(_("This is more than can be kept. Check the number."), field=name)
        if amount % Decimal(1).scaleb(-CURRENCIES.get(claim.currency, 2)):
            raise Refused(
                _("%(currency)s has no amounts as small as this.") % {"currency": claim.currency},
                field=name,
            )
    if claim.vat > claim.supply:
        raise Refused(_("The VAT is more than the price itself. Check both."), field="vat")
    if claim.asked is not None and claim.asked <= 0:
        raise Refused(_("Give an amount above zero."), field="asked")


def check_room(claim: Claim, room: Room) -> None:
    """Refuse a claim that counts for nothing, or for more than is left; say how much is."""
    if claim.eligible <= 0:
        raise Refused(_("Nothing of this invoice counts."), field="supply")
    if claim.eligible > room.left:
        raise Refused(
            _("It counts for %(eligible)s KRW, but only %(left)s KRW is left: %(heading)s.")
            % {
                "eligible": f"{claim.eligible:,}",
                "left": f"{room.left:,}",
                "heading": claim.heading,
            },
            field="asked",
        )


def check_not_claimed(claim: Claim, other: Claim | None, by: User | None) -> None:
    """Refuse an invoice that is claimed already, here or under any other award."""
    if other is None:
        return
    if other.award_id == claim.award_id or by is None or by.access.may("programmes.applicants"):
        raise Refused(
            _("This invoice is claimed already: %(number)s.") % {"number": other.number},
            field="invoice",
        )
    raise Refused(_("This invoice is claimed already under another award."), field="invoice")


def check_provider(stopped: Provider | None, name: str) -> None:
    """Refuse an invoice of a provider that is suspended or barred from this programme."""
    if stopped is None:
        return
    raise Refused(
        _("%(name)s cannot deliver in this programme: %(state)s, %(reason)s")
        % {"name": name, "state": stopped.get_state_display(), "reason": stopped.state_reason},
        field="provider_number",
    )


def check_ordered(award: Award, order: Order | None) -> None:
    """Refuse a claim on a voucher that settles no order: nobody confirmed what was delivered."""
    if award.kind == Award.Kind.VOUCHER and order is None:
        raise Refused(_("A voucher is claimed for its orders. Begin from a confirmed order."))


def check_order(claim: Claim) -> None:
    """Refuse a claim for an order that comes to more than was ordered, or under another heading."""
    order = claim.order
    assert order is not None, "asked only for claims of orders"
    if claim.heading_id != order.heading_id:
        raise Refused(_("This heading belongs to another award."), field="heading")
    if claim.eligible > order.amount:
        raise Refused(
            _("It counts for %(eligible)s KRW, but only %(amount)s KRW was ordered.")
            % {"eligible": f"{claim.eligible:,}", "amount": f"{order.amount:,}"},
            field="supply",
        )


def counted(claim: Claim) -> invoices.Counted:
    """Return how much of a claim's invoice counts, and how it came to that."""
    category = claim.heading.category
    rate = claim.rate.rate if claim.rate else Decimal(1)
    return invoices.counted(
        invoices.Invoice(claim.supply, claim.vat, rate),
        invoices.Terms(
            vat_counts=category is not None and category.vat_eligible,
            own_share=claim.award.own_share,
            asked=claim.asked,
        ),
    )


def missing(claim: Claim, kinds: set[str]) -> list[str]:
    """Return, in words, the kinds of documents that a claim still has to come with."""
    category = claim.heading.category
    wanted = category.evidence if category else []
    labels = dict(Document.Kind.choices)
    return [str(labels.get(kind, kind)) for kind in wanted if kind not in kinds]


def check_evidence(claim: Claim, kinds: set[str]) -> None:
    """Refuse to hand in a claim without the documents that its category asks for."""
    if lacking := missing(claim, kinds):
        raise Refused(_("Still missing: %(kinds)s.") % {"kinds": ", ".join(lacking)}, field="file")


def check_account(claim: Claim, *, has_account: bool) -> None:
    """Refuse to hand in what could not be paid: nobody has said to which account."""
    category = claim.heading.category
    if not has_account and not (category and category.in_kind):
        raise Refused(_("Say first to which bank account it is to be paid."))


def check_submitted(claim: Claim) -> None:
    """Refuse a decision about what is not waiting for one."""
    if claim.voided_at or claim.status != Status.SUBMITTED:
        raise Refused(
            _("This claim is not waiting for a decision: %(status)s.")
            % {"status": claim.get_status_display()}
        )


def check_can_approve(claim: Claim, by: User | None) -> None:
    """Refuse to approve what one has handed in oneself, or for somebody nobody has confirmed."""
    check_submitted(claim)
    if by is not None and claim.submitted_by_id == by.pk:
        raise Refused(_("You handed this claim in, so somebody else approves it."))
    award, handed = claim.award, claim.submitted_by_id
    waits = Representative.objects.filter(
        user=handed, organisation=award.organisation_id, ended_on=None, confirmed_at=None
    )
    if award.organisation_id and handed and waits.exists():
        raise Refused(_("Nobody has confirmed yet that this person acts for the company."))


def check_not_approved(number: str | None) -> None:
    """Refuse an invoice that was approved before, in whatever programme, by that claim's number."""
    if number is not None:
        raise Refused(_("This invoice was approved already: %(number)s.") % {"number": number})


def approved_of(claim: Claim, cuts: Sequence[Cutting]) -> int:
    """Return what is left after cuts, in won; refuse cuts without a meaning or of everything."""
    for cut in cuts:
        if cut.amount <= 0:
            raise Refused(_("Give an amount above zero."), field="cuts")
        if cut.code not in Cut.Code.values:
            raise Refused(_("Choose the reason of the cut."), field="cuts")
        if cut.code == Cut.Code.OTHER and not cut.reason.strip():
            raise Refused(_("Say why it is cut."), field="cuts")
    left = claim.eligible - sum(cut.amount for cut in cuts)
    if left <= 0:
        raise Refused(
            _("The cuts come to %(cuts)s KRW of %(eligible)s. To approve nothing, reject it.")
            % {"cuts": f"{claim.eligible - left:,}", "eligible": f"{claim.eligible:,}"},
            field="cuts",
        )
    return left


def check_can_pay(claim: Claim, on: date, by: User | None, *, today: date) -> None:
    """Refuse to pay what is not approved, what one has approved, or on a day to come."""
    if claim.voided_at or claim.status != Status.APPROVED:
        raise Refused(
            _("This claim is not waiting to be paid: %(status)s.")
            % {"status": claim.get_status_display()}
        )
    if by is not None and claim.approved_by_id == by.pk:
        raise Refused(_("You approved this, so somebody else pays it."))
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")


def check_can_reverse_payment(claim: Claim, reason: str) -> None:
    """Refuse to take back a payment that was not made, or without a reason."""
    check_reason(reason)
    if claim.status != Status.PAID:
        raise Refused(_("This claim was not paid."))


def check_can_reopen(claim: Claim, reason: str) -> None:
    """Refuse to take back an approval that was not given, or whose payment stands."""
    check_reason(reason)
    if claim.status == Status.PAID:
        raise Refused(_("This was paid already. Reverse the payment first."))
    if claim.status != Status.APPROVED:
        raise Refused(_("This claim was not approved."))
