"""How the public looks through an event's catalogue."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.trade.forms.participants import read_code
from gyoryu.trade.models import Event, Participant
from gyoryu.trade.queries import catalogue as queries
from gyoryu.trade.queries.participants import with_exhibits
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort


class CatalogueFilter(django_filters.FilterSet):
    """The conditions of the catalogue."""

    q = django_filters.CharFilter(label=_("Company or product"), method="by_words")
    hs = django_filters.CharFilter(label=_("HS code"), method="by_code")

    def by_words(self, rows: QuerySet[Participant], name: str, value: str) -> QuerySet[Participant]:
        """Find companies by words of their name or products."""
        return queries.by_words(rows, value)

    def by_code(self, rows: QuerySet[Participant], name: str, value: str) -> QuerySet[Participant]:
        """Find companies by a code that they or a product of theirs have."""
        return queries.by_code(rows, read_code(value))


def catalogue_listing(request: Request, event: Event) -> Listing:
    """Return the catalogue as it was asked for, by name in the reader's language."""
    shown = "shown_en" if (get_language() or "ko").startswith("en") else "shown_ko"
    return Listing(
        request,
        queries.shown(event),
        CatalogueFilter,
        sorts={"name": Sort(f"organisation__{shown}")},
        default="name",
        dress=with_exhibits,
    )
