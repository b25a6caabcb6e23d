"""A real browser (Debian's Chromium) against a real server of this project."""

import os
import shutil

import pytest
from django.test import override_settings

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium():
    if not os.path.exists(CHROMIUM):
        if "chromium" in os.environ.get("GYORYU_REQUIRE", ""):
            pytest.fail("Chromium is required here and is not installed")
        pytest.skip("Chromium is not installed (apt install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api")
    # Playwright's event loop would make Django refuse its own queries in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _static_files_have_a_folder(tmp_path_factory):
    """The server outlives each test's settings, and a fresh checkout has no folder for them."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")):
        yield


@pytest.fixture
def window(chromium, live_server):
    """Open a window of a width, in a language, signed in as somebody or nobody."""
    opened = []

    def open_window(user=None, language="ko", width=1280, *, script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            base_url=live_server.url,
            java_script_enabled=script,
            locale="ko-KR" if language == "ko" else "en-GB",
        )
        cookies = [{"name": "language", "value": language, "url": live_server.url}]
        if user is not None:
            cookies.append({"name": "sessionid", "value": session(user), "url": live_server.url})
        context.add_cookies(cookies)
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()


def session(user):
    """Return the key of a session that this user is signed in with."""
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value
