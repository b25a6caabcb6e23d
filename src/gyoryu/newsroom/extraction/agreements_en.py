"""Agreements in English releases: a verb of concluding and a noun of agreement near it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gyoryu.newsroom.extraction.agreements_ko import Concluding

_NOUNS = (
    ("sisterhood", r"sisterhood\s(?:agreement|relationship|ties)|sister[\s-](?:region|city|state|"
        r"province)\s?(?:agreement|relationship)"),
    ("friendship", r"friendship\s(?:agreement|relationship)|"
        r"friendly\s(?:exchange|cooperation)\sagreement"),
    ("loi", r"[Ll]etters?\sof\s[Ii]ntent|\bLOIs?\b"),
    ("letter_of_support", r"[Ll]etters?\sof\s[Ss]upport"),
    ("mou", r"[Mm]emorand(?:um|a|ums)\sof\s(?:[Uu]nderstanding|[Cc]ooperation)|\bMO[UC]s?\b|"
        r"[Mm]emorandum(?!\sof)"),
    ("action_plan", r"[Aa]ction\s[Pp]lan"),
    ("consultative_body", r"(?:joint\s)?consultative\s(?:body|council|group)"),
    ("joint_statement", r"[Jj]oint\s(?:[Ss]tatement|[Dd]eclaration|[Cc]ommuniqu[eé])"),
    ("compact", r"[Cc]ompact"),
    ("treaty", r"[Tt]reat(?:y|ies)"),
    ("arrangement", r"[Aa]rrangement"),
    ("contract_verbal", r"verbal\s(?:contract|agreement)s?"),
    ("contract", r"\b(?:supply|purchase|investment|sales)\scontracts?|\bcontracts?\b"),
    ("agreement", r"[Aa]greements?|[Aa]ccords?|\b[Dd]eals?\b|[Pp]act\b|[Ff]ramework"),
)  # fmt: skip
_NOUN = "|".join(f"(?P<{sub}>{pattern})" for sub, pattern in _NOUNS)
_CUE = re.compile(
    r"[Aa]gree|[Mm]emor|\bMO[UC]|[Aa]ccord|[Dd]eal|[Pp]act|[Ff]ramework|[Cc]ontract|"
    r"[Tt]reat|[Cc]ompact|[Aa]rrang|[Ss]ister"
    r"|[Jj]oint|[Ll]etter|LOI|Plan|plan\b|consultative|established|launched|created|friend"
)
_FILL = r"(?:[\w’'$.,&/–-]{1,24}\s){0,9}?"
_SIGN = (
    r"sign(?:ed|s|ing)?|ink(?:ed|s)|initial(?:l?ed)|exchang(?:ed|ing)|conclud(?:ed|ing|e|"
    r"es)|enter(?:ed|ing|s)?\sinto|execut(?:ed)"
)
_ACTIVE = re.compile(rf"\b(?P<verb>{_SIGN})\s(?:of\s)?(?P<fill>{_FILL})(?:{_NOUN})(?![a-z])")
_REACHED = re.compile(
    rf"\b(?P<verb>reached|brokered|secured|struck|agreed\s(?:to|on)|announc(?:ed|es|ing)|finali[sz]ed|present(?:ed|"
    rf"s)|establish(?:ed)|launched)\s(?P<fill>{_FILL})(?:{_NOUN})(?![a-z])"
)
_PASSIVE = re.compile(
    rf"(?:{_NOUN})\s(?P<fill>[^.;]{{0,90}}?)\b(?:was|were|has\sbeen|have\sbeen|be|being|"
    rf",)\s?(?P<verb>signed|concluded|established|initial\w+|finali[sz]ed)\b"
)
_NAMED_SIGNED = re.compile(
    rf"(?:{_NOUN})[”’\"]?,?\s(?:\([^()]{{3,120}}\)\s)?(?P<verb>signed|concluded|"
    rf"established|reached)\b"
)
_NEW = re.compile(
    rf"\bnew\s(?P<fill>(?:[$\w.,’-]{{1,24}}\s){{0,7}}?)(?:{_NOUN})\s(?P<verb>with|between)\b"
)
_INTENT = re.compile(
    rf"\b(?P<verb>intent(?:ion)?|plans?|agreed|hope[sd]?|efforts?|working)\s(?:to|"
    rf"toward)\s(?:move\sforward\s(?:with|on)|pursue|create|establish|form|join|sign|"
    rf"enter\sinto|negotiate|develop|work\stoward|"
    rf"explore|conclude|finali[sz]e)\s(?P<fill>{_FILL})(?:{_NOUN})(?![a-z])"
)
_BODY = re.compile(
    r"\b(?P<verb>established|launched|"
    r"created)\sthe\s(?P<fill>(?:[A-Z][\w.&–-]{1,24}\s(?:and\s)?){1,6}?)(?P<consultative_bo"
    r"dy>Council|Committee|Task\sForce|Dialogue|Working\sGroup|Commission)\b"
)
_INSTRUMENT = re.compile(rf"^(?P<verb>Pursuant\sto)\sthis\s(?:{_NOUN})")
_WELCOMED = re.compile(
    rf"\b(?P<verb>welcomed|celebrated|hailed|noted)\s(?:an?|the)\s(?P<fill>{_FILL})(?:{_NOUN})\s"
    r"(?:between|with)\b"
)
_AHEAD = re.compile(
    rf"\bwill\s(?P<verb>develop|negotiate|draft|conclude|pursue|prepare|finali[sz]e)\s(?:an?|new)\s"
    rf"(?P<fill>{_FILL})(?:{_NOUN})(?![a-z])"
)
_SINCE = re.compile(
    r"(?P<sisterhood>sister\s(?:regions|cities|states|provinces))\s(?P<verb>since)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|shall|plans?\sto|planned\sto|planning\sto|to|expected\sto|set\sto|"
    r"scheduled\sto|would)\s(?:\w+ly\s)?$"
)
_INTENDED = re.compile(
    r"\bintention\b|(?:intends?|intention|hopes?|aims?|seek(?:s|ing)?|working|look(?:s|ed|ing)?\sforward|"
    r"desire|wish(?:es)?|discussed|explore|pursu\w+|negotiat\w+|propos\w+|considering|"
    r"plans?\sto\spursue)\s(?:\w+\s){0,4}$"
)
_OTHER_NOUN = re.compile(r"(?:Executive\sOrder|law|bill|legislation|Act)\b")
_ANNOUNCED = re.compile(r"reached|brokered|secured|struck|agreed|announc|finali|launched")


def scan(text: str, role: str) -> Iterator[Concluding]:
    """Find what one sentence says of agreements."""
    if not _CUE.search(text):
        return
    taken: list[tuple[int, int]] = []
    for pattern in (
        _ACTIVE,
        _NAMED_SIGNED,
        _PASSIVE,
        _REACHED,
        _NEW,
        _SINCE,
        _WELCOMED,
        _AHEAD,
        _INTENT,
        _BODY,
        _INSTRUMENT,
    ):
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            stated = _stated(text, found)
            if stated:
                taken.append(found.span())
                yield stated


def _stated(text: str, found: re.Match[str]) -> Concluding | None:
    sub = next(sub for sub, _ in _NOUNS if found.groupdict().get(sub))
    fill = found.groupdict().get("fill") or ""
    if _OTHER_NOUN.search(fill) or _BREAK.search(fill):
        return None
    if sub == "consultative_body" and found.re is not _BODY:
        return None
    status, how = _status(text, found, sub)
    if not status:
        return None
    return Concluding(found.start(), found.end(), sub, status, how, False, found.start(sub))


_BREAK = re.compile(r";|\b(?:that|which|who|when|where|met|discussed|will|said)\b")


def _status(text: str, found: re.Match[str], sub: str) -> tuple[str, str]:
    before = text[max(0, found.start("verb") - 60) : found.start("verb")]
    if found.re in _FIXED:
        return _FIXED[found.re]
    if _TALKS.search(found.groupdict().get("fill") or ""):
        return "announced", "negotiations concluded"
    if _INTENDED.search(before):
        return "intended", "a wish or an intention"
    if _PLANNED.search(before) or (found.re is _PASSIVE and _TO_BE.search(before)):
        return "planned", "a plan"
    return _by_verb(found, before, sub)


def _by_verb(found: re.Match[str], before: str, sub: str) -> tuple[str, str]:
    verb = found["verb"]
    if found.re is _NEW:
        known = sub in ("compact", "mou", "agreement")
        return ("announced", "a new one spoken of") if known else ("", "")
    if verb.startswith("present"):
        return ("presented", "presented") if sub in ("letter_of_support", "loi") else ("", "")
    if _ANNOUNCED.match(verb):
        return _announced(found, sub)
    if verb.startswith("establish"):
        return ("established?", "established") if sub in ("sisterhood", "friendship") else ("", "")
    return _signed(verb, before)


_TALKS = re.compile(r"\bnegotiations\b|\btalks\b")
_TO_BE = re.compile(r"\b(?:will|to)\sbe\s$")
_FIXED = {
    _SINCE: ("existing", "since a date"),
    _WELCOMED: ("announced", "welcomed, no signing stated"),
    _AHEAD: ("planned", "a plan"),
    _INTENT: ("intended", "a wish or an intention"),
    _BODY: ("existing", "a body set up"),
    _INSTRUMENT: ("signed", "the text is the instrument itself"),
}


def _announced(found: re.Match[str], sub: str) -> tuple[str, str]:
    """A deal reached or announced is not yet a paper signed."""
    if sub in ("consultative_body", "contract") or found["verb"].startswith("launch"):
        return "", ""
    return "announced", "reached or announced, no signing stated"


def _signed(verb: str, before: str) -> tuple[str, str]:
    if verb in ("sign", "signs", "conclude", "concludes", "enter into", "exchanging", "concluding"):
        return ("planned", "no past form") if verb not in ("signs", "concludes") else ("", "")
    if verb == "signing" and not re.search(r"\b(?:the|by|after|following|of)\s$", before):
        return "planned", "no past form"
    return "signed", "past form"
