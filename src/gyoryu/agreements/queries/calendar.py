"""What falls due, of every kind: read by the calendar and by the reminders.

The kinds are commitments, duties, requests that wait for an answer, sessions of bodies, and the
ends of agreements.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from gyoryu.accounts.access import Access
from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import Agreement, Body, Commitment, Duty, Engagement, Request, Status
from gyoryu.agreements.queries.commitments import OPEN
from gyoryu.base.periods import Period

LIVE = (Status.SIGNED, Status.IN_FORCE, Status.SUSPENDED)


@dataclass(frozen=True)
class Due:
    """Something that falls due on a day: ``row`` is what, ``page`` is the record that tells of it.

    ``owner`` answers for it; where nobody is named, whoever answers for the agreement or the
    engagement does. Words are put in the language that is active when they are asked for.
    """

    kind: str
    row: Model
    page: Any
    unit: Unit
    on: date
    owner: User | None
    period: Period | None = None

    @property
    def name(self) -> str:
        """A name that stays the same whatever happens to it: its kind and number."""
        return f"{self.kind}:{self.row.pk}"

    @property
    def what(self) -> str:
        """Its kind in words."""
        return str(KINDS[self.kind].words())

    @property
    def title(self) -> str:
        """What it is, in one line, as the subject of a letter has to be."""
        told = str(self.row) if self.page is self.row else f"{self.row} · {self.page}"
        return " ".join(told.split())

    @property
    def address(self) -> str:
        """The path of the page that tells of it."""
        return str(self.page.get_absolute_url())


@dataclass(frozen=True)
class Kind:
    """How one kind is found: its open rows, the way to its unit and owners, and its due day."""

    words: Callable[[], str]
    rows: Callable[[], QuerySet[Any]]
    of: type[Model]
    home: str
    unit: str
    owners: tuple[str, ...]
    due: str
    make: Callable[[Any], Due]


def _commitments() -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(OPEN, voided_at=None, due_on__isnull=False)
    return rows.select_related("unit", "owner", "agreement__owner")


def _commitment(row: Commitment) -> Due:
    owner = row.owner or (row.agreement.owner if row.agreement else None)
    assert row.due_on
    return Due("commitment", row, row, row.unit, row.due_on, owner, row.due)


def _duties() -> QuerySet[Duty]:
    rows = Duty.objects.filter(done_on=None, waived_on=None, agreement__voided_at=None)
    return rows.select_related("template", "owner", "agreement__unit", "agreement__owner")


def _duty(row: Duty) -> Due:
    page = row.agreement
    return Due("duty", row, page, page.unit, row.due_on, row.owner or page.owner)


def _answers() -> QuerySet[Request]:
    rows = Request.objects.filter(answered_on=None, answer_due__isnull=False)
    rows = rows.filter(engagement__voided_at=None).exclude(engagement__state="cancelled")
    return rows.select_related("owner", "engagement__unit", "engagement__owner")


def _answer(row: Request) -> Due:
    page = row.engagement
    assert row.answer_due
    return Due("answer", row, page, page.unit, row.answer_due, row.owner or page.owner, row.due)


def _sessions() -> QuerySet[Body]:
    rows = Body.objects.filter(voided_at=None, ended_on=None, next_due_on__isnull=False)
    rows = rows.filter(agreement__voided_at=None, agreement__status__in=LIVE)
    return rows.select_related("unit", "owner", "agreement__owner")


def _session(row: Body) -> Due:
    assert row.next_due_on
    return Due("session", row, row, row.unit, row.next_due_on, row.owner or row.agreement.owner)


def _ends() -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(voided_at=None, status__in=LIVE, ends_on__isnull=False)
    return rows.select_related("unit", "owner")


def _end(row: Agreement) -> Due:
    assert row.ends_on
    return Due("end", row, row, row.unit, row.ends_on, row.owner)


KINDS = {
    "commitment": Kind(
        lambda: _("Commitment"), _commitments, Commitment, "pk", "unit",
        ("owner", "agreement__owner"), "due_on", _commitment,
    ),
    "duty": Kind(
        lambda: _("Duty"), _duties, Agreement, "agreement", "agreement__unit",
        ("owner", "agreement__owner"), "due_on", _duty,
    ),
    "answer": Kind(
        lambda: _("Answer due"), _answers, Engagement, "engagement", "engagement__unit",
        ("owner", "engagement__owner"), "answer_due", _answer,
    ),
    "session": Kind(
        lambda: _("Session due"), _sessions, Body, "pk", "unit",
        ("owner", "agreement__owner"), "next_due_on", _session,
    ),
    "end": Kind(
        lambda: _("Agreement ends"), _ends, Agreement, "pk", "unit", ("owner",), "ends_on", _end,
    ),
}  # fmt: skip


def due_by(until: date, kind: str) -> Iterator[Due]:
    """Yield everything of a kind that is open and falls due by a day, whoever may see it."""
    found = KINDS[kind]
    for row in found.rows().filter(**{f"{found.due}__lte": until}).iterator(chunk_size=1000):
        yield found.make(row)


def due_for(to: User) -> list[Due]:
    """Return everything open that a user answers for and may see, by day; one query a kind.

    A user answers for what they own, for what nobody owns in units where they write, and for
    everything in units where they approve.
    """
    dues = [found.make(row) for found in KINDS.values() for row in _mine(found, to)]
    return sorted(dues, key=lambda due: (due.on, due.kind, due.row.pk))


def _mine(kind: Kind, to: User) -> QuerySet[Any]:
    seen = visible(kind.of._default_manager.all(), to, "agreements.view").values("pk")
    rows = kind.rows().filter(**{f"{kind.home}__in": seen})
    nobody = Q(**{f"{owner}__isnull": True for owner in kind.owners})
    own = Q(**{kind.owners[0]: to})
    if len(kind.owners) > 1:
        own |= Q(**{f"{kind.owners[0]}__isnull": True, kind.owners[1]: to})
    writes, approves = ("agreements.change", "agreements.approve")
    under = _under(kind.unit, to.access, approves) | (nobody & _under(kind.unit, to.access, writes))
    return rows.filter(own | under)


def _under(unit: str, access: Access, capability: str) -> Q:
    inside = Q(pk__in=[])
    for path in access.paths(capability):
        inside |= Q(**{f"{unit}__path__startswith": path})
    return inside
