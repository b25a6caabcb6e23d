"""Where the review stands: the queue of articles, and a day's progress through it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.newsroom.models import Article, Candidate
from gyoryu.newsroom.queries.articles import SEE

State = Candidate.State
DECIDED = [State.ACCEPTED, State.EDITED, State.REFUSED]


def queue(to: User) -> QuerySet[Article]:
    """Return the articles with something to decide, newest first."""
    waiting = Candidate.objects.filter(article=OuterRef("pk"), state=State.WAITING)
    rows = visible(Article.objects.all(), to, SEE).filter(Exists(waiting))
    return rows.order_by(F("published").desc(nulls_last=True), "-pk")


@dataclass(frozen=True)
class Standing:
    """The article's place in the queue, its neighbours, and the day's progress."""

    number: int
    count: int
    before: int | None
    after: int | None
    done: int
    waiting: int

    @property
    def total(self) -> int:
        """What was decided today and what still waits, together."""
        return self.done + self.waiting


def standing(article: Article, to: User, today: date) -> Standing:
    """Return where the review stands for this user; all of it in one query."""
    rows = queue(to)
    newer, older = _around(article)
    zone = ZoneInfo(settings.TIME_ZONE)
    day = (datetime.combine(today, time.min, zone), datetime.combine(today, time.max, zone))
    facts = visible(Candidate.objects.all(), to, SEE)
    upwards = rows.filter(newer).order_by(F("published").asc(nulls_first=True), "pk")
    asked = {
        "newer": _counted(rows.filter(newer)),
        "count": _counted(rows),
        "own": _counted(rows.filter(pk=article.pk)),
        "before": Subquery(upwards.values("pk")[:1]),
        "after": Subquery(rows.filter(older).values("pk")[:1]),
        "done": _counted(facts.filter(state__in=DECIDED, decided_at__range=day)),
        "waiting": _counted(facts.filter(state=State.WAITING)),
    }
    found: Any = Article.objects.filter(pk=article.pk).values(**asked).get()
    return Standing(
        found["newer"] + found["own"],
        *(found[name] for name in ("count", "before", "after", "done", "waiting")),
    )


def _around(article: Article) -> tuple[Q, Q]:
    """Return the conditions for what stands before and after an article in the queue."""
    same = Q(published=article.published) if article.published else Q(published=None)
    newer, older = same & Q(pk__gt=article.pk), same & Q(pk__lt=article.pk)
    if article.published is None:
        return newer | Q(published__isnull=False), older
    return (
        newer | Q(published__gt=article.published),
        older | Q(published__lt=article.published) | Q(published=None),
    )


def _counted(rows: QuerySet[Any]) -> Coalesce:
    """Count rows inside another query."""
    ones = rows.order_by().annotate(_one=Value(1)).values("_one").annotate(n=Count("pk"))
    return Coalesce(Subquery(ones.values("n"), output_field=IntegerField()), 0)
