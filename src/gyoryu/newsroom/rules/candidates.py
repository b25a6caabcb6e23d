"""When a fact read from an article may enter the register, be turned down, or be taken back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.newsroom.facts import NO_AGREEMENT
from gyoryu.newsroom.models import Candidate, Conflict, Trust

Kind, Match, State = Candidate.Kind, Candidate.Match, Candidate.State
# What nobody accepts in bulk: each needs a choice that only a person can make.
NEVER_IN_BULK = {Kind.AGREEMENT, Kind.BODY, Kind.RESULT, Kind.SUPPORT}
IN_BULK = [kind for kind in Kind if kind not in NEVER_IN_BULK]
RESOLVE = ("keep", "take", "new")


def check_waiting(candidate: Candidate) -> None:
    """Refuse to decide twice."""
    if candidate.state == State.SUPERSEDED:
        raise Refused(_("The article no longer says this. There is nothing to decide."))
    if not candidate.open:
        raise Refused(
            _("This was decided already: %(state)s.") % {"state": candidate.get_state_display()}
        )


def check_person(by: User | None) -> None:
    """Refuse anybody but a person: facts enter the register by somebody's yes."""
    if by is None:
        raise Refused(_("Only a person accepts what was read."))


def check_instrument(candidate: Candidate, kind: str) -> None:
    """Refuse to make an agreement of what is none, unless a person has chosen its kind."""
    instrument = candidate.fields.get("instrument", {}).get("value", "")
    if instrument in NO_AGREEMENT and not kind:
        reasons = {
            "letter_of_support": _(
                "A letter of support is no agreement. Record the meeting and hold the letter there."
            )
        }
        told = reasons.get(instrument, _("A contract between companies is no agreement of ours."))
        raise Refused(told, field="kind")
    if not kind:
        raise Refused(_("Choose what kind of agreement it is."), field="kind")


def check_standing(standing: str, confirmed: bool) -> None:
    """Refuse to call an agreement signed without a person's explicit yes."""
    if standing not in {"signed", "draft"}:
        raise Refused(
            _("Say whether it is signed. The article's word alone does not make it so."),
            field="standing",
        )
    if standing == "signed" and not confirmed:
        raise Refused(_("“Signed” needs your explicit yes."), field="standing")


def check_resolved(candidate: Candidate, resolve: str) -> None:
    """Refuse to pass over what the register says otherwise: a person chooses which holds."""
    if candidate.match in {Match.UPDATE, Match.CONTRADICTION} and resolve not in RESOLVE:
        raise Refused(_("The register says otherwise. Choose which value holds."), field="resolve")


def check_reason(reason: str) -> None:
    """Refuse to turn a fact down without saying why."""
    if not reason.strip():
        raise Refused(_("Say why. It teaches the next reader."), field="reason")
    if len(reason) > 500:
        raise Refused(_("Give the reason in 500 characters."), field="reason")


def check_undo(candidate: Candidate) -> None:
    """Refuse to undo what was not decided."""
    if candidate.state not in {State.ACCEPTED, State.EDITED, State.REFUSED}:
        raise Refused(_("Nothing was decided here that could be undone."))


def check_settle(conflict: Conflict, how: str) -> None:
    """Refuse to settle a conflict twice, or in no known way."""
    if conflict.state != Conflict.State.OPEN:
        raise Refused(_("This conflict is settled already."))
    if how not in {Conflict.State.TEXT, Conflict.State.ASKED}:
        raise Refused(_("Follow the text, or ask the source."))


def check_trust(minimum: Decimal, kinds: list[str]) -> None:
    """Refuse a rule that would let guesses or signatures through."""
    if not Decimal("0.5") <= minimum <= 1:
        raise Refused(_("Between 0.50 and 1.00: less than half sure is a guess."), field="minimum")
    if set(kinds) & {str(kind) for kind in NEVER_IN_BULK}:
        raise Refused(_("Agreements and results are always decided one by one."), field="kinds")


def certain(candidate: Candidate, trust: Trust | None, held_by: list[str]) -> bool:
    """Tell whether the office's rule lets this fact in with others: sure, new, and in no doubt.

    ``held_by`` are the reasons for which its proposal would need a person's choice.
    """
    return bool(
        trust
        and candidate.open
        and candidate.kind in trust.kinds
        and candidate.kind not in NEVER_IN_BULK
        and candidate.match in {Match.NEW, Match.SAME}
        and not candidate.conflicts
        and candidate.confidence >= trust.minimum
        and not held_by
    )


def why_not(check: Callable[..., None], *args: Any) -> str:
    """Return why a check refuses, or nothing; screens ask the rule that the action asks."""
    try:
        check(*args)
    except Refused as refusal:
        return str(refusal)
    return ""
