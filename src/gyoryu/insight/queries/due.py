"""What the first page and the menu tell: what is late, what is due, what came in, how it goes."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.insight.queries.asking import Rows, answers, counted
from gyoryu.insight.queries.coming import Coming, applied, asked, claimed, coming_in
from gyoryu.insight.queries.falling import (
    APPLICANTS,
    DEALINGS,
    Kind,
    Row,
    commitments,
    duties,
    kinds,
    open_requests,
)
from gyoryu.newsroom.queries import articles as newsroom
from gyoryu.outbox.models import Letter
from gyoryu.programmes.queries import settlement
from gyoryu.trade.queries import enquiries
from gyoryu.web.counting import MANY

SOON = 30
SHOWN = 5
# The menu and the first page count no further: what stands beside them is worth the time.
MENU_MOST = 999


@dataclass
class Queue:
    """A card of the first page: its number opens the rows under it."""

    tone: str
    icon: str
    title: str
    href: str = ""
    tally: list[tuple[str, str, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    most: int = MANY

    @property
    def count(self) -> int:
        """How many rows there are in all, as far as each kind was counted."""
        return sum(min(number, self.most) for _label, _href, number in self.tally)

    @property
    def told(self) -> str:
        """The count as it is told: with a plus where a kind has more than were counted."""
        more = any(number > self.most for _label, _href, number in self.tally)
        return f"{self.count:,}+" if more else f"{self.count:,}"


def around(on: date, to: User) -> dict[str, Any]:
    """Tell what every page shows around its content, in one query.

    Counted are late duties, commitments and answers, waiting facts and unread letters;
    ``name_ko`` and ``name_en`` are those of the reader's government.
    """
    return counted(_shown_around, on, to, MENU_MOST)


def _shown_around(on: date, to: User) -> Rows:
    counts: Rows = {
        "late_duties": duties(to).filter(open_until__lt=on),
        "late_commitments": commitments(to).filter(urgent_on__lt=on),
        "late_requests": open_requests(to).filter(answer_due__lt=on),
        "facts": newsroom.waiting(to),
        "unread": Letter.objects.filter(to=to, read_at=None),
    }
    if to.access.may(APPLICANTS):
        counts |= {
            "late_reports": settlement.reporting(to).filter(report_due_on__lt=on),
            "applied": applied(to),
            "claimed": claimed(to),
        }
    if to.access.may(DEALINGS):
        counts["late_enquiries"] = asked(to).filter(enquiries.late(on))
    return counts


@dataclass(frozen=True)
class Span:
    """A stretch of days of which a queue tells what falls due, and how the queue looks."""

    name: str
    tone: str
    icon: str
    title: str
    first: date | None
    last: date

    @property
    def days(self) -> tuple[date | None, date]:
        """The first and the last day; from ever where there is no first."""
        return self.first, self.last

    def queue(self, kinds: list[Kind], counts: dict[str, int], rows: list[Row], most: int) -> Queue:
        """Make the queue of what falls due, kind by kind, with the rows that stand in it."""
        href = reverse("due", args=[self.name])
        queue = Queue(self.tone, self.icon, self.title, href, rows=rows, most=most)
        for kind in kinds:
            address = f"{reverse(kind.list_name)}?tab={self.name}"
            queue.tally.append((kind.label, address, counts[f"{self.name}_{kind.list_name}"]))
        return queue


def _spans(on: date) -> list[Span]:
    """Return what is overdue on a day, the oldest first, and what falls due within 30 days."""
    until, yesterday = on + timedelta(days=SOON), on - timedelta(days=1)
    return [
        Span("late", "bad", "alert", _("Overdue"), None, yesterday),
        Span("soon", "soon", "clock", _("To do within 30 days"), on, until),
    ]


def _falling_due(on: date, to: User) -> Rows:
    return {
        f"{span.name}_{kind.list_name}": kind.within(to, *span.days)
        for span in _spans(on)
        for kind in kinds(to)
    }


def _late(on: date, to: User) -> Rows:
    return {name: rows for name, rows in _falling_due(on, to).items() if name.startswith("late_")}


def _soon(on: date, to: User) -> Rows:
    return {name: rows for name, rows in _falling_due(on, to).items() if name.startswith("soon_")}


def _in_queues(on: date, to: User) -> Rows:
    came = {each.key: each.rows() for each in coming_in(on, to)}
    return _falling_due(on, to) | came


def queues(on: date, to: User) -> list[Queue]:
    """Return the queues of the first page: overdue, soon due, come in; one query counts them."""
    spans, every = _spans(on), kinds(to)
    counts = counted(_in_queues, on, to, MENU_MOST)
    rows = _nearest(spans, on, to, SHOWN)
    falling = (span.queue(every, counts, rows[span.name], MENU_MOST) for span in spans)
    return [*falling, _came_in(coming_in(on, to), counts)]


def falling_due(name: str, on: date, to: User, shown: int) -> Queue | None:
    """Return the queue of this name, ``late`` or ``soon``; nothing when there is no such one."""
    span = next((span for span in _spans(on) if span.name == name), None)
    if span is None:
        return None
    counts = counted(_late if name == "late" else _soon, on, to, MANY)
    return span.queue(kinds(to), counts, _nearest([span], on, to, shown)[name], MANY)


def _nearest(spans: list[Span], on: date, to: User, shown: int) -> dict[str, list[Row]]:
    """Return the first rows of each span of days, by its name: found together, read by kind."""
    names = tuple(span.name for span in spans)
    every = {kind.list_name: kind for kind in kinds(to)}
    order = list(every)
    found: dict[str, list[tuple[Any, int, int]]] = {name: [] for name in names}
    for one in answers(_first_of_each, on, to, shown, names):
        found[one["_span"]].append((one["_day"], order.index(one["_kind"]), one["pk"]))
    chosen = {name: sorted(keys)[:shown] for name, keys in found.items()}
    keys_of = defaultdict(set)
    for keys in chosen.values():
        for _day, place, pk in keys:
            keys_of[place].add(pk)
    told = {place: every[order[place]].told(keys) for place, keys in keys_of.items()}
    return {
        name: [told[place][pk] for _day, place, pk in keys if pk in told[place]]
        for name, keys in chosen.items()
    }


def _first_of_each(on: date, to: User, shown: int, names: tuple[str, ...]) -> QuerySet[Any]:
    """Ask for the first rows of each kind in each span of these names."""
    first, *others = (
        kind.nearest(to, span.days, shown).annotate(
            _span=Value(span.name, output_field=CharField())
        )
        for span in _spans(on)
        if span.name in names
        for kind in kinds(to)
    )
    every: QuerySet[Any] = first.union(*others, all=True)
    return every


def _came_in(came: list[Coming], counts: dict[str, int]) -> Queue:
    queue = Queue("live", "inbox", _("Came in"), most=MENU_MOST)
    queue.tally = [(each.label, each.href, counts[each.key]) for each in came]
    queue.rows = [Row(each.label, each.href, each.meta, count=counts[each.key]) for each in came]
    return queue
