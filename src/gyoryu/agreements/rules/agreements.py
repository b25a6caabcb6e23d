"""What an agreement may become, and when: our own table of transitions, each refusal with its why.

A draft is only typing: its days bind nobody, so an agreement of 1983 can be recorded today. From
the review on, every step is dated, not before the step before it and never in the future.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from gyoryu.agreements.models import Agreement, Party, Status
from gyoryu.agreements.models.agreements import Side
from gyoryu.base import periods
from gyoryu.base.periods import Period
from gyoryu.base.refused import Refused
from gyoryu.parties.models import Person

NEXT: dict[str, tuple[Status, ...]] = {
    Status.DRAFT: (Status.REVIEWED, Status.SIGNED),
    Status.REVIEWED: (Status.SIGNED,),
    Status.SIGNED: (Status.IN_FORCE, Status.ENDED),
    Status.IN_FORCE: (Status.SUSPENDED, Status.EXPIRED, Status.ENDED, Status.REPLACED),
    Status.SUSPENDED: (Status.IN_FORCE, Status.EXPIRED, Status.ENDED, Status.REPLACED),
    Status.EXPIRED: (),
    Status.ENDED: (),
    Status.REPLACED: (),
}
# Steps with an action of their own, because they need more than a day and a reason. An expired
# agreement comes back into force by its renewal, which gives it a new term.
OWN_PAGE = {Status.SIGNED, Status.REPLACED}
RUNNING = {Status.IN_FORCE, Status.SUSPENDED}
RENEWABLE = {Status.IN_FORCE, Status.EXPIRED}
LONGEST_TERM = 1200  # months


@dataclass(frozen=True)
class Facts:
    """What the rules ask of an agreement's surroundings, counted on one day."""

    ours: int
    theirs: int
    document: bool
    open_commitments: int
    last_step: date | None


def day_of(at: datetime) -> date:
    """Return the office's calendar day of a moment."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def check_values(values: dict[str, Any], *, today: date, itself: Agreement | None = None) -> None:
    """Refuse what an agreement can never be, whoever types or imports it."""

    def said(name: str) -> Any:
        return values.get(name, getattr(itself, name, None))

    check_titles(values, itself)
    if (signed := said("signed")) is not None:
        check_signed(signed, today)
    check_term(said("term_months"), said("ends_on"), signed)
    check_parent(itself, values.get("parent"))


def check_titles(values: dict[str, Any], itself: Agreement | None) -> None:
    """Refuse an agreement without a title, or with one that is too long to be held."""
    if not values.get("title_ko", itself.title_ko if itself else ""):
        raise Refused(_("An agreement needs a title in Korean."), field="title_ko")
    for name in ("title_ko", "title_en"):
        if len(values.get(name) or "") > 200:
            raise Refused(_("A title has at most 200 characters."), field=name)


def check_signed(signed: Period, today: date) -> None:
    """Refuse a signing that lies in the future."""
    if signed.first > today:
        raise Refused(_("The day of signing lies in the future."), field="signed")


def check_term(months: int | None, ends_on: date | None, signed: Period | None) -> None:
    """Refuse a term of no length, and an end before the signing."""
    if months is not None and not 0 < months <= LONGEST_TERM:
        raise Refused(_("A term has between 1 and 1,200 months."), field="term_months")
    if ends_on and signed and ends_on < signed.first:
        raise Refused(_("The term ends before the signing."), field="ends_on")


def check_parent(itself: Agreement | None, parent: Agreement | None) -> None:
    """Refuse a parent that is the agreement itself or grew out of it."""
    above = parent
    while itself and above:
        if above.pk == itself.pk:
            raise Refused(_("An agreement cannot have grown out of itself."), field="parent")
        above = above.parent


def check_parties(parties: Iterable[tuple[Any, str]]) -> None:
    """Refuse one organisation twice, and a side that is neither ours nor theirs."""
    seen = set()
    for organisation, side in parties:
        if side not in {Side.OURS, Side.THEIRS}:
            raise Refused(_("A party stands on our side or on theirs."), field="side")
        if organisation.pk in seen:
            raise Refused(
                _("%(name)s is already a party.") % {"name": organisation}, field="organisation"
            )
        seen.add(organisation.pk)


def check_remove_party(agreement: Agreement, side: str, facts: Facts) -> None:
    """Refuse to leave an agreement in force without a party on either side."""
    left = (facts.ours if side == Side.OURS else facts.theirs) - 1
    if left < 1 and agreement.status in {Status.IN_FORCE, Status.SUSPENDED}:
        raise Refused(_("An agreement in force keeps at least one party on each side."))


def check_signatory(party: Party, person: Person) -> None:
    """Refuse to note the same signature twice."""
    if party.signatories.filter(person=person).exists():
        raise Refused(_("%(name)s already signed for it.") % {"name": person}, field="person")


def check_stands(agreement: Agreement) -> None:
    """Refuse to touch an agreement that was voided."""
    if agreement.voided_at:
        raise Refused(_("This agreement was voided. Nothing more can be done with it."))


def check_move(agreement: Agreement, to: str, facts: Facts) -> None:
    """Refuse a step that the table does not have, or whose conditions are not met."""
    check_stands(agreement)
    words = {"now": agreement.get_status_display(), "to": Status(to).label}
    if to not in NEXT[agreement.status]:
        raise Refused(_("From “%(now)s” there is no step to “%(to)s”.") % words, field="to")
    if to == Status.IN_FORCE:
        check_in_force(agreement, facts)
    if to == Status.ENDED and facts.open_commitments:
        raise Refused(_open_commitments(facts.open_commitments))


def check_in_force(agreement: Agreement, facts: Facts) -> None:
    """Refuse to call in force what is not signed by both sides, or whose text nobody has seen."""
    if not facts.ours or not facts.theirs:
        raise Refused(_("In force needs a party on our side and one on theirs. Add it first."))
    if agreement.signed_on is None:
        raise Refused(_("In force needs the day of signing."))
    if not facts.document and not agreement.no_document_reason:
        raise Refused(
            _("In force needs the signed text among its documents, or the reason for its absence.")
        )


def _open_commitments(count: int) -> object:
    return ngettext_lazy(
        "It cannot be ended. Close the %(n)d open commitment first, "
        "or pass it to another agreement.",
        "It cannot be ended. Close the %(n)d open commitments first, "
        "or pass them to another agreement.",
        "n",
    ) % {"n": count}


def check_step(on: date, reason: str, *, today: date, facts: Facts) -> None:
    """Refuse a step without a reason, in the future, or before the step before it."""
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    if facts.last_step and on < facts.last_step:
        raise Refused(
            _("The step before this one is of %(day)s.") % {"day": facts.last_step.isoformat()},
            field="on",
        )
    if not reason.strip():
        raise Refused(_("Give the reason. The register prints it."), field="reason")


def check_plain(to: str) -> None:
    """Refuse to take a step by its name alone when it needs more than a day and a reason."""
    if to in OWN_PAGE:
        raise Refused(_("Record the signing, or name the successor: this step needs more."))


def check_resigned(agreement: Agreement, signed: Period | None, next_step: date | None) -> None:
    """Refuse to take a signed agreement's day of signing away, or to put it after what followed."""
    if agreement.status in {Status.DRAFT, Status.REVIEWED}:
        return
    if signed is None:
        raise Refused(_("A signed agreement keeps its day of signing."), field="signed")
    if next_step and signed.first > next_step:
        raise Refused(
            _("The step after the signing is of %(day)s.") % {"day": next_step.isoformat()},
            field="signed",
        )


def check_renew(agreement: Agreement, ends_on: date | None, on: date) -> None:
    """Refuse to renew what is not running, or for a term that is already over."""
    check_stands(agreement)
    if agreement.status not in RENEWABLE:
        raise Refused(_("Only an agreement in force or expired is renewed."))
    if ends_on and ends_on <= on:
        raise Refused(_("The new term has to end after the renewal."), field="ends_on")
    if ends_on and agreement.ends_on and ends_on <= agreement.ends_on:
        raise Refused(_("The new term has to end after the old one."), field="ends_on")


def next_end(agreement: Agreement, on: date) -> date | None:
    """Return the last day of the term that a renewal begins: whole terms on, past ``on``.

    None for an agreement without a term, which then runs on.
    """
    if not agreement.term_months:
        return None
    end = start = agreement.ends_on or on - timedelta(days=1)
    count = 0
    while end <= on:
        count += 1
        # From the first end each time: the 31st would else stay on the 28th after a February.
        end = periods.add_months(start, count * agreement.term_months)
    return end if count else periods.add_months(start, agreement.term_months)


def after_term(agreement: Agreement, last_step: date | None) -> date:
    """Return the day on which the end of a term takes effect: the day after, or the last step's."""
    if agreement.ends_on is None:
        raise Refused(_("This agreement has no end."))
    day = agreement.ends_on + timedelta(days=1)
    return max(day, last_step) if last_step else day


def check_replace(agreement: Agreement, successor: Agreement) -> None:
    """Refuse a successor that is the agreement itself, voided or not signed yet."""
    check_stands(agreement)
    if Status.REPLACED not in NEXT[agreement.status]:
        raise Refused(_("Only an agreement in force or suspended is replaced."))
    if successor.pk == agreement.pk or successor.voided_at:
        raise Refused(_("Choose another agreement that stands."), field="successor")
    if successor.status not in {Status.SIGNED, Status.IN_FORCE}:
        raise Refused(_("Its successor has to be signed first."), field="successor")


def check_void(agreement: Agreement, reason: str, facts: Facts) -> None:
    """Refuse to void without a reason, twice, or while somebody still owes something under it."""
    check_stands(agreement)
    if not reason.strip():
        raise Refused(_("Give the reason why it is void."), field="reason")
    if facts.open_commitments:
        raise Refused(_("Commitments are still open under it. Close or pass them on first."))


def why_not(check: Any, *args: Any) -> str:
    """Return why a check refuses, or nothing; screens ask the rule that the action asks."""
    try:
        check(*args)
    except Refused as refusal:
        return str(refusal)
    return ""
