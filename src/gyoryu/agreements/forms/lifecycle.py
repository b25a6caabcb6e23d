"""What is typed when an agreement takes a step."""

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.forms.agreements import pick_agreement, pick_region
from gyoryu.agreements.models import Agreement
from gyoryu.agreements.queries import agreements as queries
from gyoryu.web import forms


def _reason() -> forms.TextField:
    return forms.TextField(
        label=_("Reason"),
        rows=3,
        max_length=500,
        help_text=_("Published in the register with its date."),
    )


class MoveForm(forms.Form):
    """A step that needs only a day and a reason."""

    to = forms.ChoiceField(label=_("New status"), widget=django_forms.RadioSelect)
    on = forms.DayField(label=_("Since"))
    reason = _reason()

    def __init__(self, *args: Any, steps: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = steps  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """The signing."""

    signed = forms.PeriodField(
        label=_("Signed"), help_text=_("As exactly as it is known: 2025-04-07, 2025-04, 1983.")
    )
    method = forms.ChoiceField(
        label=_("How it was signed"),
        choices=[("", "–"), *Agreement.Method.choices],
        required=False,
    )
    place = pick_region(_("Where it was signed"), required=False)
    reason = forms.TextField(
        label=_("Remark"), max_length=500, required=False, help_text=_("The register prints it.")
    )


class RenewForm(forms.Form):
    """A renewal."""

    on = forms.DayField(label=_("Renewed on"))
    ends_on = forms.DayField(
        label=_("New end of the term"),
        required=False,
        help_text=_("Empty: another term of the same length."),
    )
    reason = _reason()


class ReplaceForm(forms.Form):
    """A successor."""

    on = forms.DayField(label=_("Replaced on"))
    reason = _reason()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = pick_agreement(_("Successor"), queries.seen_by(user))
        self.fields = {"successor": successor, **self.fields}


class VoidForm(forms.Form):
    """Why an agreement should never have been in the register."""

    reason = forms.TextField(label=_("Reason"), rows=3, max_length=500)
