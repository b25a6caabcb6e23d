"""People in Korean releases: `기관(직함 이름)`, `이름 기관 직함`, glossed foreigners."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gyoryu.newsroom.extraction import people_foreign_ko as foreign
from gyoryu.newsroom.extraction import shapes_ko as shapes
from gyoryu.newsroom.extraction.people_foreign_ko import WORD, Left, Named
from gyoryu.newsroom.extraction.sentences import last_match
from gyoryu.newsroom.extraction.vocab import names_ko as names
from gyoryu.newsroom.extraction.vocab import words

_JOSA = (
    r"(?:은|는|이|가|을|를|과|와|의|도|로|께|에|만|간|측|등|님)?"
    r"(?:께서|으로|에게|에게는|께서는|과의|와의|에는|이며|이자|이라|라며|까지|부터|에서|"
    r"주재|명의|참석)?"
)
_TITLE = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<office>[가-힣A-Za-z·ㆍ&]{{0,16}}?)(?P<title>{shapes.TITLES}){_JOSA}"
    r"(?![가-힣A-Za-z])"
)
_IN_BRACKETS = re.compile(
    rf"\((?:[가-힣]{{1,6}}\s)?(?P<title>[가-힣]{{0,8}}?(?:{shapes.TITLES})(?:\s?직무대리|"
    rf"\s?권한대행)?)\s?[:：]?\s?"
    r"(?P<name>[가-힣]{2,5}(?:\s[가-힣]{2,6})?)(?=\s?[,)、/]|\s이하|\s외)"
)
_ORG_BEFORE = re.compile(r"[가-힣A-Za-z0-9㈜&·ㆍ・-]{2,24}(?:\((?:[A-Za-z]{2,12})\))?$")
_CASE = re.compile(r"(?:에서|에게|으로|[은는을를의에와과도로가]|하고|하여|하며|중인|된|한|할|및)$")
_BREAK = re.compile(r"[,;:“”\"\[\]【】<>○□ㅇ◦●▲△▶▷※→/]|(?<=[가-힣])\.\s")
_QUOTED = re.compile(
    r"[「『‘'｢]\s?(?P<name>[가-힣]{1,6}(?:\s[가-힣]{1,6}){0,3})\s?(?P<gloss>\([^()]{0,40}\)"
    r")?\s?[」』’'｣]"
)
_BRACKETED = re.compile(r"\([^()]{0,60}\)")
# "market" and "growth" are spelled as "mayor" and "governor of a province" are.
_AMBIGUOUS = {"시장": "시", "성장": "성", "군수": "군"}
# Titles that are everyday words too: they need an office between them and the name.
_EVERYDAY = words("공사 대표 이사 총괄 대장 고문 감사 수석 의원 지사 특사 소장 위원")
_PERSONAL = words("대표 이사 소장 위원 의원")
_POLITICAL = words("대통령 총리 부총리 주석 국왕 왕세자 주지사 의장")
# A market is not called on, and does not speak.
_GREETED = re.compile(
    r"(?:을|과|와)\s(?:[가-힣]{1,6}\s)?(?:예방|면담|접견|만나|만났|환담)"
    r"|[은는이]\s[“\"]"
)
# Nor does a market follow a name in Latin letters.
_GLOSSED = re.compile(r"\([A-ZÀ-Þ][A-Za-zÀ-ɏ .'’-]{3,40}\)\s$")
_REACH = 110


def scan(text: str) -> Iterator[Named]:
    """Find the people of one sentence who are named with a title."""
    if "(" in text:
        for found in _IN_BRACKETS.finditer(text):
            if shapes.is_bracketed_name(found["name"]):
                yield _bracketed(text, found)
    for found in _TITLE.finditer(text):
        named = _before(text, found)
        if named:
            yield named


def _bracketed(text: str, found: re.Match[str]) -> Named:
    org = _ORG_BEFORE.search(text, max(0, found.start() - 40), found.start())
    return Named(found.span("name"), found.span("title"), org.span() if org else None)


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
    row = list(WORD.finditer(left, 0 if not begin else left.find(" ") + 1))[-7:]
    if not row or left[row[-1].end() :].strip():
        return None
    side = Left(row, begin, found)
    return _direct(side) or _apart(side) or foreign.bare(side)


def _is_title(text: str, found: re.Match[str]) -> bool:
    """Tell a mayor from a market: the city stands before it, fused or as a word of its own."""
    if found["title"] == "연구원" and found["office"]:
        return False
    glossed = _GLOSSED.search(text[max(0, found.start() - 44) : found.start()])
    if glossed or (not found["office"] and _GREETED.match(text, found.end("title"))):
        return True
    ending, office = _AMBIGUOUS.get(found["title"]), found["office"]
    if not ending:
        return True
    if office:
        return office in shapes.PROVINCES or (ending == "시" and not shapes.is_market(office))
    before = text[max(0, found.start() - 24) : found.start()].split()
    return any(
        (len(word) > 2 and word.endswith(ending)) or shapes.is_country(word) for word in before[-2:]
    )


def _after_break(left: str) -> str:
    """Blank what lies before the last comma, colon or mark that is not within brackets."""
    masked = _BRACKETED.sub(lambda found: "_" * len(found.group()), left)
    last = last_match(_BREAK.finditer(masked))
    return " " * last.end() + left[last.end() :] if last else left


def _quoted_name(left: str, begin: int, found: re.Match[str]) -> Named | None:
    """`「이름」 지역 직함`: a name set off by brackets of its own."""
    last = last_match(_QUOTED.finditer(left))
    if not last or len(left) - last.end() > 24 or _CASE.search(left[last.end() :].rstrip()):
        return None
    if not (found["office"] or found["title"] in names.STATE_TITLES) or "」" not in last.group():
        return None
    end = last.end("gloss") if (last["gloss"] or "").strip("() ") else last.end("name")
    name = (begin + last.start("name"), begin + end)
    between = left[last.end() :].strip()
    at = begin + last.end() + left[last.end() :].find(between) if between else 0
    return Named(name, found.span("title"), (at, at + len(between)) if between else None)


def _direct(left: Left) -> Named | None:
    """`기관 이름 직함`: the word before the title is the name."""
    row, last = left.words, left.words[-1]
    if foreign.has_gloss(last):
        return foreign.glossed(left, len(row) - 1)
    text, office = last["word"], left.title["office"]
    if last["gloss"] or not shapes.is_name(text) or shapes.CASE_END.search(text):
        return None
    if shapes.is_organisation(text) and len(row) > 1 and shapes.is_name(row[-2]["word"]):
        return None
    if len(text) == 2 and office and not shapes.is_office(office):
        return None
    org = left.organisation(row[:-1]) or left.office()
    return Named(left.piece(last, last), left.title.span("title"), org)


def _apart(left: Left) -> Named | None:
    """`이름 기관 직함`: one to four words of office stand between name and title."""
    row = left.words
    for back in range(2, min(6, len(row) + 1)):
        word, between = row[-back], row[-back + 1 :]
        if any(shapes.is_marked(other["word"]) for other in between):
            return None
        if foreign.has_gloss(word):
            return foreign.glossed(left, len(row) - back)
        text = word["word"]
        if len(text) != 3 or word["gloss"] or not shapes.is_name(text):
            continue
        if shapes.CASE_END.search(text) or not _may_stand_apart(between, left.title):
            return None
        if not shapes.is_organisation(text) or len(row) == back or back == 5:
            return _apart_named(left, word, between)
    return None


def _may_stand_apart(between: list[re.Match[str]], found: re.Match[str]) -> bool:
    """An ambiguous title needs an office or a place between it and the name."""
    title, last = found["title"], between[-1]
    if title in _AMBIGUOUS:
        return shapes.is_country(last["word"])
    if title not in _EVERYDAY or found["office"] or last["tail"]:
        return True
    office = shapes.is_organisation(last["word"]) or shapes.is_country(last["word"])
    return office or (len(between) == 1 and title in _PERSONAL)


def _apart_named(left: Left, word: re.Match[str], between: list[re.Match[str]]) -> Named:
    """Two words of a foreign name may stand before a country: `이름 이름 나라 직함`."""
    last, title = word, left.title["title"]
    if title in names.STATE_TITLES and shapes.is_foreign_part(between[0]["word"]):
        abroad = any(shapes.is_country(other["word"]) for other in between[1:])
        if abroad or (len(between) == 1 and title in _POLITICAL):
            last, between = between[0], between[1:]
    org = left.piece(between[0], between[-1]) if between else left.office()
    return Named(left.piece(word, last), left.title.span("title"), org)
