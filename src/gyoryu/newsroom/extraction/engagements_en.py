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
_TITLES = (
    r"(?:President|Prime\sMinister|Premier|King|Queen|Minister|Chancellor|Secretary|Governor|"
    r"Ambassador|Mayor|Crown|Speaker|Consul|Commissioner|Chair(?:man|woman|person)?|Director|CEO|"
    r"Envoy|Senator|Representative|Emir|Amir|Sheikh|Administrator|Counselor)"
)
# `met Governor …`: somebody with a title right after the verb.
_MET_ONE = re.compile(
    rf"\bmet\s(?:separately\s)?(?:(?!with\b)[A-Z][\w’.-]*\s){{0,4}}?(?:Vice\s|Deputy\s|Acting\s)?{_TITLES}s?\b"
)
_COURTESY = re.compile(
    r"\b(?:paid|pays|made|making|paying)\s(?:an?\s)?courtesy\s(?:calls?|visits?)\s(?:on|to)\b"
    r"|\breceived\sa\scourtesy\s(?:call|visit)\s(?:from|by)\b"
    rf"|\bcalled\son\s(?:the\s)?(?:[A-Z][\w’.-]*\s){{0,3}}?{_TITLES}\b(?![^.;]{{0,80}}\sto\s[a-z])"
)
_PHONED = re.compile(
    r"\b(?:held|had)\s(?:an?\s)?(?:[\w-]+\s){0,3}?(?:call|conversation|conference\scall)\swith\b"
)
_PAID = re.compile(
    r"\b(?:paid|made)\s(?:an?|his|her|their|its)\s(?!courtesy)(?:[\w-]+\s){0,3}?(?:visit|trip)\sto\s(?:the\s)?[A-Z][\w’-]+"
    r"|\barrived\sin\s[A-Z][\w’-]+(?=[^.;]{0,60}\b(?:visit|for)\b)"
)
_RECEIVED = re.compile(
    r"\b(?:hosted|welcomed|received)\s(?:an?|the)\s(?:[\w-]+\s){0,4}?(?:delegation|mission)\b"
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
    r"(?P<consultative_meeting>consultative\smeeting|joint\s(?:committee|commission)\smeeting|"
    r"(?:policy|political)\sconsultations)"
    r"|(?P<forum>[Ff]orum|[Ss]eminar|[Ss]ymposium|[Cc]onference|[Ss]ummit|[Ww]orkshop|"
    r"[Dd]ialogue|(?:briefing|information)\ssession)"
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
_WAS_HELD = re.compile(
    rf"(?:{_NOUN})s?(?!\s(?:center|centre|hall))(?:\s(?:was\s|were\s)?(?:held|took\splace|attended\sby)\b"
    r"|[\s,][^.;]{0,100}?\s(?:(?:(?P<ahead>will|(?:is|are)\s(?:scheduled|set|due)\sto)\sbe|was|were)"
    r"\s(?:\w+ly\s)?(?:held|convened|hosted|organi[sz]ed)|(?P<soon>will|(?:is|are)\s(?:scheduled|set|"
    r"due)\sto)\stake\splace|took\splace|brought\stogether|drew)\b)"
)
_HOSTED_BY = re.compile(
    rf"(?:{_NOUN}),?\s(?:jointly\s)?(?:hosted|organi[sz]ed|chaired|convened|presided\sover)\sby\b"
)
_MEETING_OF = re.compile(
    r"[A-Z][\w.-]+[’']s?\s(?:[\w-]+\s){0,2}?(?:meeting|talks|summit)\swith\s(?:the\s)?[A-Z][\w’-]+"
    r"(?=(?:(?!\swill\s)[^.;]){0,70}\s(?:in|on|last|earlier)\s(?:[A-Z][a-z]+\s\d|\w+\s(?:week|month|year)))"
)
_COMES = re.compile(r"\b(?:when|as)\s[^.;,]{3,80}?\svisits\s(?:the\s)?[A-Z][\w’-]+")
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
    r"\b(?:their|its|the|last\syear’s)\s(?P<date>[A-Z][a-z]+\s(?:\d{1,2},\s)?\d{4}),?\s(?P<no"
    r"un>(?:[\w-]+\s){0,2}?(?:meeting|summit|visit|call))"
)
_VISITED = re.compile(
    r"\bvisited\s(?:the\s)?[A-Z][\w’-]+|\btravel(?:l)?ed\sto\s(?:the\s)?[A-Z][\w’-]+"
)
_VISIT_OF = re.compile(
    r"[A-Z][\w.-]+[’']s?\s(?:[\w-]+\s){0,3}?(?:visit|trip)\sto\s(?:the\s)?(?P<place>[A-Z][\w’-]+)"
)
_PLANNED = re.compile(
    r"\b(?:will|(?:is|are)\s(?:scheduled|set|due)\sto|plans?\sto)\s(?:(?:also|then|jointly)\s)?(?P<verb>meet|travel\sto|visit|host|convene|hold|"
    r"send|lead|welcome|dispatch|chair)\b(?P<rest>[^.;]{0,90})"
)
_DESIGNATED = re.compile(
    r"\b(?:designation\sof\s)?an?\s(?:[A-Z]\w+\s){0,3}(?:Delegation|Mission)\sto\s[^.;]{0,70}"
)
_LED = re.compile(
    r"\b(?:led|dispatched|sent)\s(?:an?|the)\s(?:[\w-]+\s){0,4}?(?:delegation|mission)\b"
)
_WELCOMED = re.compile(
    rf"\b(?:hosted|welcomed|received)\s(?:[\w’.-]+\s){{0,4}}?{_TITLES}"
    r"(?:\s(?:[A-Z][\w-]+|of)){1,5}\s(?=to\b|at\b|in\b|today|for\b|and\s)"
)
_NOUN_IN = re.compile(_NOUN)
_GUEST = re.compile(
    r"\b(?:President|Minister|King|Queen|Chancellor|Secretary|Governor|Ambassador|Mayor|Prince)s?\b"
)
_CUE = re.compile(
    r"\bmet\b|spoke|courtesy|called\son|arrived|hosted|visits|convened|held|hosted|organi|conducted|chaired|opened|attended|visit|"
    r"forward\sto|trip\sto|travel|will\s|scheduled|plans\sto|(?:set|due)\sto|[Dd]elegation|Mission|mission"
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


_HELD_CUE = re.compile(r"held|led\s|attend|host|organi|conducted|chaired|opened|concluded")


def _found(text: str) -> Iterator[Encounter]:
    for pattern, kind, how, cues in _SIMPLE:
        if not any(cue in text for cue in cues):
            continue
        for found in pattern.finditer(text):
            if not _FUTURE.search(text[max(0, found.start() - 20) : found.start()]):
                yield _simple(found, kind, how)
    for found in _HELD.finditer(text) if _HELD_CUE.search(text) else ():
        if not (found["meeting"] and _SEVERAL.search(found["fill"])):
            yield _held(text, found)
    yield from _told_of(text)
    yield from _recalled(text)
    yield from _to_come(text)


def _to_come(text: str) -> Iterator[Encounter]:
    for found in _WELCOMING.finditer(text):
        yield Encounter(found.start(), found.end("verb"), "visit", "planned", "awaited")
    for found in _DESIGNATED.finditer(text):
        yield Encounter(*found.span(), "delegation", "planned", "a delegation announced")
    for found in _PLANNED.finditer(text):
        yield from _planned(found)
    for found in _COMES.finditer(text):
        if "will " in text:
            yield Encounter(*found.span(), "visit", "planned", "a visit to come")


# `held 402 business meetings` counts a trade event; `held its 5th meeting` does not.
_SEVERAL = re.compile(r"\b\d[\d,]*\s")


_TOLD_CUE = re.compile(r"held|\splace|together|drew|convened|hosted|organi|\sby\s")


def _told_of(text: str) -> Iterator[Encounter]:
    """`The forum … was held`, `the roundtable, hosted by …`: the noun comes first."""
    if not _TOLD_CUE.search(text):
        return
    for found in _WAS_HELD.finditer(text):
        if _SIGNING.search(text, max(0, found.start() - 12), found.end()):
            continue
        ahead = found["ahead"] or found["soon"]
        yield Encounter(*found.span(), _kind(found), "planned" if ahead else "held", "was held")
    for found in _HOSTED_BY.finditer(text):
        status = "planned" if re.search(r"\bwill\b", text[found.end() :]) else "held"
        yield Encounter(*found.span(), _kind(found), status, "hosted by")


# A ceremony of signing is told with the agreement.
_SIGNING = re.compile(r"[Ss]igning\s[Cc]eremony")


def _simple(found: re.Match[str], kind: str, how: str) -> Encounter:
    if kind == "meeting" and _REMOTE.search(found.group()):
        kind = "video_conference"
    if kind == "roundtable":
        noun = _NOUN_IN.search(
            found.string, found.start(), min(len(found.string), found.end() + 60)
        )
        kind = _kind(noun) if noun and noun["forum"] else kind
    return Encounter(*found.span(), kind, "held", how, _place_key(found))


def _recalled(text: str) -> Iterator[Encounter]:
    """Meetings and visits of the past that a sentence dates."""
    for found in _DATED.finditer(text):
        kind = "visit" if found["noun"].endswith("visit") else "meeting"
        yield Encounter(*found.span(), kind, "held", "dated", found["date"])
    for found in _MEETING_OF.finditer(text):
        yield Encounter(*found.span(), "meeting", "held", "a meeting recalled", "", True)
    for found in _BESIDE.finditer(text):
        kind = "visit" if "visit" in found.group() else "meeting"
        yield Encounter(*found.span(), kind, "held", "named beside", "", True)
    for found in _VISIT_OF.finditer(text):
        yield Encounter(*found.span(), "visit", "held", "a visit recalled", found["place"], True)


# Each pattern is tried where one of its words stands.
_SIMPLE: tuple[tuple[re.Pattern[str], str, str, tuple[str, ...]], ...] = (
    (_CONVENED, "roundtable", "convened", ("convened",)),
    (_COURTESY, "courtesy_call", "a courtesy call", ("courtesy", "called on")),
    (_MET, "meeting", "met", ("met",)),
    (_MET_ONE, "meeting", "met", ("met ",)),
    (_PHONED, "meeting", "spoke", (" call ", "conversation")),
    (_PAID, "visit", "visited", (" visit to", " trip to", "arrived")),
    (_SPOKE, "meeting", "spoke", ("spoke",)),
    (_CALLED, "meeting", "called", ("called",)),
    (_VISITED, "visit", "visited", ("visited", "travel")),
    (_LED, "delegation", "led", ("delegation", "mission")),
    (_WELCOMED, "meeting", "hosted or welcomed", ("hosted", "welcomed", "received")),
    (_RECEIVED, "delegation", "a delegation received", ("delegation", "mission")),
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
    if re.search(
        r"\bannual(?:ly)?\b|\b(?:every|each)\s(?:\w+\s)?years?\b|\b(?:twice|once)\sa\syear\b", rest
    ):
        return
    if kind is None:
        noun = _NOUN_IN.search(rest)
        if not noun and verb == "host" and _GUEST.search(rest):
            kind = "meeting"
        elif not noun and not re.search(r"\b(?:Delegation|Mission|mission)\b", rest):
            return
        kind = _kind(noun) if noun else (kind or "delegation")
    elif verb == "meet" and not _MEETS.match(rest):
        return
    yield Encounter(found.start(), found.end("verb"), kind, "planned", "will", rest[:30])


_MEETS = re.compile(rf"\s(?:with|in|at|on)\b|\s(?:[A-Z][\w’.-]*\s){{0,4}}?{_TITLES}\b")
