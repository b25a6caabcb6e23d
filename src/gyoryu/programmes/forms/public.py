"""How the public finds a call, and checks whether it may apply."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.parties.models import Region
from gyoryu.programmes.eligibility import Rule
from gyoryu.programmes.forms.calls import SORTS
from gyoryu.programmes.forms.checking import CheckForm
from gyoryu.programmes.models import Call
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.queries import eligibility
from gyoryu.programmes.rules import reasons
from gyoryu.programmes.rules.calls import PHASES, Phase, in_phase, local
from gyoryu.programmes.rules.publishing import Parts, form_of
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Tab

SHOWN = (Phase.OPEN, Phase.UPCOMING, Phase.CLOSED, Phase.DECIDED, Phase.CANCELLED)


class OpeningFilter(django_filters.FilterSet):
    """The conditions of the public list of calls."""

    q = django_filters.CharFilter(label=_("Words of the title"), method="by_title")
    applicant = django_filters.ChoiceFilter(
        label=_("Who applies"), choices=Call.Applicant, empty_label=_("All")
    )
    government = django_filters.NumberFilter(label=_("Government"), method="by_government")

    def by_title(self, rows: QuerySet[Call], name: str, value: str) -> QuerySet[Call]:
        """Find calls by words of their title."""
        text = names.nfc(value)
        return rows.filter(Q(title_ko__icontains=text) | Q(title_en__icontains=text))

    def by_government(self, rows: QuerySet[Call], name: str, value: Any) -> QuerySet[Call]:
        """Keep the calls of one government."""
        return rows.filter(queries.of_government(int(value)))


def opening_listing(request: Request, at: datetime) -> Listing:
    """Return the public list as it was asked for; open calls first, soonest closing at the top."""
    return Listing(
        request,
        queries.public(),
        OpeningFilter,
        sorts=SORTS,
        default="-closes",
        tabs=[Tab(one.value, PHASES[one], in_phase(one, at=at)) for one in SHOWN],
    )


def conditions(row: Call, parts: Parts) -> list[tuple[Any, str]]:
    """Return the conditions of a call with what each asks, in the reader's words."""
    language = (get_language() or "ko")[:2]
    asked = {one.code: one for one in form_of(row)}
    ruled = [Rule(one.pk, one.kind, one.terms) for one in parts.rules]
    named = eligibility.region_names(ruled)
    year = local(row.opens_at).year
    said = [reasons.asks(one, year, named, asked, language) for one in ruled]
    return list(zip(parts.rules, said, strict=True))


@dataclass(frozen=True)
class Checking:
    """The public's own check: its form, and the regions it speaks of by their number."""

    form: CheckForm
    names: dict[int, Region]


def checking(row: Call, parts: Parts, language: str, data: Any) -> Checking:
    """Return the check of a call's conditions, with what was typed."""
    ruled = [Rule(one.pk, one.kind, one.terms) for one in parts.rules]
    keys = {key for one in ruled for key in one.terms.get("regions", [])}
    regions = list(Region.objects.filter(pk__in=keys).order_by("path")) if keys else []
    form = CheckForm(
        ruled,
        {one.code: one for one in form_of(row)},
        regions,
        year=local(row.opens_at).year,
        language=language,
        data=data,
    )
    return Checking(form, {one.pk: one for one in regions})
