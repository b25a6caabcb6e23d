"""What is typed when two records are one."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q
from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _

from gyoryu.parties.forms import fields
from gyoryu.parties.models import KINDS, Double
from gyoryu.parties.queries import doubles
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

FIELDS = {
    "region": fields.region_field,
    "organisation": fields.organisation_field,
    "person": fields.person_field,
}


class PairForm(forms.Form):
    """Two records of one kind, picked by name."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"] = FIELDS[kind](label=_("One record"))
        self.fields["gone"] = FIELDS[kind](label=_("The other record"))


class MergeForm(forms.Form):
    """Which of two stays, and why they are one."""

    stays = forms.ChoiceField(
        label=_("Which one stays"), choices=[("first", ""), ("second", "")], widget=RadioSelect
    )
    reason = forms.TextField(
        label=_("Reason"), max_length=300, rows=2, help_text=_("How you know that they are one.")
    )


class DoubleFilter(django_filters.FilterSet):
    """The conditions of the list of suspected doubles."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=KINDS, empty_label=_("All kinds"))
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=Double.Reason, empty_label=_("All reasons")
    )


def double_listing(request: Request, today: date) -> Listing:
    """Return the list of suspected doubles as it was asked for."""
    return Listing(
        request,
        doubles.standing().select_related("dismissed_by"),
        DoubleFilter,
        sorts={"found": Sort("found_at"), "reason": Sort("reason")},
        default="-found",
        tabs=[
            Tab("open", _("To decide"), Q(dismissed_at=None)),
            Tab("apart", _("Told apart"), Q(dismissed_at__isnull=False)),
        ],
    )
