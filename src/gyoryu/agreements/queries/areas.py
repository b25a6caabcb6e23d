"""What is known of areas of co-operation: which are offered, and what is filed under each."""

from typing import Any

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from gyoryu.agreements.models import Agreement, Area, Body, Engagement


def offered(filed: Model | None = None) -> QuerySet[Area]:
    """Return the areas that a form offers: those in use, and those the record has already."""
    kept = Q(retired_on=None)
    if filed is not None and filed.pk:
        through: Any = filed.areas.through  # type: ignore[attr-defined]
        own = through.objects.filter(**{filed._meta.model_name or "": filed.pk})
        kept |= Q(pk__in=own.values("area"))
    return Area.objects.filter(kept)


def counted() -> QuerySet[Area]:
    """Return every area with how many agreements, engagements and bodies are filed under it."""
    return Area.objects.annotate(
        n_agreements=_filed(Agreement),
        n_engagements=_filed(Engagement),
        n_bodies=_filed(Body),
    ).order_by("retired_on", "name_ko")


def _filed(model: Any) -> Coalesce:
    """Count the rows of a kind that stand and are filed under an area."""
    standing = model.objects.filter(voided_at=None, areas=OuterRef("pk")).order_by()
    counts = standing.values("areas").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)
