"""The honest figures of the first page, each with how it was counted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.accounts.models import User
from gyoryu.agreements.models import Status
from gyoryu.agreements.queries import agreements as register
from gyoryu.agreements.queries import commitments as promises
from gyoryu.agreements.queries import keeping
from gyoryu.insight.queries.asking import answers
from gyoryu.insight.queries.falling import agreements, duties


@dataclass(frozen=True)
class Figure:
    """An honest figure: its value, its unit, how it was counted, and the rows it counts."""

    title: str
    href: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True)
class Year:
    """The promises that came due in a year, and how many were kept in time with evidence."""

    year: int
    due: int
    kept: int

    @property
    def share(self) -> int:
        """The whole per cent that was kept."""
        return round(100 * self.kept / self.due) if self.due else 0


def kept_by_year(on: date, to: User, years: int = 5) -> list[Year]:
    """Count the promises that came due in each of the last years, newest first.

    What counts as kept is the register's own rule (``agreements.queries.keeping``).
    """
    found = answers(promises.kept_by_year, on, to, on.year - years + 1)
    kept = {row["year"]: keeping.told(row) for row in found}
    nothing = keeping.FollowThrough(0, 0)
    told = [(on.year - ago, kept.get(on.year - ago, nothing)) for ago in range(years)]
    return [Year(year, each.came_due, each.in_time) for year, each in told]


def figures(on: date, to: User, kept: Year) -> list[Figure]:
    """Return the four figures of the first page, each with how it was counted."""
    return [_kept(kept), *_meetings(on, to), *_standing(on, to)]


def _kept(kept: Year) -> Figure:
    return Figure(
        _("Promises kept in time"),
        f"{reverse('commitments')}?year={kept.year}",
        str(kept.share) if kept.due else "–",
        "%" if kept.due else "",
        _("%(kept)d of the %(due)d that came due this year, each with its evidence")
        % {"kept": kept.kept, "due": kept.due},
    )


def _meetings(on: date, to: User) -> list[Figure]:
    found = next(iter(answers(_evaluations, on, to)), {"due": 0, "held": 0})
    return [
        Figure(
            _("Evaluation meetings held"),
            f"{reverse('duties')}?kind=evaluation",
            f"{found['held']} / {found['due']}",
            "",
            _("of those the ordinance required this year, up to today"),
        )
    ]


def _evaluations(on: date, to: User) -> QuerySet[Any]:
    """Ask how many evaluation meetings the year required by a day, and how many were held."""
    rows = duties(to).filter(
        kind="evaluation", waived_on=None, due_on__year=on.year, due_on__lte=on
    )
    held = Count("pk", filter=Q(done_on__isnull=False))
    return rows.order_by().values("kind").annotate(due=Count("pk"), held=held)


def _in_force(on: date, to: User) -> QuerySet[Any]:
    """Ask how many agreements are in force, and how many of these nobody touched for long."""
    rows = agreements(to).filter(status=Status.IN_FORCE).order_by().values("status")
    dormant = Count("pk", filter=register.is_dormant(on))
    return rows.annotate(in_force=Count("pk"), dormant=dormant)


def _standing(on: date, to: User) -> list[Figure]:
    found = next(iter(answers(_in_force, on, to)), {"in_force": 0, "dormant": 0})
    return [
        Figure(
            _("Agreements in force"),
            f"{reverse('agreements')}?tab=in_force",
            f"{found['in_force']:,}",
            pgettext("counted agreements", "in force"),
            _("signed, in force today, neither suspended nor ended"),
        ),
        Figure(
            _("Dormant agreements"),
            f"{reverse('agreements')}?tab=dormant",
            f"{found['dormant']:,}",
            pgettext("counted agreements", "dormant"),
            _("in force, but no contact for %(months)d months")
            % {"months": register.DORMANT_MONTHS},
        ),
    ]
