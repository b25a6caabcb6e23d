"""Every page that links lead to, in a real browser: no serious fault, nothing too wide."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from gyoryu import sample
from gyoryu.accounts.actions import people
from gyoryu.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Leaving, files, and pages drawn by others.
SKIPPED = {
    "language", "account_logout", "document-file", "briefing-pdf", "calendar-feed", "openapi",
    "register-file", "register-feed", "register-document", "import-template", "import-failed",
    "activity-ics", "my-claim-file", "my-order-file", "my-review-paper", "opening-calendar",
    "openings-file", "payments-file", "settlement-pdf", "settlement-xlsx", "sheet-json",
    "sheet-pdf", "sheet-xlsx",
}  # fmt: skip
# Of these only the applicants' pages are looked at, in test_applying; the walk is to take them in.
NOT_YET = "gyoryu.programmes."
LOOKS = [("ko", 1280), ("en", 1280), ("ko", 390), ("en", 390)]


@pytest.fixture
def everybody(transactional_db, now):
    """One person with every inner role, so that every page can be reached by links."""
    list(sample.load(many=False))
    user = User.objects.get(email="admin@gyoryu.example")
    root = user.memberships.get().unit
    for role in ("officer", "approver", "auditor"):
        people.grant(user, role, root, by=None, at=now)
    return user


def crawl(page, start="/"):
    """Return one address of every kind of page that links lead to."""
    found, queue = {}, [start]
    while queue:
        address = queue.pop(0)
        match = resolve(urlsplit(address).path)
        name = match.view_name
        if name in found or name in SKIPPED or match.func.__module__.startswith(NOT_YET):
            continue
        found[name] = address
        reply = page.goto(address)
        assert reply.status == 200, f"{address} answers {reply.status}"
        # A link in a drawing has no plain address, so each is worked out from what it says.
        told = "links => links.map(a => new URL(a.getAttribute('href'), location.href).href)"
        for href in page.eval_on_selector_all("a[href]", told):
            parts = urlsplit(href)
            inside = parts.netloc == urlsplit(page.url).netloc
            if inside and "export=" not in parts.query and not parts.path.startswith("/static/"):
                queue.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def faults(page, axe, name, look):
    """Return what axe and the eye's ruler find wrong with the page that is open."""
    wrong = []
    for violation in axe.run(page).response["violations"]:
        if violation["impact"] in {"serious", "critical"}:
            where = violation["nodes"][0]["html"][:160]
            wrong.append(f"{name} {look}: {violation['id']} {where}")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        wrong.append(f"{name} {look}: {wide} px wider than the window")
    return wrong


def test_no_page_has_a_serious_fault_in_any_language_or_width(window, everybody):
    pages = crawl(window(everybody))
    assert len(pages) > 30
    wrong, axe = [], Axe()
    for language, width in LOOKS:
        page = window(everybody, language, width)
        for name, address in pages.items():
            page.goto(address)
            wrong += faults(page, axe, name, (language, width))
    assert not wrong, "\n".join(wrong)
