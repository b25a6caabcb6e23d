"""What is typed of figures that were published of an event."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.parties.models import CURRENCY_CHOICES
from gyoryu.trade.models import Event
from gyoryu.trade.queries import published as queries
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort

EDITIONS = [("0", _("This one")), ("-1", _("The one before it"))]


class FiguresForm(forms.Form):
    """Figures of an edition as they were told, each with the grade that its words allow."""

    edition = forms.ChoiceField(label=_("Edition"), choices=EDITIONS)
    on = forms.DayField(label=_("Told on"))
    companies = plain.IntegerField(label=_("Companies"), required=False, min_value=0)
    buyers = plain.IntegerField(label=_("Buyers"), required=False, min_value=0)
    consultations = plain.IntegerField(
        label=_("Number of consultations"), required=False, min_value=0
    )
    consulted = AmountField(label=_("Amount consulted"), required=False)
    deals = plain.IntegerField(label=_("Deals pursued"), required=False, min_value=0)
    pursued = AmountField(label=_("Amount pursued"), required=False)
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "–"), *CURRENCY_CHOICES], required=False
    )


class PublishedForm(FiguresForm):
    """Figures as a release told them of an event, or of one of its places."""

    leg = forms.ChoiceField(label=_("Place"), required=False)
    source_note = forms.TextField(
        label=_("Where it was told"), max_length=300, help_text=_("The release, and its address.")
    )

    field_order = ("on", "edition", "leg")

    def __init__(self, *args: Any, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legs = {str(one.pk): one for one in event.legs.all()} if event else {}
        places = [("", _("All places")), *((key, str(one)) for key, one in self.legs.items())]
        self.fields["leg"].choices = places  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        told = self.cleaned_data
        return {**told, "edition": int(told["edition"]), "leg": self.legs.get(told["leg"])}


class PublishedFilter(django_filters.FilterSet):
    """The conditions of the list of published figures."""

    event = django_filters.NumberFilter(label=_("Event"), method="by_event", min_value=1)

    def by_event(self, rows: Any, name: str, value: Any) -> Any:
        """Keep what was told of an event."""
        return rows.filter(event=int(value)) if value < 2**63 else rows.none()


def published_listing(request: Request, today: date) -> Listing:
    """Return what was published of events, as it was asked for."""
    return Listing(
        request,
        queries.seen_by(request.user),
        PublishedFilter,
        sorts={"on": Sort("on")},
        default="-on",
    )
