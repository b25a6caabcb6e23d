"""What is known of regions, organisations and people."""

from django.db.models import Q, QuerySet

from gyoryu.base import names
from gyoryu.parties.models import Alias, Organisation


def organisations() -> QuerySet[Organisation]:
    """Return the organisations that stand: neither voided nor merged into another."""
    return Organisation.objects.filter(voided_at=None, merged_into=None).select_related("region")


def called(rows: QuerySet[Organisation], text: str) -> QuerySet[Organisation]:
    """Return the organisations that a text may mean, by any of their names."""
    key = names.organisation_key(text)
    if not key:
        return rows.none()
    named = Alias.objects.filter(key__contains=key, organisation__isnull=False).values(
        "organisation"
    )
    return rows.filter(Q(pk__in=named))
