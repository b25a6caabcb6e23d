"""The honest figures of the first page, each with how it was counted."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.accounts.models import User
from gyoryu.agreements.models import Status
from gyoryu.agreements.queries import agreements as register
from gyoryu.agreements.queries import commitments as promises
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
    found = promises.kept_by_year(on, to, on.year - years + 1)
    return [
        Year(year, kept.came_due, kept.in_time)
        for year, kept in sorted(found.items(), reverse=True)
    ]


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
    rows = duties(to).filter(
        kind="evaluation", waived_on=None, due_on__year=on.year, due_on__lte=on
    )
    found = rows.aggregate(due=Count("pk"), held=Count("pk", filter=Q(done_on__isnull=False)))
    return [
        Figure(
            _("Evaluation meetings held"),
            f"{reverse('duties')}?kind=evaluation",
            f"{found['held']} / {found['due']}",
            "",
            _("of those the ordinance required this year, up to today"),
        )
    ]


def _standing(on: date, to: User) -> list[Figure]:
    in_force, dormant = Q(status=Status.IN_FORCE), register.is_dormant(on)
    found = agreements(to).aggregate(
        in_force=Count("pk", filter=in_force), dormant=Count("pk", filter=dormant)
    )
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
