"""What comes round by the clock, of all desks; and the worker beside the web that does it."""

import atexit
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as _

from gyoryu.accounts.actions import tokens
from gyoryu.agreements.actions import duties, lifecycle, reminders
from gyoryu.evidence import actions as evidence
from gyoryu.history import actions as history
from gyoryu.jobs.tasks.worker import HOUSEKEEPING, Turn, Worker
from gyoryu.newsroom.actions import visits
from gyoryu.outbox import actions as outbox
from gyoryu.parties import actions as parties
from gyoryu.programmes.actions import (
    activities,
    order_letters,
    panel,
    settlement_letters,
    signals,
    subscriptions,
)
from gyoryu.register import actions as register
from gyoryu.search import actions as search
from gyoryu.trade.actions import enquiries, follow_ups, invitations
from gyoryu.trade.actions import reminders as talks
from gyoryu.web import clock

HOUR, DAY = 3600, 86_400
# What goes by the calendar, in this order, so that one round plans a duty, reminds of it and sends
# the letter. Where the calendar stands still, as in the sample, it is left out.
BY_THE_DAY = [
    Turn(_("Terms ended"), HOUR, lambda: len(lifecycle.expire_due(**_today()))),
    Turn(_("Duties planned"), HOUR, lambda: duties.plan_all(**_today())),
    Turn(_("Reminders queued"), HOUR // 4, lambda: reminders.remind(**_today())),
    Turn(_("Register reminders queued"), HOUR, lambda: register.remind(**_today())),
    Turn(_("Settlement reminders queued"), HOUR, lambda: settlement_letters.remind(**_today())),
    Turn(_("Order reminders queued"), HOUR, lambda: order_letters.remind(**_today())),
    Turn(_("Panels reminded"), HOUR, lambda: panel.remind_all(**_today())),
    Turn(_("Buyers reminded of invitations"), HOUR, lambda: invitations.remind(**_today())),
    Turn(_("Next steps of talks reminded"), HOUR, lambda: talks.remind(**_today())),
    Turn(_("Exhibitors asked what became of it"), HOUR, lambda: follow_ups.ask(**_today())),
    Turn(_("Late enquiries reminded"), HOUR, lambda: enquiries.remind(**_today())),
    Turn(_("Openings of calls told"), 60, lambda: subscriptions.tell(by=None, at=clock.now())),
    Turn(_("Participants asked"), HOUR, lambda: activities.ask_all(by=None, at=clock.now())),
    Turn(_("Sources visited"), 60, lambda: visits.visit_due(by=None, at=clock.now())),
]
TURNS = [
    *BY_THE_DAY,
    # Letters leave as soon as they are queued; this is for those that have to be tried again.
    Turn(_("Letters sent"), 60, lambda: outbox.send_waiting(by=None, at=clock.now())),
    Turn(_("Signals looked for"), DAY, lambda: signals.look_through_all(by=None, at=clock.now())),
    Turn(_("Doubles looked for"), DAY, lambda: parties.look_for_doubles(by=None, at=clock.now())),
    Turn(_("Search index brought up to date"), 5, lambda: search.catch_up(by=None, at=clock.now())),
    Turn(_("Entries sealed"), 5, lambda: history.seal(by=None, at=clock.now())),
    Turn(
        _("Answers to programs forgotten"),
        DAY,
        lambda: tokens.forget_answers(by=None, at=clock.now()),
    ),
    # A file is younger than a day while the transaction that holds it may still be under way.
    Turn(_("Stray files deleted"), DAY, lambda: len(evidence.sweep(by=None, before=_yesterday()))),
    *HOUSEKEEPING,
]


def _today() -> dict[str, Any]:
    return {"on": clock.today(), "by": None, "at": clock.now()}


def _yesterday() -> datetime:
    # The machine's own time: files carry it, whatever day the sample stands on.
    return clock.machine() - timedelta(days=1)


def beside_the_web() -> Worker | None:
    """Start the worker of a web process, unless workers run apart (GYORYU_WORKERS_APART=1)."""
    if settings.WORKERS_APART:
        return None
    worker = Worker([turn for turn in TURNS if not (settings.TODAY and turn in BY_THE_DAY)])
    worker.start()
    # What is in hand gets a moment; what takes longer is given back when its lease runs out.
    atexit.register(worker.end, patience=5)
    return worker
