"""What somebody types to find something."""

from django import forms as django_forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gyoryu.search.models import Kind
from gyoryu.search.queries.telling.told import FIRST_YEAR, LAST_YEAR
from gyoryu.search.words.asking import LONGEST
from gyoryu.web import forms

_YEAR = format_lazy(_("Write a year between {first} and {last}."), first=FIRST_YEAR, last=LAST_YEAR)


class SearchForm(forms.Form):
    """The words, and what the results are narrowed to; the last three come from links."""

    q = forms.TextField(
        label=_("Search for"),
        max_length=LONGEST,
        required=False,
        widget=django_forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *((kind.name.lower(), kind.label) for kind in Kind)],
    )
    year = django_forms.IntegerField(
        label=_("Year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=django_forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "size": 4}),
        error_messages={"invalid": _YEAR, "min_value": _YEAR, "max_value": _YEAR},
    )
    unit = django_forms.IntegerField(required=False, min_value=1, widget=django_forms.HiddenInput)
    region = django_forms.IntegerField(required=False, min_value=1, widget=django_forms.HiddenInput)
    page = django_forms.IntegerField(required=False, min_value=1, widget=django_forms.HiddenInput)


class AskForm(SearchForm):
    """The same of a program, which has always something to look for."""

    q = forms.TextField(label=_("Search for"), max_length=LONGEST)
