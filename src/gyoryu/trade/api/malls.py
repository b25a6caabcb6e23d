"""Online malls, listings, promotions, sales and shop windows in the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.rules import check_may
from gyoryu.trade.actions import campaigns as promoting
from gyoryu.trade.actions import channels as actions
from gyoryu.trade.actions import listings as listing
from gyoryu.trade.actions import shop_windows as showing
from gyoryu.trade.forms import campaigns as promoted
from gyoryu.trade.forms import malls as forms
from gyoryu.trade.forms import shop_windows as windows
from gyoryu.trade.forms.centres import ReasonForm, edited
from gyoryu.trade.models import Campaign, Channel, Listing, ShopWindow
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.queries import shop_windows
from gyoryu.web.calls import Call, Desk, Named, Shape
from gyoryu.web.forms import Form

VIEW, CHANGE = "trade.view", "trade.change"
desk = Desk(_("Online malls and shop windows"))


class ChannelRow(Shape):
    """An online mall abroad."""

    id: int
    name: str
    name_ko: str
    name_en: str
    name_native: str
    language: str
    currency: str
    address: str
    ended_on: date | None
    ended_reason: str

    @staticmethod
    def resolve_name(row: Channel) -> str:
        """Return the name in the language asked for."""
        return str(row)


class ListingRow(Shape):
    """A product on a mall; ``code`` is the mall's number for it, by which sales are found."""

    id: int
    product: Named
    channel: Named
    state: Listing.State
    state_since: date
    state_reason: str
    code: str
    name_native: str
    price: Decimal | None
    address: str


class CampaignRow(Shape):
    """A promotion as the mall told it; what was not said is null, and 0 is a statement."""

    id: int
    name: str
    channel: Named
    starts_on: date
    ends_on: date
    spend: Decimal | None
    currency: str
    impressions: int | None
    clicks: int | None
    orders: int | None

    @staticmethod
    def resolve_name(row: Campaign) -> str:
        """Return the name in the language asked for."""
        return str(row)


class SaleRow(Shape):
    """An order of a product, as a mall's file told it; below zero for what came back."""

    id: int
    listing: Named
    order: str
    on: date
    quantity: int
    amount: Decimal
    currency: str
    campaign: Named | None
    source_note: str


class WindowRow(Shape):
    """A shop window; the public reads it under /shops/ and its slug while it is open."""

    id: int
    name: str
    slug: str
    language: str
    open_since: datetime | None

    @staticmethod
    def resolve_name(row: ShopWindow) -> str:
        """Return the title in the language asked for."""
        return str(row)


def _channel(call: Call) -> Channel:
    return get_object_or_404(queries.channels(call.user), pk=call.pk)


def _listing(call: Call) -> Listing:
    return get_object_or_404(
        queries.listings(call.user).select_related("channel__unit"), pk=call.pk
    )


def _campaign(call: Call) -> Campaign:
    rows = queries.campaigns(call.user).select_related("channel__unit")
    return get_object_or_404(rows, pk=call.pk)


def _window(call: Call) -> ShopWindow:
    return get_object_or_404(shop_windows.seen_by(call.user), pk=call.pk)


def _own(find: Any) -> Any:
    def own(call: Call) -> Any:
        row = find(call)
        check_may(call.user, CHANGE, row.unit)
        return row

    return own


def _add(call: Call, form: Any) -> Channel:
    values = dict(form.cleaned_data)
    return actions.add(values.pop("unit"), values, **call.who)


def _edit_channel(call: Call) -> Any:
    initial = forms.channel_edited(call.row) if call.row else None
    return forms.ChannelForm(user=call.user, row=call.row or Channel(), initial=initial)


def _propose(call: Call, form: Any) -> Channel:
    listing.propose(call.row, form.cleaned_data["products"], **call.who)
    row: Channel = call.row
    return row


def _edit_listing(call: Call) -> Any:
    return forms.ListingForm(initial=edited(call.row, forms.LISTING_FIELDS) if call.row else None)


def _edit_campaign(call: Call) -> Any:
    row = call.row or Campaign(channel=Channel())
    initial = promoted.campaign_edited(call.row) if call.row else None
    return promoted.CampaignForm(user=call.user, row=row, initial=initial)


def _edit_window(call: Call) -> Any:
    initial = windows.edited(call.row) if call.row else None
    return windows.WindowForm(user=call.user, row=call.row or ShopWindow(), initial=initial)


def _lay_out(call: Call, form: Any) -> ShopWindow:
    return showing.add(form.cleaned_data["unit"], form.values(), form.chosen(), **call.who)


desk.lists("channels", _("Online malls"), ChannelRow, forms.channel_listing, may=VIEW)
desk.writes(
    "channels", _("Add an online mall"), lambda call: forms.ChannelForm(user=call.user), _add,
    may=CHANGE, creates="channels",
)  # fmt: skip
desk.shows("channels/{pk}", _("Online mall"), ChannelRow, _channel, may=VIEW)
desk.writes(
    "channels/{pk}", _("Change the mall"), _edit_channel,
    lambda call, form: actions.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own(_channel), method="PATCH",
)  # fmt: skip
desk.writes(
    "channels/{pk}/end", _("Stop using the mall"), forms.EndForm,
    lambda call, form: actions.end(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own(_channel),
)  # fmt: skip
desk.writes(
    "channels/{pk}/propose", _("Propose products"), forms.ManyForm, _propose,
    may=CHANGE, find=_own(_channel),
)  # fmt: skip
desk.lists("listings", _("Listings"), ListingRow, forms.listing_listing, may=VIEW)
desk.shows("listings/{pk}", _("Listing"), ListingRow, _listing, may=VIEW)
desk.writes(
    "listings/{pk}", _("Change the listing"), _edit_listing,
    lambda call, form: listing.change(call.row, form.cleaned_data, **call.who),
    may=CHANGE, find=_own(_listing), method="PATCH",
)  # fmt: skip
desk.writes(
    "listings/{pk}/move", _("The listing's next step"),
    lambda call: forms.MoveForm(row=call.row or Listing()),
    lambda call, form: listing.move(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own(_listing),
)  # fmt: skip
desk.lists("campaigns", _("Promotions"), CampaignRow, promoted.campaign_listing, may=VIEW)
desk.writes(
    "campaigns", _("Add a promotion"), lambda call: promoted.CampaignForm(user=call.user),
    lambda call, form: promoting.add(form.channel, form.values(), [], **call.who),
    may=CHANGE, creates="campaigns",
)  # fmt: skip
desk.shows("campaigns/{pk}", _("Promotion"), CampaignRow, _campaign, may=VIEW)
desk.writes(
    "campaigns/{pk}", _("Change the promotion"), _edit_campaign,
    lambda call, form: promoting.change(call.row, form.values(), form.chosen(), **call.who),
    may=CHANGE, find=_own(_campaign), method="PATCH",
)  # fmt: skip
desk.lists("sales", _("Mall sales"), SaleRow, promoted.sale_listing, may=VIEW)
desk.lists("shop-windows", _("Shop windows"), WindowRow, windows.window_listing, may=VIEW)
desk.writes(
    "shop-windows", _("Lay out a shop window"), lambda call: windows.WindowForm(user=call.user),
    _lay_out, may=CHANGE, creates="shop-windows",
)  # fmt: skip
desk.shows("shop-windows/{pk}", _("Shop window"), WindowRow, _window, may=VIEW)
desk.writes(
    "shop-windows/{pk}", _("Change the shop window"), _edit_window,
    lambda call, form: showing.change(call.row, form.values(), form.chosen(), **call.who),
    may=CHANGE, find=_own(_window), method="PATCH",
)  # fmt: skip
desk.writes(
    "shop-windows/{pk}/open", _("Open to the public"), Form,
    lambda call, _form: showing.open_window(call.row, **call.who),
    may=CHANGE, find=_own(_window),
)  # fmt: skip
desk.writes(
    "shop-windows/{pk}/close", _("Close the shop window"), ReasonForm,
    lambda call, form: showing.close_window(call.row, **form.cleaned_data, **call.who),
    may=CHANGE, find=_own(_window),
)  # fmt: skip
DESKS: list[Desk] = [desk]
