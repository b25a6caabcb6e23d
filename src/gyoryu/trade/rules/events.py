"""What is allowed about events: their days, their state, and the edition they follow."""

import re
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts, day_of, told
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Event
from gyoryu.trade.rules.lengths import check_slots

State = Event.State
OPEN_STATES = (State.PLANNED, State.OPEN, State.RUNNING)
# From each state to where it goes on, and back where a step was taken too early.
STEPS: dict[str, tuple[str, ...]] = {
    State.PLANNED: (State.OPEN, State.RUNNING, State.CANCELLED),
    State.OPEN: (State.RUNNING, State.PLANNED, State.CANCELLED),
    State.RUNNING: (State.HELD, State.OPEN, State.CANCELLED),
    State.HELD: (State.RUNNING,),
    State.CANCELLED: (State.PLANNED,),
}
BACK = {
    (State.OPEN, State.PLANNED),
    (State.RUNNING, State.OPEN),
    (State.HELD, State.RUNNING),
    (State.CANCELLED, State.PLANNED),
}
LONGEST = 400  # days
MOST_COST = 10**13


def check_event(event: Event) -> None:
    """Refuse an event without a title, with impossible days, or tied to what is another's."""
    check_texts(event)
    if not event.title_ko.strip():
        raise Refused(_("Give the title in Korean."), field="title_ko")
    _check_days(event)
    if event.cost is not None and not 0 <= event.cost < MOST_COST:
        raise Refused(_("This cannot be right. Check the number."), field="cost")
    if event.meeting_slots is not None:
        check_slots(event.meeting_slots)
    if event.call and event.programme and event.call.programme_id != event.programme_id:
        raise Refused(_("This call belongs to another programme."), field="call")
    _check_edition(event)


def _check_days(event: Event) -> None:
    if event.ends_on < event.starts_on:
        raise Refused(_("It ends before it starts."), field="ends_on")
    if (event.ends_on - event.starts_on).days > LONGEST:
        raise Refused(
            _("An event lasts %(most)d days at most.") % {"most": LONGEST}, field="ends_on"
        )
    if event.register_until and day_of(event.register_until) > event.ends_on:
        raise Refused(
            _("Nobody registers after the event has ended on %(day)s.")
            % {"day": told(event.ends_on)},
            field="register_until",
        )


def _check_edition(event: Event) -> None:
    before = event.follows
    if before is None:
        return
    if before.pk == event.pk or before.starts_on >= event.starts_on:
        raise Refused(_("The edition before has to begin earlier."), field="follows")


def check_places_fit(event: Event) -> None:
    """Refuse days of an event that leave out a day of one of its places."""
    for leg in event.legs.all():
        if leg.starts_on < event.starts_on or leg.ends_on > event.ends_on:
            days = {"place": leg, "first": told(leg.starts_on), "last": told(leg.ends_on)}
            field = "starts_on" if leg.starts_on < event.starts_on else "ends_on"
            raise Refused(
                _("“%(place)s” is from %(first)s to %(last)s. Change the place first.") % days,
                field=field,
            )


def check_changeable(event: Event) -> None:
    """Refuse to change what was called off or voided."""
    check_stands(event)
    if event.state == State.CANCELLED:
        raise Refused(_("This event was cancelled."))


def check_not_over(event: Event) -> None:
    """Refuse to invite to, or take into, what is over."""
    check_changeable(event)
    if event.state == State.HELD:
        raise Refused(_("This event was held already."))


def steps(event: Event) -> tuple[str, ...]:
    """Return the states that an event can go to."""
    return () if event.voided_at else STEPS[event.state]


def is_back(event: Event, state: str) -> bool:
    """Tell whether a step takes an earlier one back."""
    return (event.state, state) in BACK


def check_step(event: Event, state: str, reason: str, *, on: date) -> None:
    """Refuse a step that does not follow, comes too early, or lacks its reason."""
    check_stands(event)
    if state not in STEPS[event.state]:
        raise Refused(
            _("It is “%(state)s”; that cannot follow.") % {"state": event.get_state_display()},
            field="state",
        )
    if state == State.CANCELLED or is_back(event, state):
        check_reason(reason, most=300)
        return
    _check_ready(event, state, on)


def _check_ready(event: Event, state: str, on: date) -> None:
    if state == State.OPEN and not event.legs.exists():
        raise Refused(_("Say first where it is held: add a place."), field="state")
    if state == State.RUNNING and on < event.starts_on:
        raise Refused(_("It begins on %(day)s.") % {"day": told(event.starts_on)}, field="state")
    if state == State.HELD and on < event.ends_on:
        raise Refused(_("It lasts until %(day)s.") % {"day": told(event.ends_on)}, field="state")


def check_void(event: Event, reason: str) -> None:
    """Refuse to void what somebody takes part in, or without a reason."""
    check_stands(event)
    check_reason(reason)
    if event.participants.filter(voided_at=None).exists():
        raise Refused(_("Companies take part in it. Cancel it instead."))


def registers(event: Event, *, at: datetime) -> bool:
    """Tell whether buyers can answer their invitation now."""
    until = event.register_until
    return event.state in OPEN_STATES and not event.voided_at and (until is None or at < until)


def check_registers(event: Event, *, at: datetime) -> None:
    """Refuse an answer to an invitation once the window is closed."""
    if not registers(event, at=at):
        raise Refused(_("Registration is closed. Please ask the office that invited you."))


def check_catalogue(event: Event, *, opened: bool) -> None:
    """Refuse to open a catalogue twice, to close a closed one, or that of what was called off."""
    check_changeable(event)
    if opened and event.catalogue_since:
        raise Refused(_("The catalogue is open already."))
    if not opened and not event.catalogue_since:
        raise Refused(_("The catalogue is not open."))


def check_results(event: Event, *, confirmed: bool, reason: str) -> None:
    """Refuse to confirm results too early or twice, and to open them without a reason."""
    check_changeable(event)
    if not confirmed:
        if event.results_since is None:
            raise Refused(_("The results are not confirmed."))
        check_reason(reason, most=300)
        return
    if event.results_since:
        raise Refused(_("The results are confirmed already."))
    if event.state != State.HELD:
        raise Refused(_("Results are confirmed once the event was held."))


def check_copy(event: Event, values: dict[str, Any]) -> None:
    """Refuse a next edition that does not begin after the one it follows."""
    check_stands(event)
    if values["starts_on"] <= event.starts_on:
        raise Refused(
            _("It has to begin after %(day)s.") % {"day": told(event.starts_on)}, field="starts_on"
        )


def next_title(title: str, years: int) -> str:
    """Return a title with its year and its ordinal counted on: 2025 제3회 → 2026 제4회."""
    later = re.sub(r"(?<!\d)20\d\d(?!\d)", lambda year: str(int(year[0]) + years), title)
    return re.sub(r"제\s?(\d+)\s?회", lambda told: f"제{int(told[1]) + years}회", later)
