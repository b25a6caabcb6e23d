"""What is allowed with enquiries: until when they are answered, and which step follows which."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_reason, check_stands
from gyoryu.base import workdays
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Centre, Enquiry, Lead
from gyoryu.trade.rules import centres

State = Enquiry.State
# Which state may follow which; what is closed stays so.
NEXT: dict[str, tuple[str, ...]] = {
    State.IN: (State.ANSWERED, State.CLOSED),
    State.ANSWERED: (State.MATCHED, State.CLOSED),
    State.MATCHED: (State.CLOSED,),
    State.CLOSED: (),
}
LONGEST = 8_000


def due_on(centre: Centre, received: date) -> date:
    """Return until when a centre answers: so many working days after the day it came in."""
    return workdays.after(received, centre.answers_in)


def check_may_be_asked(centre: Centre) -> None:
    """Refuse a question to a centre that was closed."""
    centres.check_open(centre)


def check_open_to_all(centre: Centre) -> None:
    """Refuse the public form of a centre that has none."""
    centres.check_open(centre)
    if not centre.asked_by_all:
        raise Refused(_("This centre is asked through its office."))


def check_asks(user: User, organisation: Any) -> None:
    """Refuse to ask in the name of a company that one is not confirmed to act for."""
    if organisation is None or organisation.pk not in set(representatives.sure_of(user)):
        raise NotAllowed(_("You do not act for this company."))


def check_texts(subject: str, text: str) -> None:
    """Refuse a question without words, or one that is a book."""
    if not subject.strip():
        raise Refused(_("Say in a line what it is about."), field="subject")
    if len(text) > LONGEST:
        raise Refused(
            _("This is %(long)d characters long; at most %(most)d fit.")
            % {"long": len(text), "most": LONGEST},
            field="text",
        )


def check_step(row: Enquiry, state: str) -> None:
    """Refuse a step that does not follow from where the enquiry stands, and say what does."""
    check_stands(row)
    if state in NEXT[row.state]:
        return
    now = {"state": row.get_state_display()}
    if row.state == State.CLOSED:
        raise Refused(_("It was closed: %(reason)s") % {"reason": row.closed_reason})
    if state == State.ANSWERED:
        raise Refused(_("It was answered already. It is “%(state)s”.") % now)
    if state == State.MATCHED and row.state == State.IN:
        raise Refused(_("Answer it first; then match it."))
    raise Refused(_("It is “%(state)s”.") % now)


def check_answer(row: Enquiry, answer: str) -> None:
    """Refuse an answer to what is not open, or one without words."""
    check_step(row, State.ANSWERED)
    if not answer.strip():
        raise Refused(_("Write the answer."), field="answer")
    if len(answer) > LONGEST:
        raise Refused(
            _("This is %(long)d characters long; at most %(most)d fit.")
            % {"long": len(answer), "most": LONGEST},
            field="answer",
        )


def check_match(row: Enquiry, lead: Lead) -> None:
    """Refuse a lead of another centre, or one that was dropped."""
    check_step(row, State.MATCHED)
    if lead.voided_at or lead.centre_id != row.centre_id:
        raise Refused(_("This lead belongs to another centre."), field="lead")
    if lead.state == Lead.State.DROPPED:
        raise Refused(
            _("This lead was dropped: %(reason)s") % {"reason": lead.state_reason}, field="lead"
        )


def check_close(row: Enquiry, reason: str) -> None:
    """Refuse to close twice or without a reason."""
    check_step(row, State.CLOSED)
    check_reason(reason, most=300)


def in_time(row: Enquiry) -> bool | None:
    """Tell whether it was answered in time; nothing while there is no answer."""
    return None if row.answered_on is None else row.answered_on <= row.due_on


def days_late(row: Enquiry, today: date) -> int:
    """Count the working days that an open enquiry, or an answer, is past its day."""
    if row.answered_on is None and row.state == State.CLOSED:
        return 0
    return workdays.between(row.due_on, row.answered_on or today)
