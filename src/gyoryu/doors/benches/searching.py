"""How quick searching is: common and rare words, one syllable to whole names, and narrowed."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from gyoryu.doors.benches.values import Timed, timed

# The words stand in what sample.bulk fills in: names, titles and promises.
ASKED = (
    ("search, common word", "q=협력"),
    ("search, two syllables", "q=가온"),
    ("search, one syllable", "q=김"),
    ("search, three syllables", "q=업무협약"),
    ("search, two words", "q=가온 전자"),
    ("search, rare number", "q=CM-2024-00012"),
    ("search, name in letters", "q=Kim Seo-jun"),
    ("search, nothing", "q=뷁뷁뷁"),
    ("search, kind", "q=협력&kind=engagement"),
    ("search, kind and year", "q=협력&kind=engagement&year=2019"),
    ("search, region", "q=협력&region=1"),
    ("search, deepest page", "q=협력&kind=engagement&page=50"),
)


def measure(emails: tuple[str, ...] = ("viewer@gyoryu.example",)) -> Iterator[Timed]:
    """Search as each of these people. The index is up to date: run ``manage index`` before."""
    from django.test import Client  # noqa: PLC0415 (the environment is set first)

    from gyoryu.accounts.models import User  # noqa: PLC0415

    for email in emails:
        browser = Client(raise_request_exception=False)
        browser.force_login(User.objects.get(email=email))
        for name, query in ASKED:
            address = f"/search/?{quote(query, safe='=&')}"
            yield timed(name, partial(browser.get, address))
