"""What is typed about promotions and asked about sales."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.trade.forms.centres import whole
from gyoryu.trade.forms.malls import CHANGE, MOST, AmountField
from gyoryu.trade.models import Campaign, Channel, Listing
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.queries import sales
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing as Rows
from gyoryu.web.listing import Sort, Tab


class CampaignForm(forms.Form):
    """A promotion: its days, what was spent, who saw it, who ordered."""

    name_ko = forms.TextField(label=_("Name in Korean"))
    name_en = forms.TextField(label=_("Name in English"), required=False)
    starts_on = forms.DayField(label=_("Begins"))
    ends_on = forms.DayField(label=_("Ends"))
    spend = AmountField(
        label=_("Spent, in the mall's currency"), required=False,
        help_text=_("Empty: not said. 0: nothing was spent."),
    )  # fmt: skip
    impressions = whole(label=_("Times shown"), required=False, min_value=0, max_value=10**12)
    clicks = whole(label=_("Clicks"), required=False, min_value=0, max_value=10**12)
    orders = whole(label=_("Orders, as the mall told"), required=False, min_value=0,
                   max_value=10**9)  # fmt: skip

    def __init__(
        self,
        *args: Any,
        user: User,
        channel: Channel | None = None,
        row: Campaign | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        of = row.channel if row else channel
        if row is None:
            self.channels = {str(one.pk): one for one in queries.used(user, CHANGE)[:MOST]}
            self.fields["channel"] = forms.ChoiceField(
                label=_("Online mall"),
                choices=[(key, str(one)) for key, one in self.channels.items()],
                initial=str(of.pk) if of else None,
            )
            self.order_fields(["channel"])
        self.listings: dict[str, Listing] = {}
        if of is not None and of.pk:
            rows = queries.listings(user).filter(channel=of).exclude(state="proposed")
            self.listings = {str(one.pk): one for one in rows.order_by("pk")[:MOST]}
        self.fields["listings"] = forms.MultipleChoiceField(
            label=_("Goods"),
            choices=[(key, str(one.product)) for key, one in self.listings.items()],
            required=False,
            widget=plain.CheckboxSelectMultiple,
            help_text=_("None ticked: all goods of the mall."),
        )

    @property
    def channel(self) -> Channel:
        """Return the mall that was chosen."""
        return self.channels[self.cleaned_data["channel"]]

    def chosen(self) -> list[Listing]:
        """Return the listings that were ticked."""
        return [self.listings[pk] for pk in self.cleaned_data["listings"]]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        beside = {"channel", "listings"}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}


FIELDS = ("name_ko", "name_en", "starts_on", "ends_on", "spend", "impressions", "clicks", "orders")


def campaign_edited(row: Campaign) -> dict[str, Any]:
    """Return what the form of a promotion starts from."""
    return {
        **{name: getattr(row, name) for name in FIELDS},
        "listings": [str(one.pk) for one in row.listings.all()],
    }


class ChannelChoice(django_filters.FilterSet):
    """A list that is narrowed by the mall."""

    channel = django_filters.ChoiceFilter(
        label=_("Online mall"), field_name="channel", empty_label=_("All malls")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["channel"].extra["choices"] = lambda: [
            (str(one.pk), str(one))
            for one in queries.channels(self.request.user).order_by("name_ko", "pk")[:MOST]
        ]


class CampaignFilter(ChannelChoice):
    """The conditions of the list of promotions."""


def campaign_listing(request: Request, today: date) -> Rows:
    """Return the list of promotions as it was asked for."""
    return Rows(
        request,
        queries.campaigns(request.user),
        CampaignFilter,
        sorts={"start": Sort("starts_on")},
        default="-start",
        tabs=[
            Tab("running", _("Running"), Q(starts_on__lte=today, ends_on__gte=today)),
            Tab("coming", _("Coming"), Q(starts_on__gt=today)),
            Tab("past", _("Promotions over"), Q(ends_on__lt=today)),
        ],
    )


class SaleFilter(ChannelChoice):
    """The conditions of the list of sales, and of the reports over it."""

    channel = django_filters.ChoiceFilter(
        label=_("Online mall"), field_name="listing__channel", empty_label=_("All malls")
    )
    listing = django_filters.NumberFilter(
        label=_("Listing's number"), field_name="listing", min_value=1, max_value=10**18,
        widget=plain.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    since = forms.DayFilter(label=_("From"), field_name="on", lookup_expr="gte")
    until = forms.DayFilter(label=_("Until"), field_name="on", lookup_expr="lte")


def sale_listing(request: Request, today: date) -> Rows:
    """Return the list of sales as it was asked for."""
    return Rows(
        request,
        sales.seen_by(request.user),
        SaleFilter,
        sorts={"on": Sort("on")},
        default="-on",
        tabs=[Tab("returned", _("Returned goods"), Q(quantity__lt=0))],
    )
