"""What is typed about exchange rates."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.base.money import CURRENCIES
from gyoryu.programmes.queries import rates as queries
from gyoryu.programmes.rules.rates import OURS, Rate
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort

FOREIGN = [(code, code) for code in CURRENCIES if code != OURS]
LIMIT = 5 * 1024**2


def _rate_field(**kwargs: Any) -> plain.DecimalField:
    return plain.DecimalField(
        label=_("Won for one unit"), max_digits=14, decimal_places=6, min_value=0, **kwargs
    )


class RateForm(forms.Form):
    """The rate of a day."""

    currency = forms.ChoiceField(label=_("Currency"), choices=FOREIGN)
    day = forms.DayField(label=_("Day"))
    rate = _rate_field(help_text=_("For one unit, also of yen: 9.1234."))
    source = forms.TextField(label=_("Stated by"), max_length=80)

    def stated(self) -> Rate:
        """Return the rate as it was stated."""
        return Rate(**self.cleaned_data)


class FileForm(forms.Form):
    """A file of rates."""

    file = forms.UploadField(
        label=_("File"),
        limit=LIMIT,
        help_text=_("CSV or XLSX with the columns 통화, 일자, 환율, 출처."),
    )


class CorrectForm(forms.Form):
    """A rate put right."""

    rate = _rate_field()
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class RateFilter(django_filters.FilterSet):
    """The conditions of the list of rates."""

    currency = django_filters.ChoiceFilter(label=_("Currency"), choices=FOREIGN)
    since = forms.DayFilter(label=_("From the day"), field_name="day", lookup_expr="gte")
    until = forms.DayFilter(label=_("To the day"), field_name="day", lookup_expr="lte")

    field_order: ClassVar = ["currency", "since", "until"]


def rate_listing(request: Request, today: date) -> Listing:
    """Return the rates as they were asked for, the newest first."""
    return Listing(
        request,
        queries.listed(),
        RateFilter,
        sorts={"day": Sort("day"), "currency": Sort("currency")},
        default="-day",
        dress=queries.with_use,
    )
