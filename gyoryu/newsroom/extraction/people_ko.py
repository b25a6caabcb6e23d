# ruff: noqa: RUF001 - typographic quotes and dashes are what is read here
"""People in Korean releases: `기관(직함 이름)`, `이름 기관 직함`, glossed foreigners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gyoryu.newsroom.extraction.sentences import last_match
from gyoryu.newsroom.extraction.vocab import names_ko as names
from gyoryu.newsroom.extraction.vocab import places_ko as places

Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A person found in a sentence: offsets of name, title and organisation within it."""

    name: Piece
    title: Piece
    org: Piece | None = None


_TITLES = "|".join(sorted(names.TITLES, key=len, reverse=True))
_JOSA = (
    r"(?:은|는|이|가|을|를|과|와|의|도|로|께|에|만|간|측|등|님|급)?"
    r"(?:께서|으로|에게|에게는|께서는|과의|와의|에는|이며|이자|이라|라며|까지|부터|에서|"
    r"주재|명의|참석)?"
)
_TITLE = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<office>[가-힣A-Za-z·ㆍ&]{{0,16}}?)(?P<title>{_TITLES}){_JOSA}("
    rf"?![가-힣A-Za-z])"
)
_IN_BRACKETS = re.compile(
    rf"\((?:[가-힣]{{1,6}}\s)?(?P<title>[가-힣]{{0,8}}?(?:{_TITLES})(?:\s?직무대리|"
    rf"\s?권한대행)?)\s?[:：]?\s?"
    r"(?P<name>[가-힣]{2,5}(?:\s[가-힣]{2,6})?)(?=\s?[,)、/]|\s이하|\s외)"
)
_ORG_BEFORE = re.compile(r"[가-힣A-Za-z0-9㈜&·ㆍ・-]{2,24}(?:\((?:[A-Za-z]{2,12})\))?$")
_WORD = re.compile(
    r"(?P<word>[^\s()]{1,40})(?P<gloss>\(\s?[^()]{0,48}\))?(?P<tail>[*＊]{0,2})(?=\s|$)"
)
_LATIN_GLOSS = re.compile(r"\(\s?(?=[^()]*[A-Za-z])[A-Za-zÀ-ɏḀ-ỹ'’`.\s-]{2,46}\)")
_HAN_GLOSS = re.compile(r"\(\s?[一-鿿･·\s]{0,10}\s?\)")
_HANGUL = re.compile(r"[가-힣]{1,8}(?:[-·][가-힣]{1,6})?")
_JOSA_END = re.compile(
    r"(?:에서|에게|에는|으로|[은는을를의에와과도로가]|하는|하고|하여|하며|중인|인|된|한|할|및|이)$"
)
_BREAK = re.compile(r"[,;:“”\"\[\]【】<>○□ㅇ◦●▲△▶▷※→/]|(?<=[가-힣])\.\s")
_QUOTED = re.compile(
    r"[「『‘'｢]\s?(?P<name>[가-힣]{1,6}(?:\s[가-힣]{1,6}){0,3})\s?(?P<gloss>\([^()]{0,40}\)"
    r")?\s?[」』’'｣]"
)
_BRACKETED = re.compile(r"\([^()]{0,60}\)")
# "market" and "growth" are spelled as "mayor" and "governor of a province" are.
_AMBIGUOUS = {"시장": "시", "성장": "성", "군수": "군"}
_OTHERS = frozenset(
    (
        "공사",
        "대표",
        "이사",
        "총괄",
        "대장",
        "고문",
        "감사",
        "수석",
        "의원",
        "지사",
        "특사",
        "소장",
        "위원",
    )
)
_REACH = 110


def scan(text: str) -> Iterator[Named]:
    """Find the people of one sentence who are named with a title."""
    if "(" in text:
        for found in _IN_BRACKETS.finditer(text):
            if _plausible(found["name"]):
                yield _bracketed(text, found)
    for found in _TITLE.finditer(text):
        named = _before(text, found)
        if named:
            yield named


def _bracketed(text: str, found: re.Match[str]) -> Named:
    org = _ORG_BEFORE.search(text, max(0, found.start() - 40), found.start())
    return Named(found.span("name"), found.span("title"), org.span() if org else None)


_STARTS_AS_TITLE = re.compile(rf"(?:{_TITLES})(?:[은는이가을를과와의도]|$)")
_NEVER_ENDS = re.compile(
    r"(?:[부위처청당될된했던]|기업|방문한|선정한|개최한|체결한|참석한|참여한)$"
)


def is_korean_name(word: str) -> bool:
    """Tell whether a word has the shape of a Korean name: a surname and one or two syllables."""
    if word in names.NOT_NAMES or not 2 <= len(word) <= 4 or not _HANGUL.fullmatch(word):
        return False
    if len(word) == 3 and word[:2] in names.NOT_NAMES and word[2] in "한과와은는이의를을별도에":
        return False
    if _NEVER_ENDS.search(word) or _STARTS_AS_TITLE.match(word):
        return False
    if len(word) == 4:
        return word[:2] in names.DOUBLE_SURNAMES
    return word[0] in names.SURNAMES and not _is_place(word)


def _plausible(name: str) -> bool:
    return is_korean_name(name) or (len(name) > 4 and name not in names.NOT_NAMES)


def _is_place(word: str) -> bool:
    return word in places.COUNTRIES or word in places.REGIONS or word in names.NOT_NAMES


def _before(text: str, found: re.Match[str]) -> Named | None:
    """Look to the left of a title for the name that goes with it."""
    if not _is_title(text, found):
        return None
    begin = max(0, found.start() - _REACH)
    left = text[begin : found.start()]
    quoted = _quoted_name(left, begin, found)
    if quoted:
        return quoted
    left = _after_break(left)
    words = list(_WORD.finditer(left, 0 if not begin else left.find(" ") + 1))[-7:]
    if not words or left[words[-1].end() :].strip():
        return None
    return (
        _direct(words, begin, found) or _apart(words, begin, found) or _foreign(words, begin, found)
    )


def _is_title(text: str, found: re.Match[str]) -> bool:
    """Tell a mayor from a market: the city stands before it, fused or as a word of its own."""
    if found["title"] == "연구원" and found["office"]:
        return False
    ending = _AMBIGUOUS.get(found["title"])
    if not ending:
        return True
    office = found["office"]
    if office:
        return ending == "시" or office in _PROVINCES
    before = text[max(0, found.start() - 24) : found.start()].split()
    return bool(before) and any(_is_region(word, ending) for word in before[-2:])


def _is_region(word: str, ending: str) -> bool:
    return (len(word) > 2 and word.endswith(ending)) or word in places.REGIONS


def _after_break(left: str) -> str:
    """Blank what lies before the last comma, colon or mark that is not within brackets."""
    masked = _BRACKETED.sub(lambda found: "_" * len(found.group()), left)
    last = last_match(_BREAK.finditer(masked))
    return " " * last.end() + left[last.end() :] if last else left


def _quoted_name(left: str, begin: int, found: re.Match[str]) -> Named | None:
    """`「이름」 지역 직함`: a name set off by brackets of its own."""
    last = last_match(_QUOTED.finditer(left))
    if not last or len(left) - last.end() > 24 or _JOSA_END.search(left[last.end() :].rstrip()):
        return None
    if not (found["office"] or found["title"] in names.STATE_TITLES) or "」" not in last.group():
        return None
    end = last.end("gloss") if (last["gloss"] or "").strip("() ") else last.end("name")
    name = (begin + last.start("name"), begin + end)
    between = left[last.end() :].strip()
    at = begin + last.end() + left[last.end() :].find(between) if between else 0
    return Named(name, found.span("title"), (at, at + len(between)) if between else None)


def _direct(words: list[re.Match[str]], begin: int, found: re.Match[str]) -> Named | None:
    """`기관 이름 직함`: the word before the title is the name."""
    last = words[-1]
    if _is_glossed_name(last):
        return _glossed(words, len(words) - 1, begin, found)
    if not is_korean_name(last["word"]) or last["gloss"] or _CASE_END.search(last["word"]):
        return None
    if _is_organisation(last["word"]) and len(words) > 1 and is_korean_name(words[-2]["word"]):
        return None
    if len(last["word"]) == 2 and found["office"] and not _is_office(found["office"]):
        return None
    org = _organisation(words[:-1], begin) or _office(found)
    return Named(_at(last, begin), found.span("title"), org)


def _is_office(office: str) -> bool:
    return office in places.REGIONS or office.endswith(places.ORGANISATION_ENDINGS)


def _office(found: re.Match[str]) -> Piece | None:
    """The organisation fused to a title: `개발청` + `장`."""
    if not found["office"]:
        return None
    return found.start("office"), found.end("office")


def _apart(words: list[re.Match[str]], begin: int, found: re.Match[str]) -> Named | None:
    """`이름 기관 직함`: one to four words of office stand between name and title."""
    for back in range(2, min(6, len(words) + 1)):
        word = words[-back]
        between = words[-back + 1 :]
        if any(_marked(other) for other in between):
            return None
        gloss = word["gloss"]
        if _is_glossed_name(word):
            return _glossed(words, len(words) - back, begin, found)
        if len(word["word"]) == 3 and is_korean_name(word["word"]) and not gloss:
            if _CASE_END.search(word["word"]) or not _may_stand_apart(between, found):
                return None
            if _is_organisation(word["word"]) and len(words) > back and back < 5:
                continue
            return _apart_named(word, between, begin, found)
    return None


_CASE_END = re.compile(r"[의을를에는로]$")


def _is_glossed_name(word: re.Match[str]) -> bool:
    """A gloss in letters or Chinese marks a name, an acronym marks an organisation."""
    gloss = word["gloss"] or ""
    if not gloss or _is_place(word["word"]) or gloss.strip("() ").isupper():
        return False
    if _is_organisation(word["word"]) and len(gloss) > 12:
        return False
    return bool(_LATIN_GLOSS.fullmatch(gloss) or _HAN_GLOSS.fullmatch(gloss))


def _may_stand_apart(between: list[re.Match[str]], found: re.Match[str]) -> bool:
    """An ambiguous title needs an office or a place between it and the name."""
    title = found["title"]
    if title in _AMBIGUOUS:
        return _is_country(between[-1])
    if title not in _OTHERS or found["office"]:
        return True
    last = between[-1]
    return (
        bool(last["tail"])
        or _is_organisation(last["word"])
        or _is_country(last)
        or (len(between) == 1 and title in ("대표", "이사", "소장", "위원", "의원"))
    )


def _apart_named(
    word: re.Match[str], between: list[re.Match[str]], begin: int, found: re.Match[str]
) -> Named:
    """Two words of a foreign name may stand before a country: `이름 이름 나라 직함`."""
    end = word.end("word")
    second = between[0]
    if found["title"] in names.STATE_TITLES and _foreign_part(second):
        if any(_is_country(other) for other in between[1:]) or len(between) == 1:
            end, between = second.end("word"), between[1:]
    org = (begin + between[0].start(), begin + between[-1].end("word")) if between else None
    return Named(
        (begin + word.start("word"), begin + end), found.span("title"), org or _office(found)
    )


def _marked(word: re.Match[str]) -> bool:
    """A word with a case ending closes the phrase, unless it is an office or a place."""
    text = word["word"]
    if _is_place(text) or _is_organisation(text):
        return False
    return bool(_JOSA_END.search(text)) and len(text) > 1


def _is_organisation(word: str) -> bool:
    return len(word) > 2 and word.endswith(places.ORGANISATION_ENDINGS)


def _glossed(words: list[re.Match[str]], at: int, begin: int, found: re.Match[str]) -> Named | None:
    """A name with its Latin or Chinese writing in brackets: as many words as the gloss has."""
    gloss = words[at]["gloss"].strip("() ")
    count = len(gloss.split()) if gloss.isascii() and gloss else _syllable_words(words, at, gloss)
    first = at
    while first > 0 and at - first + 1 < count and _may_join(words[first - 1]):
        first -= 1
    name = (begin + words[first].start("word"), begin + words[at].end("gloss" if gloss else "word"))
    if not _HANGUL.match(words[first]["word"]) or words[at]["word"] in names.NOT_NAMES:
        return None
    between = words[at + 1 :]
    org = (begin + between[0].start(), begin + between[-1].end("word")) if between else None
    return Named(name, found.span("title"), org or _organisation(words[:first], begin))


def _syllable_words(words: list[re.Match[str]], at: int, gloss: str) -> int:
    """How many words a Chinese gloss covers: a syllable each, Japanese names two words."""
    if not _HAN_GLOSS.fullmatch(f"({gloss})"):
        return len(gloss.split())
    if any(word["word"] == "일본" for word in words) or not gloss.strip():
        return 2
    return 1 if len(words[at]["word"]) >= len(gloss.replace(" ", "")) else 2


def _may_join(word: re.Match[str]) -> bool:
    text = word["word"]
    if not _HANGUL.fullmatch(text) or word["gloss"] or _is_place(text):
        return False
    return not _marked_word(text) and not _STARTS_AS_TITLE.match(text)


def _foreign(words: list[re.Match[str]], begin: int, found: re.Match[str]) -> Named | None:
    """A foreign name without a gloss, next to a country or region, before a title of state."""
    if found["title"] not in names.STATE_TITLES:
        return None
    if found["title"] in _AMBIGUOUS and found["office"] not in _PROVINCES:
        return None
    office = bool(found["office"]) and found["office"] in _PROVINCES
    end = len(words)
    while end > 0 and (_is_country(words[end - 1]) or _is_organisation(words[end - 1]["word"])):
        end -= 1
    near = end < len(words) and any(_is_country(word) for word in words[end:])
    first = end
    while first > 0 and end - first < 4 and _foreign_part(words[first - 1]):
        first -= 1
    if first == end or not (near or office or _follows_country(words, first)):
        return None
    if first > 0 and end - first == 4:
        return None
    name = (begin + words[first].start("word"), begin + words[end - 1].end("word"))
    if name[1] - name[0] < 3 and not office:
        return None
    org = (begin + words[end].start(), begin + words[-1].end("word")) if near else None
    return Named(name, found.span("title"), org or _office(found))


_PROVINCES = frozenset(
    place.removesuffix(end) for place in places.REGIONS for end in ("", "성", "시", "주", "도")
)


def _follows_country(words: list[re.Match[str]], first: int) -> bool:
    """`나라 이름 직함` and `나라 부처 이름 직함`."""
    if first and _is_country(words[first - 1]):
        return True
    return (
        first > 1 and _is_organisation(words[first - 1]["word"]) and _is_country(words[first - 2])
    )


def _is_country(word: re.Match[str]) -> bool:
    text = word["word"]
    return text in places.COUNTRIES or text in places.REGIONS


def _foreign_part(word: re.Match[str]) -> bool:
    text = word["word"]
    if not re.fullmatch(r"[가-힣]{1,7}", text) or _is_place(text) or word["gloss"]:
        return False
    if _STARTS_AS_TITLE.match(text) or text in names.TITLES:
        return False
    if _REGION_END.search(text) or (text.startswith("주") and text[1:] in places.COUNTRIES):
        return False
    return not _marked_word(text) and not _is_organisation(text)


_REGION_END = re.compile(r"^.{2,}(?:시|성|주|도|현|구|군|당)$")
_MARKED = re.compile(
    r"(?:에서|에게|에는|으로|은|는|을|를|의|에|와|과|하는|하고|하여|하며|중인|된|한|할|및|"
    r"로서|이라|까지|부터|대한|위한|했다|하였다|측|간|기업|회의|방문|면담|접견|참석)$"
)


def _marked_word(text: str) -> bool:
    return bool(_MARKED.search(text))


def _organisation(words: list[re.Match[str]], begin: int) -> Piece | None:
    """The run of words before a name that ends in an organisation or a country."""
    if not words:
        return None
    last = words[-1]
    if not (_is_organisation(last["word"]) or _is_country(last) or last["word"].isascii()):
        return None
    if _JOSA_END.search(last["word"]) and not _is_organisation(last["word"]):
        return None
    first = last
    if len(words) > 1 and _is_organisation(words[-2]["word"]) and not _marked(words[-2]):
        first = words[-2]
    return begin + first.start("word"), begin + last.end("word")


def _at(word: re.Match[str], begin: int) -> Piece:
    return begin + word.start("word"), begin + word.end("word")
