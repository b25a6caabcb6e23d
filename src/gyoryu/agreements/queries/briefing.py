"""One page for the next meeting with an organisation: who they are, our ties, what to say."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import ExtractYear, RowNumber
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User, in_language
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Agreement,
    Body,
    Commitment,
    Delegation,
    Engagement,
    Party,
    Request,
    Status,
)
from gyoryu.agreements.models.agreements import Side
from gyoryu.agreements.queries import bodies, commitments, keeping
from gyoryu.agreements.queries import engagements as queries
from gyoryu.agreements.queries.agreements import dormant_months
from gyoryu.agreements.queries.keeping import FollowThrough
from gyoryu.base.periods import add_months
from gyoryu.parties.models import Organisation, Position

State = Engagement.State
ENDING_MONTHS, TOPIC_YEARS = 12, 5
LAST = 6
# What to raise: kind -> (tone, icon, words), in the order in which it is best said.
POINTS: dict[str, tuple[str, str, Any]] = {
    "ours_late": ("bad", "alert", _("We are late: explain")),
    "answer_owed": ("bad", "alert", _("We owe an answer")),
    "theirs_late": ("soon", "clock", _("Ask how it stands")),
    "answer_due": ("soon", "clock", _("Ask for the answer")),
    "session_due": ("soon", "cal", _("Agree on the next session")),
    "ending": ("soon", "cal", _("Renew or let it end")),
    "suspended": ("soon", "pause", _("Suspended: what would resume it")),
    "dormant": ("soon", "pause", _("Dormant: revive or end it")),
    "ours_open": ("", "flag", _("Report how it stands")),
}


@dataclass(frozen=True)
class Topic:
    """A field of co-operation, how often it was spoken of in each year, and when last."""

    name: str
    counts: list[int]
    total: int


@dataclass(frozen=True)
class Point:
    """Something to raise: why (a key of ``POINTS``), what, since or until when, and its record."""

    kind: str
    words: str
    on: date | None
    row: Any

    @property
    def record(self) -> str:
        """What kind of record it is about, which is also the name of its page."""
        return str(self.row._meta.model_name)

    @property
    def tone(self) -> str:
        """How urgent it is."""
        return POINTS[self.kind][0]

    @property
    def icon(self) -> str:
        """Its sign."""
        return POINTS[self.kind][1]

    @property
    def why(self) -> Any:
        """What to do about it."""
        return POINTS[self.kind][2]


@dataclass(frozen=True)
class Briefing:
    """Everything the page says, as of a day."""

    organisation: Organisation
    on: date
    positions: list[Position]
    agreements: list[Agreement]
    bodies: list[Body]
    last: list[Engagement]
    coming: list[Engagement]
    ours: list[Commitment]
    theirs: list[Commitment]
    asked: list[Request]
    owed: list[Request]
    years: list[int]
    topics: list[Topic]
    kept: dict[str, FollowThrough]
    points: list[Point]


def briefing(organisation: Organisation, *, on: date, to: User) -> Briefing:
    """Gather what a user may know of an organisation and its divisions, as of a day."""
    ties = list(agreements(organisation, to))
    met = contacts(organisation, to)
    around = list(_last_and_coming(met))
    promised = list(_promised(organisation, to).filter(status__in=bodies.OPEN))
    waiting = list(_unanswered(organisation, to))
    years = list(range(on.year - TOPIC_YEARS + 1, on.year + 1))
    found = Briefing(
        organisation=organisation,
        on=on,
        positions=list(positions(organisation, on)),
        agreements=ties,
        bodies=list(_bodies(ties, to)),
        last=[row for row in around if row.state == State.HELD],
        coming=[row for row in around if row.state == State.PLANNED][::-1][:LAST],
        ours=[row for row in promised if row.side != Side.THEIRS],
        theirs=[row for row in promised if row.side == Side.THEIRS],
        asked=[row for row in waiting if row.asked_by != Side.THEIRS],
        owed=[row for row in waiting if row.asked_by == Side.THEIRS],
        years=years,
        topics=topics(met, years),
        kept=kept(organisation, on, to),
        points=[],
    )
    found.points.extend(_points(found))
    return found


def agreements(organisation: Organisation, to: User) -> QuerySet[Agreement]:
    """Return the agreements an organisation is a party to; those that run come first."""
    party = Party.objects.filter(queries.of_organisation(organisation)).values("agreement")
    rows = visible(Agreement.objects.filter(voided_at=None, pk__in=party), to, queries.SEE)
    return rows.order_by("-signed_on", "-pk")


def contacts(organisation: Organisation, to: User) -> QuerySet[Engagement]:
    """Return the engagements an organisation took part in, was asked at or has an agreement of."""
    its = queries.of_organisation
    party = Party.objects.filter(its(organisation)).values("agreement")
    touching = Engagement.agreements.through.objects.filter(agreement__in=party)
    return queries.seen(to).filter(
        Q(pk__in=Delegation.objects.filter(its(organisation)).values("engagement"))
        | Q(pk__in=Request.objects.filter(its(organisation)).values("engagement"))
        | Q(pk__in=touching.values("engagement_id"))
    )


def _last_and_coming(met: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Return the last few that were held and all that are planned, newest first, in one query."""
    newest = [F("starts_on").desc(), F("pk").desc()]
    placed = met.annotate(place=Window(RowNumber(), partition_by="state", order_by=newest))
    wanted = Q(state=State.HELD, place__lte=LAST) | Q(state=State.PLANNED)
    return placed.filter(wanted).order_by(*newest)


def positions(organisation: Organisation, on: date) -> QuerySet[Position]:
    """Return who holds which position at an organisation or its divisions on a day."""
    return (
        Position.objects.filter(
            queries.of_organisation(organisation),
            Q(since=None) | Q(since__lte=on),
            Q(until=None) | Q(until__gte=on),
            person__voided_at=None,
            person__merged_into=None,
        )
        .select_related("person", "organisation")
        .order_by(F("organisation__parent").asc(nulls_first=True), "organisation", "since", "pk")
    )


def _bodies(ties: list[Agreement], to: User) -> QuerySet[Body]:
    return (
        bodies.seen(to)
        .filter(agreement__in=[row.pk for row in ties], ended_on=None)
        .order_by("next_due_on", "pk")
    )


def _promised(organisation: Organisation, to: User) -> QuerySet[Commitment]:
    """Return what was promised to or by an organisation, or under an agreement it is a party to."""
    its = queries.of_organisation
    party = Party.objects.filter(its(organisation)).values("agreement")
    there = Delegation.objects.filter(its(organisation)).values("engagement")
    rows = Commitment.objects.filter(
        its(organisation)
        | Q(agreement__in=party)
        | Q(body__agreement__in=party)
        | Q(organisation=None, engagement__in=there),
        voided_at=None,
    )
    return (
        visible(rows, to, queries.SEE)
        .select_related("owner")
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def _unanswered(organisation: Organisation, to: User) -> QuerySet[Request]:
    rows = queries.requests(to).filter(queries.of_organisation(organisation), queries.unanswered())
    return rows.order_by(F("answer_due").asc(nulls_last=True), "pk")


def topics(met: QuerySet[Engagement], years: list[int]) -> list[Topic]:
    """Count how often each field of co-operation was spoken of in each of the years; most first."""
    through = Engagement.areas.through.objects.filter(
        engagement__in=met.filter(state=State.HELD).values("pk"),
        engagement__starts_on__year__range=(years[0], years[-1]),
    )
    rows = through.values_list(
        "area__name_ko", "area__name_en", ExtractYear("engagement__starts_on")
    ).annotate(n=Count("pk"))
    counted: dict[str, dict[int, int]] = defaultdict(dict)
    for ko, en, year, count in rows:
        counted[in_language(ko, en)][year] = count
    found = [
        Topic(name, [by_year.get(year, 0) for year in years], sum(by_year.values()))
        for name, by_year in counted.items()
    ]
    return sorted(found, key=lambda topic: (-topic.total, topic.name))


def kept(organisation: Organisation, on: date, to: User) -> dict[str, FollowThrough]:
    """Count how each side kept what it promised, by the one rule of follow-through."""
    rows = _promised(organisation, to)
    return {
        side.value: keeping.counted(rows.filter(commitments.of_side(side)), on)
        for side in (Side.OURS, Side.THEIRS)
    }


def _points(found: Briefing) -> list[Point]:
    """List what to raise, the most awkward first."""
    on = found.on
    points = [
        *(
            Point("ours_late" if _late(row, on) else "ours_open", row.words, row.due_on, row)
            for row in found.ours
        ),
        *(
            Point("theirs_late", row.words, row.due_on, row)
            for row in found.theirs
            if _late(row, on)
        ),
        *(Point("answer_owed", row.words, row.answer_due, row) for row in found.owed),
        *(Point("answer_due", row.words, row.answer_due, row) for row in found.asked),
        *(
            Point("session_due", str(row), row.next_due_on, row)
            for row in found.bodies
            if row.next_due_on and row.next_due_on <= add_months(on, 3)
        ),
        *filter(None, (_of_agreement(row, on) for row in found.agreements)),
    ]
    order = list(POINTS)
    return sorted(points, key=lambda point: (order.index(point.kind), point.on or date.max))


def _late(row: Commitment, on: date) -> bool:
    return bool(row.due_on and row.due_on < on)


def _of_agreement(row: Agreement, on: date) -> Point | None:
    if row.status == Status.SUSPENDED:
        return Point("suspended", str(row), row.status_since, row)
    if row.status != Status.IN_FORCE:
        return None
    if row.ends_on and on <= row.ends_on <= add_months(on, ENDING_MONTHS):
        return Point("ending", str(row), row.ends_on, row)
    if dormant_months(row, on):
        return Point("dormant", str(row), row.last_contact_on or row.signed_on, row)
    return None
