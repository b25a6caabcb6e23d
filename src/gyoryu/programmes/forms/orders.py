"""What is typed of orders: quotes, deliveries, and why something is not as it should be."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import AwardCategory, Order, Programme, Provider, Voucher
from gyoryu.programmes.queries import orders, portfolio, providers, vouchers
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import Among
from gyoryu.web.listing import Listing, Sort, Tab

FILES = 3


class QuoteForm(forms.Form):
    """What is offered on a voucher, for how much and until when."""

    title = forms.TextField(label=_("What is delivered"), max_length=200)
    amount = WonField(
        label=_("Price without VAT"),
        help_text=_("In won, for example 12,000,000. VAT is no part of a voucher."),
    )
    due_on = forms.DayField(label=_("Delivered by"))

    def __init__(self, *args: Any, voucher: Voucher | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Provider.objects.none()
        headings = AwardCategory.objects.none()
        if voucher:
            rows = providers.for_voucher(voucher, on).order_by("organisation__shown_ko", "pk")
            headings = vouchers.headings(voucher)
        own: dict[str, plain.Field] = {
            "provider": plain.ModelChoiceField(label=_("Provider"), queryset=rows),
            "heading": plain.ModelChoiceField(label=_("Service"), queryset=headings),
        }
        self.fields = {**own, **self.fields}


class FindForm(forms.Form):
    """Which voucher a provider quotes on: its number, and whose it is."""

    number = forms.TextField(
        label=_("Number of the voucher"),
        max_length=20,
        help_text=_("The company tells you both. For example AW-2025-0001."),
    )
    business_number = forms.TextField(label=_("Business number of the company"), max_length=14)


class OwnQuoteForm(QuoteForm):
    """A quote in the name of a provider one acts for."""

    def __init__(
        self, *args: Any, user: User, voucher: Voucher | None, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, voucher=voucher, on=on, **kwargs)
        own = Provider.objects.filter(pk__in=providers.own(user).values("pk"))
        if voucher:
            own = own.filter(programme=voucher.award.call.programme)
        self.fields["provider"] = plain.ModelChoiceField(
            label=_("Provider"), queryset=own.select_related("organisation"), empty_label=None
        )


class DeliverForm(forms.Form):
    """That a service was delivered, and what shows it."""

    on = forms.DayField(label=_("Delivered on"))
    note = forms.TextField(label=_("Note"), rows=2, max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.DOCUMENT_LIMIT
        for line in range(1, FILES + 1):
            self.fields[f"file_{line}"] = forms.UploadField(
                label=_("File %(n)d") % {"n": line},
                limit=limit,
                required=False,
                help_text=_("PDF, HWP, HWPX, DOCX, XLSX, PPTX, JPG or PNG, up to %(limit)d MB.")
                % {"limit": limit // 1024**2}
                if line == 1
                else "",
            )

    def values(self) -> dict[str, Any]:
        """Return the delivery as the action takes it."""
        given = self.cleaned_data
        files = [given[f"file_{line}"] for line in range(1, FILES + 1)]
        return {"on": given["on"], "note": given["note"], "files": [one for one in files if one]}


class NoForm(forms.Form):
    """Nothing is asked; the button alone says it."""


class ConfirmForm(forms.Form):
    """On which day the company confirms."""

    on = forms.DayField(label=_("Confirmed on"))


def _programmes(request: Any) -> QuerySet[Programme]:
    return providers.programmes(request.user)


class OrderFilter(django_filters.FilterSet):
    """The conditions of the list of orders."""

    q = django_filters.CharFilter(label=_("Number, or business number"), method="by_number")
    programme = Among(
        label=_("Programme"),
        field_name="provider__programme",
        rows=_programmes,
        find=portfolio.called,
        options="programme-options",
    )
    service = django_filters.CharFilter(
        label=_("Code of a service"), field_name="heading__service__code"
    )

    def by_number(self, rows: QuerySet[Order], name: str, value: str) -> QuerySet[Order]:
        """Find orders by the beginning of their number, or by a business number of either side."""
        text = value.strip()
        digits = "".join(char for char in text if char.isdigit())
        if len(digits) == 10 and not text[:1].isalpha():
            return rows.filter(
                Q(voucher__award__organisation__business_number=digits)
                | Q(provider__organisation__business_number=digits)
            )
        return rows.filter(number__startswith=text.upper())


Status = Order.Status


def order_listing(request: Request, today: date) -> Listing:
    """Return the list of orders as it was asked for, its tabs as of a day."""
    return Listing(
        request,
        orders.seen(request.user),
        OrderFilter,
        sorts={"number": Sort("number"), "due": Sort("due_on"), "amount": Sort("amount")},
        default="-number",
        tabs=[
            Tab("late", _("Delivery late"), orders.late(today), "bad"),
            Tab("confirm", _("Not confirmed in time"), orders.to_confirm(today), "soon"),
            Tab("quoted", Status.QUOTED.label, Q(status=Status.QUOTED)),
            Tab("running", _("Running"), orders.RUNNING),
            Tab("settle", _("To be settled"), Q(status=Status.CONFIRMED)),
            Tab("settled", Status.SETTLED.label, Q(status=Status.SETTLED)),
            Tab("cancelled", Status.CANCELLED.label, Q(status=Status.CANCELLED)),
        ],
    )
