"""What is typed about buyer leads."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.parties.forms.fields import organisation_field
from gyoryu.trade.models import Centre, Lead
from gyoryu.trade.queries import centres
from gyoryu.trade.queries import leads as queries
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

CHANGE = "trade.change"
MOST = 500


class HsField(plain.CharField):
    """An HS code as people write it: 3304.99, 3304-99-1000."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            plain.TextInput(
                attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return it without dots, dashes and blanks."""
        return bare(super().to_python(value) or "")


def bare(text: str) -> str:
    """Take dots, dashes and blanks out of a code; whatever else it has in it stays."""
    return "".join(char for char in text if char not in ".-– \u00a0")


class CodesField(plain.CharField):
    """Several HS codes, parted by commas or lines."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("2 to 10 digits each, parted by commas: 3304, 330499."))
        super().__init__(max_length=400, **kwargs)

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the codes, each once."""
        if isinstance(value, list):
            return value
        text = (super().to_python(value) or "").replace("\n", ",").replace(";", ",")
        return list(dict.fromkeys(code for code in map(bare, text.split(",")) if code))

    def run_validators(self, value: Any) -> None:
        """What a code is, is a rule of leads."""

    def prepare_value(self, value: Any) -> Any:
        """Show codes with commas between them."""
        return ", ".join(value) if isinstance(value, list) else value


class LeadForm(forms.Form):
    """A buyer, and what it looks for."""

    organisation = organisation_field(label=_("Buyer"))
    interests = forms.TextField(
        label=_("What it looks for"), rows=4, max_length=4_000, required=False
    )
    hs_codes = CodesField(label=_("HS codes"), required=False)
    found_on = forms.DayField(label=_("Found on"))

    def __init__(
        self,
        *args: Any,
        user: User,
        row: Lead | None = None,
        centre: Centre | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if row is not None:
            return
        rows = centres.seen_by(user, CHANGE).filter(closed_on=None).order_by("name_ko", "pk")
        self.centres = {str(one.pk): one for one in rows[:MOST]}
        self.fields["centre"] = forms.ChoiceField(
            label=_("Centre"),
            choices=[(key, str(one)) for key, one in self.centres.items()],
            initial=str(centre.pk) if centre else None,
        )
        self.order_fields(["centre"])

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "centre"}

    @property
    def centre(self) -> Centre:
        """Return the centre that was chosen."""
        return self.centres[self.cleaned_data["centre"]]


FIELDS = ("organisation", "interests", "hs_codes", "found_on")


class LeadMoveForm(forms.Form):
    """The step a lead takes, and why."""

    state = forms.ChoiceField(
        label=_("Next state"),
        choices=[(one.value, one.label) for one in (Lead.State.CHECKED, Lead.State.DROPPED)],
    )
    reason = forms.TextField(
        label=_("Reason"), rows=3, max_length=300, required=False,
        help_text=_("Needed when it is dropped."),
    )  # fmt: skip


class LeadFilter(django_filters.FilterSet):
    """The conditions of the list of leads."""

    centre = django_filters.ChoiceFilter(
        label=_("Centre"), field_name="centre", empty_label=_("All centres")
    )
    hs = django_filters.CharFilter(
        label=_("HS code begins with"),
        method="looks_for",
        widget=plain.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["centre"].extra["choices"] = lambda: [
            (str(one.pk), str(one))
            for one in centres.seen_by(self.request.user).order_by("name_ko", "pk")[:MOST]
        ]

    def looks_for(self, rows: Any, _name: str, value: str) -> Any:
        """Keep the leads that look for goods whose code begins so."""
        digits = "".join(char for char in value if char.isascii() and char.isdigit())
        return rows.filter(queries.looking_for(digits)) if digits else rows.none()


def lead_listing(request: Request, today: date) -> Listing:
    """Return the list of leads as it was asked for."""
    return Listing(
        request,
        queries.seen_by(request.user),
        LeadFilter,
        sorts={"found": Sort("found_on")},
        default="-found",
        tabs=[Tab(one.value, one.label, Q(state=one.value)) for one in Lead.State],
    )
