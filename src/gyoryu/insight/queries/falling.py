"""What falls due: each kind of thing that has a day, its rows for a reader, and how one is told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Model, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import Agreement, Body, Commitment, Duty, Request
from gyoryu.programmes.models import Award, Recovery
from gyoryu.programmes.queries import settlement

# Who applied and claimed is not for everybody who may read.
DEALINGS = "trade.dealings"
APPLICANTS = "programmes.applicants"


@dataclass(frozen=True)
class Row:
    """One thing in a queue: what it is, where it opens, whose it is, and when it is due."""

    title: str
    href: str
    meta: str
    due: date | None = None
    count: int | None = None


def agreements(to: User) -> QuerySet[Agreement]:
    """Return the agreements a user may see."""
    return visible(Agreement.objects.filter(voided_at=None), to, "agreements.view")


def duties(to: User) -> QuerySet[Duty]:
    """Return the duties of the agreements a user may see; open ones by ``open_until``."""
    if to.access.everywhere("agreements.view"):
        # Of all the nation's agreements few were voided: to list those is quicker than the others.
        return Duty.objects.exclude(agreement__in=Agreement.objects.exclude(voided_at=None))
    # A government has few agreements and the nation many duties: the agreements are found first.
    return Duty.objects.filter(agreement__in=agreements(to))


def commitments(to: User) -> QuerySet[Commitment]:
    """Return the commitments a user may see; open ones by ``urgent_on``."""
    return visible(Commitment.objects.filter(voided_at=None), to, "agreements.view")


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


@dataclass(frozen=True)
class Kind:
    """A kind of thing that falls due: its rows for a reader, and how one of them is told.

    ``due`` names the day of what is open; ``beside``, what is read along with the rows shown.
    """

    label: str
    list_name: str
    model: type[Model]
    rows: Callable[[User], QuerySet[Any]]
    due: str
    beside: list[str]
    tell: Callable[[Any], Row]

    def within(self, to: User, first: date | None, last: date) -> QuerySet[Any]:
        """Return the rows that fall due between two days, both included, or by the last."""
        rows = self.rows(to).filter(**{f"{self.due}__lte": last})
        return rows.filter(**{f"{self.due}__gte": first}) if first else rows

    def nearest(self, to: User, span: tuple[date | None, date], shown: int) -> QuerySet[Any]:
        """Return the numbers of the first rows of a span of days, with ``_kind`` and ``_day``."""
        found = self.within(to, *span).order_by(self.due, "pk").values("pk")
        # Told by a question around it, because SQLite joins no questions that are cut off.
        rows: QuerySet[Any] = self.model._default_manager.order_by()
        kind = Value(self.list_name, output_field=CharField())
        return rows.filter(pk__in=found[:shown]).values("pk", _kind=kind, _day=F(self.due))

    def told(self, keys: Iterable[int]) -> dict[int, Row]:
        """Return rows by their numbers as they are told."""
        rows = self.model._default_manager.select_related(*self.beside)
        return {row.pk: self.tell(row) for row in rows.filter(pk__in=keys)}


def kinds(to: User) -> list[Kind]:
    """Return everything that falls due and that the user may see, kind by kind."""
    return [*_promised(), *(_settled() if to.access.may(APPLICANTS) else [])]


def _settled() -> list[Kind]:
    """Return what falls due of money that was given: reports, and what is to come back."""
    return [
        Kind(
            _("Final reports"),
            "settlements",
            Award,
            settlement.reporting,
            "report_due_on",
            ["call"],
            lambda award: Row(
                str(award), award.get_absolute_url(), str(award.call), award.report_due_on
            ),
        ),
        Kind(
            _("Money to come back"),
            "recoveries",
            Recovery,
            settlement.owing,
            "due_on",
            ["award"],
            lambda row: Row(
                f"{row.award}: {row}", row.award.get_absolute_url(), str(row.reason), row.due_on
            ),
        ),
    ]


def _promised() -> list[Kind]:
    return [
        Kind(
            _("Duties"),
            "duties",
            Duty,
            duties,
            "open_until",
            ["template", "agreement", "owner"],
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
            Commitment,
            commitments,
            "urgent_on",
            ["organisation"],
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
            Request,
            open_requests,
            "answer_due",
            ["engagement", "organisation"],
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
            Body,
            due_sessions,
            "next_due_on",
            ["lead_theirs"],
            lambda body: Row(
                str(body),
                body.get_absolute_url(),
                " · ".join(filter(None, (_("Next session"), str(body.lead_theirs or "")))),
                body.next_due_on,
            ),
        ),
    ]
