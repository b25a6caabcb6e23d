"""What is typed about areas of co-operation."""

from django.utils.translation import gettext_lazy as _

from gyoryu.web import forms


class AreaForm(forms.Form):
    """An area's two names."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=80)
    name_en = forms.TextField(label=_("Name in English"), max_length=80)
