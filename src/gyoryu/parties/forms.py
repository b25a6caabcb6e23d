"""What is typed about regions, organisations and people."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import business_number, queries
from gyoryu.parties.models import Organisation
from gyoryu.web import forms


class OrganisationForm(forms.Form):
    """An organisation's own facts."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind)
    name_ko = forms.TextField(label=_("Name in Korean"), required=False)
    name_en = forms.TextField(label=_("Name in English"), required=False)
    name_native = forms.TextField(label=_("Name in its own language"), required=False)
    business_number = forms.TextField(
        label=_("Business number"),
        max_length=20,
        required=False,
        help_text=_("Ten digits. The last one is checked."),
    )
    size = forms.ChoiceField(
        label=_("Size"), choices=[("", "–"), *Organisation.Size.choices], required=False
    )
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", max_length=300
    )
    note = forms.TextField(label=_("Note"), rows=4, max_length=4000, required=False)

    def clean_business_number(self) -> str:
        """Keep the digits only; the rule checks them."""
        return business_number.digits(self.cleaned_data["business_number"])


class OrganisationFilter(django_filters.FilterSet):
    """The conditions of the list of organisations."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Organisation.Kind, empty_label=_("All kinds")
    )

    def by_name(
        self, rows: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        """Find organisations by any of their names."""
        return queries.called(rows, value)
