"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.register"
    label = "register"
    verbs: ClassVar[dict[str, object]] = {
        "register.published": _("Register published"),
        "register.corrected": _("Register corrected"),
        "register.withdrawn": _("Publication withdrawn"),
        "register.page_withdrawn": _("Public page withdrawn"),
        "register.rule_changed": _("Publication rule changed"),
        "register.policy_changed": _("Publication policy changed"),
    }
    # Words for what the history says changed where no field of a model has that name.
    words: ClassVar[dict[str, object]] = {
        "publication": _("Publication"),
        "ground": _("Ground"),
        "public_documents": _("Public documents"),
        "month": _("Month"),
        "version": _("Version"),
        "digest": _("SHA-256"),
        "count": _("Agreements"),
    }
    kinds: ClassVar[dict[str, object]] = {
        "publication": _("Publication of the register"),
        "rule": _("Publication rule"),
        "default": _("Publication policy"),
    }
