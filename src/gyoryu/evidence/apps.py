"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.evidence"
    label = "evidence"
    verbs: ClassVar = {
        "evidence.held": _("Document added"),
        "evidence.tied": _("Document tied"),
        "evidence.loosened": _("Document taken off"),
        "evidence.voided": _("Document voided"),
    }
