"""A buyer answers whether a deal is as recorded; a yes is kept as a step and locks the version."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.outbox import actions as outbox
from gyoryu.trade.actions import reckoning
from gyoryu.trade.actions.reckoning import Held
from gyoryu.trade.models import Confirmation, DealStep
from gyoryu.trade.queries import confirmations as queries
from gyoryu.trade.queries import deals
from gyoryu.trade.rules import confirmations as rules
from gyoryu.trade.rules import proofs

Answer = Confirmation.Answer
ENDED = _("This link does not work any more.")


@transaction.atomic
def answer(
    row: Confirmation, said: str, note: str, *, by: User | None, at: datetime
) -> Confirmation:
    """Keep what a buyer said; a link is answered once, also by two at the same moment.

    ``by`` is nobody: a buyer has no account. Agreeing makes a step that the buyer's word proves,
    at the grade and amount that were shown.
    """
    rules.check_answer(said, note)
    held = reckoning.hold(row.deal, by=by)
    row = Confirmation.objects.select_for_update(of=("self",)).get(pk=row.pk)
    last = queries.newest(held.deal)
    if last is None or not rules.works(row, last.pk, at):
        raise Refused(ENDED)
    row.answered_at, row.answer, row.answer_note = at, said, note.strip()
    row.save(update_fields=["answered_at", "answer", "answer_note"])
    if said == Answer.AGREED and row.version == held.deal.version:
        _confirm(held, row, by, at)
    verb = "deal.buyer_confirmed" if said == Answer.AGREED else "deal.buyer_disagreed"
    history.record(verb, held.deal, by=by, at=at, changes={"version": [None, row.version]})
    _tell(row, held, at)
    return row


def _confirm(held: Held, row: Confirmation, by: User | None, at: datetime) -> None:
    now = proofs.reckoned(held.steps, held.deal.currency, held.deal.graded_on)
    made = DealStep(
        deal=held.deal,
        grade=now.agreed,
        on=day_of(at),
        amount=now.agreed_amount,
        proof=DealStep.Proof.BUYER,
        note=row.answer_note[:500],
        noted_by=by,
        noted_at=at,
    )
    made.save()
    held.steps.append(made)
    held.deal.confirmed_version = row.version
    reckoning.settle(held, by=by, at=at)


def _tell(row: Confirmation, held: Held, at: datetime) -> None:
    agreed = row.answer == Answer.AGREED
    subject = (
        _("The buyer has confirmed deal %(number)s")
        if agreed
        else _("The buyer says that deal %(number)s was not as recorded")
    )
    body = _("What %(buyer)s has answered stands on the deal's page.")
    asked = {user.pk: user for user in (held.deal.owner, row.asked_by) if user}
    for user in asked.values():
        with override(user.language):
            named = {"number": held.deal.number, "buyer": str(held.deal.buyer)}
            told, more = subject % named, body % named
        outbox.queue(
            user,
            key=f"confirmed:{row.pk}",
            subject=told,
            body=more,
            link=deals.page_for(user, held.deal),
            about=held.deal,
            at=at,
        )
