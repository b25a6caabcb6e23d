"""The app's name, label, and the words for what is done in it."""

from typing import Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.accounts"
    label = "accounts"
    verbs: ClassVar = {
        "unit.added": _("Department added"),
        "unit.changed": _("Department changed"),
        "unit.moved": _("Department moved"),
        "user.added": _("Account made"),
        "user.changed": _("Account changed"),
        "user.closed": _("Account closed"),
        "user.reopened": _("Account opened again"),
        "role.granted": _("Role granted"),
        "role.revoked": _("Role revoked"),
        "token.made": _("Token made"),
        "token.revoked": _("Token revoked"),
        "token.used": _("Token used"),
        "account.password_changed": _("Password changed"),
        "account.password_set": _("Password set"),
        "account.password_reset": _("Password set by letter"),
        "account.totp_activated": _("Authenticator app set up"),
        "account.totp_deactivated": _("Authenticator app switched off"),
        "account.webauthn_added": _("Passkey added"),
        "account.webauthn_removed": _("Passkey removed"),
        "account.recovery_codes_generated": _("Recovery codes made"),
        "account.account_connected": _("Identity provider connected"),
        "account.account_disconnected": _("Identity provider disconnected"),
    }
    kinds: ClassVar = {"token": pgettext_lazy("history", "Token")}
    words: ClassVar = {
        "call": pgettext_lazy("history", "Call"),
        "answer_status": pgettext_lazy("history", "Status of the answer"),
        "scopes": pgettext_lazy("history", "Scope"),
    }
    choices: ClassVar[dict[str, Any]] = {}

    def ready(self) -> None:
        """Give the history the words of roles, which are no field of a person."""
        role: Any = self.get_model("Membership")._meta.get_field("role")
        self.choices["role"] = dict(role.flatchoices)
