"""Promises in Korean releases: a checkable action, and an ending of plan or accord."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gyoryu.newsroom.extraction import tense
from gyoryu.newsroom.extraction.sentences import last_match


@dataclass(frozen=True, slots=True)
class Promise:
    """A promised action in one sentence: offsets, status, why, and who is to act."""

    start: int
    end: int
    status: str
    how: str
    actor: tuple[int, int] | None = None


# Actions somebody could check off. "Strengthen", "expand" and "support" alone are not.
_ACTION = (
    r"개최|설립|신설|구축|파견|체결|투자|발간|출시|마련|구성|초청|운영|개설|도입|착공|완공|"
    r"준공|선정|발표|설치|방문|개막|시행|공급|제공|개소|착수|"
    r"채용|출범|수립|건설|제정|개정|상정|제출|발족|가동|개통|취항|재개|추진단|생산|매입|"
    r"구매|배정|편성|지급|모집|공모|실시|진행|열|교육|양성|조성|건립|이전|선보|개시|출연|교환|만나|만날|맺"
)
_ENDING = re.compile(
    rf"(?P<act>{_ACTION})(?P<bridge>(?:[을를]?\s?(?:할|하기로|될|하는\s데|하는데|해\s?나갈|"
    rf"한다|하겠|릴|하여\s|하고\s|해\s|된다)|일)[^.]{{0,40}}?)?"
    r"(?P<mark>예정|계획|방침|기로\s?(?:했|하였|합의|뜻을)|합의했|합의하였|나갈\s것|나간다|는다(?=\.|고\s|$)|"
    r"한다(?=\.|고\s|$)|하겠다|된다(?=\.|$))"
)
# Every syllable that closes on ㄹ may end a verb form of what is to come.
_COMING = "".join(chr(code) for code in range(0xAC00 + 8, 0xD7A4, 28))
_STRONG_END = re.compile(
    rf"(?P<mark>(?:[{_COMING}]\s?(?:예정|계획|방침)|기로\s?(?:했|하였|합의|"
    r"뜻을\s모)|협력하기로|합의했|합의하였))"
)
_VAGUE = re.compile(
    r"(?:강화|확대|지속|노력|협의|소통|교류|협력|협조|지원|추진|모색|논의|기여|도모|활성화|"
    r"발굴|확산|대응|참여|증진|심화|최선|검토|제고|뒷받침|박차)"
    r"(?:[을를]|에|해|하|할|시켜)?[^,.]{0,16}?(?:나갈|나가|나간|계획|예정|방침|기로|것|겠|다)"
)
_HOPED = re.compile(r"기대(?:한다|된다|했|하였|하고)|전망|예상|바란다")
_NUMBERS = re.compile(r"\d{1,6}\s?(?:개|건|명|회|곳|대|억|만|조|차례|종|호|㎡)")
_CLAUSE = re.compile(r"(?:[가-힣]며,?\s|[가-힣]고,\s|\s한편,?\s|하였으며\s|[가-힣]지만,?\s|했고\s)")
_ACTOR = re.compile(
    r"(?P<who>[^\s,]{2,24}(?:\s[^\s,]{1,14}){0,2}?)(?:\([^()]{1,40}\))?(?:은|는|이|가|측은|"
    r"에서는)\s"
)
_MIDWAY = re.compile(
    rf"(?:{_ACTION})(?:하|되)?기로\s?(?:합의)?(?:했으며|하였으며|했고|하였고|하고)"
)
_BRACKETED = re.compile(r"\([^()]{2,16}\s?(?:예정|계획)\)")


_INVITED = re.compile(r"(?:[에으]로?|를|을)\s(?:공식\s|정식\s)?초청(?:했|하였|하고\s싶|의\s뜻)")


def scan(text: str, dated: bool) -> Iterator[Promise]:
    """Find the promises of one sentence; `dated` says whether a coming date stands in it."""
    first = 0
    for found in _MIDWAY.finditer(text):
        begin = _clause_start(text, found.start(), first)
        yield Promise(begin, found.end(), "agreed", "an accord", _actor(text, begin))
        first = found.end()
    for found in _BRACKETED.finditer(text):
        yield Promise(
            max(0, found.start() - 24), found.end(), "planned", "a plan in brackets", None
        )
    invited = _INVITED.search(text) if dated else None
    if invited:
        begin = _clause_start(text, invited.start(), first)
        yield Promise(begin, invited.end(), "invited", "invited", _actor(text, begin))
        return
    last = _closing(text, dated)
    if last:
        mark, start = last
        begin = _clause_start(text, start, first)
        agreed = "기로" in mark["mark"] or "합의" in mark["mark"]
        status, how = ("agreed", "an accord") if agreed else ("planned", "a plan")
        yield Promise(begin, mark.end("mark"), status, how, _actor(text, begin))


def _closing(text: str, dated: bool) -> tuple[re.Match[str], int] | None:
    """The promise a sentence ends on: its mark, and where the act is named."""
    end = _STRONG_END.search(text)
    if not end and _HOPED.search(text[-40:]):
        return None
    if not end and tense.sentence_tense(text) != "planned":
        return None
    found = list(_ENDING.finditer(text))
    if found:
        return (found[-1], found[-1].start()) if _is_checkable(text, found[-1], dated) else None
    return (end, end.end()) if end and dated else None


def _is_checkable(text: str, found: re.Match[str], dated: bool) -> bool:
    """A date, a number, or a firm act in a named form makes a promise one can check."""
    clause = text[max(0, found.start() - 70) : found.end()]
    if _VAGUE.search(clause[-44:]) and not dated:
        return False
    return dated or bool(_NUMBERS.search(clause)) or "기로" in found["mark"]


def _clause_start(text: str, position: int, first: int) -> int:
    begin = max(first, position - 90)
    last = last_match(_CLAUSE.finditer(text, begin, position))
    if last:
        return last.end()
    space = text.find(" ", begin) if begin else -1
    return space + 1 if 0 <= space < position else begin


def _actor(text: str, begin: int) -> tuple[int, int] | None:
    found = _ACTOR.search(text, 0, max(begin + 60, 60))
    return found.span("who") if found else None
