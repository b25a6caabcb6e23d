"""Every page that links lead to, in a real browser: no serious fault, nothing too wide."""

import re
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
LINK = re.compile(r"""<a\b[^>]*?\b(?:xlink:)?href=(?:"([^"#]+)|'([^'#]+))""")
# Each language is looked at through and through at one width, and measured at the other as well.
LOOKS = [("ko", 1280, 390), ("en", 390, 1280)]
# In programmes so many records of a kind are asked for their links, because what can be done with
# one depends on how far it has come.
MOST = 4
STARTS = (
    "/", "/claims/?tab=waiting", "/claims/?tab=approved", "/applications/?tab=new",
    "/applications/?tab=review", "/calls/?tab=draft", "/calls/?tab=open", "/calls/?tab=closed",
    "/openings/ko/", "/join/", "/signals/",
)  # fmt: skip
# Of people from outside those who have something to do in the sample.
OUTSIDERS = (
    "company@gyoryu.example", "panel1@gyoryu.example", "provider@gyoryu.example",
    "team01@team.example",
)  # fmt: skip
# Only what is wrong is told: the rest of axe's answer is longer than most pages.
BRIEF = {"resultTypes": ["violations"]}


@pytest.fixture
def everybody(transactional_db, now):
    """One person with every inner role, so that every page can be reached by links."""
    list(sample.load(many=False))
    user = User.objects.get(email="admin@gyoryu.example")
    root = user.memberships.get().unit
    for role in ("officer", "approver", "auditor"):
        people.grant(user, role, root, by=None, at=now)
    return user


def crawl(browser, *starts):
    """Return one address of every kind of page that links lead to."""
    found, visits, queue = {}, {}, list(starts)
    while queue:
        address = queue.pop(0)
        name = resolve(urlsplit(address).path).view_name
        most = MOST if of_programmes(address) else 1
        if name in SKIPPED or address in visits.get(name, ()) or len(visits.get(name, ())) >= most:
            continue
        reply = browser.get(address, follow=True)
        assert reply.status_code == 200, f"{address} answers {reply.status_code}"
        visits.setdefault(name, set()).add(address)
        if reply.streaming:
            # A file is no page. Read to its end it is closed.
            b"".join(reply.streaming_content)
            continue
        if not reply["Content-Type"].startswith("text/html"):
            continue
        found.setdefault(name, address)
        for quoted in LINK.findall(reply.content.decode()):
            told = "".join(quoted).replace("&amp;", "&")
            parts = urlsplit(told)
            beside = parts.netloc or parts.path.startswith("/static/") or "export=" in parts.query
            if parts.path and not beside:
                queue.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def faults(page, axe, name, look):
    """Return what axe and the eye's ruler find wrong with the page that is open."""
    wrong = []
    for violation in axe.run(page, options=BRIEF).response["violations"]:
        if violation["impact"] in {"serious", "critical"}:
            where = violation["nodes"][0]["html"][:160]
            wrong.append(f"{name} {look}: {violation['id']} {where}")
    return wrong + too_wide(page, name, look)


def too_wide(page, name, look):
    """Return whether the page that is open is wider than its window."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{name} {look}: {wide} px wider than the window"] if wide > 0 else []


def of_programmes(address):
    """Tell whether a page is one of programmes or of trade, which are half of all."""
    module = resolve(urlsplit(address).path).func.__module__
    return module.startswith(("gyoryu.programmes.", "gyoryu.trade."))


# Two walks, so that both cores of a machine have one.
@pytest.mark.parametrize("programmes", [False, True], ids=["register", "programmes"])
def test_no_page_has_a_serious_fault_in_any_language_or_width(
    window, everybody, signed_in, programmes
):
    walks = [(everybody, crawl(signed_in(everybody), *STARTS))]
    if programmes:
        for email in OUTSIDERS:
            user = User.objects.get(email=email)
            walks.append((user, crawl(signed_in(user), "/my/", "/openings/ko/")))
    assert len(walks[0][1]) > 130
    wrong, axe = [], Axe()
    for language, width, other in LOOKS:
        seen = set()
        for user, pages in walks:
            page = window(user, language, width)
            for name, address in pages.items():
                if name in seen or of_programmes(address) != programmes:
                    continue
                seen.add(name)
                page.goto(address)
                wrong += faults(page, axe, name, (language, width))
                page.set_viewport_size({"width": other, "height": 900})
                wrong += too_wide(page, name, (language, other))
                page.set_viewport_size({"width": width, "height": 900})
    assert not wrong, "\n".join(wrong)
