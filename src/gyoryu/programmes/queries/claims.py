"""What is known of claims: what is left for them, who has claimed the same, what waits."""

import hashlib
import secrets
from collections.abc import Iterable

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import either, visible
from gyoryu.evidence import queries as evidence
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import (
    Award,
    BankAccount,
    Ceiling,
    Claim,
    LedgerEntry,
    Provider,
)
from gyoryu.programmes.rules import representatives
from gyoryu.programmes.rules.claims import Room, own_awards
from gyoryu.web.kept import Kept

Status = Claim.Status
ON_PAGE = (
    "unit",
    "award__call__programme",
    "award__organisation",
    "award__application",
    "award__ceiling",
    "heading__category",
    "heading__service",
    "heading__ceiling",
    "order__provider__organisation",
    "provider",
    "rate",
    "submitted_by",
    "approved_by",
    "paid_by",
)
LISTED = ("unit", "award__ceiling", "heading__category", "heading__service", "heading__ceiling")
DECIDED = ("award__application", "heading__ceiling")
GRANTED = [Status.APPROVED, Status.PAID]
CLAIMED = [Status.SUBMITTED, Status.APPROVED, Status.PAID]


def seen(to: User) -> QuerySet[Claim]:
    """Return the claims a user may see at the desk; a draft is seen by who began it alone."""
    rows = Claim.objects.filter(~Q(status=Status.DRAFT) | Q(begun_by=to.pk or 0), voided_at=None)
    return visible(rows.select_related(*LISTED), to, "programmes.applicants")


def own(by: User) -> QuerySet[Claim]:
    """Return the claims of whom somebody acts for, newest first."""
    rows = either(
        Claim.objects.filter(voided_at=None),
        *own_awards(by, "award__"),
        Q(order__provider__organisation__in=representatives.sure_of(by)),
    )
    return rows.select_related(*LISTED, "award__call").order_by("-pk")


def in_full(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return claims with all that their page tells."""
    return rows.select_related(*ON_PAGE)


def locked(claim: Claim) -> Claim:
    """Return a claim as it stands, held until the end of this transaction."""
    return in_full(Claim.objects.select_for_update(of=("self",))).get(pk=claim.pk)


def held(claim: Claim) -> tuple[Claim, str | None]:
    """Return a claim as ``locked`` does, with no more than money and letters ask of it.

    Beside it the number of another claim of the same invoice that was approved, if there is one.
    """
    found = _HELD(claim.pk)[0]
    return found, vars(found)["same"]


def _held(pk: int) -> QuerySet[Claim]:
    others = Claim.objects.filter(
        invoice_key=OuterRef("invoice_key"), voided_at=None, status__in=GRANTED
    )
    same = others.exclude(pk=pk).order_by("pk").values("number")[:1]
    rows = Claim.objects.select_for_update(of=("self",)).select_related(*DECIDED)
    return rows.filter(pk=pk).annotate(same=Subquery(same))


_HELD = Kept(_held)


def ledger_key(claim: Claim, what: str, key: str) -> str:
    """Return the ledger's key of a step: from the caller's own, or a new one.

    Without a key of the caller's, the claim's own status keeps the step from being taken twice.
    """
    own = hashlib.sha256(key.encode()).hexdigest()[:32] if key else secrets.token_hex(16)
    return f"claim/{claim.pk}/{what}/{own}"


def room(claim: Claim) -> Room:
    """Return what is left for a claim now; what its own order holds is its own."""
    heading = Ceiling.objects.select_related("parent").get(pk=claim.heading.ceiling_id)
    assert heading.parent, "a heading stands under its award"
    held = claim.order.amount if claim.order_id and claim.order else 0
    return Room(heading.free + held, heading.parent.free + held)


def with_room(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """Add to each claim what is left under its heading and award, in won."""
    heading = F("heading__ceiling__limit") - F("heading__ceiling__committed")
    award = F("award__ceiling__limit") - F("award__ceiling__committed")
    return rows.annotate(left=Least(heading, award))


def same_invoice(claim: Claim) -> Claim | None:
    """Return another claim of the same invoice that stands, in whatever programme."""
    rows = Claim.objects.filter(invoice_key=claim.invoice_key, voided_at=None, status__in=CLAIMED)
    return rows.exclude(pk=claim.pk).order_by("pk").first()


def issuer(number: str) -> Organisation | None:
    """Return the organisation of a business number, if it is known here."""
    if not number:
        return None
    rows = Organisation.objects.filter(business_number=number, merged_into=None, voided_at=None)
    return rows.first()


def stopped(claim: Claim) -> Provider | None:
    """Return the issuer's registration in the programme while it is suspended or barred."""
    if claim.provider_id is None:
        return None
    rows = Provider.objects.filter(
        programme=claim.award.call.programme_id,
        organisation=claim.provider_id,
        state__in=[Provider.State.SUSPENDED, Provider.State.BARRED],
        voided_at=None,
    )
    until = Q(state_until=None) | Q(state_until__gte=claim.invoice_on)
    return rows.filter(until, state_since__lte=claim.invoice_on).first()


def kinds_held(claim: Claim) -> set[str]:
    """Return the kinds of documents that a claim comes with."""
    return set(evidence.of_record(claim).values_list("kind", flat=True))


def account_of(claim: Claim) -> BankAccount | None:
    """Return the account to which a claim is paid: the provider's for an order, else its own."""
    if claim.order_id and claim.order:
        return _standing().filter(organisation=claim.order.provider.organisation_id).first()
    return standing_account(claim.award)


def standing_account(award: Award) -> BankAccount | None:
    """Return the account to which an awardee is paid now."""
    if award.organisation_id:
        return _standing().filter(organisation=award.organisation_id).first()
    return _standing().filter(award=award).first()


def _standing() -> QuerySet[BankAccount]:
    return BankAccount.objects.filter(ended_on=None)


def entry(claim: Claim, kind: str) -> LedgerEntry:
    """Return the standing entry that a claim's approval or payment made."""
    rows = LedgerEntry.objects.filter(
        # By its ceiling, which an index finds; the key alone would be looked for in every entry.
        ceiling=claim.heading.ceiling_id,
        key__startswith=f"claim/{claim.pk}/",
        kind=kind,
        reverses=None,
        reversed_by=None,
    )
    return rows.select_related("ceiling").get()


def waiting(to: User) -> QuerySet[Claim]:
    """Return the claims that wait for a decision, oldest first, with what is left for each."""
    rows = seen(to).filter(status=Status.SUBMITTED)
    return with_room(rows).order_by("submitted_at", "pk")


def to_pay(to: User) -> QuerySet[Claim]:
    """Return the approved claims that wait to be paid, in the order of their numbers."""
    rows = visible(Claim.objects.filter(voided_at=None), to, "programmes.pay")
    return in_full(rows.filter(status=Status.APPROVED)).order_by("pk")


def accounts_of(claims: Iterable[Claim]) -> dict[int, BankAccount]:
    """Return the account of each claim, by the claim's id, in two questions for all of them."""
    held = list(claims)
    payees = {claim.pk: payee(claim) for claim in held}
    companies = {company for company, _award in payees.values() if company}
    awards = {award for company, award in payees.values() if not company}
    rows = _standing().filter(Q(organisation__in=companies) | Q(award__in=awards))
    by_payee = {
        (row.organisation_id, None if row.organisation_id else row.award_id): row for row in rows
    }
    return {
        pk: by_payee[of]
        for pk, (company, award) in payees.items()
        if (of := (company, None if company else award)) in by_payee
    }


def payee(claim: Claim) -> tuple[int | None, int]:
    """Return whom a claim is paid to: an organisation, or else the award's team or person."""
    if claim.order_id and claim.order:
        return claim.order.provider.organisation_id, claim.award_id
    return claim.award.organisation_id, claim.award_id


def meaning(claim: Claim) -> str:
    """Say in plain words what a claim's status means for who made it."""
    return {
        Status.DRAFT: _("Only you see it. Add the documents and hand it in."),
        Status.SUBMITTED: _("It was handed in. An officer looks at it."),
        Status.RETURNED: _("Something is missing. Complete it and hand it in again."),
        Status.APPROVED: _("It was approved and will be paid to your account."),
        Status.PAID: _("It was paid."),
        Status.REJECTED: _("It is not paid."),
    }[Status(claim.status)]
