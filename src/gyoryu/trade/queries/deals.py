"""What is known of deals: which a user sees, what they are called, what waits, what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.base import names
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation, Region
from gyoryu.programmes.queries.awards import numbered
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Centre, Consultation, Deal, DealStep, Event, Grade, Unproven
from gyoryu.trade.rules import proofs
from gyoryu.trade.rules.deals import SEE
from gyoryu.trade.rules.tallies import ORDER
from gyoryu.web import finding

LISTED = ("company", "buyer", "event", "country", "centre", "unit")
ON_PAGE = (*LISTED, "leg", "consultation", "product", "owner")


def seen(user: User) -> QuerySet[Deal]:
    """Return the deals a user may see; they are business secrets of companies."""
    rows = Deal.objects.filter(voided_at=None).select_related(*LISTED)
    return visible(rows, user, SEE)


def on_page(user: User) -> QuerySet[Deal]:
    """Return the deals whose page a user may open; voided ones stay there to be looked at."""
    return visible(Deal.objects.select_related(*ON_PAGE), user, SEE)


def sees(user: User, deal: Deal) -> bool:
    """Tell whether a user may see a deal, as an officer or as one who acts for its company."""
    if user.access.may(SEE, deal.unit.path):
        return True
    return representatives.sure_of(user).filter(organisation=deal.company_id).exists()


def own(user: User) -> QuerySet[Deal]:
    """Return the deals of the companies that somebody is confirmed to act for, newest first."""
    rows = Deal.objects.filter(company__in=representatives.sure_of(user), voided_at=None)
    return rows.select_related(*ON_PAGE).order_by("-graded_on", "-pk")


def page_for(user: User, deal: Deal) -> str:
    """Return where a user reads of a deal: at the desk, or among their company's own."""
    if user.access.may(SEE, deal.unit.path):
        return deal.get_absolute_url()
    return reverse("my-deal", args=[deal.pk])


def found_by(rows: QuerySet[Deal], text: str) -> QuerySet[Deal]:
    """Keep the deals with this number, or whose goods, company or buyer are called so."""
    text = names.nfc(text)
    if not text:
        return rows
    if text.upper().startswith("DE-"):
        return rows.filter(**numbered(text.upper()))
    called = parties.called(parties.organisations(), text).order_by().values("pk")
    sold = Deal.objects.filter(company__in=called).values("pk")
    bought = Deal.objects.filter(buyer__in=called).values("pk")
    return finding.narrowed(rows, text, finding.either(sold, bought))


def waiting() -> QuerySet[DealStep]:
    """Return the shipments that wait for somebody to look up their declaration."""
    return DealStep.objects.filter(grade=Grade.VERIFIED, verified_at=None, struck_at=None)


def unproven(among: QuerySet[Deal] | None = None) -> QuerySet[Unproven]:
    """Return what companies have said of open deals by their word, and no paper shows yet.

    Few things are unproven and many deals open: each is asked for its deal, and never the deals.
    """
    rows = Deal.objects.all() if among is None else among
    held = rows.filter(pk=OuterRef("deal"), state=Deal.State.OPEN, voided_at=None)
    short = ~Q(grade=OuterRef("says")) & ~Q(grade=Grade.VERIFIED)
    return Unproven.objects.filter(Exists(held.filter(short)))


def said_of(deal: Deal) -> Unproven | None:
    """Return what a deal's company said last of it that no paper shows yet."""
    return unproven().filter(deal=deal).select_related("follow_up").first()


def holder_of(declaration: str) -> DealStep | None:
    """Return the standing step, of whatever deal, that a declaration proves."""
    rows = DealStep.objects.filter(declaration=declaration, struck_at=None)
    return rows.select_related("deal__unit").first()


def events(user: User) -> QuerySet[Event]:
    """Return the events a user may see, newest first."""
    return visible(Event.objects.filter(voided_at=None), user, "trade.view").order_by("-starts_on")


def centres(user: User) -> QuerySet[Centre]:
    """Return the centres a user may see."""
    return visible(Centre.objects.filter(voided_at=None), user, "trade.view").order_by("pk")


@dataclass(frozen=True)
class Rung:
    """A grade of a deal's way: the steps told for it, what it comes to, whether it was reached."""

    grade: Grade
    steps: list[DealStep]
    amount: Decimal | None
    reached: bool
    here: bool

    @property
    def sign(self) -> str:
        """The grade's sign in the look."""
        return f"g{ORDER.index(self.grade) + 1}"


def way(deal: Deal, steps: Iterable[DealStep]) -> list[Rung]:
    """Return a deal's way grade by grade, struck and waiting steps among them."""
    held = list(steps)
    place = ORDER.index(Grade(deal.grade))
    return [
        Rung(
            grade=grade,
            steps=[one for one in held if one.grade == grade],
            amount=getattr(deal, grade.value),
            reached=at <= place
            and (at == 0 or any(one.grade == grade and proofs.counts(one) for one in held)),
            here=at == place,
        )
        for at, grade in enumerate(ORDER)
    ]


def steps_of(deal: Deal) -> list[DealStep]:
    """Return a deal's steps with who noted and verified them, and their papers."""
    rows: Any = deal.steps.select_related("noted_by", "verified_by", "document")
    return list(rows)


def talk_of(user: User, number: int) -> Consultation | None:
    """Return a consultation from which a deal is begun, if the user may see it."""
    rows = Consultation.objects.filter(pk=number, voided_at=None).select_related(
        "event", "leg", "unit", "product", "country", "exhibitor__organisation",
        "buyer__organisation",
    )  # fmt: skip
    return visible(rows, user, SEE).first() if number else None


def country_of(buyer: Organisation) -> Region | None:
    """Return a buyer's country, from wherever in it the buyer is."""
    region = buyer.region
    while region is not None and region.kind != Region.Kind.COUNTRY and region.parent is not None:
        region = region.parent
    return region
