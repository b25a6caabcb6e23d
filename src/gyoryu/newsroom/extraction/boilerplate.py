"""Tells apart what a release says from what surrounds it: headers, contacts, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_TAIL = re.compile(
    r"(?:담당\s?부서|<\s?(?:담당\s?부서|총괄)|BEST\s?뉴스|관련\s?기사|저작권자|무단\s?전재"
    r"|\[?공공누리|사진\s?제공|More (?:news|stories)|Related (?:news|stories|articles)"
    r"|Copyright|©|Media contact|For (?:more|further) information|Contact:)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"[<\[(【※*□○\s-]{0,6}(?:붙\s?임|별\s?첨|첨\s?부|참고\s?자료)(?!파일을)")
_ENDED = re.compile(r"(?:^|[\s.])끝\s?\.?$")
_HEADER = re.compile(
    r"(?:보\s?도\s?(?:자료|시점|일시|참고자료)|배\s?포(?:\s?일시)?|엠바고|FOR IMMEDIATE RELEASE"
    r"|<?\s?\d{1,2}\.\s?\d{1,2}\.?.{0,12}조간|20\d\d\.\s?\d{1,2}\.\s?\d{1,2}\.?.{0,16}$)",
)
_PHONE = re.compile(r"(?<!\d)0\d{1,2}[-)]\s?\d{3,4}-\d{4}(?!\d)|[\w.]{2,40}+@[\w.]{3,40}")
_CONTACT = re.compile(r"[*※○□<\s]{0,6}(?:문\s?의|담\s?당|연락처|Press contact|Contact)\b", re.I)
_CAPTION = re.compile(
    r"[^\n]{0,90}\((?:사진\s?)?(?:앞줄\s?|뒷줄\s?)?(?:왼쪽|오른쪽|가운데|단상|좌측|우측|맨\s?[왼오])"
)
_NOTE = re.compile(r"[*＊※†]|\(\*|[-·]\s?\*")
_SENTENCE_END = re.compile(r"[.!?][”’\"')]{0,2}$|[다요함음]\.?$")
_HEADING_MARK = re.compile(r"^[-–—<「【\[]|[-–—>】\]]$")
_LEAD = re.compile(r"[○–◦-]\s")
_BULLET = re.compile(r"[□■○ㅇ◦●❍▶▷△▲①-⑳]")
_HANGUL = re.compile(r"[가-힣]")
# A heading is short; a longer line is read as body even without a full stop.
_HEADING_LENGTH = 110
# A feed that lost its line breaks is one long line, and no summary.
_LEAD_LENGTH = 400


def roles(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Give every line with its role (see `Sentence.role`)."""
    rows = list(found)
    tail = _tail(text, rows)
    body_seen = False
    for at, (start, end) in enumerate(rows):
        role = "cut" if at >= tail else _role(text[start:end], at, body_seen)
        if role == "body" and not body_seen and _is_lead(text[start:end]):
            role = "lead"
        body_seen = body_seen or role == "body"
        yield start, end, role


def _tail(text: str, rows: Sequence[tuple[int, int]]) -> int:
    """Give the first line after which nothing belongs to the release."""
    for at, (start, end) in enumerate(rows):
        if at < 3:
            continue
        head = text[start : start + 40]
        if _TAIL.match(head):
            return at
        if end - start < 200 and _ENDED.search(text[max(start, end - 8) : end]):
            return at + 1
    return len(rows)


def _role(line: str, at: int, body_seen: bool) -> str:
    if _PHONE.search(line[:400]) or _CONTACT.match(line) or _ATTACHED.match(line[:30]):
        return "cut"
    if at < 12 and len(line) < 90 and not body_seen and _HEADER.match(line):
        return "header"
    if _CAPTION.match(line) and line.rstrip(".").endswith(("있다", "모습", "촬영", "하고 있음")):
        return "cut"
    if _NOTE.match(line):
        return "note"
    return "heading" if _is_heading(line, body_seen) else "body"


def _is_lead(line: str) -> bool:
    """English releases may open with a summary in bullets; the story tells it again."""
    if len(line) > _LEAD_LENGTH:
        return False
    return bool(_LEAD.match(line)) and line.isascii() is False and not _HANGUL.search(line)


def _is_heading(line: str, body_seen: bool) -> bool:
    if len(line) > _HEADING_LENGTH or _SENTENCE_END.search(line[-6:]):
        return False
    if not body_seen:
        return not _BULLET.match(line)
    return bool(_HEADING_MARK.search(line)) and len(line) < 60
