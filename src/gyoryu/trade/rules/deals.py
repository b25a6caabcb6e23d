"""What is allowed with deals and their steps, with the reason when it is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, told
from gyoryu.base.money import CURRENCIES
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.evidence.models import Document
from gyoryu.parties.models import Organisation
from gyoryu.programmes.rules import representatives
from gyoryu.trade import declarations
from gyoryu.trade.declarations import Declaration, NotADeclaration
from gyoryu.trade.models import Deal, DealStep, Event, Grade, Leg
from gyoryu.trade.rules import proofs
from gyoryu.trade.rules.proofs import Proof
from gyoryu.trade.rules.tallies import ORDER

SEE, CHANGE, VERIFY = "trade.dealings", "trade.change", "trade.verify"
MOST = Decimal(10) ** 15
State = Deal.State
# What a paper of this kind is held as.
PAPERS = {
    Proof.CONTRACT: Document.Kind.CONTRACT,
    Proof.DECLARATION: Document.Kind.DECLARATION,
    Proof.EMAIL: Document.Kind.LETTER,
    Proof.MOU: Document.Kind.SIGNED_TEXT,
}
# Without the paper itself a contract is only told of.
NEEDS_PAPER = (Proof.ORDER, Proof.CONTRACT)


@dataclass(frozen=True)
class Step:
    """A step as it was typed: to which grade, when, and what proves it.

    ``amount`` is in the deal's currency; a paper in another one says ``paper_amount`` and
    ``paper_currency`` instead, and is converted at the rate of ``rate_on`` by ``rate_source``.
    """

    grade: str
    on: date
    proof: str
    amount: Decimal | None = None
    declaration: str = ""
    paper_amount: Decimal | None = None
    paper_currency: str = ""
    rate_on: date | None = None
    rate_source: str = ""
    note: str = ""
    file: "UploadedFile[Any] | None" = None

    @property
    def foreign(self) -> bool:
        """Whether the paper is in another currency."""
        return self.paper_amount is not None or bool(self.paper_currency)


def acts_for(company: Organisation | int, by: User) -> bool:
    """Tell whether somebody is confirmed to act for the company that sells."""
    pk = company if isinstance(company, int) else company.pk
    return representatives.sure_of(by).filter(organisation=pk).exists()


def check_may_tell(deal: Deal, by: User | None) -> None:
    """Refuse who is neither an officer for it nor confirmed to act for the company."""
    if by is None or by.access.may(CHANGE, deal.unit.path):
        return
    if not acts_for(deal.company_id, by):
        raise NotAllowed(_("Your role does not allow this here."))


def check_open(deal: Deal) -> None:
    """Refuse to go on with a deal that was lost, finished or voided."""
    check_stands(deal)
    if deal.state == State.LOST:
        raise Refused(_("This deal was lost. Reopen it first."))
    if deal.state == State.DONE:
        raise Refused(_("This deal is finished. Reopen it first."))


def check_values(values: dict[str, Any]) -> None:
    """Refuse a deal of a company with itself, an unknown currency, or an odd probability."""
    if values["company"].pk == values["buyer"].pk:
        raise Refused(_("A company does not sell to itself."), field="buyer")
    if values["currency"] not in CURRENCIES:
        raise Refused(_("This currency is not known."), field="currency")
    probability = values.get("probability")
    if probability is not None and not 0 <= probability <= 100:
        raise Refused(_("A probability lies from 0 to 100 percent."), field="probability")
    if values.get("next_due") and not values.get("next_step"):
        raise Refused(_("Say what is to be done by then."), field="next_step")
    check_place(values.get("event"), values.get("leg"))


def check_place(event: Event | None, leg: Leg | None) -> None:
    """Refuse a place that belongs to another event."""
    if leg is not None and (event is None or leg.event_id != event.pk):
        raise Refused(_("This place belongs to another event."), field="leg")


def check_currency_stays(deal: Deal, currency: str, steps: Iterable[DealStep]) -> None:
    """Refuse another currency once an amount was said in this one."""
    if currency != deal.currency and any(one.amount is not None for one in steps):
        raise Refused(
            _("Amounts were said in %(currency)s. Strike those steps first.")
            % {"currency": deal.currency},
            field="currency",
        )


def check_step(step: Step, today: date) -> None:
    """Refuse a step that lies ahead, whose proof does not suffice, or whose amount cannot be."""
    if step.proof == Proof.BUYER:
        raise Refused(
            _("A buyer confirms by the link that is sent to them. Ask them to."), field="proof"
        )
    proofs.check_proves(step.grade, step.proof)
    if step.on > today:
        raise Refused(_("This day lies in the future."), field="on")
    check_amounts(step)
    if step.proof in NEEDS_PAPER and step.file is None:
        raise Refused(
            _("Add the paper itself. Without it the deal is pursued, and not signed."),
            field="file",
        )
    if step.proof != Proof.DECLARATION and step.declaration:
        raise Refused(
            _("A declaration's number belongs to a shipment that it proves."), field="declaration"
        )


def check_amounts(step: Step) -> None:
    """Refuse amounts that cannot be, two for one, and half of what a paper says."""
    for name in ("amount", "paper_amount"):
        value = getattr(step, name)
        if value is not None and not 0 <= value < MOST:
            raise Refused(_("This cannot be right. Check the number."), field=name)
    if step.foreign and step.amount is not None:
        raise Refused(
            _("Give the amount once: in the deal's currency, or as the paper says it."),
            field="paper_amount",
        )
    if step.foreign and step.paper_amount is None:
        raise Refused(_("Give the amount that the paper says."), field="paper_amount")
    if step.foreign and not step.paper_currency:
        raise Refused(_("Say in which currency the paper is."), field="paper_currency")
    if step.grade == Grade.VERIFIED and step.amount is None and not step.foreign:
        raise Refused(_("Give the amount that was shipped."), field="amount")


def check_order(step: Step, steps: Iterable[DealStep]) -> None:
    """Refuse to go back a grade, which only striking does, and steps out of their order in time."""
    place = ORDER.index(Grade(step.grade))
    for one in steps:
        other = ORDER.index(Grade(one.grade))
        if one.proof == Proof.BUYER or not proofs.counts(one):
            continue
        names = {"grade": one.get_grade_display(), "on": told(one.on)}
        if other > place and one.on < step.on:
            raise Refused(
                _("It is “%(grade)s” since %(on)s. A deal goes back only by striking that step.")
                % names,
                field="grade",
            )
        if other < place and one.on > step.on:
            raise Refused(
                _("It was “%(grade)s” only on %(on)s. This step cannot lie before it.") % names,
                field="on",
            )


WRONG = {
    "characters": _("A declaration's number has digits, and letters from A to Z."),
    "length": _("An export declaration's number has 14 characters, or 15 digits if it is old."),
    "shape": _(
        "A number looks like 41774-26-003706X: who declared, the year, and the serial number."
    ),
    "serial": _("The serial number in it is zero, which is never given out."),
    "year": _("Numbers of 14 characters have been given out since 2016. Check the year in it."),
}


def declaration(text: str, on: date) -> Declaration:
    """Return the declaration of a shipment, or refuse a number that cannot be one.

    Goods are loaded within a year of the declaration at the latest, so its year is that of the
    shipment or the one before.
    """
    try:
        found = declarations.parse(text)
    except NotADeclaration as wrong:
        raise Refused(WRONG[wrong.code], field="declaration") from wrong
    if found.year not in {on.year, on.year - 1}:
        raise Refused(
            _("The number says that it was declared in %(year)d, but the shipment is of %(on)s.")
            % {"year": found.year, "on": told(on)},
            field="declaration",
        )
    return found


def check_unused(number: str, holder: DealStep | None, *, named: bool) -> None:
    """Refuse a declaration that proves another shipment; ``named`` says which deal's."""
    if holder is None:
        return
    if named:
        raise Refused(
            _("This declaration proves a shipment of %(deal)s already. Each proves one, once.")
            % {"deal": holder.deal.number},
            field="declaration",
        )
    raise Refused(
        _("This declaration proves another shipment already. Each proves one, once."),
        field="declaration",
    )


@dataclass(frozen=True)
class Rate:
    """At what a paper's amount became the deal's: of which day, stated by whom."""

    rate: Decimal
    on: date
    source: str


PLACES = Decimal("1e-12")


def cross(paper: Decimal, own: Decimal) -> Decimal:
    """Return how many of the deal's units one of the paper's is, from what both are in won."""
    return (paper / own).quantize(PLACES, ROUND_HALF_UP)


def converted(amount: Decimal, rate: Decimal, currency: str) -> Decimal:
    """Return an amount at a rate, in whole smallest units of the currency, a half upwards."""
    smallest = Decimal(1).scaleb(-CURRENCIES[currency])
    return (amount * rate).quantize(smallest, ROUND_HALF_UP)


def check_paper_currency(step: Step, currency: str) -> None:
    """Refuse a paper in an unknown currency, or a conversion of what needs none."""
    if step.paper_currency not in CURRENCIES:
        raise Refused(_("This currency is not known."), field="paper_currency")
    if step.paper_currency == currency:
        raise Refused(
            _("The deal is in %(currency)s itself. Give the amount as it is.")
            % {"currency": currency},
            field="paper_currency",
        )


def check_verify(step: DealStep, by: User | None) -> None:
    """Refuse to verify what does not wait, or what one has entered oneself."""
    check_may(by, VERIFY, step.deal.unit)
    if step.struck_at:
        raise Refused(_("This step was struck."))
    if not proofs.waits(step):
        raise Refused(_("This step does not wait for anybody."))
    if by is not None and by.pk == step.noted_by_id:
        raise Refused(_("Somebody else than who entered the shipment has to verify it."))


def check_strike(step: DealStep, reason: str, by: User | None) -> None:
    """Refuse to strike twice, without a reason, or steps of a deal that is finished."""
    check_may(by, VERIFY, step.deal.unit)
    check_stands(step.deal)
    if step.struck_at:
        raise Refused(_("This step was struck already."))
    if step.deal.state == State.DONE:
        raise Refused(_("This deal is finished. Reopen it first."))
    check_reason(reason, most=300)


def check_lose(deal: Deal, on: date, reason: str, today: date) -> None:
    """Refuse to lose what is not open, without a reason, ahead of time, or once goods have left."""
    check_open(deal)
    check_reason(reason)
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    if deal.grade == Grade.VERIFIED:
        raise Refused(_("Goods have left the country: it is finished, and not lost."))


def check_reopen(deal: Deal, reason: str) -> None:
    """Refuse to reopen what is open, or without a reason."""
    check_stands(deal)
    if deal.state == State.OPEN:
        raise Refused(_("This deal is open."))
    check_reason(reason)


def check_finish(deal: Deal, waiting: bool) -> None:
    """Refuse to finish what was never signed, or while a shipment waits to be verified."""
    check_open(deal)
    if not proofs.at_least(deal.grade, Grade.SIGNED):
        raise Refused(_("It was never signed. If nothing came of it, it was lost."))
    if waiting:
        raise Refused(_("A shipment still waits to be verified."))


def check_void(deal: Deal, reason: str) -> None:
    """Refuse to void what was voided, or without a reason."""
    check_stands(deal)
    check_reason(reason)
