"""The deployment's key is changed without anybody losing their second factor."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import InvalidToken
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_second_factors_outlive_a_change_of_the_key(officer, settings, capsys):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    codes = RecoveryCodes.activate(officer).get_unused_codes()
    old, settings.SECRET_KEY = settings.SECRET_KEY, "a newer key" * 5

    def read():
        app, spare = Authenticator.objects.order_by("type").values_list("type", flat=True)
        assert {app, spare} == {"totp", "recovery_codes"}
        from allauth.mfa.utils import decrypt

        seed = RecoveryCodes(Authenticator.objects.get(type="recovery_codes"))
        return decrypt(Authenticator.objects.get(type="totp").data["secret"]), (
            seed.get_unused_codes()
        )

    with pytest.raises(InvalidToken):
        read()
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read() == (secret, codes)
    call_command("renew_secrets")
    assert capsys.readouterr().out == "2 secrets encrypted anew\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert read() == (secret, codes)
