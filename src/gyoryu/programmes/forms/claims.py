"""What is typed about claims: invoices, documents, accounts, cuts, and the list's conditions."""

from datetime import date
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField, Select
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit
from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.evidence.models import Document
from gyoryu.parties import business_number
from gyoryu.parties.models import CURRENCY_CHOICES
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Award, AwardCategory, Call, Claim, Cut, Order
from gyoryu.programmes.queries import awards as award_queries
from gyoryu.programmes.queries import calls as call_queries
from gyoryu.programmes.queries import claims as queries
from gyoryu.programmes.rules.claims import Cutting
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.among import Among, among_units
from gyoryu.web.listing import Listing, Sort, Tab

LINES = 4
EVIDENCE = (
    Document.Kind.INVOICE, Document.Kind.RECEIPT, Document.Kind.BANK_SLIP, Document.Kind.CONTRACT,
    Document.Kind.PHOTO, Document.Kind.DECLARATION, Document.Kind.OTHER,
)  # fmt: skip


class HeadingField(ModelChoiceField[AwardCategory]):
    """A heading of an award, told with what is left under it."""

    def label_from_instance(self, obj: Any) -> str:
        """Say the heading and what is left."""
        return str(
            _("%(name)s · %(left)s KRW left") % {"name": obj, "left": f"{obj.ceiling.free:,}"}
        )


class ClaimForm(forms.Form):
    """One invoice that is claimed under one heading of an award."""

    provider_name = forms.TextField(label=_("Issuer of the invoice"), max_length=200)
    provider_number = forms.TextField(
        label=_("Business number of the issuer"),
        required=False,
        max_length=20,
        help_text=_("For example 123-45-67890. Leave it empty for an issuer abroad."),
    )
    invoice = forms.TextField(
        label=_("Number on the invoice"),
        max_length=40,
        help_text=_("Of an electronic tax invoice the approval number, with its 24 characters."),
    )
    invoice_on = forms.DayField(label=_("Day of the invoice"))
    currency = forms.ChoiceField(
        label=_("Currency"), choices=CURRENCY_CHOICES, initial="KRW", widget=Select
    )
    supply = AmountField(label=_("Price without VAT"))
    vat = AmountField(label=_("VAT"), required=False)
    asked = WonField(
        label=_("Claim only this much of it"),
        required=False,
        help_text=_("In won. Leave it empty to claim all that counts."),
    )
    rate_on = forms.DayField(
        label=_("Day of the exchange rate"),
        required=False,
        help_text=_("Only for foreign money. Empty means the day of the invoice."),
    )
    rate_source = forms.TextField(
        label=_("Source of the exchange rate"),
        required=False,
        max_length=80,
        help_text=_("Only where several are entered for that day."),
    )

    def __init__(self, *args: Any, award: Award | None, desk: bool, **kwargs: Any) -> None:
        """``desk`` offers benefits in kind, too, which an awardee does not claim."""
        super().__init__(*args, **kwargs)
        rows = AwardCategory.objects.filter(award=award) if award else AwardCategory.objects.none()
        if not desk:
            rows = rows.exclude(category__in_kind=True)
        rows = rows.select_related("ceiling", "category", "service").order_by("pk")
        heading = HeadingField(label=_("Claimed under"), queryset=rows, empty_label=None)
        self.fields = {"heading": heading, **self.fields}


TYPED = (
    "heading", "provider_name", "provider_number", "invoice", "invoice_on", "currency", "supply",
    "vat", "asked",
)  # fmt: skip


def edited(claim: Claim) -> dict[str, Any]:
    """Return what the form of a claim begins with."""
    rate = claim.rate
    told = {"rate_on": rate.day, "rate_source": rate.source} if rate else {}
    return {name: getattr(claim, name) for name in TYPED} | {"heading": claim.heading_id, **told}


def of_order(order: Order | None) -> dict[str, Any]:
    """Return what the form of a claim that settles an order begins with."""
    if order is None:
        return {}
    issuer = order.provider.organisation
    return {
        "heading": order.heading_id,
        "provider_name": issuer.name_ko or issuer.name_en,
        "provider_number": issuer.business_number,
        "supply": order.amount,
    }


class EvidenceForm(forms.Form):
    """A document that shows a cost."""

    kind = forms.ChoiceField(label=_("What it is"), choices=[(k.value, k.label) for k in EVIDENCE])

    def __init__(self, *args: Any, first: str = "", **kwargs: Any) -> None:
        """``first`` is the kind that is missing, offered first."""
        super().__init__(*args, **kwargs)
        if first:
            self.fields["kind"].initial = first
        limit = settings.DOCUMENT_LIMIT
        self.fields["file"] = forms.UploadField(
            label=_("File"),
            limit=limit,
            help_text=_("PDF, HWP, HWPX, DOCX, XLSX, PPTX, JPG or PNG, up to %(limit)d MB.")
            % {"limit": limit // 1024**2},
        )


class NoForm(forms.Form):
    """Nothing but a yes."""


class AccountForm(forms.Form):
    """To which account an awardee is paid."""

    bank = forms.TextField(label=_("Bank"), max_length=40)
    number = forms.TextField(
        label=_("Account number"),
        max_length=30,
        help_text=_("It is kept encrypted. Afterwards only its last four digits are shown."),
    )
    holder = forms.TextField(label=_("In whose name"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}


class ApproveForm(forms.Form):
    """The cuts with which a claim is approved: pairs of a code and an amount, with a reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [("", _("No cut")), *Cut.Code.choices]
        for line in range(LINES):
            number = {"n": line + 1}
            self.fields[f"code_{line}"] = forms.ChoiceField(
                label=_("Reason of cut %(n)d") % number, choices=codes, required=False
            )
            self.fields[f"amount_{line}"] = WonField(
                label=_("Amount of cut %(n)d") % number, required=False, help_text=""
            )
            self.fields[f"reason_{line}"] = forms.TextField(
                label=_("Note on cut %(n)d") % number, required=False, max_length=300
            )

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The lines of cuts, as bound fields."""
        return [(self[f"code_{n}"], self[f"amount_{n}"], self[f"reason_{n}"]) for n in range(LINES)]

    @property
    def goes_on(self) -> bool:
        """Tell whether anything was typed past the first cut, which alone is always open."""
        return any(field.value() or field.errors for line in self.lines[1:] for field in line)

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a cut of which only one was typed."""
        values = super().clean() or self.cleaned_data
        for n in range(LINES):
            code, amount = values.get(f"code_{n}"), values.get(f"amount_{n}")
            if amount is not None and not code:
                self.add_error(f"code_{n}", _("Choose the reason of the cut."))
            if code and amount is None and f"amount_{n}" in values:
                self.add_error(f"amount_{n}", _("Say how much is cut."))
        return values

    def cuts(self) -> list[Cutting]:
        """Return the cuts that were typed."""
        values = self.cleaned_data
        return [
            Cutting(values[f"code_{n}"], values[f"amount_{n}"], values[f"reason_{n}"])
            for n in range(LINES)
            if values[f"code_{n}"]
        ]


class ReturnForm(forms.Form):
    """What is missing, or why a claim is rejected; the awardee reads it."""

    reason = forms.TextField(
        label=_("Reason"), rows=4, max_length=1000, help_text=_("The awardee reads it.")
    )


class PayForm(forms.Form):
    """Which claims were paid out, and on what day."""

    on = forms.DayField(label=_("Paid on"))

    def __init__(self, *args: Any, rows: QuerySet[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"] = ModelMultipleChoiceField(
            label=_("Claims"),
            queryset=rows,
            error_messages={"required": _("Choose at least one claim.")},
        )


def _calls(request: Any) -> QuerySet[Call]:
    return award_queries.calls(request.user)


class ClaimFilter(django_filters.FilterSet):
    """The conditions of the list of claims."""

    q = django_filters.CharFilter(label=_("Claim, award or business number"), method="by_number")
    call = Among(
        label=_("Call"),
        field_name="award__call",
        rows=_calls,
        find=call_queries.called,
        options="call-options",
    )
    unit = among_units("programmes.applicants", label=_("Unit"))

    def by_number(self, rows: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        """Find claims by the beginning of a number, or by the issuer's business number."""
        digits = business_number.digits(value)
        if len(digits) == 10 and business_number.is_valid(digits):
            return rows.filter(provider_number=digits)
        text = value.strip().upper()
        if text.startswith("AW"):
            found = Award.objects.filter(**award_queries.numbered(text))
            return rows.filter(award__in=found.values("pk"))
        return rows.filter(**award_queries.numbered(text))

    def by_unit(self, rows: QuerySet[Claim], name: str, value: Unit) -> QuerySet[Claim]:
        """Keep the claims of a unit and those under it."""
        under = Unit.objects.filter(path__startswith=value.path).values("pk")
        return rows.filter(unit__in=under)


SORTS = {"handed": Sort("submitted_at"), "number": Sort("number"), "new": Sort("pk")}
Status = Claim.Status


def claim_listing(request: Request, today: date) -> Listing:
    """Return the list of claims as it was asked for; those that wait are the first tab."""
    tabs = [
        Tab("waiting", _("Waiting for a decision"), Q(status=Status.SUBMITTED), "soon"),
        Tab("approved", _("To be paid"), Q(status=Status.APPROVED)),
        Tab("returned", _("Returned"), Q(status=Status.RETURNED)),
        Tab("paid", _("Paid"), Q(status=Status.PAID)),
        Tab("rejected", _("Rejected"), Q(status=Status.REJECTED)),
    ]
    rows = queries.seen(request.user)
    return Listing(
        request, rows, ClaimFilter, SORTS, "handed", tabs, dress=queries.with_room, by_tab=True
    )
