"""What somebody from outside types to come in, and to act for a company."""

from typing import Any

from django.forms import CharField, EmailField, EmailInput, TextInput
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import business_number
from gyoryu.web import forms


class JoinForm(forms.Form):
    """Who asks to come in."""

    name = forms.TextField(
        label=_("Your name"),
        max_length=80,
        widget=TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The link goes there. It works once, and for three days."),
        widget=EmailInput(attrs={"autocomplete": "email"}),
    )


class NumberField(CharField):
    """A business number as people write it: 123-45-67890."""

    def to_python(self, value: Any) -> str:
        """Return its digits."""
        return business_number.digits(str(super().to_python(value) or ""))


class CompanyForm(forms.Form):
    """For which company somebody acts."""

    business_number = NumberField(
        label=_("Business number"),
        max_length=20,
        help_text=_("Ten digits, for example 123-45-67890."),
        widget=TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.TextField(
        label=_("Company name"),
        required=False,
        help_text=_("Only needed when we do not know the number yet."),
    )


class ReasonForm(forms.Form):
    """Why, in words that somebody reads."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=300)


class NoForm(forms.Form):
    """Nothing is typed: a button is pressed."""
