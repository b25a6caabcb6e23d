"""No link leads to a refusal: what may not be done is not offered, or is told with its reason.

The sample is walked through, and its trade is what was published.
"""

import re
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.db.models import Count, Sum
from django.urls import resolve

from gyoryu import sample
from gyoryu.accounts.models import User
from gyoryu.trade.models import Consultation, Deal, Meeting, Unproven
from gyoryu.trade.queries import tallies

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
# Files, other sites' pages, and what ends the visit.
SKIPPED = {
    "language", "account_logout", "document-file", "my-paper", "briefing-pdf", "calendar-feed",
}  # fmt: skip
# Of each kind of page so many are looked at, so that records in several states are among them.
MOST = 3
# Who walks, from where, and how many kinds of pages there are for them at least.
PEOPLE = [
    ("approver", "/", 100),
    ("admin", "/", 20),
    ("company", "/my/", 8),
    ("panel1", "/my/", 4),
    ("provider", "/my/", 8),
]


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The sample, loaded once for all people and taken away again."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        list(sample.load(many=False))
        yield
        transaction.set_rollback(True)


def links(reply):
    """Return the addresses a page leads to, without those of files."""
    for href in LINK.findall(reply.content.decode()):
        address = href.replace("&amp;", "&")
        parts = urlsplit(address)
        if parts.netloc or parts.path.startswith("/static/") or "export=" in parts.query:
            continue
        yield address if parts.path else ""


@pytest.mark.parametrize(("name", "start", "least"), PEOPLE)
def test_no_link_leads_to_a_refusal(loaded, signed_in, name, start, least):
    browser = signed_in(User.objects.get(email=f"{name}@gyoryu.example"))
    seen, visits, queue, refused = {start}, {}, [("", start)], []
    while queue:
        page, address = queue.pop(0)
        kind = resolve(urlsplit(address).path).view_name
        if kind in SKIPPED or visits.get(kind, 0) >= MOST:
            continue
        visits[kind] = visits.get(kind, 0) + 1
        reply = browser.get(address)
        if reply.status_code not in {200, 302}:
            refused.append(f"{page} leads to {address}: {reply.status_code}")
            continue
        shown = reply.status_code == 200 and reply["Content-Type"].startswith("text/html")
        for found in links(reply) if shown else ():
            if found and not found.startswith("?") and found not in seen:
                seen.add(found)
                queue.append((address, found))
    assert not refused, "\n".join(refused)
    assert len(visits) >= least


def test_trade_is_as_published_with_long_meetings_and_a_word_without_its_paper(loaded):
    talks = Consultation.objects.values_list("event__title_en").annotate(Count("pk"), Sum("amount"))
    assert set(talks) == {
        ("Ceramics fair abroad 2024", 349, Decimal(4_860_000)),
        ("Mobile Industry Show 2025, Hangyeol pavilion", 558, Decimal(166_080_000)),
        ("Trade mission to Latin America 2024", 186, Decimal(35_220_000)),
    }
    deals = Deal.objects.filter(currency="USD").values_list("event__title_en")
    assert set(deals.annotate(Count("pk"), Sum("pursued"))) == {
        ("Mobile Industry Show 2025, Hangyeol pavilion", 145, Decimal(56_780_000)),
        ("Trade mission to Latin America 2024", 160, Decimal(15_530_000)),
    }
    met = Meeting.objects.values_list("leg__name_en", "slots").annotate(Count("pk"))
    assert set(met) == {
        ("Mexico City", 1, 53), ("Mexico City", 2, 1), ("Lima", 1, 70), ("Lima", 2, 1),
        ("Bogota", 1, 60), ("Bogota", 2, 1),
    }  # fmt: skip
    [said] = Unproven.objects.select_related("deal")
    assert (said.says, said.deal.grade, said.deal.signed) == ("signed", "pursued", None)
    assert said.amount == said.deal.pursued
    assert said.deal.next_step
    assert tallies.faults() == {}
