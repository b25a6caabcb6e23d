"""What is typed about online malls and what is listed on them."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.parties.forms.fields import organisation_field, region_field
from gyoryu.parties.models import CURRENCY_CHOICES, Organisation, Product
from gyoryu.trade.forms.centres import UnitField, number
from gyoryu.trade.models import Channel, Listing
from gyoryu.trade.queries import centres
from gyoryu.trade.queries import malls as queries
from gyoryu.trade.queries.shop_words import BUYERS, NAMES
from gyoryu.trade.rules import malls as rules
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing as Rows
from gyoryu.web.listing import Sort, Tab

CHANGE = "trade.change"
MOST = 500
LANGUAGES = [("", "–"), *((code, NAMES[code]) for code in ("ko", "en", *BUYERS))]


class AmountField(plain.DecimalField):
    """An amount as people write it: 1,250.50."""

    def __init__(self, **kwargs: Any) -> None:
        line = plain.TextInput(attrs={"class": "short", "inputmode": "decimal"})
        super().__init__(max_digits=18, decimal_places=2, min_value=0, widget=line, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read it without its separators."""
        return super().to_python(str(value).replace(",", "") if value is not None else value)


class ChannelForm(forms.Form):
    """An online mall's own facts."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120)
    name_en = forms.TextField(label=_("Name in English"), max_length=120, required=False)
    name_native = forms.TextField(
        label=_("Name in its own language"), max_length=120, required=False
    )
    operator = organisation_field(label=_("Run by"), required=False)
    region = region_field(required=False)
    language = forms.ChoiceField(
        label=_("Language of its customers"), choices=LANGUAGES, required=False
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCY_CHOICES, initial="CNY")
    address = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", max_length=300
    )

    def __init__(self, *args: Any, user: User, row: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = centres.seen_by(user).filter(closed_on=None).order_by("name_ko", "pk")[:MOST]
        self.centres: dict[str, Any] = {"": None, **{str(one.pk): one for one in rows}}
        if row and row.centre_id:
            self.centres.setdefault(str(row.centre_id), row.centre)
        self.fields["centre"] = plain.TypedChoiceField(
            label=_("Looked after by the centre"),
            choices=[(key, str(one or "–")) for key, one in self.centres.items()],
            required=False,
            coerce=self.centres.get,
            empty_value=None,
        )
        if row is None:
            self.fields["unit"] = UnitField(user)


CHANNEL_FIELDS = ("name_ko", "name_en", "name_native", "operator", "region", "language",
                  "currency", "address")  # fmt: skip


def channel_edited(row: Channel) -> dict[str, Any]:
    """Return what the form of a mall starts from."""
    return {
        **{name: getattr(row, name) for name in CHANNEL_FIELDS},
        "centre": str(row.centre_id or ""),
    }


class EndForm(forms.Form):
    """Since when a mall is not used any more, and why."""

    on = forms.DayField(label=_("Last day"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class ProductsField(plain.MultipleChoiceField):
    """Several products, ticked; a program may name any that it may propose by their numbers."""

    widget = plain.CheckboxSelectMultiple

    def __init__(self, rows: Any, **kwargs: Any) -> None:
        self.rows = rows
        offered = list(rows[:MOST]) if rows is not None else []
        super().__init__(choices=[(str(one.pk), _product(one)) for one in offered], **kwargs)

    def clean(self, value: Any) -> list[Product]:
        """Return the products that were ticked."""
        wanted = super().clean(value)
        there = {str(one.pk): one for one in self.rows.filter(pk__in=wanted)} if wanted else {}
        return [there[pk] for pk in wanted]


def _product(row: Product) -> str:
    code = f" · HS {row.hs}" if row.hs else ""
    return f"{row} · {row.organisation}{code}"


class CompanyForm(forms.Form):
    """Whose products are proposed."""

    organisation = organisation_field(label=_("Company"))


class ProposeForm(forms.Form):
    """Which of a company's products are proposed to a mall."""

    def __init__(
        self, *args: Any, channel: Channel, organisation: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["products"] = ProductsField(
            queries.offered(channel, organisation), label=_("Products")
        )


class ManyForm(forms.Form):
    """Products proposed by their numbers, for programs: of any companies, up to 200 together."""

    products = plain.CharField(
        label=_("Products"), max_length=4_000,
        help_text=_("Numbers of products, parted by commas."),
    )  # fmt: skip

    def clean_products(self) -> list[Product]:
        """Return the products, or say which number is none."""
        texts = [one.strip() for one in self.cleaned_data["products"].split(",") if one.strip()]
        numbers = [number(one) for one in texts]
        rows = Product.objects.filter(pk__in=numbers).select_related("organisation")
        there = {row.pk: row for row in rows}
        unknown = [one for one in texts if number(one) not in there]
        if unknown:
            raise plain.ValidationError(
                _("There is no product %(number)s."), params={"number": unknown[0][:20]}
            )
        return list(dict.fromkeys(there[one] for one in numbers))


class MyProposeForm(forms.Form):
    """A company proposes its own products to a mall."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.open_to_companies()[:MOST]
        self.channels = {str(one.pk): one for one in rows}
        self.fields["channel"] = forms.ChoiceField(
            label=_("Online mall"), choices=[(key, str(one)) for key, one in self.channels.items()]
        )
        self.fields["products"] = ProductsField(queries.own_products(user), label=_("Products"))

    @property
    def channel(self) -> Channel:
        """Return the mall that was chosen."""
        return self.channels[self.cleaned_data["channel"]]


class ListingForm(forms.Form):
    """What a mall shows of a product."""

    code = forms.TextField(
        label=_("The mall's number for it"), max_length=60, required=False,
        help_text=_("Sales are found by it."),
    )  # fmt: skip
    name_native = forms.TextField(label=_("Name in its customers' language"), required=False)
    about_native = forms.TextField(
        label=_("Text in its customers' language"), rows=4, max_length=4_000, required=False
    )
    price = AmountField(label=_("Price, in the mall's currency"), required=False)
    address = forms.URLField(
        label=_("Its page at the mall"), required=False, assume_scheme="https", max_length=500
    )


LISTING_FIELDS = ("code", "name_native", "about_native", "price", "address")


class MoveForm(forms.Form):
    """To which state a listing goes, since when, and why."""

    on = forms.DayField(label=_("Since"))
    code = forms.TextField(
        label=_("The mall's number for it"), max_length=60, required=False,
        help_text=_("Needed from its entry at the mall on: sales are found by it."),
    )  # fmt: skip
    reason = forms.TextField(
        label=_("Reason"), rows=3, max_length=300, required=False,
        help_text=_("Needed for every step back and stop; the company reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Listing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, Listing.State(one).label) for one in rules.NEXT[row.state]]
        self.fields["state"] = forms.ChoiceField(label=_("Next state"), choices=choices)
        self.fields["code"].initial = row.code
        self.order_fields(["state", "on"])


class TieForm(forms.Form):
    """Which product each unknown number of a mall's file is."""

    def __init__(self, *args: Any, channel: Channel, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = codes
        self.listings = {str(one.pk): one for one in queries.to_tie(channel)[:MOST]}
        choices = [("", _("Leave open")), *((k, str(one)) for k, one in self.listings.items())]
        for place, code in enumerate(codes):
            self.fields[f"code_{place}"] = forms.ChoiceField(
                label=code, choices=choices, required=False
            )

    def ties(self) -> dict[str, Listing]:
        """Return the listing of each number for which one was chosen."""
        chosen = {code: self.cleaned_data[f"code_{n}"] for n, code in enumerate(self.codes)}
        return {code: self.listings[pk] for code, pk in chosen.items() if pk}


class ChannelFilter(django_filters.FilterSet):
    """The conditions of the list of malls: none but the tab, for there are a few dozen."""


def channel_listing(request: Request, today: date) -> Rows:
    """Return the list of malls as it was asked for."""
    stands = Q(listings__voided_at=None)
    return Rows(
        request,
        queries.channels(request.user),
        ChannelFilter,
        sorts={"name": Sort("name_ko")},
        default="name",
        tabs=[
            Tab("used", _("In use"), Q(ended_on=None)),
            Tab("ended", _("Not used any more"), Q(ended_on__isnull=False)),
        ],
        dress=lambda rows: rows.annotate(
            n_live=Count("listings", filter=stands & Q(listings__state="live")),
            n_listings=Count("listings", filter=stands),
        ),
    )


class ListingFilter(django_filters.FilterSet):
    """The conditions of the list of listings."""

    channel = django_filters.ChoiceFilter(
        label=_("Online mall"), field_name="channel", empty_label=_("All malls")
    )
    company = django_filters.NumberFilter(
        label=_("Company's number"),
        field_name="product__organisation",
        min_value=1,
        max_value=10**18,
        widget=plain.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["channel"].extra["choices"] = lambda: [
            (str(one.pk), str(one))
            for one in queries.channels(self.request.user).order_by("name_ko", "pk")[:MOST]
        ]


def listing_listing(request: Request, today: date) -> Rows:
    """Return the list of listings as it was asked for."""
    return Rows(
        request,
        queries.listings(request.user),
        ListingFilter,
        sorts={"since": Sort("state_since")},
        default="-since",
        tabs=[Tab(one.value, one.label, Q(state=one.value)) for one in Listing.State],
    )
