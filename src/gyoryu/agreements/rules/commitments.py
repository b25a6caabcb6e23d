"""What commitments allow, with the reason when they do not."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.models import Agreement, Body, Commitment, DueChange, Milestone
from gyoryu.agreements.models.agreements import Side, Status
from gyoryu.base.money import CURRENCIES
from gyoryu.base.periods import Period
from gyoryu.base.refused import Refused

State = Commitment.Status
# Where a commitment may go from where it stands. A closed one goes on only by being reopened.
MOVES: dict[str, tuple[str, ...]] = {
    State.OPEN: (State.IN_PROGRESS, State.DONE, State.DROPPED, State.SUPERSEDED),
    State.IN_PROGRESS: (State.DONE, State.DROPPED, State.SUPERSEDED),
    State.DONE: (State.IN_PROGRESS, State.OPEN),
    State.DROPPED: (State.IN_PROGRESS, State.OPEN),
    State.SUPERSEDED: (State.IN_PROGRESS, State.OPEN),
}
# How far ahead something counts as due soon.
SOON = timedelta(days=30)
CLOSED = (State.DONE, State.DROPPED, State.SUPERSEDED)
OVER = (Status.EXPIRED, Status.ENDED, Status.REPLACED)
WHY = _("Give the reason. It stays in the record.")


def check_promise(values: dict[str, Any]) -> None:
    """Refuse a promise that says nothing, that nobody keeps, or whose date or cost is wrong.

    ``values`` are the fields as they will stand, with ``due`` as a Period or none.
    """
    if not values.get("words"):
        raise Refused(_("Write what was promised, in the words in which it was."), field="words")
    if values.get("side") not in Side.values:
        raise Refused(_("Say whose promise it is."), field="side")
    check_owner(values["side"], values.get("owner"))
    check_due(values.get("due"), values.get("agreement"))
    check_cost(values.get("cost"), values.get("cost_currency", ""))


def check_owner(side: str, owner: User | None) -> None:
    """Refuse a promise of ours that nobody answers for; a joint one is ours too."""
    if side != Side.THEIRS and owner is None:
        raise Refused(_("A promise of our side needs somebody who answers for it."), field="owner")


def check_said(said: date | None, today: date) -> None:
    """Refuse a promise made on a day to come."""
    if said and said > today:
        raise Refused(_("Nobody can have said it on a day to come."), field="said_on")


def check_agreement(agreement: Agreement | None, body: Body | None, said: date | None) -> None:
    """Refuse an agreement that was over when the promise was made, and a body of another one."""
    if agreement is None:
        return
    if agreement.status in OVER and (said is None or said >= agreement.status_since):
        over = {"on": agreement.status_since.isoformat()}
        raise Refused(
            _("This agreement has been over since %(on)s. Nothing new is promised under it.")
            % over,
            field="agreement",
        )
    if body and body.agreement_id != agreement.pk:
        raise Refused(_("This body belongs to another agreement."), field="body")


def check_due(due: Period | None, agreement: Agreement | None) -> None:
    """Refuse a due date that had passed before the agreement was signed."""
    signed = agreement.signed if agreement else None
    if due and signed and due.last < signed.first:
        raise Refused(
            _("It cannot be due before the agreement was signed (%(on)s).")
            % {"on": signed.first.isoformat()},
            field="due",
        )


def check_cost(cost: Decimal | None, currency: str) -> None:
    """Refuse an amount without a currency, and one below zero; no amount means not known."""
    if cost is None:
        return
    if cost < 0:
        raise Refused(_("A cost is not below zero."), field="cost")
    if currency not in CURRENCIES:
        raise Refused(_("Say in which currency."), field="cost")


def check_change(commitment: Commitment, values: dict[str, Any]) -> None:
    """Refuse to change a closed commitment, or to move a due date by the way."""
    if commitment.closed:
        raise Refused(_("It is closed. Reopen it first, with the reason."))
    moved = "due" in values and values["due"] != commitment.due
    if moved and commitment.due is not None:
        raise Refused(
            _("A due date moves only when somebody approves it. Ask for another date."), field="due"
        )


def check_move(commitment: Commitment, to: str, *, on: date, reason: str, today: date) -> None:
    """Refuse a step that does not lead on from here, or that is dated where it cannot have been."""
    check_way(commitment, to)
    check_day(on, since=commitment.status_since, today=today)
    if not reason and (to == State.DROPPED or commitment.status in CLOSED):
        raise Refused(WHY, field="reason")


def check_way(commitment: Commitment, to: str) -> None:
    """Refuse a status that no step leads to from where the commitment stands."""
    if to not in MOVES[commitment.status]:
        raise Refused(
            _("It cannot go from “%(now)s” to “%(to)s”.")
            % {"now": commitment.get_status_display(), "to": dict(State.choices).get(to, to)},
            field="to",
        )


def check_day(on: date, *, since: date, today: date) -> None:
    """Refuse a day to come, and one before what it follows from."""
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")
    if on < since:
        raise Refused(
            _("That was not before %(since)s: since then it stands as it does now.")
            % {"since": since.isoformat()},
            field="on",
        )


def check_done(*, has_evidence: bool) -> None:
    """Refuse to call a promise kept unless a document that stands is tied to it."""
    if not has_evidence:
        raise Refused(
            _("Nothing shows yet that it was done. Add the document that does."), field="file"
        )


def check_successor(commitment: Commitment, successor: Commitment | None) -> None:
    """Refuse a successor that is missing, is the commitment itself, or leads nowhere.

    A superseded successor is refused, so a chain of successors always ends and never runs round.
    """
    if successor is None:
        raise Refused(_("Say which commitment takes its place."), field="successor")
    if successor.pk == commitment.pk:
        raise Refused(_("A commitment cannot take its own place."), field="successor")
    if successor.voided_at or successor.status in {State.DROPPED, State.SUPERSEDED}:
        raise Refused(_("That one was itself dropped or superseded."), field="successor")


def check_can_ask(commitment: Commitment, waiting: DueChange | None) -> None:
    """Refuse to ask for another date when nothing is open, or when one is asked for already."""
    if commitment.closed:
        raise Refused(_("It is closed, so no date is left to move."))
    if waiting:
        raise Refused(_("Another date is already waiting for approval."))


def check_new_due(commitment: Commitment, due: Period, reason: str) -> None:
    """Refuse a new date that is no other, comes before the signing, or has no reason."""
    if due == commitment.due:
        raise Refused(_("That is the date it has now."), field="due")
    check_due(due, commitment.agreement)
    if not reason:
        raise Refused(_("Say why the date has to move."), field="reason")


def check_can_decide(change: DueChange, by: User | None) -> None:
    """Refuse a decision by whoever asked, and a second one."""
    if change.state != DueChange.State.ASKED:
        raise Refused(_("This has been decided already."))
    if by is not None and change.asked_by_id == by.pk:
        raise Refused(_("You asked for this date, so somebody else decides."))


def moved_too_late(change: DueChange, *, on: date) -> bool:
    """Tell whether a move that is approved on a day comes after the old date had passed."""
    return change.old_on is not None and change.old_on < on


def check_milestone(milestone: Milestone, *, on: date, today: date) -> None:
    """Refuse a step that is done already or on a day to come, and any step of a closed promise."""
    if milestone.done_on:
        raise Refused(_("This step is done already."))
    if milestone.commitment.closed:
        raise Refused(_("It is closed. Reopen it first, with the reason."))
    if on > today:
        raise Refused(_("This day has not come yet."), field="on")
