"""What is typed about a product that an exhibitor shows."""

from typing import Any, ClassVar

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.amounts import AmountField
from gyoryu.agreements.forms.picks import Grouped
from gyoryu.parties.models import CURRENCY_CHOICES, Product
from gyoryu.trade.forms.fields import CodeField
from gyoryu.trade.models import Exhibit, Participant
from gyoryu.web import forms

LONG = 2_000


class ExhibitForm(Grouped):
    """What the catalogue says of a product."""

    about_ko = forms.TextField(
        label=_("About it in Korean"), rows=3, max_length=LONG, required=False
    )
    about_en = forms.TextField(
        label=_("About it in English"), rows=3, max_length=LONG, required=False
    )
    price = AmountField(label=_("Price"), required=False, help_text=_("Empty: on request."))
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "–"), *CURRENCY_CHOICES], required=False
    )

    fieldsets: ClassVar = [
        (_("In the catalogue"), ["about_ko", "about_en", "price", "currency"]),
    ]


class NewExhibitForm(ExhibitForm):
    """A product to be shown: one of the company's, or a new one."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120, required=False)
    name_en = forms.TextField(label=_("Name in English"), max_length=120, required=False)
    hs = CodeField(label=_("HS code"), required=False)

    fieldsets: ClassVar = [
        (_("Which product"), ["product"]),
        (_("Or a new one"), ["name_ko", "name_en", "hs"]),
        *ExhibitForm.fieldsets,
    ]

    def __init__(self, *args: Any, row: Participant | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Product.objects.none()
        if row:
            shown = row.exhibits.values("product")
            known = Product.objects.filter(organisation=row.organisation_id)
            known = known.exclude(pk__in=shown).order_by("hs", "pk")
        self.fields["product"] = plain.ModelChoiceField(
            known, label=_("Product of the company"), required=False, empty_label="–"
        )

    def clean(self) -> dict[str, Any]:
        """Ask for one product: a known or a new one."""
        typed = super().clean() or {}
        named = typed.get("name_ko") or typed.get("name_en")
        if not typed.get("product") and not named and "product" not in self.errors:
            self.add_error("product", _("Choose a product, or name a new one."))
        return typed


def edited(row: Exhibit) -> dict[str, Any]:
    """Return what the form of a product shown begins with."""
    return {name: getattr(row, name) for name in ExhibitForm.base_fields}
