"""What is known of duties: which are late, and who missed what on a given day."""

from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import units_under, visible
from gyoryu.agreements.models import Agreement, Duty, DutyTemplate
from gyoryu.agreements.models.duties import DutyKind
from gyoryu.agreements.queries import agreements

OPEN = Q(done_on=None, waived_on=None)


def duties() -> QuerySet[Duty]:
    """Return the duties of agreements that stand, with what a line about each needs."""
    return Duty.objects.filter(agreement__voided_at=None).select_related(
        "agreement__unit", "template", "owner", "evidence"
    )


def seen_by(user: User) -> QuerySet[Duty]:
    """Return the duties of the agreements a user may see."""
    return visible(duties(), user, "agreements.view", within="agreement")


def owed_on(day: date) -> Q:
    """Hold the duties that were neither done nor waived by a day."""
    not_done = Q(done_on=None) | Q(done_on__gt=day)
    return not_done & (Q(waived_on=None) | Q(waived_on__gt=day))


def late_on(day: date) -> Q:
    """Hold the duties whose due day had passed, on a day, without being done or waived."""
    return Q(due_on__lt=day) & owed_on(day)


def missed_evaluations(on: date, *, to: User) -> QuerySet[Agreement]:
    """Return the agreements that had missed their evaluation meeting on a day.

    What was done or waived later counts as missed on the days before: the answer for a past day
    stays the same, whenever it is asked.
    """
    return agreements.seen_by(to).filter(missed(on))


def missed(on: date) -> Exists:
    """Hold the agreements that had missed their evaluation meeting on a day."""
    late = Duty.objects.filter(late_on(on), agreement=OuterRef("pk"), kind=DutyKind.EVALUATION)
    return Exists(late)


def of_agreement(agreement: Agreement) -> QuerySet[Duty]:
    """Return an agreement's duties: what is open first by day, then what was settled last."""
    return (
        Duty.objects.filter(agreement=agreement)
        .select_related("template", "owner", "evidence")
        .annotate(settled=Coalesce("done_on", "waived_on"))
        .order_by(F("settled").desc(nulls_first=True), "due_on", "pk")
    )


def is_near(due: date | None, on: date) -> bool:
    """Tell whether a due day is past or within 30 days, so that it is told by how far it is."""
    return due is not None and due <= on + timedelta(days=30)


def templates_for(units: set[int]) -> QuerySet[DutyTemplate]:
    """Return the active templates of these departments."""
    return DutyTemplate.objects.filter(unit__in=units, active=True).select_related("unit")


def branch(path: str) -> set[int]:
    """Return the ids of a department and of those above it, read off its path."""
    return {int(part) for part in path.split("/") if part}


def policies(user: User) -> QuerySet[DutyTemplate]:
    """Return the templates that bind the departments a user can see, with their open duties."""
    above: set[int] = set()
    for path in user.access.paths("agreements.view"):
        above |= branch(path)
    seen = Q(unit__in=above) | Q(unit__in=units_under(user.access, "agreements.view").values("pk"))
    open_rows = Q(duties__done_on=None, duties__waived_on=None)
    return (
        DutyTemplate.objects.filter(seen)
        .select_related("unit")
        .annotate(n_open=Count("duties", filter=open_rows))
        .order_by("unit__path", "pk")
    )
