"""Fields of events: codes of the Harmonised System, languages, other events."""

from typing import Any

from django import forms as plain
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.trade import harmonised
from gyoryu.trade.models import Event
from gyoryu.trade.queries import events as queries
from gyoryu.trade.rules import languages
from gyoryu.web import forms


class CodesField(forms.TextField):
    """Codes of the Harmonised System, parted by commas."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("2, 4, 6 or 10 digits, parted by commas: 3304, 3304.99, 19.")
        )
        super().__init__(max_length=600, **kwargs)
        self.widget.attrs["autocomplete"] = "off"

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the codes, or say which is none."""
        text = super().to_python(value)
        try:
            return harmonised.codes(text) if text else []
        except harmonised.NotACode as wrong:
            raise plain.ValidationError(no_code(wrong.text)) from None

    def run_validators(self, value: Any) -> None:
        """The text was read; codes need no more."""

    def prepare_value(self, value: Any) -> Any:
        """Show stored codes as they would be typed."""
        return ", ".join(map(harmonised.written, value)) if isinstance(value, list) else value


class CodeField(CodesField):
    """One code of the Harmonised System, or none."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("2, 4, 6 or 10 digits: 3304.99."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:  # type: ignore[override]
        """Return the code's digits; empty for none."""
        found = super().to_python(value)
        if len(found) > 1:
            raise plain.ValidationError(_("One code is enough here."))
        return found[0] if found else ""

    def prepare_value(self, value: Any) -> Any:
        """Show a stored code as it would be typed."""
        known = isinstance(value, str) and value.isdigit()
        return harmonised.written(value) if known else value


def no_code(text: str) -> Any:
    """Say that a text is no code, and how codes are written."""
    return _("“%(text)s” is no HS code. Write 2, 4, 6 or 10 digits, such as 3304.99.") % {
        "text": text[:40]
    }


class LanguagesField(forms.MultipleChoiceField):
    """Languages that somebody speaks."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            choices=languages.CHOICES,
            widget=plain.CheckboxSelectMultiple(attrs={"class": "short"}),
            **kwargs,
        )


def event_field(user: User, itself: Event | None = None, **kwargs: Any) -> forms.PickField:
    """Return a field that picks one of the events a user may see, but not itself."""
    rows = queries.seen_by(user)
    if itself and itself.pk:
        rows = rows.exclude(pk=itself.pk)
    return forms.PickField(
        rows=rows, find=queries.meant, options=reverse("event-options"),
        help_text=_("Title or number; type two letters or more and choose."), **kwargs,
    )  # fmt: skip
