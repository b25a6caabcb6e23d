"""Dates in Korean releases: `5.12.(월)`, `지난 6월 4일`, `’25년`, `하반기`, `10일`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gyoryu.newsroom.extraction.days import Day, Raw
from gyoryu.newsroom.extraction.document import Sentence

_WEEKDAYS = "월화수목금토일"
_WEEKDAY = r"(?:\s?\((?P<wd>[월화수목금토일])(?:요일)?[,)]|\s(?P<wd2>[월화수목금토일])요일)?+"
_TIME = r"(?:\s?(?:오전|오후|저녁|아침)(?![가-힣]))?+"
_NOT_SPAN = (
    r"(?!(?:차(?!관)|정(?!부|상|오|책)|당(?!시)|권|수(?!출|요|상|도)|자(?!리|사|동)|반(?!도)|"
    r"내(?!년|일|달|외))|\s?(?:간(?!담)|째|차(?=[\s에,])|이내|이상|이하|동안|만에|연속|평균|최대|단위|"
    r"전(?![국시략주체문통북남])"
    r"|후(?!원|속)|\d|이후\s\d))"
)
_YEAR = (
    r"(?:(?P<y>(?:19|20)\d\d)\s?년도?(?!\s?(?:간|만|째|동안))"
    r"|['‘’`´](?P<yy>\d\d)(?:\s?년도?(?!\s?(?:간|만|째|동안))|\.(?=\s?[1-4]\s?/\s?4\s?분기))"
    r"|(?P<rel>올해|금년|내년|작년|지난해|재작년|올(?=\s?(?:\d|[상하]반기|연말|[봄여가겨])))도?)"
)
_PART = (
    r"(?P<part>[상하]반기|(?P<q>[1-4])(?:\s?/\s?4)?\s?분기|초순|초(?![가-힣])|초(?=에|부터|까지)"
    r"|중순|하순|말(?=[\s,.)]|까지|에|부터|경|$)|연말|연초|봄|여름|가을|겨울)"
)
_WORDED = re.compile(
    r"(?=[\d'‘’`´올금내작지재오다돌상하연])(?<![\d.,])"
    r"(?:(?P<way>지난(?![해달주번날])|오는|다가오는|돌아오는)\s?)?"
    rf"(?:{_YEAR}\s{{0,2}})?"
    r"(?:(?P<m>1[0-2]|0?[1-9])\s?월"
    rf"(?:\s{{0,2}}(?:(?P<d>3[01]|[12]\d|0?[1-9])(?:\s?일(?!간|째)|"
    rf"(?=\s?\([월화수목금토일])|(?=부터\s?\d)"
    r"|(?=\s?[~∼～-]\s?\d{1,2}\s?일))"
    rf"{_WEEKDAY}{_TIME})?)?+)?"
    rf"(?:\s?{_PART})?"
)
# After `지난` and `오는` a day is a day, whatever the next word begins with (`지난 18일 후에시`).
_SPANNED = r"(?!\s?(?:간(?!담)|째|동안|만에|연속))"
_ALONE = re.compile(
    r"(?<![\d.,/~-])(?<!제)(?<!박\s)(?<!월\s)(?<!월)(?:(?P<way>지난|오는)\s?)?"
    rf"(?P<d>3[01]|[12]\d|0?[1-9])(?:\s?일(?(way){_SPANNED}|{_NOT_SPAN})(?!본|부(?!터)|곱|원|괄|"
    rf"반|대일|류|환|상|시|체)|(?=\s?[~∼～]\s?(?:3[01]|[12]\d|0?[1-9])\s?일(?:{_NOT_SPAN})))"
    rf"{_WEEKDAY}{_TIME}"
)
_DOTTED = re.compile(
    r"(?<![\d.,/:])(?:(?P<way>지난|오는)\s?)?"
    r"(?:(?P<y>(?:19|20)\d\d)\s?[.]\s?|['‘’`´](?P<yy>\d\d)\s?\.\s?)?"
    r"(?P<m>1[0-2]|0?[1-9])\s?(?:[./]\s?(?P<d>3[01]|[12]\d|"
    r"0?[1-9])(?!\d)(?P<dot>\.(?!\d))?|(?P<wol>월))"
    rf"(?P<il>일)?{_WEEKDAY}{_TIME}"
)
_ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-3]\d)(?!\d)")
_SHORT_YEAR = re.compile(r"['‘’`´](?P<yy>\d\d)(?=\s?[)~:∼～→,–-])")
_MONTHS = re.compile(
    rf"(?<![\d.,])(?:{_YEAR}\s?|['‘’`´](?P<yq>\d\d)\.\s?)?(?P<m>1[0-2]|0?[1-9])(?:\s?월)?"
    r"(?:부터\s?|\s?[~∼～–-]\s?)(?P<m2>1[0-2]|0?[1-9])\s?월(?!\s?\d)"
)
_YEARS = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[~∼～-]\s?(?P<y2>(?:19|20)\d\d)\s?년")
_UNIT = re.compile(
    r"(?<![가-힣])(?:(?P<today>오늘(?!날)|금일)|(?P<yesterday>어제)|(?P<tomorrow>내일(?!채움|로))"
    r"|(?P<m0>이달|이번\s?달|금월)|(?P<m1>다음\s?달|내달|차월)|(?P<m_1>지난달|전월(?!\s?대비))"
    r"|(?P<w0>이번\s?주(?![가-힣]?말|제)|금주)|(?P<w1>다음\s?주|내주)|(?P<w_1>지난\s?주)"
    r"|(?P<yend>연내|연말))(?:\s?(?P<part>말|초|중순|하순)(?=[\s,.에까부])"
    rf"|(?<=달)\s?(?P<d>3[01]|[12]\d|0?[1-9])일(?:{_NOT_SPAN}){_WEEKDAY}{_TIME})?"
)
_CUE = re.compile(
    r"\d\s?[일월년.]|['‘’`´]\d\d|[작내금]년|올해|올\s|오늘|금일|어제|내일|지난|이달|이번|"
    r"다음|내달|반기|분기|연[말내]"
)
_CONTINUED = re.compile(
    r"(?P<by>(?:부터|에서)?\s?[~∼～〜–-]\s?|부터\s?|(?P<list>\s?(?:,|과|와|및|·)\s?))"
    r"(?:(?P<m>1[0-2]|0?[1-9])\s?(?:월\s?|\.\s?|/))?"
    rf"(?P<d>3[01]|[12]\d|0?[1-9])(?![\d,]|"
    rf"\.\d)(?P<il>\s?일(?!간\s?[가-힣]*?씩))?\.?{_WEEKDAY}(?P<till>\s?까지)?"
)
_PARTS = {"상반기": "H1", "하반기": "H2", "말": "end", "하순": "end", "중순": "mid", "연말": "end"}
_PARTS |= {"초": "start", "초순": "start", "연초": "start"}
_PARTS |= {"봄": "spring", "여름": "summer", "가을": "autumn", "겨울": "winter"}
_NAMED_AFTER = re.compile(
    r"[가-힣A-Za-z·\s-]{0,24}?(?:대회|포럼|박람회|전시회|엑스포|총회|회의|대전|예산안?|"
    r"사업|계획|축제)"
)
_PARTICLE = re.compile(r"[가-힣]{1,8}?(?:에는|에서|에|의|은|는|을|를|부터|까지|로|와|과)\s")


def scan(sentence: Sentence) -> list[tuple[Raw, Raw | None, str]]:
    """Find the dates of a sentence: first, last (of a range or list) and how they are joined."""
    text = sentence.text
    if not _CUE.search(text):
        return []
    taken = [False] * (len(text) + 1)
    found: list[tuple[Raw, Raw | None, str]] = []
    for raw in _raws(text):
        if any(taken[raw.start : raw.end]):
            continue
        last, join = _continued(text, raw)
        end = last.end if last else raw.end
        taken[raw.start : end] = [True] * (end - raw.start)
        found.append((raw if last else _edged(text, raw), last, join))
    found.sort(key=lambda row: row[0].start)
    return _joined(text, found)


def _raws(text: str) -> Iterator[Raw]:
    for found in _YEARS.finditer(text):
        yield Raw(found.start(), found.end(), Day(int(found["y"])), unit="years:" + found["y2"])
    for found in _MONTHS.finditer(text):
        raw = _raw(found)
        day = replace(raw.day, year=raw.day.year or _century(found["yq"]))
        yield replace(raw, day=day, unit="months:" + found["m2"])
    yield from (_raw(found) for found in _ISO.finditer(text))
    yield from (_raw(found) for found in _WORDED.finditer(text) if _worded_holds(text, found))
    yield from (_raw(found) for found in _DOTTED.finditer(text) if _dotted_holds(text, found))
    yield from (_unit(found) for found in _UNIT.finditer(text))
    yield from (_raw(found) for found in _SHORT_YEAR.finditer(text))
    yield from (_raw(found) for found in _ALONE.finditer(text))


def _raw(found: re.Match[str]) -> Raw:
    has = found.groupdict()
    year = int(has["y"]) if has.get("y") else _century(has.get("yy"))
    month = int(has["m"]) if has.get("m") else None
    day = int(has["d"]) if has.get("d") else None
    part = "Q" + has["q"] if has.get("q") else _PARTS.get(has.get("part") or "")
    name = has.get("wd") or has.get("wd2")
    way = {"지난": "past", "": ""}.get(has.get("way") or "", "coming")
    return Raw(
        start=found.start(),
        end=found.start() + len(found.group().rstrip(" ,")),
        day=Day(year, month, day, part),
        year_word=has.get("rel") or "",
        way=way,
        weekday=_WEEKDAYS.index(name) if name else None,
    )


def _unit(found: re.Match[str]) -> Raw:
    names = ("today", "yesterday", "tomorrow", "m0", "m1", "m_1", "w0", "w1", "w_1", "yend")
    unit = next(name for name in names if found[name])
    day = int(found["d"]) if found["d"] else None
    return Raw(*found.span(), Day(None, None, day, _PARTS.get(found["part"] or "")), unit=unit)


def _century(two: str | None) -> int | None:
    if two is None:
        return None
    return 1900 + int(two) if int(two) > 60 else 2000 + int(two)


def _worded_holds(text: str, found: re.Match[str]) -> bool:
    """Tell a date from a match that holds only a fragment, or the year in a name."""
    if found["m"]:
        return not text.startswith(("간", "차"), found.end()) or bool(found["d"])
    if found["y"] and not found["part"]:
        return not _is_name(text, found)
    if found["part"] and not (found["y"] or found["yy"] or found["rel"]):
        if re.search(r"\d\s?$", text[max(0, found.start() - 2) : found.start()]):
            return False
        return found["part"] in ("상반기", "하반기") and not text.startswith("별", found.end())
    if found["rel"]:
        return _stands_alone(text, found)
    return bool(found["yy"])


def _is_name(text: str, found: re.Match[str]) -> bool:
    """A year that opens a quoted title, or leads straight into an event's name, is no date."""
    if found.start() and text[found.start() - 1] in "'‘’\"“「『｢<《〈[":
        return True
    after = text[found.end() : found.end() + 40]
    return bool(_NAMED_AFTER.match(after)) and not _PARTICLE.match(after.lstrip() + " ")


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    """`올해는 9.1~` says the year of the date after it; it is not a date of its own."""
    after = text[found.end() : found.end() + 6]
    return not re.match(r"[은는]?\s?\d{1,2}(?:\s?[.월]|일)", after) or bool(found["part"])


def _dotted_holds(text: str, found: re.Match[str]) -> bool:
    """A decimal number is not a date: something around it must speak of days."""
    if found["wol"]:
        return bool(found["y"] or found["yy"])
    if not Day(None, int(found["m"]), int(found["d"])).exists():
        return False
    if found["wd"] or found["wd2"] or found["y"] or found["yy"] or found["il"] or found["way"]:
        return True
    before, after = text[: found.start()][-1:], text[found.end() : found.end() + 2]
    if re.match(r"\s?[~∼～-]\s?", after) and _CONTINUED.match(text, found.end()):
        return not text.startswith(("%", "억", "만"), found.end() + 6)
    if found["dot"]:
        return before in "(, " or not before
    return before == "(" and bool(re.match(r"[,)]", after)) and len(found["d"]) == 2


def _continued(text: str, raw: Raw) -> tuple[Raw | None, str]:
    """Find the second day of `6월 4일부터 8일까지`, `5.12(월)-13(화)`, `7일과 9일`."""
    if raw.day.day is None:
        return None, ""
    found = _CONTINUED.match(text, raw.end)
    if not found:
        return None, ""
    if found["list"] and not (found["il"] and not found["m"]):
        return None, ""
    if found["by"].startswith("부터") and not (found["till"] or found["il"]):
        return None, ""
    day = Day(raw.day.year, int(found["m"]) if found["m"] else raw.day.month, int(found["d"]))
    last = replace(raw, start=found.start("d"), end=found.end(), day=day)
    if not day.exists() or (not found["m"] and day.day and day.day <= raw.day.day):
        return None, ""
    return last, "," if found["list"] else "/"


_BETWEEN = re.compile(r"\s?(?:부터|에서)?\s?[~∼～〜–-]\s?|\s?부터\s?")


_AS_OF = re.compile(r"\s?기준")
_FROM = re.compile(r"\s?부터")
_TILL = re.compile(r"\s?(?:중(?:에|으로)?(?![가-힣])|까지|내에|안에)")


def _edged(text: str, raw: Raw) -> Raw:
    """A half or a quarter may be open: `하반기부터` from its start, `상반기 중` until its end."""
    if raw.day.part == "end" and _AS_OF.match(text, raw.end):
        return replace(raw, edge="as of")
    if raw.unit == "yend":
        return replace(raw, edge="till")
    if not raw.day.part or raw.day.part[0] not in "HQe":
        return raw
    for edge, pattern in (("from", _FROM), ("till", _TILL)):
        found = pattern.match(text, raw.end)
        if found:
            return replace(raw, end=found.end(), edge=edge)
    return raw


def _joined(
    text: str, rows: list[tuple[Raw, Raw | None, str]]
) -> list[tuple[Raw, Raw | None, str]]:
    """Join neighbours such as `6월 4일부터 7월 2일` into one range."""
    out: list[tuple[Raw, Raw | None, str]] = []
    for row in rows:
        if out and not row[1] and not out[-1][1] and _ranges(text, out[-1][0], row[0]):
            first = out.pop()[0]
            row = (first, _inherit(first, row[0]), "/")
        out.append(row)
    return out


def _ranges(text: str, first: Raw, last: Raw) -> bool:
    if first.unit or last.unit or not _BETWEEN.fullmatch(text[first.end : last.start]):
        return False
    return (first.day.month is None) == (last.day.month is None) or bool(last.day.day)


def _inherit(first: Raw, last: Raw) -> Raw:
    day = replace(
        last.day,
        year=last.day.year or first.day.year,
        month=last.day.month or first.day.month,
    )
    return replace(last, day=day, year_word=last.year_word or first.year_word, way=first.way)
