"""Letters of an event: to buyers by their link, to exhibitors' people, when something changes.

A buyer's letter is in Korean or English, as it was told to us; it holds the personal link, which
the outbox forgets once the letter has left.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import day_of, told
from gyoryu.outbox import actions as outbox
from gyoryu.trade.models import Event, Participant
from gyoryu.trade.queries import links
from gyoryu.trade.queries import participants as queries
from gyoryu.trade.rules import links as link_rules

State, Side = Participant.State, Participant.Side


def invited(
    row: Participant, secret: str, *, reminder: bool = False, by: User | None, at: datetime
) -> None:
    """Invite a buyer, or remind it once of an invitation that it has not answered."""
    with override(queries.language_of(row)):
        said = {"event": str(row.event), "when": _when(row.event), "host": _host(row.event)}
        subject = _("Your invitation: %(event)s") % said
        if reminder:
            subject = _("Reminder: %(event)s") % said
        body = _(
            "%(host)s invites you to “%(event)s” (%(when)s). With the link below you register, say "
            "what you are looking for and when you have time, or tell us that you cannot come. It "
            "is yours alone: please do not pass it on. No account is needed."
        )
        closing = _closing(row.event)
        text = "\n\n".join(part for part in (_greeting(row), body % said, closing) if part)
    key = f"invitation-reminder:{row.pk}" if reminder else f"invitation:{row.pk}:{at:%Y%m%d%H%M}"
    _write(row, key, subject, text, secret, at)


def registered(row: Participant, *, by: User | None, at: datetime) -> None:
    """Tell a buyer that its registration has come in; once, however often it changes it."""
    with override(queries.language_of(row)):
        said = {"event": str(row.event), "when": _when(row.event)}
        subject = _("Registered: %(event)s") % said
        body = _(
            "Thank you. You are registered for “%(event)s” (%(when)s). With the same link you "
            "change what you told us until registration closes."
        )
        text = f"{_greeting(row)}\n\n{body % said}"
    _write(row, f"registered:{row.pk}", subject, text, links.secret_of(row), at)


def moved(row: Participant, *, by: User | None, at: datetime) -> None:
    """Tell a participant what an officer has decided: confirmed, or off the list."""
    told_to = {State.CONFIRMED: _confirmed, State.WITHDRAWN: _withdrawn}
    if row.state not in told_to:
        return
    tell = told_to[State(row.state)]
    key = f"participant:{row.pk}:{row.state}:{at:%Y%m%d%H%M}"
    if row.side == Side.BUYER:
        with override(queries.language_of(row)):
            subject, body = tell(row)
            text = f"{_greeting(row)}\n\n{body}"
        secret = links.secret_of(row) if link_rules.works(row) else ""
        _write(row, key, subject, text, secret, at)
        return
    for user in queries.people_of([row.organisation_id]).get(row.organisation_id, []):
        with override(user.language):
            subject, body = tell(row)
            _write_in(user, row, key, subject, body, at)


def _confirmed(row: Participant) -> tuple[str, str]:
    said = {"event": str(row.event), "when": _when(row.event)}
    body = _("Your place at “%(event)s” (%(when)s) is confirmed.") % said
    return _("Confirmed: %(event)s") % said, body


def _withdrawn(row: Participant) -> tuple[str, str]:
    said = {"event": str(row.event), "reason": row.state_reason}
    body = _("You are off the list of “%(event)s”: %(reason)s") % said
    return _("Off the list: %(event)s") % said, body


def taken_over(event: Event, rows: Iterable[Participant], *, by: User | None, at: datetime) -> None:
    """Tell the people of companies that they exhibit, and where they prepare for it."""
    made = list(rows)
    people = queries.people_of(row.organisation_id for row in made)
    for row in made:
        for user in people.get(row.organisation_id, []):
            with override(user.language):
                said = {"event": str(event), "when": _when(event)}
                body = _(
                    "Your company takes part in “%(event)s” (%(when)s). Look through the products "
                    "you show, and say when nobody of yours is there."
                )
                subject = _("You exhibit: %(event)s") % said
                _write_in(user, row, f"exhibits:{row.pk}", subject, body % said, at)


def cancelled(event: Event, *, by: User | None, at: datetime) -> int:
    """Tell all who were coming, or were asked to, that an event is off; return how many."""
    rows = list(queries.concerned(event))
    people = queries.people_of(row.organisation_id for row in rows if row.side == Side.EXHIBITOR)
    count = 0
    for row in rows:
        key = f"event-cancelled:{event.pk}:{row.pk}"
        if row.side == Side.BUYER:
            with override(queries.language_of(row)):
                subject, body = _off(event)
                text = f"{_greeting(row)}\n\n{body}"
            count += bool(_write(row, key, subject, text, "", at))
            continue
        for user in people.get(row.organisation_id, []):
            with override(user.language):
                subject, body = _off(event)
                _write_in(user, row, key, subject, body, at)
                count += 1
    return count


def _off(event: Event) -> tuple[str, str]:
    said = {"event": str(event), "when": _when(event), "reason": event.state_reason}
    body = _("“%(event)s” (%(when)s) does not take place: %(reason)s") % said
    return _("Cancelled: %(event)s") % said, body


def _write(row: Participant, key: str, subject: str, body: str, secret: str, at: datetime) -> bool:
    if not row.contact_email:
        return False
    outbox.queue_to(
        row.contact_email,
        language=queries.language_of(row),
        unit=row.event.unit,
        key=key,
        subject=subject,
        body=body,
        link=reverse("buyer-link", args=[secret]) if secret else "",
        about=row,
        at=at,
    )
    return True


def _write_in(
    user: User, row: Participant, key: str, subject: str, body: str, at: datetime
) -> None:
    link = reverse("my-event", args=[row.pk])
    outbox.queue(user, key=key, subject=subject, body=body, link=link, about=row, at=at)


def _greeting(row: Participant) -> str:
    name = row.contact_name or str(row.organisation)
    return _("Dear %(name)s,") % {"name": name}


def _when(event: Event) -> str:
    first, last = told(event.starts_on), told(event.ends_on)
    return first if event.starts_on == event.ends_on else f"{first} – {last}"


def _host(event: Event) -> str:
    return event.host or str(event.unit)


def _closing(event: Event) -> str:
    if event.register_until is None:
        return ""
    day = told(day_of(event.register_until))
    return _("Please answer by %(day)s.") % {"day": day}
