"""What settling an award allows: its report, what is asked back, what may be let go."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_reason, told
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.models import Award, Claim, Recovery, Report
from gyoryu.programmes.rules.claims import acts_for

State, Status = Recovery.State, Report.Status
OPEN = (State.ASKED, State.PART)
WRITTEN = (Status.DRAFT, Status.RETURNED)
MOST = 10**15
HIGHEST = Decimal(100)


@dataclass(frozen=True)
class Asking:
    """Money that is asked back of an award, in won; ``rate`` is percent a year since ``since``.

    The interest is worked out up to the day it is asked for, with no rate there is none.
    """

    kind: str
    amount: int
    reason: str
    due_on: date
    legal_basis: str = ""
    rate: Decimal = Decimal(0)
    since: date | None = None
    claim: Claim | None = None


def check_may_report(award: Award, by: User | None) -> None:
    """Refuse who neither acts for the awardee nor works on awards here."""
    if by is None or by.access.may("programmes.change", award.unit.path):
        return
    if not acts_for(award, by):
        raise NotAllowed(_("Only somebody who acts for who was granted this may report on it."))


def check_can_write(award: Award, report: Report | None) -> None:
    """Refuse a report on an award that is over, or one that was handed in."""
    if award.voided_at or award.status == Award.Status.CANCELLED:
        raise Refused(_("This award was cancelled. Nothing is reported on it."))
    if award.status == Award.Status.SETTLED:
        raise Refused(_("This award is settled."))
    if report and report.status not in WRITTEN:
        raise Refused(
            _("This report cannot be changed any more: %(status)s.")
            % {"status": report.get_status_display()}
        )


def check_amounts(report: Report) -> None:
    """Refuse amounts below zero or beyond any budget."""
    for name in ("used", "unused", "interest"):
        if not 0 <= getattr(report, name) < MOST:
            raise Refused(_("Give an amount of zero or more."), field=name)


def check_adds_up(report: Report, received: int) -> None:
    """Refuse a report whose parts do not come to what was received, to the last won."""
    check_amounts(report)
    if not report.summary.strip():
        raise Refused(_("Tell what was done."), field="summary")
    if report.used + report.unused != received:
        raise Refused(
            _("%(received)s KRW was received, but what was used and what is left come to %(sum)s.")
            % {"received": f"{received:,}", "sum": f"{report.used + report.unused:,}"},
            field="used",
        )


def check_submitted(report: Report) -> None:
    """Refuse to judge a report that is not handed in."""
    if report.status != Status.SUBMITTED:
        raise Refused(
            _("This report is not waiting for a decision: %(status)s.")
            % {"status": report.get_status_display()}
        )


def check_nothing_open(waiting: int) -> None:
    """Refuse to go on while claims are neither paid nor rejected."""
    if waiting:
        raise Refused(
            ngettext_lazy(
                "%(count)d claim is neither paid nor rejected yet.",
                "%(count)d claims are neither paid nor rejected yet.",
                waiting,
            )
            % {"count": waiting}
        )


def check_ask(award: Award, asking: Asking, *, left: int, today: date) -> None:
    """Refuse to ask back more than is out and not asked for, without a reason or its basis."""
    if award.voided_at:
        raise Refused(_("This award was voided."))
    if asking.amount <= 0:
        raise Refused(_("Give an amount above zero."), field="amount")
    if asking.amount > left:
        raise Refused(
            _("Only %(left)s KRW was paid out, has not come back and is not asked for yet.")
            % {"left": f"{left:,}"},
            field="amount",
        )
    check_reason(asking.reason)
    if asking.kind == Recovery.Kind.CLAWBACK and not asking.legal_basis.strip():
        raise Refused(_("Name the law or rule that it rests on."), field="legal_basis")
    if asking.due_on < today:
        raise Refused(_("This day has passed."), field="due_on")
    check_rate(asking, today)


def check_rate(asking: Asking, today: date) -> None:
    """Refuse a rate that cannot be, or one without the day from which it counts."""
    if not 0 <= asking.rate <= HIGHEST:
        raise Refused(_("A rate of interest lies between 0 and 100 percent."), field="rate")
    if asking.rate and asking.since is None:
        raise Refused(_("Say since which day interest is owed."), field="since")
    if asking.since and asking.since > today:
        raise Refused(_("This day has not come yet."), field="since")


def check_open(row: Recovery) -> None:
    """Refuse what is done with money that has come back or was let go."""
    if row.state not in OPEN:
        raise Refused(_("This is closed already: %(state)s.") % {"state": row.get_state_display()})


def check_take_in(row: Recovery, amount: int, interest: int, *, on: date, today: date) -> None:
    """Refuse more than is owed, nothing at all, or money of a day that has not come."""
    check_open(row)
    for name, given, owed in (
        ("amount", amount, row.amount - row.returned),
        ("interest", interest, row.interest - row.returned_interest),
    ):
        if not 0 <= given <= owed:
            raise Refused(
                _("Only %(left)s KRW is still owed here.") % {"left": f"{owed:,}"}, field=name
            )
    if not amount and not interest:
        raise Refused(_("Give an amount above zero."), field="amount")
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")
    if on < row.asked_on:
        raise Refused(
            _("It was asked for only on %(day)s.") % {"day": told(row.asked_on)}, field="on"
        )


def check_waive(row: Recovery, reason: str) -> None:
    """Refuse to let go of what is closed, or without a reason."""
    check_open(row)
    check_reason(reason)


def check_release(award: Award, rest: int) -> None:
    """Refuse to release what a voucher holds, or nothing."""
    if award.kind == Award.Kind.VOUCHER:
        raise Refused(_("A voucher's rest goes back when the voucher is closed."))
    if rest <= 0:
        raise Refused(_("Nothing of this award is left over."))


def check_settle(award: Award, report: Report | None, owed: int) -> None:
    """Refuse to close an award without its report in order, or while money has to come back."""
    if award.status in {Award.Status.SETTLED, Award.Status.CANCELLED}:
        raise Refused(
            _("This award is closed: %(status)s.") % {"status": award.get_status_display()}
        )
    if report is None or report.status != Status.ACCEPTED:
        raise Refused(_("Its report is not found in order yet."))
    if owed:
        raise Refused(_("%(owed)s KRW has still to come back.") % {"owed": f"{owed:,}"})
