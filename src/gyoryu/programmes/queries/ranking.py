"""A call's ranking as its reviews stand now, and what has changed since it was frozen."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, Sum

from gyoryu.programmes import scoring
from gyoryu.programmes.models import Application, Call, Review, Score, Sheet
from gyoryu.programmes.queries import reviews as queries
from gyoryu.programmes.scoring import Entrant, Line, Ranking, Rule


@dataclass(frozen=True)
class Standing:
    """A ranking with the rows it is about, by their numbers."""

    call: Call
    ranking: Ranking
    entrants: tuple[Entrant, ...]
    applications: dict[int, Application]
    reviews: dict[tuple[int, int], Review]

    @property
    def lines(self) -> list[tuple[Line, Application]]:
        """The lines, each with its application."""
        return [(line, self.applications[line.key]) for line in self.ranking.lines]


def rule_of(call: Call, chosen: frozenset[int] = frozenset()) -> Rule:
    """Return how a call ranks."""
    return Rule(
        method=scoring.Method(call.method),
        threshold=call.threshold,
        least=call.panel_least,
        spread_most=call.spread_most,
        tie=scoring.Tie(call.tie),
        criteria=tuple(one.pk for one in queries.criteria(call)),
        places=call.places,
        tracks=tuple(scoring.Track(one.pk, one.places) for one in call.tracks.all()),
        chosen=chosen,
    )


def standing(call: Call, chosen: frozenset[int] = frozenset()) -> Standing:
    """Rank a call's applications as their reviews stand, in five questions however many."""
    rule = rule_of(call, chosen)
    rows = {one.pk: one for one in queries.judged(call).select_related("track")}
    handed_in = Review.objects.filter(application__call=call, submitted_at__isnull=False)
    reviews = {(one.application_id, one.seat_id): one for one in handed_in}
    given = Score.objects.filter(review__in=handed_in.values("pk"))
    points: dict[int, list[tuple[int, Any]]] = {}
    for review, criterion, one_given in given.order_by(
        "criterion__order", "criterion_id"
    ).values_list("review", "criterion", "points"):
        points.setdefault(review, []).append((criterion, one_given))
    judged: dict[int, list[scoring.Review]] = {}
    for (application, seat), one in sorted(reviews.items()):
        recused = one.conflict == Review.Conflict.RECUSED
        own = scoring.Review(seat, tuple(points.get(one.pk, ())), recused)
        judged.setdefault(application, []).append(own)
    entrants = tuple(
        Entrant(row.pk, row.submitted_at, tuple(judged.get(row.pk, ())), row.track_id)
        for row in rows.values()
        if row.submitted_at
    )
    return Standing(call, scoring.rank(rule, entrants), entrants, rows, reviews)


def stamp(call: Call) -> tuple[Any, ...]:
    """Return what is another as soon as anything that a ranking comes from is: a few sums.

    Points change only with ``saved_at``; who is recused, handed in or taken back with the sums of
    their numbers; who is judged with those of the applications.
    """
    recused = Q(conflict=Review.Conflict.RECUSED)
    reviews = Review.objects.filter(application__call=call, submitted_at__isnull=False).aggregate(
        Count("pk"), Sum("pk"), Sum("total"), Max("saved_at"), Max("submitted_at"),
        recused=Sum("pk", filter=recused), seats=Sum("seat_id"),
    )  # fmt: skip
    judged = queries.judged(call).order_by().aggregate(
        Count("pk"), Sum("pk"), Sum("track_id"), Max("saved_at"), Max("submitted_at")
    )  # fmt: skip
    parts = (
        tuple((one.pk, one.name_ko, one.most) for one in queries.criteria(call)),
        tuple((one.pk, one.name_ko, one.places) for one in call.tracks.all()),
    )
    rule = (call.method, call.threshold, call.panel_least, call.spread_most, call.tie, call.places)
    return (call.pk, rule, parts, *reviews.values(), *judged.values())


def last_sheet(call: Call) -> Sheet | None:
    """Return the sheet that was frozen last."""
    return call.sheets.first()


def chosen_in(sheet: Sheet | None) -> frozenset[int]:
    """Return whom the officer let in at the edge, as a sheet says it."""
    return frozenset(json.loads(sheet.text)["rule"]["chosen"]) if sheet else frozenset()


def why_chosen_in(sheet: Sheet | None) -> str:
    """Return by what a tie at the edge was decided, as a sheet says it."""
    return str(json.loads(sheet.text)["rule"]["why_chosen"]) if sheet else ""
