"""The shapes of Korean words that tell people: names, titles, offices, places, endings."""

from __future__ import annotations

import re

from gyoryu.newsroom.extraction.vocab import names_ko as names
from gyoryu.newsroom.extraction.vocab import places_ko as places

TITLES = "|".join(
    # `연구청장` heads an agency, not a ward.
    "(?<!연)구청장" if title == "구청장" else title
    for title in sorted(names.TITLES, key=len, reverse=True)
)
HANGUL = re.compile(r"[가-힣]{1,8}(?:[-·][가-힣]{1,6})?")
STARTS_AS_TITLE = re.compile(rf"(?:{TITLES})(?:[은는이가을를과와의도]|$)")
# A name of three syllables hardly ends in these; a noun with a case ending does.
CASE_END = re.compile(r"[의을를에는로와과]$")
_ENDS_AS_TITLE = re.compile(rf"(?:{TITLES})$")
_NEVER_ENDS = re.compile(
    r"(?:[부위처청당될된했던]|기업|[가-힣](?:방문|선정|개최|체결|참석|참여|위촉|수상|소속|동행)한"
    r"|^(?:방문|선정|개최|체결|참석|참여|위촉|수상|동행)한|위하여|통하여|대하여|관하여)$"
)
_CASE = re.compile(
    r"(?:에서|에게|에는|으로|[은는을를의에와과도로가]|하는|하고|하여|하며|중인|인|된|한|할|및|이)$"
)
_MARKED = re.compile(
    r"(?:에서|에게|에는|으로|은|는|을|를|의|에|와|과|하는|하고|하여|하며|중인|된|한|할|및|"
    r"로서|이라|까지|부터|대한|위한|했다|하였다|측|간|기업|회의|방문|면담|접견|참석)$"
)
_JOINT = re.compile(
    r"(?:에서|에게|에는|으로|[을를의]|하는|하고|하여|하며|중인|대한|위한|까지|부터)$|..[은는와과된한할]$"
)
_REGION_END = re.compile(r"^.{2,}(?:시|성|주|도|현|구|군|당)$")
# Endings of offices that foreign names do not share.
_PLAIN_OFFICE = re.compile(
    r".(?:[부처청원]|"
    + "|".join(end for end in places.ORGANISATION_ENDINGS if len(end) > 1)
    + r")$"
)
_PLACES = places.COUNTRIES | places.REGIONS
_MARKET = re.compile(
    r"수출|해외|조달|소비|글로벌|국내|국외|세계|내수|신흥|주력|전통|금융|노동|부동산|에너지|온라인"
    r"|유통|자동차|공공|외환|주식|자본|건설|수입|대체|반도체|의약품|서비스|현지|목표|화장품|식품"
)
PROVINCES = frozenset(
    place.removesuffix(end) for place in places.REGIONS for end in ("", "성", "시", "주", "도")
)


def is_name(word: str) -> bool:
    """Tell whether a word has the shape of a Korean name: a surname and one or two syllables."""
    if word in names.NOT_NAMES or not 2 <= len(word) <= 4 or not HANGUL.fullmatch(word):
        return False
    if len(word) == 3 and word[:2] in names.NOT_NAMES and word[2] in "한과와은는이의를을별도에":
        return False
    if _NEVER_ENDS.search(word) or STARTS_AS_TITLE.match(word):
        return False
    if len(word) == 4:
        return word[:2] in names.DOUBLE_SURNAMES
    return word[0] in names.SURNAMES and not is_place(word)


def is_bracketed_name(name: str) -> bool:
    """Tell whether what stands after a title in brackets may be a name, Korean or foreign."""
    if is_name(name):
        return True
    words = name.split()
    return len(name) > 4 and not any(is_place(w) or _ENDS_AS_TITLE.search(w) for w in words)


def is_place(word: str) -> bool:
    """Tell a country, a region, or a word known to be no name."""
    return is_country(word) or word in names.NOT_NAMES


def is_country(word: str) -> bool:
    """Tell a country or a region, or a post in one (`주부산`, `주독일`)."""
    if word[:1] == "주" and len(word) > 2 and word[1:] in _PLACES:
        return True
    return word in _PLACES


def is_organisation(word: str) -> bool:
    """Tell a word that ends as organisations do."""
    return len(word) > 2 and word.endswith(places.ORGANISATION_ENDINGS)


def is_office(office: str) -> bool:
    """Tell the office fused to a title (`개발청` in `개발청장`) from a mere qualifier."""
    return office in places.REGIONS or office.endswith(places.ORGANISATION_ENDINGS)


def is_marked(word: str) -> bool:
    """A word with a case ending closes the phrase, unless it is an office or a place."""
    if is_place(word) or is_organisation(word):
        return False
    return bool(_CASE.search(word)) and len(word) > 1


def is_foreign_part(word: str) -> bool:
    """Tell whether a word may be part of a foreign name that has no gloss."""
    if not re.fullmatch(r"[가-힣]{1,7}", word) or is_place(word):
        return False
    if STARTS_AS_TITLE.match(word) or word in names.TITLES:
        return False
    if _REGION_END.search(word) or (word.startswith("주") and word[1:] in places.COUNTRIES):
        return False
    return not _MARKED.search(word) and not _PLAIN_OFFICE.search(word)


def may_join(word: str) -> bool:
    """Tell whether a word may be an earlier part of a foreign name with a gloss."""
    if not HANGUL.fullmatch(word) or (is_place(word) and len(word) > 1):
        return False
    return not _JOINT.search(word) and not STARTS_AS_TITLE.match(word)


def is_market(office: str) -> bool:
    """`신흥수출시장` is a market; `가람시장` is a mayor."""
    return len(office) > 4 or bool(_MARKET.search(office))
