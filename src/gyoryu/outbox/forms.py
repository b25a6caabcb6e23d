"""The conditions of the lists of letters."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.outbox.models import Letter


class LetterFilter(django_filters.FilterSet):
    """The conditions of a person's letters."""

    q = django_filters.CharFilter(label=_("Words in the letter"), method="by_words")

    def by_words(self, rows: QuerySet[Letter], name: str, value: str) -> QuerySet[Letter]:
        """Find letters by their subject or text."""
        text = names.nfc(value)
        return rows.filter(Q(subject__icontains=text) | Q(body__icontains=text))


class OutboxFilter(django_filters.FilterSet):
    """The conditions of the outbox. Their text is not shown here, and not searched."""

    q = django_filters.CharFilter(label=_("Addressee or subject"), method="by_words")

    def by_words(self, rows: QuerySet[Letter], name: str, value: str) -> QuerySet[Letter]:
        """Find letters by whom they go to, or by subject."""
        text = names.nfc(value)
        return rows.filter(
            Q(to__name_ko__icontains=text)
            | Q(to__name_en__icontains=text)
            | Q(to__email__icontains=text)
            | Q(address__icontains=text)
            | Q(subject__icontains=text)
        )
