"""What is typed about awards: grants, amendments, advances, and the list's conditions."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import Select
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit
from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.parties import business_number
from gyoryu.parties.forms.fields import organisation_field
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Award, AwardCategory, Call, CostCategory
from gyoryu.programmes.queries import awards as queries
from gyoryu.programmes.queries import calls as call_queries
from gyoryu.programmes.rules.awards import DAYS, Change, Grant, Heading
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import Among, among_units
from gyoryu.web.listing import Listing, Sort, Tab

KINDS = [choice for choice in Award.Kind.choices if choice[0] != Award.Kind.VOUCHER]
LABELS = {
    "starts_on": _("Supported from"),
    "ends_on": _("Supported until"),
    "claims_until": _("Costs can be claimed until"),
    "report_due_on": _("Report due"),
}


def _days(*, required: bool) -> dict[str, Any]:
    return {name: forms.DayField(label=LABELS[name], required=required) for name in DAYS}


def _caps(categories: Iterable[CostCategory]) -> dict[str, Any]:
    """Return a field for the cap of each category."""
    return {
        f"cap_{one.pk}": WonField(label=one, required=False, help_text="") for one in categories
    }


class GrantForm(forms.Form):
    """What is granted: kind, amount, caps, own share and days. Vouchers are issued elsewhere."""

    kind = forms.ChoiceField(label=_("Kind of support"), choices=KINDS, widget=Select)
    amount = WonField(label=_("Amount granted"))
    own_share = AmountField(
        label=_("Own share, in percent"),
        required=False,
        help_text=_("What the awardee bears of each cost. Empty means none."),
    )

    def __init__(self, *args: Any, call: Call | None, whose: bool, **kwargs: Any) -> None:
        """``whose`` asks for the company, where no application says it."""
        super().__init__(*args, **kwargs)
        self.call = call
        self.categories = list(call.categories.all()) if call else []
        if whose:
            company = organisation_field(label=_("Company"), required=True)
            self.fields = {"organisation": company, **self.fields}
        self.fields |= _days(required=True)
        self.fields |= _caps(self.categories)

    @property
    def caps(self) -> list[Any]:
        """The fields of the caps, bound."""
        return [self[name] for name in self.fields if name.startswith("cap_")]

    def grant(self, key: str = "", **more: Any) -> Grant:
        """Return what was typed as a grant; a category without a cap has the call's."""
        values, amount = self.cleaned_data, self.cleaned_data["amount"]
        assert self.call is not None, "filled in only for a call"
        headings = [
            Heading(one, most if most is not None else min(one.most or amount, amount))
            for one in self.categories
            if not one.in_kind or values["kind"] == Award.Kind.BENEFIT
            for most in [values.get(f"cap_{one.pk}")]
        ]
        plain = {name: values[name] for name in ("kind", "amount", *DAYS)}
        return Grant(
            call=self.call,
            organisation=values.get("organisation"),
            own_share=values.get("own_share") or Decimal(0),
            headings=headings,
            key=key,
            **plain,
            **more,
        )


class AmendForm(forms.Form):
    """What is to change of an award, or of all of a call's; what is left empty stays."""

    amount = WonField(label=_("New amount"), required=False)

    def __init__(
        self, *args: Any, headings: "Iterable[AwardCategory] | None" = None,
        categories: Iterable[CostCategory] = (), voucher: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        """``headings`` are those of one award; ``categories`` those of a call."""
        super().__init__(*args, **kwargs)
        own = [one.category for one in headings or () if one.category]
        self.fields |= _caps([*own, *categories]) | _days(required=False)
        if voucher:
            self.fields.pop("amount")
        self.fields["on"] = forms.DayField(label=_("In force from"))
        self.fields["reason"] = forms.TextField(label=_("Reason"), rows=3, max_length=500)

    @property
    def caps(self) -> list[Any]:
        """The fields of the caps, bound."""
        return [self[name] for name in self.fields if name.startswith("cap_")]

    @property
    def days(self) -> list[Any]:
        """The fields of the days, bound."""
        return [self[name] for name in DAYS]

    def change(self) -> Change:
        """Return what was typed as a change."""
        values = self.cleaned_data
        caps = {
            int(name.removeprefix("cap_")): most
            for name, most in values.items()
            if name.startswith("cap_") and most is not None
        }
        days = {name: values[name] for name in DAYS if values.get(name)}
        return Change(values.get("amount"), caps, days)


class AdvanceForm(forms.Form):
    """How much is paid in advance, and why."""

    amount = WonField(label=_("Amount paid in advance"))
    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class DayForm(forms.Form):
    """The day of a step."""

    on = forms.DayField(label=_("On what day"))


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)


class RemarkForm(forms.Form):
    """What is said with a decision."""

    remark = forms.TextField(label=_("Remark"), rows=2, max_length=500, required=False)


def _calls(request: Any) -> QuerySet[Call]:
    return queries.calls(request.user)


class AwardFilter(django_filters.FilterSet):
    """The conditions of the list of awards."""

    q = django_filters.CharFilter(label=_("Award number or business number"), method="by_number")
    call = Among(label=_("Call"), rows=_calls, find=call_queries.called, options="call-options")
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Award.Kind.choices, empty_label=_("All")
    )
    unit = among_units("programmes.view", label=_("Unit"))

    def by_number(self, rows: QuerySet[Award], name: str, value: str) -> QuerySet[Award]:
        """Find awards by the beginning of their number, or by their company's business number."""
        digits = business_number.digits(value)
        if len(digits) == 10 and business_number.is_valid(digits):
            return rows.filter(organisation__business_number=digits)
        return rows.filter(**queries.numbered(value.strip().upper()))

    def by_unit(self, rows: QuerySet[Award], name: str, value: Unit) -> QuerySet[Award]:
        """Keep the awards of a unit and those under it."""
        return rows.filter(unit__path__startswith=value.path)


SORTS = {"number": Sort("number"), "new": Sort("pk"), "report": Sort("report_due_on")}
Status = Award.Status


def award_listing(request: Request, today: date, call: Call | None = None) -> Listing:
    """Return the list of awards as it was asked for, of one call or of all."""
    rows = queries.seen(request.user)
    if call is not None:
        rows = rows.filter(call=call)
    tabs = [
        Tab("awarded", _("To be signed"), Q(status=Status.AWARDED)),
        Tab("running", _("Under way"), Q(status=Status.RUNNING)),
        Tab("over", _("Reported or settled"), Q(status__in=[Status.REPORTED, Status.SETTLED])),
        Tab("cancelled", _("Cancelled"), Q(status=Status.CANCELLED)),
    ]
    return Listing(request, rows, AwardFilter, SORTS, "-new", tabs)
