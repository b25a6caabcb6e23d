"""What is known of activities: who takes part, who came, how it was, and what came of support."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import either, visible
from gyoryu.programmes.models import (
    Activity,
    Application,
    Attendance,
    Call,
    Outcome,
    Programme,
)
from gyoryu.programmes.queries.tiles import Line, Section
from gyoryu.programmes.rules import representatives
from gyoryu.programmes.rules.activities import ADOPTION, TAKING_PART

SEE = "programmes.view"


def seen_by(user: User) -> QuerySet[Activity]:
    """Return the activities a user may see."""
    rows = Activity.objects.filter(voided_at=None).select_related("programme", "call", "unit")
    return visible(rows, user, SEE)


def programmes(user: User, capability: str = SEE) -> QuerySet[Programme]:
    """Return the programmes a user may see or change."""
    return visible(Programme.objects.filter(voided_at=None), user, capability)


def calls(user: User, capability: str = SEE) -> QuerySet[Call]:
    """Return the calls a user may see or change."""
    return visible(Call.objects.filter(voided_at=None), user, capability)


def taking_part(activity: Activity) -> QuerySet[Application]:
    """Return who was selected in the activity's call, or in any of its programme."""
    rows = Application.objects.filter(voided_at=None, status__in=TAKING_PART)
    if activity.call_id:
        rows = rows.filter(call=activity.call_id)
    else:
        rows = rows.filter(call__programme=activity.programme_id)
    return rows.order_by("number", "pk")


def sheet(activity: Activity) -> list[tuple[Application, Attendance | None]]:
    """Return the attendance sheet: everybody who takes part, with what is noted of them.

    Whoever was entered stays on it, whatever becomes of the application later.
    """
    noted = {one.application_id: one for one in activity.attendance.all()}
    rows = {one.pk: one for one in taking_part(activity).annotate(n_members=Count("members"))}
    later = Application.objects.filter(pk__in=noted.keys() - rows.keys())
    rows |= {one.pk: one for one in later.annotate(n_members=Count("members"))}
    ordered = sorted(rows.values(), key=lambda one: (one.number, one.pk))
    return [(one, noted.get(one.pk)) for one in ordered]


@dataclass(frozen=True)
class Came:
    """How many were expected and came, of how many sheets; ``rating`` is the mean of ``rated``."""

    expected: int
    present: int
    sheets: int
    rating: Decimal | None
    rated: int

    @property
    def rate(self) -> Decimal | None:
        """Return who came of who was expected, in percent with one place; none of nobody."""
        if not self.expected:
            return None
        return (Decimal(100 * self.present) / self.expected).quantize(Decimal("0.1"))


NOTED = Q(present__isnull=False)
FIGURES = {
    "n_expected": Sum("expected", filter=NOTED),
    "n_present": Sum("present", filter=NOTED),
    "n_sheets": Count("pk", filter=NOTED),
    "mean": Avg("rating"),
    "n_rated": Count("rating"),
}


def _held(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    return rows.filter(activity__cancelled_reason="", activity__voided_at=None)


def _came(held: Any) -> Came:
    mean = held["mean"]
    return Came(
        held["n_expected"] or 0,
        held["n_present"] or 0,
        held["n_sheets"],
        None if mean is None else Decimal(str(mean)).quantize(Decimal("0.01")),
        held["n_rated"],
    )


def came(rows: QuerySet[Attendance]) -> Came:
    """Add attendance up: only what was noted counts, so that open sheets do not lower it."""
    return _came(_held(rows).aggregate(**FIGURES))


def came_by_kind(rows: QuerySet[Attendance]) -> dict[str, Came]:
    """Add attendance up by the kind of the activities."""
    found = _held(rows).order_by().values("activity__kind").annotate(**FIGURES)
    return {held["activity__kind"]: _came(held) for held in found}


@dataclass(frozen=True)
class Report:
    """A programme's activities and outcomes. Outcomes stand by kind and are never added across.

    ``undecided`` are supported applications of which nobody has said whether they were adopted.
    """

    programme: Programme
    by_kind: list[tuple[str, int, Came]]
    supported: int
    people: int
    adoption: list[tuple[str, int]]
    undecided: int
    amounts: list[tuple[str, int, Decimal]]
    reasons: list[Outcome]


def report(programme: Programme) -> Report:
    """Return what came of a programme."""
    activities = Activity.objects.filter(
        programme=programme, voided_at=None, cancelled_reason=""
    ).order_by("kind")
    kinds = dict(activities.values_list("kind").annotate(n=Count("pk")).order_by("kind"))
    held = came_by_kind(Attendance.objects.filter(activity__programme=programme))
    labels = dict(Activity.Kind.choices)
    supported = Application.objects.filter(
        call__programme=programme, status__in=TAKING_PART, voided_at=None
    )
    outcomes = Outcome.objects.filter(application__in=supported.values("pk"), voided_at=None)
    counted = {
        kind: (n, total)
        for kind, n, total in outcomes.order_by()
        .values_list("kind")
        .annotate(n=Count("pk"), total=Sum("amount"))
    }
    adoption = [(str(kind.label), counted.get(kind, (0, None))[0]) for kind in ADOPTION]
    told = supported.filter(outcomes__kind__in=ADOPTION, outcomes__voided_at=None)
    sums = supported.aggregate(n=Count("pk", distinct=True), people=Count("members"))
    return Report(
        programme=programme,
        by_kind=[
            (str(labels[kind]), n, held.get(kind, Came(0, 0, 0, None, 0)))
            for kind, n in kinds.items()
        ],
        supported=sums["n"],
        people=sums["people"],
        adoption=adoption,
        undecided=sums["n"] - told.distinct().count(),
        amounts=[
            (str(kind.label), counted[kind][0], counted[kind][1])
            for kind in Outcome.Kind
            if kind in counted and kind not in ADOPTION
        ],
        reasons=list(
            outcomes.filter(kind__in=ADOPTION)
            .select_related("application__track")
            .order_by("kind", "application__number")[:200]
        ),
    )


def outcomes_seen(user: User) -> QuerySet[Outcome]:
    """Return the outcomes whose applicants a user may see."""
    rows = Outcome.objects.select_related("application__call__programme", "unit", "noted_by")
    return visible(rows, user, "programmes.applicants")


def own(user: User) -> QuerySet[Attendance]:
    """Return the activities that somebody, or the company they act for, takes part in."""
    companies = representatives.sure_of(user)
    rows = either(
        Attendance.objects.filter(activity__voided_at=None, application__voided_at=None),
        Q(application__applicant=user),
        Q(application__organisation__in=companies),
    )
    return rows.select_related("activity__programme", "application").order_by(
        F("activity__starts_at").desc(), "pk"
    )


def ratings(rows: Iterable[Attendance]) -> list[tuple[int, int]]:
    """Return how often each rating was given, the best first."""
    given = [one.rating for one in rows if one.rating]
    return [(rating, given.count(rating)) for rating in range(5, 0, -1)]


def section(user: User, at: datetime) -> Section | None:
    """Return somebody's coming activities and those that wait for their word; none without any."""
    address = reverse("my-activities")
    rows = list(own(user)[:20])
    lines = [
        Line(
            one.activity,
            reverse("my-feedback", args=[one.pk]) if one.activity.starts_at <= at else address,
            one.activity.get_kind_display(),
            _("Say how it was") if one.present and one.rating is None else "",
        )
        for one in rows
        if not one.activity.cancelled_reason
    ]
    return Section(_("My activities"), "meet", lines, more=address) if lines else None
