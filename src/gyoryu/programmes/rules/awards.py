"""What may be granted, amended, advanced and cancelled, and what is said when it may not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_reason, told
from gyoryu.base.refused import Refused
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import (
    Advance,
    Allotment,
    Amendment,
    Application,
    Award,
    Call,
    CostCategory,
    Service,
)

Status = Award.Status
OVER = {Status.SETTLED, Status.CANCELLED}
DAYS = ("starts_on", "ends_on", "claims_until", "report_due_on")


@dataclass(frozen=True)
class Heading:
    """What an award may be spent on, a category of the call or a voucher's service, in won."""

    of: CostCategory | Service
    most: int


@dataclass(frozen=True)
class Grant:
    """What is to be granted to one applicant.

    ``amount`` is the award's ceiling in won; ``drawn`` what it takes of the allotment when that is
    less (a voucher's subsidy). Without ``headings`` the call's categories stand, each with its own
    cap or the whole amount. ``key`` makes the same grant twice one award.
    """

    call: Call
    kind: str
    amount: int
    starts_on: date
    ends_on: date
    claims_until: date
    report_due_on: date
    application: Application | None = None
    organisation: Organisation | None = None
    name: str = ""
    own_share: Decimal = Decimal(0)
    headings: Sequence[Heading] = ()
    allotment: Allotment | None = None
    drawn: int | None = None
    key: str = ""


@dataclass(frozen=True)
class Change:
    """What an amendment changes of an award: its amount, caps by category, days.

    ``caps`` maps a CostCategory's id to its new cap in won; what is not named stays.
    """

    amount: int | None = None
    caps: dict[int, int] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)


def check_days(days: dict[str, date]) -> None:
    """Refuse a period that ends before it begins, and days after it that lie before its end."""
    if days["ends_on"] < days["starts_on"]:
        raise Refused(_("It ends before it begins."), field="ends_on")
    for name in ("claims_until", "report_due_on"):
        if days[name] < days["ends_on"]:
            raise Refused(
                _("Not before the period of support ends (%(on)s).")
                % {"on": told(days["ends_on"])},
                field=name,
            )


def check_grant(grant: Grant) -> None:
    """Refuse a grant the call or the application does not carry."""
    if grant.call.state in {Call.State.DRAFT, Call.State.CANCELLED}:
        raise Refused(_("Nothing is granted under a call that is not announced."))
    _check_application(grant)
    if not (grant.application or grant.organisation or grant.name.strip()):
        raise Refused(_("Say to whom it is granted."), field="organisation")
    check_amount_of(grant.call, grant.amount)
    check_days({name: getattr(grant, name) for name in DAYS})
    if not 0 <= grant.own_share < 100:
        raise Refused(_("The own share is from 0 to below 100 percent."), field="own_share")
    for heading in grant.headings:
        check_cap(heading.of, heading.most, amount=grant.amount)


def _check_application(grant: Grant) -> None:
    application = grant.application
    if application is None:
        return
    if application.call_id != grant.call.pk:
        raise Refused(_("This application answers another call."), field="application")
    if application.status != Application.Status.SELECTED:
        raise Refused(
            _("Only a selected application is granted something. This one is: %(status)s.")
            % {"status": application.get_status_display()},
            field="application",
        )
    if Award.objects.filter(application=application).exists():
        raise Refused(_("This application has its award already."), field="application")


def check_amount_of(call: Call, amount: int) -> None:
    """Refuse an amount of nothing, and one past what a call gives to one applicant."""
    if amount <= 0:
        raise Refused(_("Give an amount above zero."), field="amount")
    if call.award_most is not None and amount > call.award_most:
        raise Refused(
            _("This call gives %(most)s KRW at most to each.") % {"most": f"{call.award_most:,}"},
            field="amount",
        )


def check_cap(of: CostCategory | Service, most: int, *, amount: int) -> None:
    """Refuse a cap below zero, past the award itself, or past what the call sets for it."""
    named = {"name": str(of), "most": f"{of.most:,}" if of.most is not None else ""}
    if most < 0:
        raise Refused(_("A cap is not below zero: %(name)s.") % named, field="caps")
    if most > amount:
        raise Refused(
            _("%(name)s cannot have a higher cap than the whole award.") % named, field="caps"
        )
    if of.most is not None and most > of.most:
        raise Refused(_("%(name)s has a cap of %(most)s KRW at most.") % named, field="caps")


def check_allotment(call: Call, allotment: Allotment | None) -> Allotment:
    """Return the allotment to draw on: the one that is named, or the only one there is."""
    if allotment is not None:
        if allotment.call_id != call.pk:
            raise Refused(_("This money is set apart for another call."), field="allotment")
        return allotment
    own = list(call.allotments.select_related("ceiling").order_by("pk")[:2])
    if not own:
        raise Refused(_("No money is set apart for this call yet."), field="allotment")
    if len(own) > 1:
        raise Refused(_("Say which of the call's budgets it is taken from."), field="allotment")
    return own[0]


def check_stands(award: Award) -> None:
    """Refuse to touch an award that is settled, cancelled or voided."""
    if award.voided_at or award.status in OVER:
        raise Refused(
            _("This award is closed: %(status)s.") % {"status": award.get_status_display()}
        )


def check_can_sign(award: Award, on: date, *, today: date) -> None:
    """Refuse a second signing, and a day on which it cannot have been."""
    check_stands(award)
    if award.agreed_on:
        raise Refused(_("The agreement was signed on %(on)s.") % {"on": told(award.agreed_on)})
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")
    if on < award.awarded_on:
        raise Refused(_("That was before it was awarded."), field="on")


def check_can_cancel(award: Award, reason: str) -> None:
    """Refuse while orders or claims are open, and a voucher that was used: that one is closed."""
    check_stands(award)
    check_reason(reason)
    if award.ceiling.reserved:
        raise Refused(
            _("%(won)s KRW is reserved for orders. Settle or cancel them first.")
            % {"won": f"{award.ceiling.reserved:,}"}
        )
    waiting = award.claims.filter(voided_at=None, status__in=["submitted", "returned"]).count()
    if waiting:
        raise Refused(
            _("%(count)d claims are not decided yet. Decide them first.") % {"count": waiting}
        )
    if award.kind == Award.Kind.VOUCHER and award.ceiling.committed:
        raise Refused(_("This voucher was used. Close it, so that its balance goes back."))


def check_can_amend(award: Award, change: Change, reason: str) -> None:
    """Refuse an amendment of a closed award, without a reason, or with days out of order."""
    check_stands(award)
    check_reason(reason)
    check_days({name: change.days.get(name, getattr(award, name)) for name in DAYS})
    amount = award.ceiling.limit if change.amount is None else change.amount
    check_amount_of(award.call, amount)
    if award.kind == Award.Kind.VOUCHER and change.amount is not None:
        raise Refused(
            _("A voucher's amount follows from its terms. Issue another."), field="amount"
        )


def check_something_changes(changes: dict[str, list[int | str]]) -> None:
    """Refuse an amendment that leaves everything as it is."""
    if not changes:
        raise Refused(_("Nothing would change by this amendment."))


def check_can_decide(amendment: Amendment, by: User | None) -> None:
    """Refuse to decide what is decided, and what one has asked for oneself."""
    if amendment.state != Amendment.State.ASKED:
        raise Refused(_("This amendment is decided already."))
    if by is not None and amendment.asked_by_id == by.pk:
        raise Refused(_("You asked for this amendment, so somebody else decides."))


def check_can_advance(award: Award, amount: int, reason: str) -> None:
    """Refuse an advance where none is foreseen, before the signing, or past what may go out."""
    check_stands(award)
    check_reason(reason)
    if award.kind != Award.Kind.ADVANCE:
        raise Refused(_("This award pays back costs on evidence. Nothing is paid in advance."))
    if award.agreed_on is None:
        raise Refused(_("The grant agreement has to be signed first."))
    waiting = sum(one.amount for one in award.advances.filter(state=Advance.State.APPROVED))
    left = award.ceiling.limit - award.ceiling.paid - award.ceiling.advanced - waiting
    if amount <= 0:
        raise Refused(_("Give an amount above zero."), field="amount")
    if amount > left:
        raise Refused(
            _("Only %(left)s KRW can still be paid in advance.") % {"left": f"{max(left, 0):,}"},
            field="amount",
        )


def check_waits(advance: Advance) -> None:
    """Refuse what was paid or cancelled before."""
    if advance.state != Advance.State.APPROVED:
        raise Refused(
            _("This advance is not waiting: %(state)s.") % {"state": advance.get_state_display()}
        )


def check_can_pay_advance(advance: Advance, on: date, by: User | None, *, today: date) -> None:
    """Refuse to pay twice, on a day to come, or what one has approved oneself."""
    check_waits(advance)
    if by is not None and advance.approved_by_id == by.pk:
        raise Refused(_("You approved this, so somebody else pays it."))
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")


def check_can_reverse_advance(advance: Advance, reason: str) -> None:
    """Refuse to take back a payment that was not made, or without a reason."""
    check_reason(reason)
    if advance.state != Advance.State.PAID:
        raise Refused(_("This advance was not paid."))
