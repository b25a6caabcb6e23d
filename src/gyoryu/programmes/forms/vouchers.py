"""What is typed of vouchers: the company's figures, its share, the end."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Application, Programme, Voucher
from gyoryu.programmes.queries import portfolio, providers, vouchers
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import Among
from gyoryu.web.listing import Listing, Sort, Tab


class IssueForm(forms.Form):
    """Last year's figures of a company, and the period of its voucher."""

    sales = AmountField(label=_("Sales of last year, in won"))
    exports = AmountField(label=_("Exports of last year, in US dollars"))
    wanted = WonField(
        label=_("Amount asked for"),
        required=False,
        help_text=_("Subsidy and share together, in won. Left empty, it is the cap."),
    )
    starts_on = forms.DayField(label=_("First day"))
    ends_on = forms.DayField(label=_("Last day"))
    claims_until = forms.DayField(label=_("Settled until"))
    report_due_on = forms.DayField(label=_("Report due"))

    def __init__(self, *args: Any, application: Application | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = list(application.call.allotments.select_related("line")) if application else []
        if application and len(own) > 1:
            self.fields["allotment"] = plain.ModelChoiceField(
                label=_("Taken of"), queryset=application.call.allotments.all()
            )


class ShareForm(forms.Form):
    """That the company's share came in."""

    on = forms.DayField(label=_("Paid on"))
    bank = forms.TextField(label=_("Bank it came from"), max_length=40, required=False)
    number = forms.TextField(
        label=_("Account it came from"),
        max_length=40,
        required=False,
        help_text=_("Only a mark of it is kept, to see whether a provider has paid the share."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the bank of an account, and for the account at a bank."""
        values = super().clean() or self.cleaned_data
        for name, other in (("bank", "number"), ("number", "bank")):
            if values.get(other) and not values.get(name) and name not in self.errors:
                self.add_error(name, _("Give the bank and the account, or neither."))
        return values


def account_of(values: dict[str, Any]) -> tuple[str, str] | None:
    """Return bank and number that a share came from, if they were given."""
    return (values["bank"], values["number"]) if values.get("bank") else None


class CloseForm(forms.Form):
    """On which day a voucher is closed."""

    on = forms.DayField(label=_("Closed on"))


def _programmes(request: Any) -> QuerySet[Programme]:
    return providers.programmes(request.user)


class VoucherFilter(django_filters.FilterSet):
    """The conditions of the list of vouchers."""

    q = django_filters.CharFilter(label=_("Number, or business number"), method="by_number")
    programme = Among(
        label=_("Programme"),
        field_name="award__call__programme",
        rows=_programmes,
        find=portfolio.called,
        options="programme-options",
    )

    def by_number(self, rows: QuerySet[Voucher], name: str, value: str) -> QuerySet[Voucher]:
        """Find vouchers by the beginning of their number, or by the whole business number."""
        text = value.strip()
        digits = "".join(char for char in text if char.isdigit())
        if len(digits) == 10 and not text[:1].isalpha():
            return rows.filter(award__organisation__business_number=digits)
        return rows.filter(award__number__startswith=text.upper())


def voucher_listing(request: Request, today: date) -> Listing:
    """Return the list of vouchers as it was asked for, its tabs as of a day."""
    return Listing(
        request,
        vouchers.seen(request.user),
        VoucherFilter,
        # Numbers are given out in the order of issue; of the award's own columns none is sorted by,
        # because its index would not carry a page of a hundred thousand vouchers.
        sorts={"number": Sort("id")},
        default="-number",
        tabs=[
            Tab("usable", _("Can be used"), vouchers.usable(today)),
            Tab("unpaid", _("Share not paid"), vouchers.UNPAID, "soon"),
            Tab("ended", _("To be closed"), vouchers.ended(today), "bad"),
            Tab("closed", _("Closed"), vouchers.CLOSED),
        ],
        by_tab=True,
    )
