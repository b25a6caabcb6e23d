"""What is known of calls: who may see which, their parts, what was set apart for them."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import visible
from gyoryu.programmes.models import Allotment, Application, Call
from gyoryu.programmes.rules.publishing import Parts

SEE = "programmes.view"
PUBLIC = [Call.State.PUBLISHED, Call.State.DECIDED, Call.State.CANCELLED]


def seen(to: User) -> QuerySet[Call]:
    """Return the calls that stand and that a user may see at the desk."""
    return visible(Call.objects.filter(voided_at=None), to, SEE)


def called(rows: QuerySet[Call], text: str) -> QuerySet[Call]:
    """Find calls by words of their title, or by the beginning of their number."""
    titled = Q(title_ko__icontains=text) | Q(title_en__icontains=text)
    return rows.filter(titled | Q(number__istartswith=text))


def in_full(to: User) -> QuerySet[Call]:
    """Return the calls a user may see with what their pages show of themselves."""
    return seen(to).select_related("unit", "programme", "programme__strategy")


def listed(to: User) -> QuerySet[Call]:
    """Return the rows of the list of calls."""
    return seen(to).select_related("programme")


def dressed(rows: QuerySet[Call]) -> QuerySet[Call]:
    """Add to each call how many ``applied`` and what is ``allotted`` to it, in won."""
    applied = (
        Application.objects.filter(call=OuterRef("pk"), voided_at=None)
        .exclude(status__in=["draft", "withdrawn"])
        .order_by()
        .values("call")
    )
    money = Allotment.objects.filter(call=OuterRef("pk")).order_by().values("call")
    return rows.annotate(
        applied=Coalesce(Subquery(applied.annotate(n=Count("pk")).values("n")), 0),
        allotted=Coalesce(Subquery(money.annotate(n=Sum("ceiling__limit")).values("n")), 0),
    )


def parts(call: Call) -> Parts:
    """Return all parts of a call, and what is set apart for it."""
    money = call.allotments.aggregate(n=Sum("ceiling__limit"))["n"]
    return Parts(
        tracks=list(call.tracks.all()),
        categories=list(call.categories.all()),
        criteria=list(call.criteria.all()),
        papers=list(call.papers.all()),
        rules=list(call.rules.all()),
        allotted=money or 0,
    )


def allotments(call: Call) -> QuerySet[Allotment]:
    """Return what is set apart for a call, line by line, with each one's ceiling."""
    return call.allotments.select_related("line", "ceiling").order_by("line__year", "pk")


def public() -> QuerySet[Call]:
    """Return the calls that anybody may read about: what was announced, and what became of it."""
    announced = Call.objects.filter(voided_at=None, state__in=PUBLIC, published_at__isnull=False)
    return announced.select_related("programme", "unit")


def governments() -> QuerySet[Unit]:
    """Return the governments that have announced a call."""
    roots = {unit.root_id for unit in Unit.objects.filter(pk__in=public().values("unit"))}
    return Unit.objects.filter(pk__in=roots)


def of_government(government: int) -> Q:
    """Return the condition of calls of one government."""
    units = Unit.objects.filter(path__startswith=f"/{government}/").values("pk")
    return Q(unit__in=units)


def newest() -> QuerySet[Call]:
    """Return the public calls, the newest announced or changed first."""
    return public().order_by("-changed_at", "-pk")
