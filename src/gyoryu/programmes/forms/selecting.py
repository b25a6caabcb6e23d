"""What is typed to select the applicants of a call without a panel."""

from collections.abc import Sequence
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes.models import Application
from gyoryu.programmes.rules.selecting import OTHERS
from gyoryu.web import forms


class SelectForm(forms.Form):
    """Who is selected; what becomes of the others, and why."""

    chosen = forms.MultipleChoiceField(
        label=_("Selected"), required=False, widget=plain.CheckboxSelectMultiple
    )
    others = forms.ChoiceField(
        label=_("Those who are not chosen"),
        choices=[(one.value, one.label) for one in OTHERS],
        required=False,
        widget=plain.RadioSelect,
    )
    reason = forms.TextField(
        label=_("Reason"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("Needed where somebody is not chosen; they read it as you write it."),
    )

    def __init__(self, *args: Any, rows: Sequence[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.number} {one.name}") for one in rows
        ]

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        typed = dict(self.cleaned_data)
        return {**typed, "chosen": {int(key) for key in typed["chosen"]}}
