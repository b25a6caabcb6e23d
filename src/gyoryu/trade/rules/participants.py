"""What is allowed about who takes part: exhibitors and buyers, their answers and absences."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import check_reason, check_stands, check_texts
from gyoryu.base import names
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.programmes.rules import representatives
from gyoryu.trade.models import Event, HalfDay, Participant
from gyoryu.trade.rules import events
from gyoryu.trade.rules.languages import KNOWN
from gyoryu.trade.rules.lengths import check_slots

CHANGE = "trade.change"
State, Side = Participant.State, Participant.Side
# Who is counted on: they stand in lists, timetables and the catalogue.
COMING = (State.REGISTERED, State.CONFIRMED)
STEPS: dict[str, tuple[str, ...]] = {
    State.INVITED: (State.REGISTERED, State.CONFIRMED, State.DECLINED, State.WITHDRAWN),
    State.REGISTERED: (State.CONFIRMED, State.DECLINED, State.WITHDRAWN),
    State.CONFIRMED: (State.WITHDRAWN,),
    State.DECLINED: (State.REGISTERED, State.CONFIRMED),
    State.WITHDRAWN: (State.CONFIRMED,),
}
LINES = {"booth", "contact_name", "contact_email"}
MOST_MEETINGS, MOST_CODES, MOST_LANGUAGES, LONGEST = 500, 30, 10, 4_000


def check_languages(codes: Iterable[str]) -> None:
    """Refuse languages that are not known by their code (ISO 639-1)."""
    given = list(codes)
    if len(given) > MOST_LANGUAGES:
        raise Refused(
            _("%(most)d languages at most.") % {"most": MOST_LANGUAGES}, field="languages"
        )
    for code in given:
        if code not in KNOWN:
            raise Refused(
                _("The language “%(code)s” is not known.") % {"code": code[:20]}, field="languages"
            )


def check_participant(row: Participant) -> None:
    """Refuse limits that cannot be, too many codes, and letters in a language we do not write."""
    check_texts(row)
    check_languages(row.languages)
    if row.language not in {"", "ko", "en"}:
        raise Refused(_("Letters are written in Korean or English."), field="language")
    if len(row.hs_codes) > MOST_CODES:
        raise Refused(_("%(most)d codes at most.") % {"most": MOST_CODES}, field="hs_codes")
    if len(row.interests) > LONGEST:
        told = {"long": len(row.interests), "most": LONGEST}
        raise Refused(
            _("This is %(long)d characters long; at most %(most)d fit.") % told, field="interests"
        )
    for name in ("most", "most_a_day"):
        value = getattr(row, name)
        if value is not None and not 1 <= value <= MOST_MEETINGS:
            raise Refused(_("1 to %(most)d meetings.") % {"most": MOST_MEETINGS}, field=name)
    if row.meeting_slots is not None:
        check_slots(row.meeting_slots)
    if row.most and row.most_a_day and row.most_a_day > row.most:
        raise Refused(_("This is more than altogether."), field="most_a_day")


def check_new(event: Event, side: str, organisation: Any) -> None:
    """Refuse who takes part already, on the same side, and anybody once the event is over."""
    events.check_not_over(event)
    check_stands(organisation)
    there = event.participants.filter(side=side, organisation=organisation, voided_at=None)
    if there.exists():
        raise Refused(
            _("%(name)s takes part already.") % {"name": organisation}, field="organisation"
        )


def check_changeable(row: Participant) -> None:
    """Refuse to change who was voided, or takes part in what was called off."""
    check_stands(row)
    events.check_changeable(row.event)


def steps(row: Participant) -> tuple[str, ...]:
    """Return the states that a participant can go to by an officer's hand."""
    if row.voided_at or row.event.state == Event.State.CANCELLED:
        return ()
    own = STEPS[row.state]
    if row.side == Side.EXHIBITOR:
        return tuple(one for one in own if one not in {State.REGISTERED, State.DECLINED})
    return own


def check_step(row: Participant, state: str, reason: str) -> None:
    """Refuse a step that does not follow, and a withdrawal or return without its reason."""
    check_changeable(row)
    if state not in steps(row):
        raise Refused(
            _("It is “%(state)s”; that cannot follow.") % {"state": row.get_state_display()},
            field="state",
        )
    if state == State.WITHDRAWN or row.state == State.WITHDRAWN:
        check_reason(reason, most=300)


def check_invite(row: Participant) -> None:
    """Refuse to invite an exhibitor, who is off the list, or who has no address to write to."""
    events.check_not_over(row.event)
    check_stands(row)
    if row.side != Side.BUYER:
        raise Refused(_("Exhibitors sign in; only buyers are invited by a link."))
    if row.state == State.WITHDRAWN:
        raise Refused(_("This buyer has withdrawn."))
    if not row.contact_email:
        raise Refused(
            _("There is no e-mail address to write to. Add one, or hand the link over yourself.")
        )


def check_answer(row: Participant, *, at: datetime) -> None:
    """Refuse an answer by the link once the window is closed, or of who is off the list."""
    check_stands(row)
    events.check_registers(row.event, at=at)
    if row.side != Side.BUYER or row.state == State.WITHDRAWN:
        raise Refused(_("Registration is closed. Please ask the office that invited you."))


def check_consent(*, given: bool) -> None:
    """Refuse a registration without consent to keep a name and an address."""
    if not given:
        raise Refused(_("Without your consent we cannot register you."), field="consent")


def acts_for(row: Participant, user: User) -> bool:
    """Tell whether somebody is confirmed to act for an exhibitor."""
    mine = row.organisation_id in representatives.sure_of(user)
    return row.side == Side.EXHIBITOR and mine


def check_may_act(row: Participant, by: User | None) -> None:
    """Refuse anybody but the exhibitor's own people and the officers of the event."""
    check_changeable(row)
    if by is None:
        return
    if acts_for(row, by):
        if row.state == State.WITHDRAWN:
            raise Refused(_("Your company has withdrawn from this event."))
        return
    if not by.access.may(CHANGE):
        raise NotAllowed(_("You do not act for this company."))
    check_may(by, CHANGE, row.unit)


def check_absences(row: Participant, absences: Iterable[tuple[HalfDay, int]]) -> None:
    """Refuse absences from half-days of another event, and from slots that do not exist."""
    for half_day, slot in absences:
        if half_day.leg.event_id != row.event_id:
            raise Refused(_("This half-day belongs to another event."))
        if not 0 <= slot <= half_day.slots:
            raise Refused(_("There is no such slot."), field=f"half_{half_day.pk}")


def check_void(row: Participant, reason: str) -> None:
    """Refuse to strike off the list who has met somebody: that one withdraws instead."""
    check_changeable(row)
    check_reason(reason)
    used = (row.meetings_with_buyers, row.meetings_with_exhibitors, row.consulted,
            row.consulted_as_buyer)  # fmt: skip
    if any(rows.exists() for rows in used):
        raise Refused(_("Meetings or results stand with it. It can only withdraw."))


def begun(
    event: Event, side: str, organisation: Any, values: dict[str, Any], on: date
) -> Participant:
    """Return a participant as it begins, unsaved: a buyer to be invited, an exhibitor confirmed."""
    fields: dict[str, Any] = {
        "state": State.INVITED if side == Side.BUYER else State.CONFIRMED,
        "in_catalogue": side == Side.EXHIBITOR,
    }
    return Participant(
        unit=event.unit, event=event, side=side, organisation=organisation, state_since=on,
        **{**fields, **tidied(values)},
    )  # fmt: skip


def tidied(values: dict[str, Any]) -> dict[str, Any]:
    """Return typed values as they are kept: lines folded, no text left undefined."""
    fields = dict(values)
    for name in LINES & fields.keys():
        fields[name] = names.nfc(fields[name] or "")
    if "interests" in fields:
        fields["interests"] = fields["interests"] or ""
    return fields


def check_may_take_over(event: Event, by: User | None) -> None:
    """Refuse without a call, and who may not see who applied there."""
    if event.call is None:
        raise Refused(_("Say first on the event's form from which call its exhibitors come."))
    check_may(by, "programmes.applicants", event.call.unit)
