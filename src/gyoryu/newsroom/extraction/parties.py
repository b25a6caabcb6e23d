"""Finds regions and organisations as written; no identity is resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gyoryu.newsroom.extraction.document import Document, Party, Sentence
from gyoryu.newsroom.extraction.vocab import places_en, words
from gyoryu.newsroom.extraction.vocab import places_ko as places

_KO_WORD = re.compile(
    r"['‘｢「]?(?P<word>[가-힣A-Za-z0-9㈜&·ㆍ-]{1,24})(?P<mark>[’'｣」])?(?P<gloss>\([^()]{1,30}\))?"
    r"(?P<tail>[*]{0,2})(?P<josa>[가-힣]{0,3})(?![가-힣])"
)
_JOSA = re.compile(r"(?:과의|와의|에서|으로|에게|에는|에도|[은는이가을를과와의에도로])$")
_ENDINGS = "|".join(
    sorted((e for e in places.ORGANISATION_ENDINGS if len(e) > 1), key=len, reverse=True)
)
_ORG_KO = re.compile(
    rf"(?:.{{1,20}}(?:{_ENDINGS})|[가-힣]{{2,12}}(?:부|처|청|원|사|회)|(?:㈜|"
    rf"\(주\)).{{2,16}}|.{{2,16}}㈜)"
)
_COMMON = words(
    """
    정부 양국정부 중앙정부 지방정부 행사 회사 공사 이사 인사 조사 역사 기사 검사 의사 참사
    자회사 지원 직원 임원 회원 위원 의원 자원 차원 복원 공원 기회 사회 대회 국회 의회 총회 개회
    폐회 강화 일부 전부 내부 외부 정부부처 관계부처 부처 거부 기부 세부 상부 조직위 요청 신청
    초청 시청 도청 군청 처음 대처 근처 출처 각처 수출상담회 상담회 간담회 설명회 발표회 전시회
    박람회 교류회 환영회 이사회 연구회 협의회 위원회 상사 업사 개사 여개사 참가사 협력사 재원
    학원 병원 정원 후원 확대회 두부 바이오 자동차 전자 항공 금융 센터 본부 그룹 법인 은행 대학
    기금 연합 연맹 기구 재단 조합 공단 통상 산업부문 만찬사 축사 환영사 개회사
    """
)
_PLACES = places.COUNTRIES | places.REGIONS
# The last syllable rules most words out before anything dearer is asked.
_LAST = frozenset(ending[-1] for ending in places.ORGANISATION_ENDINGS)

_CAP = r"[A-Z][\w&.’-]{0,24}"
_ORG_WORDS = (
    "Province|Prefecture|Government|Ministry|Department|Agency|Organization|Organisation|"
        "Corporation|Commission|Committee|Council"
    "|Association|Foundation|Institute|University|Center|Centre|Bank|Bureau|Office|Embassy|"
        "Chamber|Company|Group|Inc\\.|Ltd\\."
    "|Corp\\.|Systems|Airlines|Air Lines|Administration|Authority|Board|Union|Federation|"
        "City|State|Hospital|Fund|Police"
)  # fmt: skip
_ORG_EN = re.compile(
    rf"(?:{_CAP}\s){{1,6}}(?:{_ORG_WORDS})(?:\s(?:of|"
    rf"for)\s(?:the\s)?{_CAP}(?:\s(?:and\s)?{_CAP}){{0,3}})?(?![a-z])"
)
_COUNTRY_EN = re.compile(
    r"(?<![A-Za-z-])(?:the\s)?(?:"
    + "|".join(
        sorted(
            (re.escape(c.removeprefix("the ")) for c in places_en.COUNTRIES), key=len, reverse=True
        )
    )
    + r")(?![A-Za-z-]|[’']s\s[A-Z][a-z]+\s(?:Province|City))"
)
_OWNER = re.compile(r"[^’']{1,60}(?:’s|'s|’)\s")
_LEAD = re.compile(
    r"^(?:The|This|That|Both|On|In|At|During|With|For|And|But|As|Also|Meanwhile|Today|Vice|"
    r"President|Governor)\s"
)


def distinct(found: list[Party]) -> list[Party]:
    """Keep the first mention of every region and organisation."""
    seen: dict[str, Party] = {}
    for one in found:
        seen.setdefault(one.name.quote.removeprefix("the "), one)
    return list(seen.values())


def find(document: Document) -> list[Party]:
    """Give every mention of a region or an organisation, in the order of the text."""
    found: list[Party] = []
    for sentence in document.sentences:
        if sentence.role in ("cut", "header"):
            continue
        for start, end, kind in scan(sentence, document.lang):
            span = document.span(sentence.start + start, sentence.start + end)
            found.append(Party(name=span, kind=kind))
    return found


def scan(sentence: Sentence, lang: str) -> Iterator[tuple[int, int, str]]:
    """Find the parties of one sentence: offsets within it, and `region` or `organisation`."""
    return _korean(sentence.text) if lang == "ko" else _english(sentence.text)


def _korean(text: str) -> Iterator[tuple[int, int, str]]:
    """A country right before an office is part of its name: `나라 법무부`."""
    region: tuple[int, int, str] | None = None
    for found in _KO_WORD.finditer(text):
        bare, kind = _bare(found["word"])
        start, end = found.start("word"), found.start("word") + len(bare)
        if region and kind == "organisation" and text[region[1] : start] == " ":
            yield region[0], end, kind
            region = None
            continue
        if region:
            yield region
        region = (start, end, kind) if kind == "region" else None
        if kind == "organisation":
            yield start, end, kind
    if region:
        yield region


def _bare(word: str) -> tuple[str, str]:
    """Take the case ending off a word and tell what kind of party is left, if any."""
    kind = _kind(word)
    if kind and "㈜" not in word:
        return word, kind
    bare = _JOSA.sub("", word)
    return bare, _kind(bare) if bare != word else kind


def _kind(word: str) -> str:
    if word in _PLACES:
        return "region" if len(word) > 1 else ""
    if len(word) < 3 or (word[-1] not in _LAST and "㈜" not in word) or word in _COMMON:
        return ""
    return "organisation" if _ORG_KO.fullmatch(word) else ""


def _english(text: str) -> Iterator[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for found in _ORG_EN.finditer(text):
        lead = _OWNER.match(found.group()) or _LEAD.match(found.group())
        start = found.start() + (lead.end() if lead else 0)
        last = found.group().split()[-1]
        kind = "region" if last in places_en.REGION_WORDS else "organisation"
        spans.append((start, found.end(), kind))
    for found in _COUNTRY_EN.finditer(text):
        if text[found.end() : found.end() + 1] != "-":
            spans.append((found.start(), found.end(), "region"))
    yield from sorted(spans)
