"""Who may say whom a participant wants to meet, and what may be said."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Event, Participant, Timetable, Wish
from gyoryu.trade.rules import lengths

State = Participant.State
# 0 is never; nothing said is no wish at all.
LEAST, MOST = 0, 5
SAYING = (State.INVITED, State.REGISTERED, State.CONFIRMED)


def acts_for(participant: Participant, user: User) -> bool:
    """Tell whether somebody is confirmed to act for an exhibitor's organisation."""
    if participant.side != Participant.Side.EXHIBITOR:
        return False
    return participant.organisation_id in representatives.sure_of(user)


def check_event_lives(event: Event) -> None:
    """Refuse to change what was cancelled or is over."""
    if event.voided_at or event.state == Event.State.CANCELLED:
        raise Refused(_("This event was cancelled."))
    if event.state == Event.State.HELD:
        raise Refused(_("This event is over."))


def check_may_say(participant: Participant, by: User | None) -> None:
    """Refuse anybody but the participant's own people and officers of the event.

    ``None`` is the system: also who holds the participant's personal link.
    """
    if by is None or acts_for(participant, by):
        return
    check_may(by, "trade.change", participant.event.unit)


def check_open(participant: Participant, *, own: bool) -> None:
    """Refuse wishes of who is out; of the participant itself also once the plan is published."""
    check_event_lives(participant.event)
    if participant.voided_at or participant.state not in SAYING:
        raise Refused(_("Who does not take part has no wishes."))
    published = Timetable.objects.filter(
        leg__event=participant.event_id, state=Timetable.State.PUBLISHED
    )
    if own and published.exists():
        raise Refused(_("The timetable is published already. Ask the office for another meeting."))


def check_to(participant: Participant, to: Participant) -> None:
    """Refuse a wish for somebody of another event or of the same side."""
    if to.event_id != participant.event_id or to.voided_at:
        raise Refused(_("%(name)s does not take part in this event.") % {"name": to}, field="to")
    if to.side == participant.side:
        raise Refused(
            _("Companies meet buyers: %(name)s is of the same side.") % {"name": to}, field="to"
        )


def check_worth(worth: int) -> None:
    """Refuse anything but never (0) and 1 to 5."""
    if not LEAST <= worth <= MOST:
        raise Refused(_("Give 1 to 5, or never."), field="worth")


def check_length(slots: int | None, worth: int | None) -> None:
    """Refuse a length that no meeting has, and one of a meeting that is not wanted."""
    if slots is None:
        return
    lengths.check_slots(slots, field="slots")
    if not worth:
        raise Refused(
            _("How long they meet is said only of a meeting that is wanted."), field="slots"
        )


def in_words(worth: int, part: str, slots: int | None) -> str:
    """Say a wish as the history keeps it: how much, when, for how many slots."""
    words = str(worth) if part == Wish.Part.ANY else f"{worth} {part}"
    return f"{words} ×{slots}" if slots else words


def check_sequence(of: Participant, first: Participant, then: Participant) -> None:
    """Refuse an order of meetings with oneself, with one party twice, or with the own side."""
    if first.pk == then.pk:
        raise Refused(_("Choose two different parties."), field="then")
    check_to(of, first)
    check_to(of, then)


def check_changeable_at(at: datetime, starts: datetime) -> None:
    """Refuse to change what has begun."""
    if starts <= at:
        raise Refused(_("This time has passed already."))
