"""About which new calls somebody wants letters."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes.models import Programme, Strategy
from gyoryu.programmes.queries import subscriptions as queries
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort

MOST = 200


class WishForm(forms.Form):
    """A strategy, a kind of support, both or neither: then letters come about every call."""

    strategy = forms.ChoiceField(label=_("Of the strategy"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of support"),
        choices=[("", _("All kinds")), *Programme.Kind.choices],
        required=False,
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in queries.strategies(on)[:MOST]}
        choices = [("", _("All strategies")), *((key, row) for key, row in self.rows.items())]
        self.fields["strategy"].choices = choices  # type: ignore[attr-defined]

    def clean_strategy(self) -> Strategy | None:
        """Return the strategy."""
        return self.rows.get(self.cleaned_data["strategy"])


class AddressForm(WishForm):
    """The same, for somebody without an account."""

    email = plain.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We write to it once; letters come only after you have said yes by that link."),
        widget=plain.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("email", "strategy", "kind")


class WishFilter(django_filters.FilterSet):
    """The conditions of the list of one's own wishes."""

    kind = django_filters.ChoiceFilter(label=_("Kind of support"), choices=Programme.Kind.choices)


def wish_listing(request: Request, today: date) -> Listing:
    """Return about which calls letters come to the reader's account, as it was asked for."""
    return Listing(
        request,
        queries.of_user(request.user),
        WishFilter,
        sorts={"asked": Sort("pk")},
        default="asked",
    )
