"""What is known of a call's panel: who judges what, how far they are, and with what conflicts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.base import names
from gyoryu.outbox.models import Letter
from gyoryu.programmes.balancing import Entry, Plan, balance
from gyoryu.programmes.models import (
    Application,
    Call,
    Criterion,
    Member,
    Representative,
    Review,
    Score,
    Seat,
)
from gyoryu.programmes.queries.tiles import Line, Section
from gyoryu.programmes.rules import reviews as rules

DONE = Q(submitted_at__isnull=False) & ~Q(conflict="recused")
WAITING = Q(submitted_at=None) & ~Q(conflict="recused")


def calls_seen(user: User, capability: str = "programmes.applicants") -> QuerySet[Call]:
    """Return the calls whose applicants a user may see."""
    rows = Call.objects.filter(voided_at=None).select_related("unit", "programme")
    return visible(rows, user, capability)


def criteria(call: Call) -> list[Criterion]:
    """Return a call's criteria in their order."""
    return list(call.criteria.all())


def seats(call: Call) -> QuerySet[Seat]:
    """Return the panel, each with how many applications are given, done, left and recused."""
    own = {
        "given": ~Q(reviews__conflict="recused"),
        "done": Q(reviews__submitted_at__isnull=False) & ~Q(reviews__conflict="recused"),
        "recused": Q(reviews__conflict="recused"),
        "begun": Q(reviews__saved_at__isnull=False, reviews__submitted_at=None)
        & ~Q(reviews__conflict="recused"),
    }
    counts = {
        f"n_{name}": Count("reviews", filter=held & Q(reviews__isnull=False))
        for name, held in own.items()
    }
    rows: QuerySet[Seat] = call.panel.select_related("user").annotate(**counts)
    return rows.order_by("left_on", "-chairs", "pk")


def judged(call: Call) -> QuerySet[Application]:
    """Return the applications of a call that a panel judges or has judged."""
    return Application.objects.filter(
        call=call, status__in=rules.JUDGED, voided_at=None, submitted_at__isnull=False
    ).order_by("pk")


def with_reviews(call: Call) -> QuerySet[Application]:
    """Return what is judged, each with its track and reviews."""
    reviews = Review.objects.select_related("seat__user")
    return judged(call).select_related("track").prefetch_related(Prefetch("reviews", reviews))


def own_reviews(user: User) -> QuerySet[Review]:
    """Return the reviews that a panel member has, of calls that were not taken back."""
    return (
        Review.objects.filter(seat__user=user, seat__left_on=None)
        .exclude(seat__call__state=Call.State.CANCELLED)
        .exclude(application__voided_at__isnull=False)
        .select_related("seat__call__unit", "application__track")
    )


@dataclass(frozen=True)
class Round:
    """A call that somebody judges, with their reviews of it."""

    call: Call
    reviews: list[Review]

    @property
    def left(self) -> int:
        """How many are neither handed in nor recused."""
        return sum(not one.submitted_at and one.conflict != "recused" for one in self.reviews)


def rounds(user: User) -> list[Round]:
    """Return the calls that somebody judges, those with something left first."""
    found: dict[int, Round] = {}
    for review in own_reviews(user).order_by("seat__call_id", "application__number", "pk"):
        call = review.seat.call
        found.setdefault(call.pk, Round(call, [])).reviews.append(review)
    return sorted(found.values(), key=lambda one: (not one.left, one.call.closes_at, one.call.pk))


def section(user: User, at: datetime) -> Section | None:
    """Return the calls that somebody judges for their first page; none for who judges nothing."""
    address = reverse("my-reviews")
    lines = [
        Line(
            one.call,
            address,
            ngettext("%(n)d application", "%(n)d applications", len(one.reviews))
            % {"n": len(one.reviews)},
            one.left
            and ngettext("Judge %(n)d application", "Judge %(n)d applications", one.left)
            % {"n": one.left},
        )
        for one in rounds(user)
    ]
    return Section(_("Reviews I am asked for"), "check", lines, more=address) if lines else None


def next_of(review: Review) -> Review | None:
    """Return the member's next review of the same call that is not handed in."""
    rows = Review.objects.filter(WAITING, seat=review.seat, application__status__in=rules.OPEN)
    return rows.exclude(pk=review.pk).order_by("application__number", "pk").first()


def points_of(review: Review) -> dict[int, Score]:
    """Return the points of a review by criterion."""
    return {one.criterion_id: one for one in Score.objects.filter(review=review)}


def _folded(text: str) -> str:
    return names.nfc(text).casefold().replace(" ", "")


def known_conflicts(call: Call, applications: Iterable[Application]) -> dict[tuple[int, int], str]:
    """Return what is known against a member (seat, application): the same company or office.

    What is known comes from who represents whom, from the members of a team, and from where a
    member of the panel says to come from.
    """
    rows = list(applications)
    panel = list(call.panel.filter(left_on=None))
    ties = set(
        Representative.objects.filter(
            user__in=[one.user_id for one in panel], ended_on=None
        ).values_list("user", "organisation")
    )
    offices: dict[int, set[str]] = {one.pk: {_folded(one.name)} for one in rows}
    for pk, office in Member.objects.filter(application__in=[one.pk for one in rows]).values_list(
        "application", "office"
    ):
        offices[pk].add(_folded(office))
    found = {}
    for seat in panel:
        for row in rows:
            if (seat.user_id, row.organisation_id) in ties or row.applicant_id == seat.user_id:
                found[seat.pk, row.pk] = _("Acts for this applicant")
            elif seat.office and _folded(seat.office) in offices[row.pk]:
                found[seat.pk, row.pk] = _("Comes from the same organisation or office")
    return found


def plan(call: Call, each: int, seed: int) -> Plan:
    """Work out who judges what: equal loads, no known conflict, nobody asked twice."""
    rows = list(with_reviews(call).filter(status__in=rules.OPEN))
    entries = []
    barred = set(known_conflicts(call, rows))
    for row in rows:
        own = [one for one in row.reviews.all() if one.seat.left_on is None]
        standing = frozenset(one.seat_id for one in own if one.conflict != "recused")
        barred |= {(one.seat_id, row.pk) for one in own if one.conflict == "recused"}
        entries.append(Entry(row.pk, row.track_id, standing))
    seated = call.panel.filter(left_on=None).values_list("pk", flat=True)
    return balance(entries, seated, each, frozenset(barred), seed=seed)


def being_judged() -> QuerySet[Call]:
    """Return the calls of which members have something left to judge."""
    waits = Review.objects.filter(
        WAITING, seat__left_on=None, application__status__in=rules.OPEN
    ).values("seat__call")
    closed = [Call.State.DECIDED, Call.State.CANCELLED]
    rows = Call.objects.filter(pk__in=waits, reviewed=True, voided_at=None).exclude(
        state__in=closed
    )
    return rows.select_related("unit")


def reminder(seat: Seat, on: date) -> str:
    """Return the key of the letter that reminds a member on a day, of which there is one."""
    return f"reviews:{seat.pk}:{on.isoformat()}"


def reminded(call: Call, on: date) -> set[int]:
    """Return the members of a panel who have been reminded on a day."""
    keys = {reminder(seat, on): seat.pk for seat in call.panel.all()}
    letters = Letter.objects.filter(key__in=keys).values_list("key", flat=True)
    return {keys[key] for key in letters}


def behind(call: Call) -> QuerySet[Seat]:
    """Return the members who have something left to judge."""
    waits = Review.objects.filter(WAITING, seat=OuterRef("pk"), application__status__in=rules.OPEN)
    return call.panel.filter(Exists(waits), left_on=None).select_related("user", "call__unit")
