"""What the first page and the menu tell: what is late, what is due, what came in, how it goes."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Commitment,
    DueChange,
    Status,
)
from gyoryu.insight.queries.counts import Rows, counted
from gyoryu.insight.queries.falling import (
    APPLICANTS,
    DEALINGS,
    Kind,
    Row,
    agreements,
    commitments,
    duties,
    kinds,
    open_requests,
)
from gyoryu.newsroom.queries import articles as newsroom
from gyoryu.outbox.models import Letter
from gyoryu.programmes.models import Application, Claim
from gyoryu.programmes.queries import settlement
from gyoryu.trade.models import Deal, Enquiry, FollowUp
from gyoryu.trade.queries import deals, enquiries
from gyoryu.web.counting import MANY

SOON = 30
SHOWN = 5
# The menu and the first page count no further: what stands beside them is worth the time.
MENU_MOST = 999
OPEN = [Commitment.Status.OPEN, Commitment.Status.IN_PROGRESS]


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
            "applied": _applied(to),
            "claimed": _claimed(to),
        }
    if to.access.may(DEALINGS):
        counts["late_enquiries"] = _asked(to).filter(enquiries.late(on))
    return counts


def _asked(to: User) -> QuerySet[Enquiry]:
    """Return what business centres were asked."""
    return visible(Enquiry.objects.filter(voided_at=None), to, DEALINGS)


def _applied(to: User) -> QuerySet[Application]:
    """Return the applications that wait to be screened."""
    rows = Application.objects.filter(status=Application.Status.SUBMITTED, voided_at=None)
    return visible(rows, to, APPLICANTS)


def _claimed(to: User, status: str = Claim.Status.SUBMITTED) -> QuerySet[Claim]:
    """Return the claims that wait for a decision, or, once approved, for their payment."""
    return visible(Claim.objects.filter(status=status, voided_at=None), to, APPLICANTS)


@dataclass(frozen=True)
class Span:
    """A stretch of days of which a queue tells what falls due, and how the queue looks."""

    name: str
    tone: str
    icon: str
    title: str
    first: date | None
    last: date

    def queue(self, kinds: list[Kind], counts: dict[str, int], shown: int, most: int) -> Queue:
        """Gather what falls due, kind by kind, and show the first of it by day."""
        href = reverse("due", args=[self.name])
        queue = Queue(self.tone, self.icon, self.title, href, most=most)
        for kind in kinds:
            count = counts[f"{self.name}_{kind.list_name}"]
            address = f"{reverse(kind.list_name)}?tab={self.name}"
            queue.tally.append((kind.label, address, count))
            if count:
                rows = kind.nearest(self.first, self.last, shown)
                queue.rows.extend(kind.tell(row) for row in rows)
        queue.rows = sorted(queue.rows, key=lambda row: row.due or self.last)[:shown]
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
        f"{span.name}_{kind.list_name}": kind.within(span.first, span.last)
        for span in _spans(on)
        for kind in kinds(to)
    }


def _late(on: date, to: User) -> Rows:
    return {name: rows for name, rows in _falling_due(on, to).items() if name.startswith("late_")}


def _soon(on: date, to: User) -> Rows:
    return {name: rows for name, rows in _falling_due(on, to).items() if name.startswith("soon_")}


def _in_queues(on: date, to: User) -> Rows:
    came = {key: rows for key, _label, _href, _meta, rows in _coming_in(on, to)}
    return _falling_due(on, to) | came


def queues(on: date, to: User) -> list[Queue]:
    """Return the queues of the first page: overdue, soon due, come in; one query counts them."""
    every, spans, came = kinds(to), _spans(on), _coming_in(on, to)
    counts = counted(_in_queues, on, to, MENU_MOST)
    falling = (span.queue(every, counts, SHOWN, MENU_MOST) for span in spans)
    return [*falling, _came_in(came, counts)]


def falling_due(name: str, on: date, to: User, shown: int) -> Queue | None:
    """Return the queue of this name, ``late`` or ``soon``; nothing when there is no such one."""
    span = next((span for span in _spans(on) if span.name == name), None)
    if span is None:
        return None
    counts = counted(_late if name == "late" else _soon, on, to, MANY)
    return span.queue(kinds(to), counts, shown, MANY)


# What came in: its key, words, the list it opens, what it is, and its rows.
Coming = list[tuple[str, str, str, str, QuerySet[Any]]]


def _coming_in(on: date, to: User) -> Coming:
    """Return what waits for this user: new dates to approve, letters unread, terms run out."""
    asked = DueChange.objects.filter(
        state=DueChange.State.ASKED, commitment__status__in=OPEN, commitment__voided_at=None
    )
    found: Coming = [
        (
            "changes",
            _("New dates to approve"),
            f"{reverse('commitments')}?tab=waiting",
            _("asked by the owners of commitments"),
            visible(asked, to, "agreements.view", within="commitment"),
        ),
        (
            "drafts",
            _("Agreements being prepared"),
            f"{reverse('agreements')}?tab=preparing",
            _("drafted or reviewed, not signed yet"),
            agreements(to).filter(status__in=[Status.DRAFT, Status.REVIEWED]),
        ),
        (
            "run_out",
            _("Terms that have run out"),
            f"{reverse('agreements')}?tab=run_out",
            _("to be renewed, replaced or closed"),
            agreements(to).filter(status=Status.IN_FORCE, ends_on__lt=on),
        ),
        (
            "letters",
            _("Unread letters"),
            reverse("letters"),
            _("reminders and notices to you"),
            Letter.objects.filter(to=to, read_at=None),
        ),
    ]
    if to.access.may(APPLICANTS):
        found[:0] = _to_decide(to)
    if to.access.may(DEALINGS):
        found.extend(_of_trade(on, to))
    if to.access.may("newsroom.review"):
        told = _("to be let into the register or turned down")
        label, href = _("Facts read from the news"), reverse("review")
        found.insert(0, ("facts", label, href, told, newsroom.waiting(to)))
    return found


def _of_trade(on: date, to: User) -> Coming:
    """Return what waits in trade: enquiries not answered, exhibitors that stay silent."""
    silent = FollowUp.objects.filter(state=FollowUp.State.ASKED, chased=2)
    return [
        (
            "enquiries",
            _("Enquiries to be answered"),
            f"{reverse('enquiries')}?tab=in",
            _("asked of business centres"),
            _asked(to).filter(state=Enquiry.State.IN),
        ),
        (
            "follow_ups",
            _("Exhibitors that have not answered"),
            reverse("follow-ups"),
            _("reminded twice what became of their talks"),
            visible(silent, to, DEALINGS, within="event"),
        ),
        (
            "unproven",
            _("Contracts to ask for"),
            f"{reverse('deals')}?proof=missing",
            _("companies say that they are signed or shipped, and no paper shows it"),
            deals.unproven(visible(Deal.objects.order_by(), to, DEALINGS)),
        ),
    ]


def _to_decide(to: User) -> Coming:
    """Return what companies and teams have handed in: applications, claims, claims to be paid."""
    claims = reverse("claims")
    return [
        (
            "applied",
            _("Applications to screen"),
            f"{reverse('applications')}?tab=new",
            _("handed in, conditions not looked at yet"),
            _applied(to),
        ),
        (
            "claimed",
            _("Claims to decide"),
            f"{claims}?tab=waiting",
            _("handed in with their invoices"),
            _claimed(to),
        ),
        (
            "approved",
            _("Claims to pay"),
            f"{claims}?tab=approved",
            _("approved, not paid out yet"),
            _claimed(to, Claim.Status.APPROVED),
        ),
    ]


def _came_in(came: Coming, counts: dict[str, int]) -> Queue:
    queue = Queue("live", "inbox", _("Came in"), most=MENU_MOST)
    queue.tally = [(label, href, counts[key]) for key, label, href, _meta, _rows in came]
    queue.rows = [
        Row(label, href, meta, count=counts[key]) for key, label, href, meta, _rows in came
    ]
    return queue
