"""A passkey is added and then signs its owner in, with the browser's own virtual authenticator."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def insecure_origin(settings):
    # The test's server speaks plain HTTP on this machine, which a real one never does.
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True


def with_key(page):
    """Give a window a security key; return how many passkeys it holds."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    key = wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    return lambda: len(
        wire.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    )


def press(page, name):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def password_again(page):
    """Type the password once more, which adding a way in asks for."""
    page.locator("main [name=password]").fill("correct horse")
    press(page, "확인")


def test_a_passkey_is_added_and_signs_in_without_a_password(window, insecure_origin, officer):
    page, faults = window(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    held = with_key(page)
    page.goto("/account/login/")
    page.locator("[name=login]").fill(officer.email)
    page.locator("[name=password]").fill("correct horse")
    press(page, "로그인")
    page.goto("/account/2fa/webauthn/add/")
    if page.locator("main [name=password]").count():
        password_again(page)
    page.locator("main [name=name]").fill("사무실 컴퓨터")
    page.locator("main [name=passwordless]").check()
    press(page, "추가")
    assert held() == 1
    page.goto("/account/2fa/webauthn/")
    assert "사무실 컴퓨터" in page.locator("main").inner_text()
    page.goto("/account/logout/")
    press(page, "로그아웃")
    page.goto("/account/login/")
    press(page, "패스키로 로그인")
    assert page.locator("header .me").is_visible()
    assert officer.name_ko in page.locator("header .me").inner_text()
    assert faults == []


def test_a_browser_without_the_passkey_is_not_let_in(window, insecure_origin, officer):
    page = window()
    assert with_key(page)() == 0
    page.goto("/account/login/")
    page.get_by_role("button", name="패스키로 로그인").click()
    page.wait_for_timeout(1500)
    page.goto("/")
    assert "/account/login/" in page.url
