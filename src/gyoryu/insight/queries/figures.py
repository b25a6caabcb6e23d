"""The honest figures of the first page, each with how it was counted."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Commitment,
    Duty,
    Status,
)
from gyoryu.base.periods import add_months
from gyoryu.insight.queries.due import agreements

DORMANT_MONTHS = 24


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
    """Count the promises that came due in each of the last years, newest first, in one query.

    Dropped and superseded ones are left out: nobody waits for them any more. Done needs evidence
    by rule, so done in time is kept in time.
    """
    asked = visible(Commitment.objects.filter(voided_at=None), to, "agreements.view").exclude(
        status__in=[Commitment.Status.DROPPED, Commitment.Status.SUPERSEDED]
    )
    counts: dict[str, Count] = {}
    for year in range(on.year, on.year - years, -1):
        came = Q(due_on__year=year, due_on__lte=on)
        counts[f"due_{year}"] = Count("pk", filter=came)
        counts[f"kept_{year}"] = Count("pk", filter=came & Q(done_on__lte=F("due_on")))
    found = asked.order_by().aggregate(**counts)
    return [
        Year(year, found[f"due_{year}"], found[f"kept_{year}"])
        for year in range(on.year, on.year - years, -1)
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
    rows = Duty.objects.filter(
        kind="evaluation", waived_on=None, due_on__year=on.year, due_on__lte=on
    )
    found = rows.filter(agreement__in=agreements(to)).aggregate(
        due=Count("pk"), held=Count("pk", filter=Q(done_on__isnull=False))
    )
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
    quiet = add_months(on, -DORMANT_MONTHS)
    in_force = Q(status=Status.IN_FORCE)
    dormant = in_force & (
        Q(last_contact_on__lt=quiet) | Q(last_contact_on=None, signed_on__lt=quiet)
    )
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
            _("in force, but no contact for %(months)d months") % {"months": DORMANT_MONTHS},
        ),
    ]
