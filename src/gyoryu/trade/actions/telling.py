"""What an exhibitor answers becomes steps of its deals, by its word alone."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.parties import actions as parties
from gyoryu.parties import queries as party_queries
from gyoryu.parties.models import Organisation
from gyoryu.trade.actions import deal_steps, deals
from gyoryu.trade.models import Deal, DealStep, FollowUp, Grade, Unproven
from gyoryu.trade.queries.follow_ups import Line
from gyoryu.trade.rules import follow_ups as rules
from gyoryu.trade.rules import proofs
from gyoryu.trade.rules.deals import Step
from gyoryu.trade.rules.follow_ups import Told, What

Proof = DealStep.Proof
# What the office asks for where a company has only said so, and by when.
TO_ASK = {
    Grade.SIGNED: _("Ask for the contract: the company says that it is signed."),
    Grade.VERIFIED: _("Ask for the export declaration: the company says that it was shipped."),
}
TIME_TO_ASK = timedelta(days=14)
PARTS = {"declaration", "amount", "on", "reason", "buyer"}


def apply(row: FollowUp, line: Line, told: Told, *, by: User | None, at: datetime) -> Deal | None:
    """Carry out what was said of one talk; return its deal if there is one now.

    Whoever says “signed” or “shipped” without the paper leaves the deal where it is; that it was
    said is kept as unproven, and to ask for the paper is the deal's next step. A deal that only
    now begins is pursued: so far a word suffices. What was shipped by a declaration waits for an
    approver. A refusal names the field of the line.
    """
    rules.check_told(line.key, told, day_of(at))
    try:
        return _apply(row, line, told, by, at)
    except Refused as no:
        part = no.field if no.field in PARTS else "what"
        raise Refused(no.reason, field=rules.field_of(line.key, part)) from no


def _apply(row: FollowUp, line: Line, told: Told, by: User | None, at: datetime) -> Deal | None:
    deal = line.deal
    if told.what == What.LOST and deal is not None:
        return deals.lose(deal, day_of(at), told.reason, by=by, at=at)
    if told.what not in {What.SIGNED, What.SHIPPED}:
        return deal
    step = _step(row, told)
    if deal is None:
        deal = _begin(row, line, told, step, by, at)
    elif step.grade == Grade.VERIFIED:
        deal_steps.tell(deal, step, by=by, at=at)
    if step.grade != Grade.VERIFIED:
        _unproven(row, deal, told, by, at)
    return deal


def _unproven(row: FollowUp, deal: Deal, told: Told, by: User | None, at: datetime) -> None:
    """Keep what was said without its paper, and plan to ask for it unless something is planned."""
    says = Grade.SIGNED if told.what == What.SIGNED else Grade.VERIFIED
    if proofs.at_least(deal.grade, says):
        return
    said = {"says": says, "amount": told.amount, "on": told.on, "at": at}
    Unproven.objects.update_or_create(deal=deal, follow_up=row, defaults=said)
    history.record("deal.said_unproven", deal, by=by, at=at, changes={"grade": [None, says]})
    if not deal.next_step:
        with override(row.event.owner.language if row.event.owner else "ko"):
            step = str(TO_ASK[says])
        deals.plan_next(deal, step, day_of(at) + TIME_TO_ASK, by=by, at=at)


def _step(row: FollowUp, told: Told) -> Step:
    assert told.on is not None
    note = _("Said in the follow-up after %(months)d months: %(what)s")
    words = str(note % {"months": row.months, "what": What(told.what).label})
    if told.declaration:
        return Step(
            grade=Grade.VERIFIED, on=told.on, proof=Proof.DECLARATION, amount=told.amount,
            declaration=told.declaration, note=words,
        )  # fmt: skip
    return Step(grade=Grade.PURSUED, on=told.on, proof=Proof.WORD, amount=told.amount, note=words)


def _begin(
    row: FollowUp, line: Line, told: Told, step: Step, by: User | None, at: datetime
) -> Deal:
    talk = line.talk
    values: dict[str, Any] = {
        "company": row.exhibitor.organisation,
        "event": row.event,
        "currency": told.currency or line.currency,
        "about": told.about or line.goods,
    }
    if talk is None:
        values["buyer"] = _buyer(row, told, by, at)
        return deals.begin(row.event.unit, values, step, by=by, at=at)
    values |= {
        "buyer": talk.buyer.organisation,
        "consultation": talk,
        "leg": talk.leg,
        "country": talk.country,
        "hs_code": talk.hs_code,
        "product": talk.product,
    }
    if talk.amount is None:
        return deals.begin(row.event.unit, values, step, by=by, at=at)
    begun = deals.begin(row.event.unit, values, _talked(talk.at, talk.amount), by=by, at=at)
    deal_steps.tell(begun, step, by=by, at=at)
    return begun


def _talked(at: datetime, amount: Any) -> Step:
    on: date = day_of(at)
    return Step(grade=Grade.CONSULTED, on=on, proof=Proof.WORD, amount=amount)


def _buyer(row: FollowUp, told: Told, by: User | None, at: datetime) -> Organisation:
    """Return the buyer of this name; one that is not known is added, for somebody to look at."""
    if not told.buyer.strip():
        raise Refused(_("Say who the buyer is."), field="buyer")
    known = list(party_queries.meant(party_queries.organisations(), told.buyer)[:2])
    exact = [one for one in known if told.buyer.strip() in {one.name_ko, one.name_en}]
    if len(exact) == 1:
        return exact[0]
    note = str(_("Told by %(company)s in a follow-up") % {"company": row.exhibitor.organisation})
    values = {"kind": "company", "name_en": told.buyer.strip(), "source_note": note[:300]}
    return parties.add_organisation(row.event.unit, values, by=by, at=at)
