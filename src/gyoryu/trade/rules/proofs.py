"""What proves which grade, and what a deal's steps make of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gyoryu.base.money import Money
from gyoryu.base.refused import Refused
from gyoryu.trade.models import DealStep, Grade
from gyoryu.trade.rules import grades
from gyoryu.trade.rules.tallies import ORDER

Proof = DealStep.Proof
# The highest grade that each proof suffices for.
SUFFICES = {
    Proof.WORD: Grade.PURSUED,
    Proof.EMAIL: Grade.PURSUED,
    Proof.MOU: Grade.PURSUED,
    Proof.ORDER: Grade.SIGNED,
    Proof.CONTRACT: Grade.SIGNED,
    Proof.BUYER: Grade.SIGNED,
    Proof.DECLARATION: Grade.VERIFIED,
}
# Why what is less than it claims does not suffice.
TOO_LITTLE = {
    Proof.WORD: _("The company's word shows that a contract is pursued, not that it is signed."),
    Proof.EMAIL: _("An e-mail shows that a contract is pursued, not that it is signed."),
    Proof.MOU: _(
        "A memorandum of understanding binds nobody to buy: it shows that a contract is pursued."
    ),
}  # fmt: skip


def at_least(grade: str, least: Grade) -> bool:
    """Tell whether a grade is this one or a surer one."""
    return ORDER.index(Grade(grade)) >= ORDER.index(least)


def check_proves(grade: str, proof: str) -> None:
    """Refuse a proof that does not suffice for a grade, with the reason."""
    if grade == Grade.VERIFIED and proof != Proof.DECLARATION:
        raise Refused(
            _("Only an export declaration shows that goods have left the country."), field="proof"
        )
    if proof == Proof.DECLARATION and grade != Grade.VERIFIED:
        raise Refused(
            _("An export declaration proves a shipment. Choose “%(grade)s”.")
            % {"grade": Grade.VERIFIED.label},
            field="grade",
        )
    if not at_least(SUFFICES[Proof(proof)], Grade(grade)):
        raise Refused(TOO_LITTLE[Proof(proof)], field="proof")


@dataclass(frozen=True)
class Reckoned:
    """What a deal's standing steps make of it.

    ``agreed``, ``agreed_amount`` and ``agreed_on`` are what a buyer can be asked about: the grade
    it has reached without its shipments, which are for the customs to tell, with amount and day.
    """

    grade: Grade
    graded_on: date
    consulted: Decimal | None
    pursued: Decimal | None
    signed: Decimal | None
    verified: Decimal | None
    agreed: Grade
    agreed_on: date

    @property
    def agreed_amount(self) -> Decimal | None:
        """The amount of that grade."""
        told: Decimal | None = getattr(self, self.agreed.value)
        return told


def counts(step: DealStep) -> bool:
    """Tell whether a step stands and counts: a shipment only once it was looked up."""
    return step.struck_at is None and (step.grade != Grade.VERIFIED or step.verified_at is not None)


def waits(step: DealStep) -> bool:
    """Tell whether a shipment waits for an approver to look up its declaration."""
    return step.struck_at is None and step.grade == Grade.VERIFIED and step.verified_at is None


def reckoned(steps: Iterable[DealStep], currency: str, since: date) -> Reckoned:
    """Reckon a deal anew from all its steps; ``since`` is the day of one that has none.

    Consulted, pursued and signed are what the latest step of that grade says that says anything;
    verified is the sum of the shipments. Where every step was struck it is consulted, since the
    first of them.
    """
    held = sorted(steps, key=lambda one: (one.on, one.pk))
    first = held[0].on if held else since
    standing = [one for one in held if counts(one)]
    grade = _highest(standing)
    own = [one for one in standing if one.grade == grade]
    agreed = _highest(one for one in standing if one.grade != Grade.VERIFIED)
    return Reckoned(
        grade=grade,
        graded_on=_last_day(own, grade, first),
        consulted=_latest(standing, Grade.CONSULTED),
        pursued=_latest(standing, Grade.PURSUED),
        signed=_latest(standing, Grade.SIGNED),
        verified=_shipped(standing, currency),
        agreed=agreed,
        agreed_on=_last_day(standing, agreed, first),
    )


def _highest(steps: Iterable[DealStep]) -> Grade:
    return max((Grade(one.grade) for one in steps), key=ORDER.index, default=Grade.CONSULTED)


def _last_day(steps: Iterable[DealStep], grade: Grade, otherwise: date) -> date:
    """Return the day of the last step of a grade; what a buyer confirms moves no day."""
    own = [one for one in steps if one.grade == grade]
    firm = [one.on for one in own if one.proof != Proof.BUYER] or [one.on for one in own]
    return max(firm, default=otherwise)


def _latest(steps: Iterable[DealStep], grade: Grade) -> Decimal | None:
    said = [one.amount for one in steps if one.grade == grade and one.amount is not None]
    return said[-1] if said else None


def _shipped(steps: Iterable[DealStep], currency: str) -> Decimal | None:
    """Add shipments up, in the deal's one currency; none where nothing was shipped."""
    own = [one.amount for one in steps if one.grade == Grade.VERIFIED and one.amount is not None]
    if not own:
        return None
    return grades.added([Grade.VERIFIED], [Money(amount, currency) for amount in own]).amount
