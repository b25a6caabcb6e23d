"""What an invited buyer fills in by its link."""

from typing import Any, ClassVar

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.trade.forms.availability import AvailabilityForm
from gyoryu.trade.forms.participants import LETTERS, Meets
from gyoryu.web import forms

CONTACT = ["contact_name", "contact_email", "language"]


class RegistrationForm(Meets, AvailabilityForm):
    """Who comes, what they look for, when they have time, and that we may keep it."""

    language = forms.ChoiceField(
        label=_("Letters to me are written in"), choices=LETTERS, initial="en"
    )
    consent = plain.BooleanField(
        label=_("I agree that my name and e-mail address are kept for this event."),
        help_text=_("They are used to arrange your meetings and to ask how they went, are seen by "
                    "the organiser and the companies you meet, and are never published."),
        required=False,
    )  # fmt: skip

    fieldsets: ClassVar = [
        (_("Who comes"), CONTACT),
        (_("What you are looking for"), ["interests", "hs_codes", "languages"]),
        (_("How many meetings"), ["most", "most_a_day"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # On one's own page there is somebody to reach; an officer may not know whom yet.
        for name in ("contact_name", "contact_email"):
            self.fields[name].required = True
        self.fields["contact_name"].label = _("Your name")
        self.fields["contact_email"].label = _("Your e-mail address")
        self.fields["languages"].label = _("Languages you speak")
        self.fields["interests"].label = _("What you want to buy")

    def values(self) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        own = [*CONTACT, "languages", "interests", "hs_codes", "most", "most_a_day"]
        return {name: self.cleaned_data[name] for name in own}


class DeclineForm(forms.Form):
    """That one does not come, and why if one likes to say."""

    reason = forms.TextField(
        label=_("Why, if you like to tell us"), rows=2, max_length=300, required=False
    )
