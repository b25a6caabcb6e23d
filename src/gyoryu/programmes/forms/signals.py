"""What is typed about signals."""

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.web import forms


class NoteForm(forms.Form):
    """What somebody found when they looked at a signal."""

    words = forms.TextField(label=_("What you found"), rows=4, max_length=1000)
    cleared = plain.BooleanField(
        label=_("Nothing is wrong with it: clear the signal"), required=False
    )
