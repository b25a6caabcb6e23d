"""Letters about meetings: a party's own timetable when it is published or changes.

An exhibitor's people read it where they sign in, a buyer by its personal link. Who is not concerned
gets no letter.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import User
from gyoryu.outbox import actions as outbox
from gyoryu.trade.actions import links
from gyoryu.trade.actions.settling import Settled
from gyoryu.trade.models import Leg, Meeting, Participant
from gyoryu.trade.queries import meetings as queries
from gyoryu.trade.queries import recipients
from gyoryu.trade.rules.links import works

Side = Participant.Side


def changed(leg: Leg, done: Settled, step: str, *, by: User | None, at: datetime) -> int:
    """Write to everybody whose agenda a plan has changed; return how many letters."""
    return _tell(leg, done.concerned, f"timetable:{leg.pk}:{step}", "", at)


def written(leg: Leg, concerned: Iterable[int], step: str, *, by: User | None, at: datetime) -> int:
    """Write to these participants how their agenda stands now; return how many letters."""
    return _tell(leg, concerned, f"timetable:{leg.pk}:{step}", "", at)


def cancelled(rows: list[Meeting], *, besides: int = 0, by: User | None, at: datetime) -> int:
    """Write to both sides of meetings that somebody cancelled; return how many letters.

    The participant ``besides`` gets none, because it is written to otherwise.
    """
    count = 0
    for row in rows:
        key = f"meeting:{row.pk}:cancelled"
        with override("ko"):
            ko = _lost(row)
        with override("en"):
            en = _lost(row)
        count += _tell(row.leg, queries.concerned([row]) - {besides}, key, (ko, en), at)
    return count


def _lost(row: Meeting) -> str:
    told = {
        "when": f"{queries.starts(row):%Y-%m-%d %H:%M}",
        "pair": str(row),
        "reason": row.reason,
    }
    return _("Cancelled: %(when)s, %(pair)s. Reason: %(reason)s") % told


def _tell(
    leg: Leg, concerned: Iterable[int], key: str, first: tuple[str, str] | str, at: datetime
) -> int:
    people = Participant.objects.filter(pk__in=concerned, voided_at=None)
    rows = list(people.select_related("organisation", "event__unit", "unit").order_by("pk"))
    agendas = queries.agendas(leg, {one.pk for one in rows})
    users = recipients.of(one.organisation_id for one in rows if one.side == Side.EXHIBITOR)
    count = 0
    for one in rows:
        agenda = agendas.get(one.pk, [])
        if one.side == Side.BUYER:
            count += _to_buyer(leg, one, agenda, key, first, at)
        for user in users.get(one.organisation_id, []) if one.side == Side.EXHIBITOR else []:
            with override(user.language):
                outbox.queue(
                    user,
                    # Somebody may act for several companies of one event.
                    key=f"{key}:{one.pk}",
                    subject=_subject(leg),
                    body=_body(leg, one, agenda, _in(first, user.language)),
                    about=leg,
                    link=reverse("my-timetable", args=[one.pk]),
                    at=at,
                )
            count += 1
    return count


def _to_buyer(
    leg: Leg,
    one: Participant,
    agenda: list[Meeting],
    key: str,
    first: tuple[str, str] | str,
    at: datetime,
) -> int:
    if not one.contact_email:
        return 0
    language = "ko" if one.language == "ko" else "en"
    secret = links.give(one, by=None, at=at) if works(one) else ""
    with override(language):
        outbox.queue_to(
            one.contact_email,
            language=language,
            unit=one.event.unit,
            key=f"{key}:{one.pk}",
            subject=_subject(leg),
            body=_body(leg, one, agenda, _in(first, language)),
            about=leg,
            link=reverse("buyer-timetable", args=[secret]) if secret else "",
            at=at,
        )
    return 1


def _in(first: tuple[str, str] | str, language: str) -> str:
    return first if isinstance(first, str) else first[0 if language == "ko" else 1]


def _subject(leg: Leg) -> str:
    return _("Your meetings: %(event)s") % {"event": leg.event}


def _body(leg: Leg, one: Participant, agenda: list[Meeting], first: str) -> str:
    """Write a party's whole agenda, so that nobody has to compare two letters."""
    lines = [
        _("%(when)s, table %(table)d: %(name)s")
        % {
            "when": f"{queries.starts(row):%Y-%m-%d %H:%M}",
            "table": row.table,
            "name": queries.other_side(row, one),
        }
        for row in agenda
    ]
    told = {"name": one, "place": leg, "venue": leg.venue}
    head = _("Meetings of %(name)s at %(place)s as they stand now:") % told
    empty = _("There is no meeting at the moment.")
    return "\n\n".join(part for part in (first, head, "\n".join(lines) or empty) if part)
