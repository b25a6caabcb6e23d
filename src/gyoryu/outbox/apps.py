"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.outbox"
    label = "outbox"
    verbs: ClassVar = {"letter.tried_again": _("Letter tried again")}
