"""What the first page and the menu tell: what is late, what is due, what came in, how it goes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Agreement,
    Body,
    Commitment,
    DueChange,
    Duty,
    Request,
    Status,
)
from gyoryu.newsroom.queries import articles as newsroom
from gyoryu.outbox.models import Letter
from gyoryu.web.counting import Counted

SOON = 30
SHOWN = 5
# The menu counts no further, because it does so on every page.
MENU_MOST = 999
OPEN = [Commitment.Status.OPEN, Commitment.Status.IN_PROGRESS]


@dataclass(frozen=True)
class Row:
    """One thing in a queue: what it is, where it opens, whose it is, and when it is due."""

    title: str
    href: str
    meta: str
    due: date | None = None
    count: int | None = None


@dataclass
class Queue:
    """A card of the first page: its number opens the rows under it."""

    tone: str
    icon: str
    title: str
    href: str = ""
    tally: list[tuple[str, str, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return sum(number for _label, _href, number in self.tally)


def agreements(to: User) -> QuerySet[Agreement]:
    """Return the agreements a user may see."""
    return visible(Agreement.objects.filter(voided_at=None), to, "agreements.view")


def open_duties(to: User) -> QuerySet[Duty]:
    """Return the duties that are neither done nor waived, of agreements a user may see."""
    # A government has few agreements and the nation many duties: the agreements are found first.
    return Duty.objects.filter(done_on=None, waived_on=None, agreement__in=agreements(to))


def open_commitments(to: User) -> QuerySet[Commitment]:
    """Return the commitments that still stand open."""
    rows = Commitment.objects.filter(status__in=OPEN, voided_at=None)
    return visible(rows, to, "agreements.view")


def open_requests(to: User) -> QuerySet[Request]:
    """Return what was asked and not answered yet, with a day by which it should be."""
    rows = Request.objects.filter(
        answered_on=None, answer_due__isnull=False, engagement__voided_at=None
    )
    return visible(rows, to, "agreements.view", within="engagement")


def due_sessions(to: User) -> QuerySet[Body]:
    """Return the consultative bodies that should meet again."""
    rows = Body.objects.filter(ended_on=None, voided_at=None, next_due_on__isnull=False)
    return visible(rows, to, "agreements.view")


def around(on: date, to: User) -> dict[str, Any]:
    """Tell what every page shows around its content, in one query.

    Counted are late duties, commitments and answers, waiting facts and unread letters;
    ``name_ko`` and ``name_en`` are those of the reader's government.
    """
    counts = {
        "late_duties": open_duties(to).filter(due_on__lt=on),
        "late_commitments": open_commitments(to).filter(due_on__lt=on),
        "late_requests": open_requests(to).filter(answer_due__lt=on),
        "facts": newsroom.waiting(to),
        "unread": Letter.objects.filter(to=to, read_at=None),
    }
    asked = {name: Counted(rows, MENU_MOST) for name, rows in counts.items()}
    root = int(to.access.grants[0].path.split("/")[1])
    found = Unit.objects.filter(pk=root).values("name_ko", "name_en", **asked).first()
    return dict(found) if found else {}


@dataclass(frozen=True)
class Kind:
    """A kind of thing that falls due: its rows, its date, and how a row is told."""

    label: str
    list_name: str
    rows: QuerySet[Any]
    due: str
    tell: Any

    def tallied(self, when: Q) -> int:
        """Count the rows that fall due then."""
        return self.rows.filter(when).count()


def kinds(to: User) -> list[Kind]:
    """Return everything that falls due, kind by kind."""
    return [
        Kind(
            _("Duties"),
            "duties",
            open_duties(to).select_related("template", "agreement", "owner"),
            "due_on",
            lambda duty: Row(
                f"{duty.agreement}: {duty.template}",
                duty.agreement.get_absolute_url(),
                " · ".join(filter(None, (_("Duty"), str(duty.owner or "")))),
                duty.due_on,
            ),
        ),
        Kind(
            _("Commitments"),
            "commitments",
            open_commitments(to).select_related("owner", "organisation"),
            "due_on",
            lambda promise: Row(
                str(promise),
                promise.get_absolute_url(),
                " · ".join(
                    filter(
                        None,
                        (
                            _("Commitment"),
                            str(promise.get_side_display()),
                            str(promise.organisation or ""),
                        ),
                    )
                ),
                promise.due_on,
            ),
        ),
        Kind(
            _("Answers"),
            "requests",
            open_requests(to).select_related("engagement", "organisation"),
            "answer_due",
            lambda request: Row(
                str(request),
                request.engagement.get_absolute_url(),
                " · ".join(filter(None, (_("Answer"), str(request.organisation or "")))),
                request.answer_due,
            ),
        ),
        Kind(
            pgettext("of a body", "Sessions"),
            "bodies",
            due_sessions(to).select_related("lead_theirs"),
            "next_due_on",
            lambda body: Row(
                str(body),
                body.get_absolute_url(),
                " · ".join(filter(None, (_("Next session"), str(body.lead_theirs or "")))),
                body.next_due_on,
            ),
        ),
    ]


def late(on: date, to: User, shown: int = SHOWN) -> Queue:
    """What is overdue, the oldest first."""
    queue = Queue("bad", "alert", _("Overdue"), reverse("due", args=["late"]))
    for kind in kinds(to):
        _fill(queue, kind, Q(**{f"{kind.due}__lt": on}), "tab=late", shown)
    queue.rows = sorted(queue.rows, key=lambda row: row.due or on)[:shown]
    return queue


def soon(on: date, to: User, shown: int = SHOWN) -> Queue:
    """What falls due within 30 days, the nearest first."""
    queue = Queue("soon", "clock", _("To do within 30 days"), reverse("due", args=["soon"]))
    for kind in kinds(to):
        when = Q(**{f"{kind.due}__gte": on, f"{kind.due}__lte": on + timedelta(days=SOON)})
        _fill(queue, kind, when, "tab=soon", shown)
    queue.rows = sorted(queue.rows, key=lambda row: row.due or on)[:shown]
    return queue


def _fill(queue: Queue, kind: Kind, when: Q, condition: str, shown: int) -> None:
    count = kind.tallied(when)
    queue.tally.append((kind.label, f"{reverse(kind.list_name)}?{condition}", count))
    if count:
        rows: Iterable[Model] = kind.rows.filter(when).order_by(kind.due, "pk")[:shown]
        queue.rows.extend(kind.tell(row) for row in rows)


def came_in(on: date, to: User) -> Queue:
    """What waits for this user: new dates to approve, letters unread, terms that have run out."""
    asked = DueChange.objects.filter(
        state=DueChange.State.ASKED, commitment__status__in=OPEN, commitment__voided_at=None
    )
    changes = visible(asked, to, "agreements.view", within="commitment")
    run_out = agreements(to).filter(status=Status.IN_FORCE, ends_on__lt=on)
    drafts = agreements(to).filter(status__in=[Status.DRAFT, Status.REVIEWED])
    found = [
        (
            _("New dates to approve"),
            f"{reverse('commitments')}?tab=waiting",
            changes.count(),
            _("asked by the owners of commitments"),
        ),
        (
            _("Agreements being prepared"),
            f"{reverse('agreements')}?tab=preparing",
            drafts.count(),
            _("drafted or reviewed, not signed yet"),
        ),
        (
            _("Terms that have run out"),
            f"{reverse('agreements')}?tab=run_out",
            run_out.count(),
            _("to be renewed, replaced or closed"),
        ),
        (
            _("Unread letters"),
            reverse("letters"),
            Letter.objects.filter(to=to, read_at=None).count(),
            _("reminders and notices to you"),
        ),
    ]
    if to.access.may("newsroom.review"):
        facts = newsroom.waiting(to).count()
        told = _("to be let into the register or turned down")
        found.insert(0, (_("Facts read from the news"), reverse("review"), facts, told))
    queue = Queue("live", "inbox", _("Came in"))
    queue.tally = [(label, href, count) for label, href, count, _meta in found]
    queue.rows = [Row(label, href, meta, count=count) for label, href, count, meta in found]
    return queue
