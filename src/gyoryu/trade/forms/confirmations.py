"""What a buyer answers."""

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.trade.models import Confirmation
from gyoryu.trade.rules.confirmations import LONGEST_NOTE
from gyoryu.web import forms

Answer = Confirmation.Answer


class BuyerForm(forms.Form):
    """Whether a deal is as recorded."""

    answer = plain.ChoiceField(
        label=_("Is it as recorded?"),
        choices=[(Answer.AGREED, _("Yes, it is so")), (Answer.DISAGREED, _("Not as it was"))],
        widget=plain.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    note = forms.TextField(
        label=_("What is different, or anything to add"),
        rows=4,
        required=False,
        max_length=LONGEST_NOTE,
    )
