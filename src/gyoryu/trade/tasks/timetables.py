"""Timetables made beside the screens: a plan of a large fair takes minutes."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from gyoryu.jobs import actions as jobs
from gyoryu.trade.actions import timetables as actions
from gyoryu.trade.models import Timetable
from gyoryu.trade.queries import floors, meetings, plans
from gyoryu.trade.queries import timetables as queries
from gyoryu.trade.queries.plans import Answer
from gyoryu.trade.timetable.programme import Impossible
from gyoryu.trade.timetable.values import Limits
from gyoryu.web import clock

LOOK = 0.5  # seconds between two looks at how far it is, and whether it was stopped


@task()
def plan(timetable: int) -> None:
    """Make a plan and keep it as a draft. Safe to run again: a draft is not planned anew."""
    row = Timetable.objects.select_related("leg__event__unit", "made_by").get(pk=timetable)
    if not actions.begin(row, by=row.made_by, at=clock.now()):
        return
    try:
        answer = _answer(row)
    except Impossible:
        with override(row.made_by.language if row.made_by else "ko"):
            reason = str(_("The fixed meetings contradict each other. Let one of them go."))
        actions.fail(row, reason, by=row.made_by, at=clock.now())
        return
    row.refresh_from_db(fields=["stop_asked"])
    with override(row.made_by.language if row.made_by else "ko"):
        reason = str(_("Stopped: this is the best plan by then.")) if row.stop_asked else ""
    actions.keep(row, answer, reason=reason, by=row.made_by, at=clock.now())


def _answer(row: Timetable) -> Answer:
    """Let the engine search in a thread of its own, and see to people meanwhile."""
    stop, best = Event(), _Best()
    limits = Limits(
        seconds=float(row.seconds_most), seed=row.seed, stop=stop.is_set, tell=best.hear
    )
    with ThreadPoolExecutor(1) as pool:
        search = pool.submit(_search(row), limits)
        waited = 0.0
        while not search.done():
            jobs.report(min(int(waited), row.seconds_most), row.seconds_most, best.told())
            stop_asked = Timetable.objects.filter(pk=row.pk, stop_asked=True)
            if stop_asked.exists():
                stop.set()
            waited += LOOK
            _wait(search)
        found: Answer = search.result()
        return found


def _wait(search: Any) -> None:
    try:
        search.exception(timeout=LOOK)
    except TimeoutError:
        return


class _Best:
    """What the engine has told last: the breaks of the best plan, and the fewest there can be."""

    def __init__(self) -> None:
        self.value: int | None = None
        self.bound = 0

    def hear(self, value: int | None, bound: int) -> None:
        self.value, self.bound = value, bound

    def told(self) -> object:
        if self.value is None:
            return _("Choosing who meets whom")
        return _("Looking for a plan with fewer breaks")


def _search(row: Timetable) -> Any:
    """Read everything that the search needs, and return the search."""
    if row.mends:
        seats = meetings.seats(row.leg)
        floor = floors.floor(row.leg, seats, keep_fixed=True, at=clock.now())
        arrived = queries.arrived(floor, seats)
        return lambda limits: plans.mended(floor, seats, limits, arrived)
    fixed = queries.fixed_seats(row.leg)
    floor = floors.floor(row.leg, fixed, keep_fixed=True)
    return lambda limits: plans.planned(floor, limits, fixed)
