"""How quick searching is: common and rare words, one syllable to whole names, and narrowed."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from gyoryu.doors.benches.screens import readers, signed_in
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


def measure() -> Iterator[Timed]:
    """Search as an officer of one government and as an auditor of all; the index is up to date."""
    for who, email in readers():
        browser = signed_in(email)
        for name, query in ASKED:
            address = f"/search/?{quote(query, safe='=&')}"
            yield timed(f"{who}{name}", partial(browser.get, address))
