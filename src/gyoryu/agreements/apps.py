"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.agreements"
    label = "agreements"
    verbs: ClassVar = {
        "agreement.drafted": _("Agreement drafted"),
        "agreement.changed": _("Agreement changed"),
        "agreement.signed": _("Agreement signed"),
        "agreement.moved": _("Status changed"),
        "agreement.renewed": _("Agreement renewed"),
        "agreement.shared": _("Sharing changed"),
        "agreement.voided": _("Agreement voided"),
        "party.added": _("Party added"),
        "party.removed": _("Party taken away"),
        "signatory.added": _("Signatory added"),
        "signatory.removed": _("Signatory taken away"),
        "duty.planned": _("Duty planned"),
        "duty.dated": _("Duty moved to another day"),
        "duty.done": _("Duty done"),
        "duty.waived": _("Duty waived"),
        "duty.lapsed": _("Duty lapsed"),
        "duty.assigned": _("Responsible officer of a duty changed"),
        "policy.added": _("Rule added"),
        "policy.changed": _("Rule changed"),
    }
