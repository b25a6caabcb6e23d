"""What is typed of voucher terms: bands and menu, a line each."""

from decimal import Decimal
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Programme, Terms
from gyoryu.programmes.queries import providers, terms
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import FAR_PAST, Listing, Sort, Tab

SALES, EXPORTS, SERVICES = 5, 7, 18
BoundLine = list[Any]


class TermsForm(forms.Form):
    """Bands and menu of a year. A line that is left empty is left out; the last band has no end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for line in range(SALES):
            self.fields |= _band("sales", line, _("Rate in percent, band %(n)d"), AmountField)
        for line in range(EXPORTS):
            self.fields |= _band("exports", line, _("Cap in won, band %(n)d"), WonField)
        for line in range(SERVICES):
            self.fields |= _service(line)

    @property
    def sales(self) -> list[BoundLine]:
        """The lines of the sales bands, as bound fields."""
        return self._lines("sales", SALES, ("below", "value"))

    @property
    def exports(self) -> list[BoundLine]:
        """The lines of the export bands, as bound fields."""
        return self._lines("exports", EXPORTS, ("below", "value"))

    @property
    def services(self) -> list[BoundLine]:
        """The lines of the menu, as bound fields."""
        return self._lines("services", SERVICES, terms.SERVICE)

    def _lines(self, name: str, count: int, own: tuple[str, ...]) -> list[BoundLine]:
        return [[self[f"{name}_{line}_{part}"] for part in own] for line in range(count)]

    def clean(self) -> dict[str, Any]:
        """Gather the lines; a half-filled one is asked about at its empty field."""
        values = super().clean() or self.cleaned_data
        return {
            **{name: kept for name, kept in values.items() if not _of_a_line(name)},
            "sales": self._scale(values, "sales", SALES),
            "exports": self._scale(values, "exports", EXPORTS),
            "services": self._menu(values),
        }

    def _scale(
        self, values: dict[str, Any], name: str, count: int
    ) -> list[tuple[Decimal | None, Decimal]]:
        found = []
        for line in range(count):
            below, value = (values.get(f"{name}_{line}_{part}") for part in ("below", "value"))
            if value is not None:
                found.append((below, Decimal(value)))
            elif below is not None and f"{name}_{line}_value" not in self.errors:
                self.add_error(f"{name}_{line}_value", _("Say what holds below this end."))
        return found

    def _menu(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        found = []
        for line in range(SERVICES):
            row = {part: values.get(f"services_{line}_{part}") for part in terms.SERVICE}
            if not any(value not in (None, "") for value in row.values()):
                continue
            for part in ("code", "name_ko"):
                if not row[part]:
                    self.add_error(
                        f"services_{line}_{part}", _("Each service has a code and a Korean name.")
                    )
            found.append({**row, "name_en": row["name_en"] or ""})
        return found


def _of_a_line(name: str) -> bool:
    return name.split("_")[0] in {"sales", "exports", "services"}


def _band(name: str, line: int, label: Any, field: type[Any]) -> dict[str, plain.Field]:
    number = {"n": line + 1}
    end = _("Below, in won, band %(n)d") if name == "sales" else _("Below, in US dollars, %(n)d")
    return {
        f"{name}_{line}_below": AmountField(label=end % number, required=False),
        f"{name}_{line}_value": field(label=label % number, required=False, help_text=""),
    }


def _service(line: int) -> dict[str, plain.Field]:
    number = {"n": line + 1}
    own: dict[str, plain.Field] = {
        "code": forms.TextField(label=_("Code %(n)d") % number, max_length=12, required=False),
        "name_ko": forms.TextField(
            label=_("Korean name %(n)d") % number, max_length=120, required=False
        ),
        "name_en": forms.TextField(
            label=_("English name %(n)d") % number, max_length=120, required=False
        ),
        "most_percent": plain.IntegerField(
            label=_("At most, percent, %(n)d") % number,
            min_value=1,
            max_value=100,
            required=False,
            widget=plain.TextInput(attrs={"inputmode": "numeric"}),
        ),
        "most": WonField(label=_("At most, in won, %(n)d") % number, required=False, help_text=""),
    }
    return {f"services_{line}_{part}": field for part, field in own.items()}


def edited(row: Terms) -> dict[str, Any]:
    """Return what the form of terms begins with."""
    values = terms.values_of(row)
    initial: dict[str, Any] = {}
    for name in ("sales", "exports"):
        for line, (below, value) in enumerate(values[name]):
            told = int(value) if name == "exports" else value
            initial |= {f"{name}_{line}_below": below, f"{name}_{line}_value": told}
    for line, service in enumerate(values["services"]):
        initial |= {f"services_{line}_{part}": value for part, value in service.items()}
    return initial


class NewTermsForm(TermsForm):
    """Terms of a programme-year that has none yet."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: QuerySet[Programme] = providers.programmes(user)
        own: dict[str, plain.Field] = {
            "programme": plain.ModelChoiceField(label=_("Programme"), queryset=rows),
            "year": plain.IntegerField(label=_("Year"), min_value=1990, max_value=2100),
        }
        self.fields = {**own, **self.fields}


class EnforceForm(forms.Form):
    """From which day terms are in force."""

    on = forms.DayField(label=_("In force from"))


class RenewForm(forms.Form):
    """Why there is a new version."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class CopyForm(forms.Form):
    """For which year the terms are copied."""

    year = plain.IntegerField(label=_("Year"), min_value=1990, max_value=2100)


class TermsFilter(django_filters.FilterSet):
    """The conditions of the list of voucher terms."""

    year = django_filters.NumberFilter(label=_("Year"), min_value=1990, max_value=2100)


def terms_listing(request: Request, today: Any) -> Listing:
    """Return the list of voucher terms as it was asked for."""
    return Listing(
        request,
        terms.listed(request.user).order_by(),
        TermsFilter,
        sorts={"year": Sort("year"), "from": Sort("in_force_from", empty=FAR_PAST)},
        default="-year",
        tabs=[
            Tab("draft", _("In preparation"), Q(in_force_from=None)),
            Tab("force", _("In force"), Q(in_force_from__lte=today)),
        ],
    )
