"""Dates in English releases: `May 20-22, 2031`, `last September`, `today`, `by 2040`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gyoryu.newsroom.extraction import amounts
from gyoryu.newsroom.extraction.days import Day, Raw
from gyoryu.newsroom.extraction.document import Sentence

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_D = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])"
_DASH = r"(?:\s?[-–—]\s?|\sto\s|\sthrough\s|\suntil\s)"
_Y = r"(?:19|20)\d\d(?!\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

_MONTH_FIRST = re.compile(
    rf"\b(?:(?P<way>last|this|next)\s)?(?P<mon>{_MONTH})\s(?P<d>{_D})"
    rf"(?:(?P<by>{_DASH}|(?P<list>\sand\s|"
    rf",\s))(?:(?P<mon2>{_MONTH})\s)?(?P<d2>{_D})(?!\s(?:million|billion|percent)))?+"
    rf"(?:,?\s(?P<y>{_Y}))?"
)
_DAY_FIRST = re.compile(
    rf"\b(?P<d>{_D})(?:(?P<by>{_DASH}|(?P<list>\sand\s))(?P<d2>{_D}))?\s(?:of\s)?(?P<mon>{_MONTH})"
    rf"(?:,?\s(?P<y>{_Y}))?"
)
_MONTH_YEAR = re.compile(
    rf"\b(?:(?P<part>early|mid|late|the end of|the beginning of)[\s-])?(?P<mon>{_MONTH})"
    rf"(?:{_DASH}(?P<mon2>{_MONTH}))?(?:,|\sof)?\s(?P<y>{_Y})"
)
_BARE_MONTH = re.compile(
    r"\b(?:(?P<lead>in|since|until|by|of|from|during|through|for|before|after|and|the|its|their)\s)?"
    r"(?:(?P<way>last|this past|this coming|this|next|coming)\s)?"
    r"(?:(?P<part>early|mid|late|the end of|the beginning of)[\s-])?"
    rf"(?P<mon>{_MONTH})(?!\s?\d|[a-z])"
)
_RELATIVE = re.compile(
    r"\b(?:(?P<today>[Tt]oday(?![’']s (?:world|youth|challenges))|[Tt]onight|[Ii]n the "
    r"evening(?! of)|[Tt]his (?:morning|afternoon|evening))"
    r"|(?P<yesterday>[Yy]esterday|[Ll]ast night)|(?P<tomorrow>[Tt]omorrow)"
    rf"|(?:(?P<way>(?<!the )[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Ee]arlier this|"
    rf"[Ll]ater this)\s"
    rf"(?P<unit>week|month|year|quarter|fall|spring|summer|autumn|winter|{_WEEKDAY})(?!-))"
    rf"|(?:[Oo]n\s)?(?P<weekday>{_WEEKDAY})(?![’']?s?\s(?:Agreement|Accord)|,?\s{_MONTH}\s\d))\b"
)
_YEAR = re.compile(
    rf"\b(?P<lead>[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Dd]uring|[Uu]ntil|[Tt]hrough|[Bb]efore|"
    rf"[Aa]fter|of|for"
    rf"|as of|no later than|to|early|late|mid|the end of|back in)[\s-](?P<y>{_Y})"
    rf"(?:{_DASH}(?P<y2>{_Y}))?(?!\s?[A-Z%\d]|[-.,]\d)"
)
_FISCAL = re.compile(
    rf"\b(?:(?P<y>{_Y})\s[Ff]iscal [Yy]ear|(?:[Ff]iscal [Yy]ear|FY)\s?(?P<y2>{_Y}|\d\d\b))"
)
_PARTS = re.compile(
    r"\b[Tt]he (?:(?P<half>first|second|latter) half|(?P<q>first|second|third|fourth) quarter)"
    rf"(?: of (?:(?P<y>{_Y})|(?:the|this) year))?|\bQ(?P<qn>[1-4])(?:\sof)?\s(?P<y2>{_Y})"
)
_END_OF = re.compile(
    r"\b(?P<by>[Bb]y|[Bb]efore|[Uu]ntil)?\s?(?:the )?end of (?:(?P<unit>the|this|"
    r"next)\s(?P<what>year|month)"
    rf"|(?P<y>{_Y}))"
)
_NUMBERS = {word: count for word, count in amounts.WORDS.items() if 1 <= count <= 12}
_NUMBERS |= {"thirty": 30, "sixty": 60, "ninety": 90, "fifteen": 15, "twenty": 20, "a": 1}
_NUMBER = r"\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_SPAN_OF = re.compile(
    rf"\b(?P<lead>within|in|over|during) (?:the )?(?:next )?(?P<n>{_NUMBER})[\s-]"
    r"(?P<unit>day|week|month|year)s?\b|"
    rf"\b(?P<n2>{_NUMBER}) (?P<unit2>day|week|month|year)s? (?P<ago>ago|from now)\b"
)
_NEXT_WORD = re.compile(r"\s(?:the )?(?:next|coming) ")
_PART_NAMES = {
    "early": "start",
    "the beginning of": "start",
    "mid": "mid",
    "late": "end",
    "the end of": "end",
}
_CUE = re.compile(
    rf"{_MONTH}|{_Y}|\b[Tt]o(?:day|night|morrow)|esterday|day\b|\b(?:[Ll]ast|[Nn]ext|[Tt]his) \w"
    r"|\b(?:quarter|half|FY)|\bago\b|[Ww]ithin |\bend\sof\b"
)
_NAME_BEFORE = re.compile(
    r"(?:Act|Law|Agenda|Expo|CES|Treaty|Code|Plan|Vision|Olympics?|Games) (?:of )?$"
)

Found = tuple[Raw, Raw | None, str]


def scan(sentence: Sentence) -> list[Found]:
    """Find the dates of a sentence: first, last (of a range or list) and how they are joined."""
    text = sentence.text
    if not _CUE.search(text):
        return []
    taken = [False] * (len(text) + 1)
    rows: list[Found] = []
    for row in _rows(text):
        start, end = row[0].start, (row[1] or row[0]).end
        if any(taken[start:end]):
            continue
        taken[start:end] = [True] * (end - start)
        rows.append(row)
    return sorted(rows, key=lambda row: row[0].start)


def _rows(text: str) -> Iterator[Found]:
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        for found in pattern.finditer(text):
            yield _range(found)
    for found in _MONTH_YEAR.finditer(text):
        yield _month_year(found)
    yield from _spans_of(text)
    yield from _periods(text)
    for found in _BARE_MONTH.finditer(text):
        if _month_holds(text, found):
            yield _bare_month(found)
    for found in _RELATIVE.finditer(text):
        if not _names_an_event(text, found):
            yield _relative(found), None, ""
    yield from _years(text)


def _range(found: re.Match[str]) -> Found:
    has = found.groupdict()
    year = int(has["y"]) if has["y"] else None
    first = Day(year, _month(has["mon"]), _number(has["d"]))
    way = _WAYS.get((has.get("way") or "").lower(), "")
    raw = Raw(found.start(), found.end(), first, way=way)
    if not has["d2"]:
        return raw, None, ""
    month = _month(has["mon2"]) if has.get("mon2") else first.month
    last = replace(raw, day=Day(year, month, _number(has["d2"])))
    if has["list"] and not _is_list(found):
        return replace(raw, end=found.end("d")), None, ""
    return raw, last, "," if has["list"] else "/"


def _is_list(found: re.Match[str]) -> bool:
    """`March 3 and 5` is a list; `March 3, 12 companies` is not."""
    return found["list"].strip() == "and" and len(found["d2"]) <= 4


def _month_year(found: re.Match[str]) -> Found:
    part = _PART_NAMES.get(found["part"] or "")
    raw = Raw(*found.span(), Day(int(found["y"]), _month(found["mon"]), None, part))
    if not found["mon2"]:
        return raw, None, ""
    return raw, replace(raw, day=replace(raw.day, month=_month(found["mon2"]))), "/"


def _month_holds(text: str, found: re.Match[str]) -> bool:
    """A month without a day needs a preposition or a direction: `March` and `May` are words."""
    if not (found["lead"] or found["way"] or found["part"]):
        return found["mon"].startswith(("Sep", "Octo", "Nove", "Dece", "Janu", "Febr"))
    return found["lead"] not in ("and", "the", "its", "their") or found["mon"] not in (
        "May",
        "March",
    )


def _bare_month(found: re.Match[str]) -> Found:
    part = _PART_NAMES.get(found["part"] or "")
    way = _WAYS.get((found["way"] or "").lower(), "")
    keep = found["way"] or found["part"]
    start = found.start("way" if found["way"] else "part") if keep else found.start("mon")
    edge = {"since": "from", "until": "till", "by": "till"}.get(found["lead"] or "", "")
    raw = Raw(start, found.end(), Day(None, _month(found["mon"]), None, part), way=way, edge=edge)
    return raw, None, ""


def _names_an_event(text: str, found: re.Match[str]) -> bool:
    """`this year’s Film Festival` names an event; `last year’s meeting` dates one."""
    if found["way"] and found["way"].lower() == "this" and found["unit"] == "year":
        return bool(re.match(r"[’']s\s(?:[\w-]+\s)?[A-Z]", text[found.end() : found.end() + 30]))
    return False


def _relative(found: re.Match[str]) -> Raw:
    for name in ("today", "yesterday", "tomorrow"):
        if found[name]:
            return Raw(*found.span(), Day(), unit=name)
    if found["weekday"]:
        return Raw(found.start("weekday"), found.end(), Day(), unit="weekday:" + found["weekday"])
    way = _WAYS[found["way"].lower()]
    return Raw(*found.span(), Day(), way=way, unit=found["unit"])


def _periods(text: str) -> Iterator[Found]:
    for found in _FISCAL.finditer(text):
        year = found["y"] or found["y2"]
        year = year if len(year) == 4 else "20" + year
        yield Raw(*found.span(), Day(int(year)), unit="fiscal"), None, ""
    for found in _PARTS.finditer(text):
        yield _part(found), None, ""
    for found in _END_OF.finditer(text):
        edge = "till" if found["by"] else ""
        if found["y"]:
            yield Raw(*found.span(), Day(int(found["y"]), None, None, "end"), edge=edge), None, ""
        else:
            way = "coming" if found["unit"] == "next" else ""
            yield (
                Raw(*found.span(), Day(), way=way, unit="end:" + found["what"], edge=edge),
                None,
                "",
            )


def _part(found: re.Match[str]) -> Raw:
    year = found["y"] or found["y2"]
    if found["half"]:
        part = "H1" if found["half"] == "first" else "H2"
    else:
        order = ("first", "second", "third", "fourth")
        part = "Q" + (found["qn"] or str(order.index(found["q"]) + 1))
    return Raw(*found.span(), Day(int(year) if year else None, None, None, part))


def _spans_of(text: str) -> Iterator[Found]:
    for found in _SPAN_OF.finditer(text):
        if found["lead"] and found["lead"] != "within" and not _NEXT_WORD.search(found.group()):
            continue
        if found["lead"] in ("over", "during"):
            continue
        count = found["n"] or found["n2"]
        amount = int(count) if count.isdigit() else _NUMBERS[count]
        unit = found["unit"] or found["unit2"]
        way = "past" if found["ago"] == "ago" else "coming"
        edge = "till" if found["lead"] == "within" else ""
        yield Raw(*found.span(), Day(), way=way, unit=f"{amount} {unit}", edge=edge), None, ""


def _years(text: str) -> Iterator[Found]:
    for found in _YEAR.finditer(text):
        if _NAME_BEFORE.search(text[max(0, found.start("y") - 20) : found.start("y")]):
            continue
        lead = found["lead"].lower()
        edge = {"since": "from", "by": "till", "until": "till", "no later than": "till"}.get(
            lead, ""
        )
        part = {"early": "start", "late": "end", "mid": "mid", "the end of": "end"}.get(lead)
        start = found.start() if edge or part else found.start("y")
        raw = Raw(start, found.end(), Day(int(found["y"]), None, None, part), edge=edge)
        if found["y2"]:
            yield raw, replace(raw, day=Day(int(found["y2"])), edge=""), "/"
        else:
            yield raw, None, ""


_WAYS = {
    "": "",
    "last": "past",
    "this": "this",
    "earlier this": "this",
    "later this": "this",
    "this past": "past",
    "next": "coming",
    "coming": "coming",
    "this coming": "coming",
}


def _month(name: str) -> int:
    return _NAMES.index(name[:3].lower()) + 1


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
