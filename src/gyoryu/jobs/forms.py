"""The conditions of the list of jobs."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.jobs.models import Job


class JobFilter(django_filters.FilterSet):
    """Jobs by their words or by who asked."""

    q = django_filters.CharFilter(label=_("Job or person"), method="by_words")

    def by_words(self, rows: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        """Find jobs by what they are called, or by who asked for them."""
        text = names.nfc(value)
        return rows.filter(
            Q(name_ko__icontains=text)
            | Q(name_en__icontains=text)
            | Q(by__name_ko__icontains=text)
            | Q(by__name_en__icontains=text)
        )
