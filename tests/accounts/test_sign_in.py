"""Signing in: in one's language, with a second factor where it is due, and never by trying long."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse

from gyoryu.accounts.actions import people
from gyoryu.accounts.adapters import MFAAdapter, SocialAccountAdapter
from gyoryu.accounts.models import User
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"


def sign_in(browser, user, password=PASSWORD):
    fields = {"login": user.email, "password": password}
    return browser.post(reverse("account_login"), fields)


def confirmed(user, language="ko"):
    """A browser in which somebody signed in and has just shown once more who they are."""
    browser = Client()
    sign_in(browser, user)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.cookies["language"] = language
    return browser


def test_a_person_signs_in_whatever_the_case_and_goes_on_in_their_language(officer):
    User.objects.filter(pk=officer.pk).update(language="en")
    browser = Client()
    reply = browser.post(
        reverse("account_login"), {"login": officer.email.upper(), "password": PASSWORD}
    )
    assert reply.url == "/"
    assert reply.cookies["language"].value == "en"
    assert browser.session.get_expire_at_browser_close()


def test_a_wrong_password_is_told_without_telling_whether_the_address_is_known(officer):
    browser = Client(headers={"accept-language": "en"})
    known = sign_in(browser, officer, "wrong")
    unknown = browser.post(
        reverse("account_login"), {"login": "nobody@example.test", "password": "wrong"}
    )
    said = [list(reply.context["form"].non_field_errors()) for reply in (known, unknown)]
    assert said[0] == said[1] != []


def test_tries_are_limited(officer):
    browser = Client()
    for _ in range(6):
        last = sign_in(browser, officer, "wrong")
    assert "Too many" in str(last.context["form"].errors) or "너무 많은" in str(
        last.context["form"].errors
    )
    assert sign_in(browser, officer).status_code == 200, "the right password does not help now"


def test_the_address_that_tries_too_much_is_told_to_wait(officer, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    browser = Client()
    replies = [sign_in(browser, officer, "wrong").status_code for _ in range(4)]
    assert replies[-1] == 429


def test_nobody_signs_up_or_manages_addresses(signed_in, officer):
    for browser in (Client(), signed_in(officer)):
        for name in ("account_signup", "account_email", "account_email_verification_sent",
                     "socialaccount_connections"):  # fmt: skip
            assert browser.get(reverse(name)).status_code == 404
    assert User.objects.count() == 1


def test_a_closed_account_is_signed_out_at_once_and_stays_so_when_opened_again(
    signed_in, officer, person_with, now
):
    browser = signed_in(officer)
    assert browser.get(reverse("me")).status_code == 200
    administrator = person_with("administrator")
    people.close(officer, reason="moved", by=administrator, at=now)
    assert browser.get(reverse("me")).url.startswith(reverse("account_login"))
    reply = sign_in(Client(), officer)
    assert reply.status_code == 200 or reply.url == reverse("account_inactive")
    old = browser.session.session_key
    people.reopen(officer, by=administrator, at=now)
    assert browser.get(reverse("me")).status_code == 302, f"session {old} is dead for good"
    assert sign_in(Client(), officer).url == "/"


def test_a_new_password_ends_every_other_session(signed_in, officer):
    here, there = signed_in(officer), signed_in(officer)
    fields = {
        "oldpassword": PASSWORD,
        "password1": "battery staple 7",
        "password2": "battery staple 7",
    }
    here.post(reverse("account_change_password"), fields)
    assert here.get(reverse("me")).status_code == 200
    assert there.get(reverse("me")).status_code == 302
    assert Entry.objects.filter(verb="account.password_changed", by=officer).count() == 1


def test_a_forgotten_password_is_set_by_letter_once(officer):
    browser = Client()
    browser.cookies["language"] = "ko"
    browser.post(reverse("account_reset_password"), {"email": officer.email})
    browser.post(reverse("account_reset_password"), {"email": "nobody@example.test"})
    (letter,) = mail.outbox
    assert letter.subject == "교류 시스템 비밀번호 재설정"
    link = re.search(r"http://testserver(\S+)", letter.body)[1]
    page = browser.get(link, follow=True)
    fields = {"password1": "battery staple 7", "password2": "battery staple 7"}
    browser.post(page.redirect_chain[-1][0], fields)
    assert sign_in(Client(), officer, "battery staple 7").url == "/"
    again = Client().get(link, follow=True)
    assert again.context["token_fail"]


def test_a_mail_server_that_is_away_is_told_and_nothing_breaks(officer, settings):
    settings.EMAIL_BACKEND = "tests.outbox.test_sending.Down"
    reply = Client().post(reverse("account_reset_password"), {"email": officer.email})
    assert reply.status_code == 403


# ---- second factor


def with_app(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_now(secret):
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def test_the_secret_of_an_app_is_encrypted_where_it_is_kept(officer):
    secret = with_app(officer)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert MFAAdapter().decrypt(kept) == secret


def test_whoever_has_an_app_is_asked_for_its_code(officer):
    secret = with_app(officer)
    browser = Client()
    assert sign_in(browser, officer).url == reverse("mfa_authenticate")
    assert browser.get(reverse("me")).status_code == 302
    assert browser.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).url == "/"


def test_a_password_set_by_letter_does_not_stand_in_for_the_code(officer, settings):
    settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
    secret, browser = with_app(officer), Client()
    browser.post(reverse("account_reset_password"), {"email": officer.email})
    link = re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]
    page = browser.get(link, follow=True).redirect_chain[-1][0]
    fields = {"password1": "battery staple 7", "password2": "battery staple 7"}
    assert browser.post(page, fields).url == reverse("mfa_authenticate")
    assert browser.get(reverse("me")).url.startswith(reverse("account_login"))
    assert browser.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert browser.get(reverse("me")).url.startswith(reverse("account_login"))
    assert browser.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).url == "/"
    assert browser.get(reverse("me")).status_code == 200


def test_everybody_is_led_to_set_one_up_where_it_is_required(signed_in, officer, settings):
    settings.SECOND_FACTOR = "required"
    browser = signed_in(officer)
    for name in ("home", "me", "letters"):
        assert browser.get(reverse(name)).url == reverse("mfa_index")
    # Setting it up asks for the password once more; no page leads round in a circle.
    assert browser.get(reverse("mfa_index")).status_code == 200
    assert browser.get(reverse("language", args=["en"])).url == "/"
    asked = browser.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert browser.post(asked.url, {"password": PASSWORD}).status_code == 302
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200
    with_app(officer)
    assert browser.get(reverse("me")).status_code == 200


@pytest.mark.parametrize(
    ("role", "debug", "today", "led"),
    [
        ("administrator", False, "", True),
        ("administrator", True, "", False),
        ("administrator", False, "2025-04-01", False),
        ("officer", False, "", False),
    ],
)
def test_administrators_need_one_except_at_play(
    signed_in, person_with, settings, role, debug, today, led
):
    settings.DEBUG, settings.TODAY = debug, today
    reply = signed_in(person_with(role)).get(reverse("letters"))
    assert (reply.status_code == 302) is led


def test_recovery_codes_alone_are_no_second_factor(signed_in, officer, settings):
    settings.SECOND_FACTOR = "required"
    Authenticator.objects.create(
        user=officer, type="recovery_codes", data={"seed": "x", "used_mask": 0}
    )
    assert signed_in(officer).get(reverse("letters")).url == reverse("mfa_index")


@pytest.mark.parametrize(
    "name",
    ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn",
     "account_change_password", "account_logout"],
)  # fmt: skip
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_of_ones_account_open_in_both_languages(officer, name, language):
    browser = confirmed(officer, language)
    page = browser.get(reverse(name))
    assert page.status_code == 200
    text = page.content.decode()
    assert f'<html lang="{language}">' in text
    assert "<script>" not in text
    assert " style=" not in text
    assert not re.search(r"\son\w+=", text)


def test_recovery_codes_are_shown_and_made_anew(officer, django_capture_on_commit_callbacks):
    browser = confirmed(officer)
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session["mfa.totp.secret"]
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    for name in ("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert browser.get(reverse(name)).status_code == 200
    verbs = set(Entry.objects.filter(by=officer).values_list("verb", flat=True))
    assert "account.totp_activated" in verbs


# ---- the government's identity provider


def login_by(email, *, verified):
    user = User(email=email)
    account = SocialAccount(provider="oidc", uid="4711", extra_data={})
    addresses = [EmailAddress(email=email, verified=verified, primary=True)]
    return SocialLogin(user=user, account=account, email_addresses=addresses)


@pytest.fixture
def request_of_nobody(settings):
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.fallback import FallbackStorage

    app = {"provider_id": "oidc", "name": "통합인증", "client_id": "gyoryu", "secret": "x"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), SessionStore()
    request._messages = FallbackStorage(request)
    return request


def test_a_known_address_that_the_provider_vouches_for_signs_in(officer, request_of_nobody):
    login = login_by(officer.email.upper(), verified=True)
    SocialAccountAdapter().pre_social_login(request_of_nobody, login)
    assert login.user == officer
    assert SocialAccount.objects.get().user == officer
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "verified"), [("nobody@example.test", True), ("OFFICER", False), ("", True)]
)
def test_an_unknown_or_unvouched_address_makes_nobody(officer, request_of_nobody, email, verified):
    email = officer.email if email == "OFFICER" else email
    with pytest.raises(ImmediateHttpResponse) as refused:
        SocialAccountAdapter().pre_social_login(
            request_of_nobody, login_by(email, verified=verified)
        )
    assert refused.value.response.status_code == 403
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_a_provider_that_vouches_for_all_its_addresses_is_believed_when_the_setting_says_so(
    officer, request_of_nobody, settings
):
    settings.OIDC_TRUST_EMAIL = True
    login = login_by(officer.email, verified=False)
    SocialAccountAdapter().pre_social_login(request_of_nobody, login)
    assert login.user == officer


def test_the_clock_of_codes_is_the_machines_own():
    assert abs(next(iter(yield_hotp_counters_from_time())) * 30 - time.time()) < 120
