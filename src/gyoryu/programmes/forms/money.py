"""Amounts in whole won, as people type them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.amounts import read_amount
from gyoryu.web import forms


class WonField(forms.TextField):
    """Whole won in digits: 12,000,000. ``signed`` lets a minus take something off."""

    def __init__(self, *, signed: bool = False, **kwargs: Any) -> None:
        self.signed = signed
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("help_text", _("In won, for example 12,000,000."))
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Return the amount, or say what to type instead."""
        text = super().to_python(value)
        if not text:
            return None
        minus = self.signed and text[0] in "-−–△▲"
        amount = read_amount(text[1:] if minus else text)
        if amount != amount.to_integral_value():
            raise ValidationError(_("Won have no decimals."))
        return -int(amount) if minus else int(amount)

    def run_validators(self, value: Any) -> None:
        """The text was read; a number needs no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with separators."""
        return f"{value:,}" if isinstance(value, int) else value
