"""Encounters in English releases: met, spoke, hosted, visited, will send a delegation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gyoryu.newsroom.extraction.engagements_ko import Encounter

_DAYS = (
    r"(?:today|yesterday|on\s\w+|[A-Z][a-z]+\s\d{1,2}|separately|virtually|briefly|again|"
    r"this\s\w+|earlier\stoday|in\s[A-Z]\w+)"
)
_MET = re.compile(
    rf"\bmet(?:\s{_DAYS}){{0,2}},?(?:\s(?:[\w’-]+\s){{0,3}}?with\b|(?=\s(?:today|yesterday|"
    rf"in\s[A-Z]|at\s|on\s[A-Z]|to\s)))"
)
_SPOKE = re.compile(
    rf"\bspoke(?:\s{_DAYS}){{0,2}}(?:\sby\s(?:phone|telephone|video))?,?(?:\swith\b|"
    rf"\sby\s(?:phone|video))"
)
_CONVENED = re.compile(r"\bconvened\s(?:an?|the|with|for|virtually|in\s[A-Z]\w+)\b[^.,;]{0,70}")
_NOUN = (
    r"(?P<roundtable>[Rr]oundtable)|(?P<video_conference>(?:video|virtual|"
    r"online)\s(?:conference|meeting|call|summit)|videoconference)"
    r"|(?P<fam_tour>(?:fam|familiarization|[“\"]fam[”\"]|\([“\"]fam[”\"]\))\s?tour)|"
    r"(?P<consultative_meeting>consultative\smeeting)"
    r"|(?P<forum>[Ff]orum|[Ss]eminar|[Ss]ymposium|[Cc]onference|[Ss]ummit|[Ww]orkshop|"
    r"[Dd]ialogue|briefing\ssession)"
    r"|(?P<event>[Cc]eremony|[Ff]estival|[Ee]xhibition|reception|concert|event|"
    r"[Cc]ompetition|[Hh]ackathon|[Aa]udition|[Cc]ontest|[Ll]unch(?:eon)?|[Dd]inner|"
    r"[Gg]ala|[Cc]elebration|[Aa]wards|[Pp]arade|program\slaunch)"
    r"|(?P<meeting>(?:bilateral\s|trilateral\s)?(?:meeting|talks|discussions))|"
    r"(?P<delegation>delegation)"
)
_HELD = re.compile(
    rf"\b(?P<verb>held|led|attended|hosted|organized|organised|conducted|chaired|opened|"
    rf"co-hosted|co-chaired|concluded)\s(?P<fill>(?:[\w’'&“”\"().-]{{1,24}}\s){{0,9}}?)(?:{_NOUN}"
    rf")(?!\scenter|\scentre)"
)
_WAS_HELD = re.compile(rf"(?:{_NOUN})\s(?:was\s|were\s)?(?:held|took\splace|attended\sby)\b")
_CALLED = re.compile(
    r"\bcalled\s(?:President|Prime|King|Crown|Chancellor|Secretary|Minister|Governor|Dr\.|Mr\.|Ms\.)"
)
_BESIDE = re.compile(
    r"\b(?:[Ff]ollowing|[Aa]fter|[Dd]uring|[Aa]t)\s(?:an?|their|his|her|the)\s(?:[\w-]+\s){0,2}?"
    r"(?:meeting|summit|call|visit)\s(?:with|between|to|in)\s(?:the\s)?[A-Z]"
)
_WELCOMING = re.compile(
    r"\blooks?\sforward\sto\s(?P<verb>welcoming|hosting|meeting\swith)\b[^.;]{0,90}"
)
_DATED = re.compile(
    r"\b(?:their|its|the|last\syear’s)\s(?P<date>[A-Z][a-z]+\s(?:\d{1,2},\s)?\d{4})\s(?P<no"
    r"un>(?:[\w-]+\s){0,2}?(?:meeting|summit|visit|call))"
)
_VISITED = re.compile(
    r"\bvisited\s(?:the\s)?[A-Z][\w’-]+|\btravel(?:l)?ed\sto\s(?:the\s)?[A-Z][\w’-]+"
)
_VISIT_OF = re.compile(
    r"[A-Z][\w.-]+[’']s?\s(?:[\w-]+\s){0,3}?(?:visit|trip)\sto\s(?:the\s)?(?P<place>[A-Z][\w’-]+)"
)
_PLANNED = re.compile(
    r"\bwill\s(?:(?:also|then|jointly)\s)?(?P<verb>meet|travel\sto|visit|host|convene|hold|"
    r"send|lead|welcome|dispatch|chair)\b(?P<rest>[^.;]{0,90})"
)
_DESIGNATED = re.compile(
    r"\b(?:designation\sof\s)?an?\s(?:[A-Z]\w+\s){0,3}(?:Delegation|Mission)\sto\s[^.;]{0,70}"
)
_LED = re.compile(
    r"\b(?:led|dispatched|sent)\s(?:an?|the)\s(?:[\w-]+\s){0,4}?(?:delegation|mission)\b"
)
_WELCOMED = re.compile(
    r"\b(?:hosted|welcomed|received)\s(?:[\w’.-]+\s){0,4}?(?:President|Prime\sMinister|"
    r"King|Queen|Minister|Chancellor|Secretary|Governor|Ambassador|Mayor|"
    r"Crown)(?:\s(?:[A-Z][\w-]+|of)){1,5}\s(?=to\b|at\b|in\b|today|for\b|and\s)"
)
_NOUN_IN = re.compile(_NOUN)
_GUEST = re.compile(
    r"\b(?:President|Minister|King|Queen|Chancellor|Secretary|Governor|Ambassador|Mayor|Prince)s?\b"
)
_CUE = re.compile(
    r"\bmet\b|spoke|convened|held|hosted|organi|conducted|chaired|opened|attended|visit|"
    r"trip\sto|travel|will\s|[Dd]elegation|Mission|mission"
    r"|welcomed|received|took\splace|meeting|dispatched|sent\b|concluded|summit"
)
_KINDS = (
    "roundtable",
    "video_conference",
    "fam_tour",
    "consultative_meeting",
    "forum",
    "event",
    "meeting",
    "delegation",
)
_PLAN_KIND = {"meet": "meeting", "travel to": "visit", "visit": "visit", "welcome": "visit"}
_REMOTE = re.compile(r"virtually|by\svideo")
_FUTURE = re.compile(r"\b(?:will|to|would|plans?|expected|scheduled)\s(?:be\s)?(?:\w+\s)?$")


def scan(text: str, role: str) -> Iterator[Encounter]:
    """Find the encounters of one sentence."""
    if role != "body" or not _CUE.search(text):
        return
    taken: list[tuple[int, int]] = []
    for encounter in _found(text):
        if not any(encounter.start < end and start < encounter.end for start, end in taken):
            taken.append((encounter.start, encounter.end))
            yield encounter


def _found(text: str) -> Iterator[Encounter]:
    for pattern, kind, how in _SIMPLE:
        for found in pattern.finditer(text):
            if not _FUTURE.search(text[max(0, found.start() - 20) : found.start()]):
                yield _simple(found, kind, how)
    yield from (_held(text, found) for found in _HELD.finditer(text))
    for found in _WAS_HELD.finditer(text):
        yield Encounter(*found.span(), _kind(found), "held", "was held")
    yield from _recalled(text)
    for found in _WELCOMING.finditer(text):
        yield Encounter(found.start(), found.end("verb"), "visit", "planned", "awaited")
    for found in _DESIGNATED.finditer(text):
        yield Encounter(*found.span(), "delegation", "planned", "a delegation announced")
    for found in _PLANNED.finditer(text):
        yield from _planned(found)


def _simple(found: re.Match[str], kind: str, how: str) -> Encounter:
    if kind == "meeting" and _REMOTE.search(found.group()):
        kind = "video_conference"
    return Encounter(*found.span(), kind, "held", how, _place_key(found))


def _recalled(text: str) -> Iterator[Encounter]:
    """Meetings and visits of the past that a sentence dates."""
    for found in _DATED.finditer(text):
        kind = "visit" if found["noun"].endswith("visit") else "meeting"
        yield Encounter(*found.span(), kind, "held", "dated", found["date"])
    for found in _BESIDE.finditer(text):
        kind = "visit" if "visit" in found.group() else "meeting"
        yield Encounter(*found.span(), kind, "held", "named beside", "", True)
    for found in _VISIT_OF.finditer(text):
        yield Encounter(*found.span(), "visit", "held", "a visit recalled", found["place"], True)


_SIMPLE = (
    (_CONVENED, "roundtable", "convened"),
    (_MET, "meeting", "met"),
    (_SPOKE, "meeting", "spoke"),
    (_CALLED, "meeting", "called"),
    (_VISITED, "visit", "visited"),
    (_LED, "delegation", "led"),
    (_WELCOMED, "meeting", "hosted or welcomed"),
)


def _place_key(found: re.Match[str]) -> str:
    return found.group()[-20:] if found.re is _VISITED else ""


def _kind(found: re.Match[str]) -> str:
    return next(kind for kind in _KINDS if found[kind])


def _held(text: str, found: re.Match[str]) -> Encounter:
    before = text[max(0, found.start() - 20) : found.start()]
    status = "planned" if _FUTURE.search(before) else "held"
    return Encounter(*found.span(), _kind(found), status, "held", found["fill"][:40])


def _planned(found: re.Match[str]) -> Iterator[Encounter]:
    verb, rest = found["verb"], found["rest"]
    kind = _PLAN_KIND.get(verb)
    if re.search(r"\bannual(?:ly)?\b|\bevery year\b", rest):
        return
    if kind is None:
        noun = _NOUN_IN.search(rest)
        if not noun and verb == "host" and _GUEST.search(rest):
            kind = "meeting"
        elif not noun and not re.search(r"\b(?:Delegation|Mission|mission)\b", rest):
            return
        kind = _kind(noun) if noun else (kind or "delegation")
    elif verb == "meet" and not re.match(r"\s(?:with|in|at|on)\b", rest):
        return
    yield Encounter(found.start(), found.end("verb"), kind, "planned", "will", rest[:30])
