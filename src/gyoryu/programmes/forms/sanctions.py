"""What is typed of sanctions."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import queries as parties
from gyoryu.parties.forms.fields import organisation_field
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Sanction
from gyoryu.programmes.queries import sanctions
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab


class SanctionForm(forms.Form):
    """Who is excluded from support, from when until when, why and by what law."""

    from_on = forms.DayField(label=_("First day"))
    until_on = forms.DayField(label=_("Last day"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)
    legal_basis = forms.TextField(label=_("Legal basis"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "organisation": organisation_field(label=_("Who is excluded")),
            **self.fields,
        }


class LiftForm(forms.Form):
    """From which day a sanction is lifted, and why."""

    on = forms.DayField(label=_("From what day"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class SanctionFilter(django_filters.FilterSet):
    """The conditions of the list of sanctions."""

    q = django_filters.CharFilter(label=_("Name of the organisation"), method="by_name")

    def by_name(self, rows: QuerySet[Sanction], name: str, value: str) -> QuerySet[Sanction]:
        """Find sanctions by the organisation's name, in any spelling."""
        found = parties.called(Organisation.objects.all(), value).values("pk")
        return rows.filter(organisation__in=found)


def sanction_listing(request: Request, today: date) -> Listing:
    """Return the list of sanctions as it was asked for, its tabs as of a day."""
    lifted = Q(lifted_on__isnull=False)
    return Listing(
        request,
        sanctions.seen(request.user),
        SanctionFilter,
        sorts={"until": Sort("until_on"), "from": Sort("from_on")},
        default="-until",
        tabs=[
            Tab("standing", _("Excluded now"), sanctions.stands(today)),
            Tab("coming", _("Still to begin"), Q(from_on__gt=today) & ~lifted),
            Tab("lifted", _("Lifted"), lifted),
        ],
    )
