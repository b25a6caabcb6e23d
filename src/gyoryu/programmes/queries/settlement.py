"""What is known of settlements: reports that are due, money asked back, sums for the pack."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import either, visible
from gyoryu.evidence import queries as evidence
from gyoryu.evidence.models import Document
from gyoryu.programmes.models import Award, Claim, Cut, Recovery, Report
from gyoryu.programmes.queries.awards import voided
from gyoryu.programmes.queries.tiles import Line, Section
from gyoryu.programmes.rules.claims import own_awards
from gyoryu.programmes.rules.settlement import OPEN

SEE = "programmes.applicants"
SOON = timedelta(days=30)
# Awards on an outsider's first page: the newest.
MOST_SHOWN = 20
REPORTING = (Award.Status.AWARDED, Award.Status.RUNNING)
WAITING = (Claim.Status.SUBMITTED, Claim.Status.RETURNED, Claim.Status.APPROVED)


def awards(to: User) -> QuerySet[Award]:
    """Return the awards a user may see at the desk, with what a settlement tells of them."""
    rows = visible(Award.objects.filter(voided_at=None), to, SEE)
    return rows.select_related("unit", "call__programme", "ceiling", "report", "organisation")


def own(by: User) -> QuerySet[Award]:
    """Return the awards of whom somebody acts for."""
    rows = either(Award.objects.filter(voided_at=None), *own_awards(by))
    return rows.select_related("unit", "call", "ceiling", "report")


def recoveries(to: User) -> QuerySet[Recovery]:
    """Return the money asked back that a user may see."""
    rows = visible(Recovery.objects.exclude(award__in=voided()), to, SEE, within="award")
    return rows.select_related("award__unit", "award__call", "award__ceiling", "claim")


def late(on: date) -> Q:
    """Return the condition that an award's report was due before a day and is not there."""
    return Q(status__in=REPORTING, report_due_on__lt=on)


def soon(on: date) -> Q:
    """Return the condition that an award's report falls due within thirty days and is not there."""
    return Q(status__in=REPORTING) & within(on, "report_due_on")


def within(on: date, field: str = "due_on") -> Q:
    """Return the condition that a day lies within the next thirty."""
    return Q(**{f"{field}__gte": on, f"{field}__lte": on + SOON})


def reporting(to: User) -> QuerySet[Award]:
    """Return the awards a user may see whose report is not there yet."""
    return awards(to).filter(status__in=REPORTING)


def owing(to: User) -> QuerySet[Recovery]:
    """Return what was asked back and has not come back whole, as far as a user may see it."""
    return recoveries(to).filter(state__in=OPEN)


def held(award: Award) -> Report | None:
    """Return an award's report, locked until the end of the transaction; none if there is none."""
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("award__unit", "award__ceiling").filter(award=award).first()


def open_claims(award: Award) -> int:
    """Return how many claims of an award are neither paid nor rejected; drafts do not count."""
    return Claim.objects.filter(award=award, voided_at=None, status__in=WAITING).count()


def asked(award: Award) -> int:
    """Return what is asked back of an award and has not come, in won, interest left out."""
    open_ones = Recovery.objects.filter(award=award, state__in=OPEN)
    sums = open_ones.aggregate(n=Coalesce(Sum(F("amount") - F("returned")), 0))
    return int(sums["n"])


def owed(award: Award) -> int:
    """Return what has still to come back of an award, interest included."""
    open_ones = Recovery.objects.filter(award=award, state__in=OPEN)
    left = F("amount") - F("returned") + F("interest") - F("returned_interest")
    return int(open_ones.aggregate(n=Coalesce(Sum(left), 0))["n"])


@dataclass(frozen=True)
class Heading:
    """One category of an award in the pack: its cap, what was claimed, approved and paid."""

    name: str
    cap: int
    claimed: int
    approved: int
    paid: int


def headings(award: Award) -> list[Heading]:
    """Return an award's categories with their sums, in won."""
    rows = award.categories.select_related("ceiling", "category", "service")
    claimed = dict(
        Claim.objects.filter(award=award, voided_at=None)
        .exclude(status=Claim.Status.DRAFT)
        .order_by()
        .values_list("heading")
        .annotate(Sum("eligible"))
    )
    return [
        Heading(str(row), row.ceiling.limit, int(claimed.get(row.pk, 0)), row.ceiling.approved,
                row.ceiling.paid)
        for row in rows
    ]  # fmt: skip


def claims(award: Award) -> QuerySet[Claim]:
    """Return an award's claims as the pack lists them."""
    rows = Claim.objects.filter(award=award, voided_at=None).exclude(status=Claim.Status.DRAFT)
    named = ("heading__category", "heading__service", "rate")
    return rows.select_related(*named).prefetch_related("cuts").order_by("pk")


def papers(rows: list[Claim]) -> list[tuple[Claim, Document]]:
    """Return the evidence handed in with claims, as (claim, document)."""
    return [(row, paper) for row in rows for paper in evidence.of_record(row)]


def with_sums(rows: QuerySet[Award]) -> QuerySet[Any]:
    """Add to awards how many claims were paid (``n_claims``) and what was cut (``n_cut``)."""
    paid = Claim.objects.filter(award=OuterRef("pk"), status="paid", voided_at=None).order_by()
    cut = Cut.objects.filter(claim__award=OuterRef("pk"), claim__voided_at=None).order_by()
    counted = paid.values("award").annotate(n=Count("pk")).values("n")
    summed = cut.values("claim__award").annotate(n=Sum("amount")).values("n")
    told: QuerySet[Any] = rows.annotate(
        n_claims=Coalesce(Subquery(counted), 0), n_cut=Coalesce(Subquery(summed), 0)
    )
    return told


def cuts(award: Award) -> list[tuple[str, int]]:
    """Return what was cut of an award's claims, by reason."""
    rows = Cut.objects.filter(claim__award=award, claim__voided_at=None).order_by()
    labels = dict(Cut.Code.choices)
    sums = rows.values_list("code").annotate(Sum("amount"))
    return [(str(labels[Cut.Code(code)]), int(amount)) for code, amount in sums]


def reports_due(until: date) -> QuerySet[Award]:
    """Return the awards whose report is due by a day and not handed in."""
    rows = Award.objects.filter(
        voided_at=None, status__in=REPORTING, report_due_on__lte=until
    ).select_related("unit", "call__programme", "application__applicant", "organisation")
    return rows.order_by("pk")


def returns_due(until: date) -> QuerySet[Recovery]:
    """Return the money asked back that is due by a day and has not come back whole."""
    rows = Recovery.objects.filter(
        award__voided_at=None, state__in=OPEN, due_on__lte=until
    ).select_related("award__unit", "award__call__programme", "award__application__applicant")
    return rows.order_by("pk")


def section(user: User, at: datetime) -> Section | None:
    """Return what an outsider's first page says of settlements; nothing without an award."""
    rows = list(own(user).exclude(status=Award.Status.CANCELLED).order_by("-pk")[:MOST_SHOWN])
    if not rows:
        return None
    back = Recovery.objects.filter(award__in=rows, state__in=OPEN).select_related("award")
    return Section(
        _("Final reports and money to return"),
        "coins",
        [*(_line(row) for row in rows), *(_owed_line(one) for one in back)],
    )


def _line(row: Award) -> Line:
    due = row.status in REPORTING
    stage: Report | Award = getattr(row, "report", None) or row
    return Line(
        label=str(row.call),
        href=reverse("my-report", args=[row.pk]),
        meta=f"{row.number} · {stage.get_status_display()}",
        asks=_("Hand in the final report") if due else "",
        until=_end_of(row.report_due_on) if due else None,
    )


def _owed_line(row: Recovery) -> Line:
    left = row.amount - row.returned + row.interest - row.returned_interest
    return Line(
        label=_("%(won)s KRW to be returned") % {"won": f"{left:,}"},
        href=reverse("my-report", args=[row.award_id]),
        meta=row.award.number,
        asks=_("Return %(won)s KRW") % {"won": f"{left:,}"},
        until=_end_of(row.due_on),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(settings.TIME_ZONE))
