"""What is typed about organisations."""

from datetime import date
from typing import Any

import django_filters
from django import forms as django_forms
from django.core.validators import MaxValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import business_number, queries
from gyoryu.parties.forms import fields
from gyoryu.parties.forms.regions import country_choices, under
from gyoryu.parties.models import CURRENCY_CHOICES, Contact, Organisation
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab


class OrganisationForm(forms.Form):
    """An organisation's own facts."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Organisation.Kind)
    name_ko = forms.TextField(label=_("Name in Korean"), required=False)
    name_en = forms.TextField(label=_("Name in English"), required=False)
    name_native = forms.TextField(label=_("Name in its own language"), required=False)
    region = fields.region_field(required=False)
    parent = fields.organisation_field(label=_("Part of"), required=False)
    business_number = forms.TextField(
        label=_("Business number"),
        max_length=20,
        required=False,
        help_text=_("Ten digits, as 123-45-67890. The last one is checked."),
    )
    size = forms.ChoiceField(
        label=_("Company size"), choices=[("", "–"), *Organisation.Size.choices], required=False
    )
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", max_length=300
    )
    note = forms.TextField(label=_("Note"), rows=4, max_length=4000, required=False)

    def clean_business_number(self) -> str:
        """Keep the digits; a number with anything else in it is refused, not emptied."""
        typed = str(self.cleaned_data["business_number"])
        digits = business_number.digits(typed)
        if typed and (not digits or any(char.isalpha() for char in typed)):
            raise django_forms.ValidationError(_("A business number has digits only."))
        return digits


class ContactForm(forms.Form):
    """How somebody is reached at work."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Contact.Kind)
    value = forms.TextField(label=_("Address or number"), max_length=300)


class ExportsForm(forms.Form):
    """A year's exports, as declared."""

    year = django_forms.IntegerField(
        label=_("Year"), min_value=1900, max_value=9999,
        widget=django_forms.TextInput(attrs={"class": "date", "inputmode": "numeric"}),
    )  # fmt: skip
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, initial="USD")
    amount = django_forms.DecimalField(
        label=_("Amount"), max_digits=18, decimal_places=2, localize=False,
        validators=[MaxValueValidator(10**15)],
        help_text=_("Write 0 when nothing was exported. A year left out is not known."),
        widget=django_forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None:
            # People write 1,250,000; the separators are no decimal point.
            data = data.copy()
            data["amount"] = str(data.get("amount", "")).replace(",", "")
        super().__init__(data, *args, **kwargs)


class ProductForm(forms.Form):
    """Something a company makes."""

    hs = forms.TextField(
        label=_("HS code"), max_length=13, required=False, help_text=_("2 to 10 digits: 8517.13.")
    )
    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120, required=False)
    name_en = forms.TextField(label=_("Name in English"), max_length=120, required=False)

    def clean_hs(self) -> str:
        """Drop the points and blanks between the digits."""
        return str(self.cleaned_data["hs"]).replace(".", "").replace(" ", "").replace("-", "")


class AliasForm(forms.Form):
    """One more name under which a record is found."""

    name = forms.TextField(
        label=_("Other name"), help_text=_("An old name, a short one, or one in another script.")
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.TextField(label=_("Reason"), max_length=500)


class RemarkForm(forms.Form):
    """Why, where one has to give no reason."""

    remark = forms.TextField(label=_("Remark"), max_length=300, required=False)


class SureForm(forms.Form):
    """Nothing to type: the button is the answer."""


class OrganisationFilter(django_filters.FilterSet):
    """The conditions of the list of organisations."""

    q = django_filters.CharFilter(label=_("Name or business number"), method="by_name")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Organisation.Kind, empty_label=_("All kinds")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), method="by_country", empty_label=_("All countries"), choices=list
    )
    region = django_filters.CharFilter(label=_("Region"), method="by_region")
    # Not "size", which is how many rows a page has.
    company_size = django_filters.ChoiceFilter(
        label=_("Company size"),
        field_name="size",
        choices=Organisation.Size,
        empty_label=_("All sizes"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["country"].extra["choices"] = country_choices()

    def by_name(
        self, rows: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        """Find organisations by any of their names, or by their business number."""
        return queries.called(rows, value)

    def by_country(
        self, rows: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        """Keep what lies anywhere in a country."""
        return rows.filter(region__path__startswith=f"/{value}/")

    def by_region(
        self, rows: QuerySet[Organisation], name: str, value: str
    ) -> QuerySet[Organisation]:
        """Keep what lies in a region of this name, or under it."""
        return rows.filter(under(value))


def organisation_listing(request: Request, today: date) -> Listing:
    """Return the list of organisations as it was asked for, by the reader's name of each."""
    kind, served = Organisation.Kind, [Organisation.Kind.PROVIDER, Organisation.Kind.VENUE]
    # Named one by one: an index leads to what something is, and not to what it is not.
    others = Q(
        kind__in=[one for one in kind if one not in {kind.GOVERNMENT, kind.COMPANY, *served}]
    )
    return Listing(
        request,
        queries.organisations(),
        OrganisationFilter,
        sorts={"name": Sort(shown()), "name_en": Sort("name_en"), "kind": Sort("kind")},
        default="name",
        tabs=[
            Tab("governments", _("Governments"), Q(kind=kind.GOVERNMENT)),
            Tab("companies", _("Companies"), Q(kind=kind.COMPANY)),
            Tab("providers", _("Providers and venues"), Q(kind__in=served)),
            Tab("others", _("Other bodies"), others),
        ],
    )


def shown() -> str:
    """Return the field by which names are sorted in the reader's language."""
    return "shown_ko" if (get_language() or "ko").startswith("ko") else "shown_en"
