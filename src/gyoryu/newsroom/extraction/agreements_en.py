"""Agreements in English releases: a verb of concluding and a noun of agreement near it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gyoryu.newsroom.extraction import amounts
from gyoryu.newsroom.extraction.agreements_ko import Concluding

_NOUNS = (
    ("sisterhood", r"sisterhood\s(?:agreement|relationship|ties|pact|partnership)|"
        r"[Ss]ister[\s-](?:[Rr]egion|[Cc]it(?:y|ies)|[Ss]tate|[Pp]rovince|[Cc]ounty|[Pp]ort)s?\s"
        r"(?:agreement|relationship|ties|pact|partnership|accord)|twinning\sagreement"),
    ("friendship", r"friendship(?:\scity)?\s(?:agreement|relationship|pact|ties)|"
        r"friendly\s(?:exchange|cooperation|relations)\sagreement"),
    ("loi", r"(?:[Ll]etters?|[Dd]eclarations?)\sof\s[Ii]ntent(?:ion)?|\bLOIs?\b"),
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
    ("agreement", r"[Aa]greements?|[Aa]ccords?|\b[Dd]eals?\b|[Pp]act\b|[Ff]ramework|"
        r"\b[Pp]rotocols?(?=\s(?:on|of|for|with|between)\b)"),
)  # fmt: skip
_NOUN = "|".join(f"(?P<{sub}>{pattern})" for sub, pattern in _NOUNS)
_CUE = re.compile(
    r"[Aa]gree|[Mm]emor|\bMO[UC]|[Aa]ccord|[Dd]eal|[Pp]act|[Ff]ramework|[Cc]ontract|"
    r"[Tt]reat|[Cc]ompact|[Aa]rrang|[Ss]ister"
    r"|[Jj]oint|[Ll]etter|LOI|Plan|plan\b|consultative|established|launched|created|friend"
    r"|twinning|[Pp]rotocol|[Pp]artnership|ommittee|ouncil"
)
_FILL = r"(?:[\w’'$.,&/–-]{1,24}\s){0,9}?"
_SIGN = (
    r"sign(?:ed|s|ing)?|ink(?:ed|s|ing)?|initial(?:l?ed|l?ing)|exchang(?:ed|ing|e)|conclud(?:ed|"
    r"ing|e|es)|enter(?:ed|ing|s)?\sinto|execut(?:ed)|renew(?:ed|ing|s)?"
)
_ACTIVE = re.compile(
    rf"\b(?P<verb>{_SIGN})\s(?:ceremony\s)?(?:(?:of|for)\s)?(?P<fill>{_FILL})(?:{_NOUN})(?![a-z])"
)
# `signed a … partnership`: a partnership is a paper only where it is signed.
_PARTNERSHIP = re.compile(
    r"\b(?P<verb>signed|signing|sign|inked)\s(?:of\s)?(?P<fill>an?\s(?:[\w-]{1,24}\s){0,4}?)"
    r"(?P<agreement>[Pp]artnership)(?!\s(?:[Aa]gree|[Mm]emo|[Aa]ccord|[Dd]eal|[Pp]act|[Ff]rame))"
)
_REACHED = re.compile(
    rf"\b(?P<verb>reached|brokered|secured|struck|agreed\s(?:to|on|upon)|announc(?:ed|es|ing)|"
    rf"finali[sz]ed|present(?:ed|s)|deliver(?:ed|s)|establish(?:ed)|formed|launched|adopt(?:ed)?|issued?|"
    rf"released?)\s(?P<fill>{_FILL})(?:{_NOUN})(?![a-z])"
)
_PASSIVE = re.compile(
    rf"(?:{_NOUN})(?P<fill>[\s,][^.;]{{0,90}}?)\b(?:was|were|has\sbeen|have\sbeen|had\sbeen|be|being|"
    rf",)\s?(?:(?:formally|officially|jointly|first|successfully|recently)\s)?(?P<verb>signed|"
    rf"concluded|established|initial\w+|finali[sz]ed|inked|exchanged|reached|adopted|issued|ratified|"
    rf"renewed)\b"
)
_RATIFIED = re.compile(
    rf"\b(?P<verb>ratified|amended|terminated)\s(?P<fill>(?:[\w’-]{{1,24}}\s){{0,4}}?)(?:{_NOUN})(?![a-z])"
)
_NAMED_SIGNED = re.compile(
    rf"(?:{_NOUN})[”’\"]?,?\s(?:\([^()]{{3,120}}\)\s)?(?P<verb>signed|concluded|"
    rf"established|reached)\b"
)
_NEW = re.compile(
    rf"\bnew\s(?P<fill>(?:[$\w.,’-]{{1,24}}\s){{0,7}}?)(?:{_NOUN})\s(?P<verb>with|between)\b"
)
_WISHED = re.compile(
    r"\b(?P<verb>consider(?:ing|ed)|explor(?:ing|ed|e)|negotiat(?:ing|ed)|pursu(?:ing|ed)|seek(?:s|"
    r"ing)|propos(?:ing|ed)|hop(?:es|ed|ing)\sfor|discuss(?:ed|ing))\s"
    r"(?P<fill>(?:(?:the\spossibility\sof|plans?\sfor|ways\stoward)\s)?(?:(?:forming|signing|"
    r"concluding|establishing|entering\sinto|creating)\s)?an?\s(?:new\s)?(?:[\w-]{1,24}\s){0,4}?)"
    rf"(?:{_NOUN})(?![a-z])"
)
_INTENT = re.compile(
    rf"\b(?P<verb>(?:intent(?:ion)?|plans?|agreed|hope[sd]?|efforts?|working)\s(?:to|"
    rf"toward)\s(?:move\sforward\s(?:with|on)|pursue|create|establish|form|join|sign|"
    rf"enter\sinto|negotiate|develop|work\stowards?|"
    rf"explore|conclude|renew|finali[sz]e)|work(?:ing)?\stowards?)\s(?P<fill>{_FILL})(?:{_NOUN})(?![a-z])"
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
    r"scheduled\sto|would|ahead\sof|before|prior\sto|until|pending|prepar\w+\sfor|plans?\sfor)"
    r"\s(?:(?:also|then|jointly|each|soon|\w+ly)\s){0,2}(?:the\s|an?\s)?(?:formal\s)?$"
)
_INTENDED = re.compile(
    r"\bintention\b|\b(?:intends?|intention|hopes?|hoped|aims?|seek(?:s|ing)?|working|"
    r"look(?:s|ed|ing)?\sforward|desire|wish(?:es)?|discuss(?:ed|ing)|explor(?:e|ing|ed)|pursu\w+|"
    r"negotiat\w+|propos\w+|consider(?:ing|ed)|possibility|prospect|would\slike|interest(?:ed)?|"
    r"plans?\sto\spursue)\s(?:\w+\s){0,4}$"
)
# An act denied, put off or called off is none.
_DENIED = re.compile(
    r"\b(?:no|not|never|nor|without|neither|failed|declin\w+|refus\w+|cancel\w*|postpon\w+|"
    r"suspend\w+|delay\w+|withdr\w+|call\w*\soff)\b[^.;,]{0,40}$"
)
_DENIED_AFTER = re.compile(
    r"[^.;]{0,60}?\b(?:(?:was|were|been)\s(?:cancel\w+|postponed|suspended|delayed|called\soff)|"
    r"(?:fell|falls)\sthrough|broke\sdown)\b"
)
_OTHER_NOUN = re.compile(r"(?:Executive\sOrder|law|bill|legislation|Act)\b")
_ANNOUNCED = re.compile(
    r"reached|brokered|secured|struck|agreed|announc|finali|launched|adopt|issue|release"
)
# `signed 17 contracts worth …` is a result of a trade event, told with the results.
_SALES = re.compile(rf"\b(?:{amounts.ENGLISH})\s(?:[\w-]+\s){{0,3}}$")
# What is joined to an agreement by "and" shares its verb.
_ALSO = re.compile(
    rf"(?:\s\([^()]{{1,40}}\))?[^,.;]{{0,60}}?,?\s(?:and|as\swell\sas|along\swith)\s(?:an?|two|three|"
    rf"another)\s(?P<fill>(?:[\w-]{{1,24}}\s){{0,5}}?)(?:{_NOUN})(?![a-z])"
)


def scan(text: str, role: str) -> Iterator[Concluding]:
    """Find what one sentence says of agreements."""
    if not _CUE.search(text):
        return
    taken: list[tuple[int, int]] = []
    for pattern, cues in _PATTERNS:
        if not any(cue in text for cue in cues):
            continue
        for found in pattern.finditer(text):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            stated = _stated(text, found)
            if stated:
                taken.append(found.span())
                yield stated
                other = _also(text, found, stated)
                if other:
                    taken.append((other.start, other.end))
                    yield other


def _also(text: str, found: re.Match[str], stated: Concluding) -> Concluding | None:
    """`signed a sisterhood agreement and a letter of intent`: two papers, one verb."""
    if found.re not in (_ACTIVE, _PARTNERSHIP):
        return None
    second = _ALSO.match(text, found.end())
    if not second or _BREAK.search(second["fill"]):
        return None
    sub = _sub(second)
    if sub == stated.sub:
        return None
    return replace(
        stated, start=second.start(sub), end=second.end(), sub=sub, noun=second.start(sub)
    )


def _sub(found: re.Match[str]) -> str:
    return next(sub for sub, _ in _NOUNS if found.groupdict().get(sub))


def _stated(text: str, found: re.Match[str]) -> Concluding | None:
    sub = _sub(found)
    fill = found.groupdict().get("fill") or ""
    if _OTHER_NOUN.search(fill):
        return None
    if (_PASSIVE_BREAK if found.re is _PASSIVE else _BREAK).search(fill):
        return None
    if sub == "consultative_body" and found.re is not _BODY:
        return None
    if sub == "contract" and _SALES.search(fill) and found.group().endswith("s"):
        return None
    status, how = _status(text, found, sub)
    if not status:
        return None
    return Concluding(found.start(), found.end(), sub, status, how, False, found.start(sub))


_BREAK = re.compile(
    r";|\b(?:that|which|who|when|where|met|discussed|will|said|under|pursuant|following|despite)\b|"
    r"\bin\s(?:connection|line|accordance)\b|\bas\spart\b"
)
# `the agreement, which was signed …` speaks of the agreement still.
_PASSIVE_BREAK = re.compile(
    r";|(?<!,\s)\b(?:that|which)\b|\b(?:who|when|where|met|discussed|said)\b"
)


def _status(text: str, found: re.Match[str], sub: str) -> tuple[str, str]:
    before = text[max(0, found.start("verb") - 60) : found.start("verb")]
    if _DENIED.search(before) or _DENIED_AFTER.match(text, found.end()):
        return "", ""
    if found.re is _PASSIVE and _DENIED.search(text[max(0, found.start() - 20) : found.start()]):
        return "", ""
    if found.re in _FIXED:
        return _FIXED[found.re]
    if found.re is _INTENT:
        return _agreed(found["verb"])
    if _TALKS.search(found.groupdict().get("fill") or ""):
        return "announced", "negotiations concluded"
    if _INTENDED.search(before):
        return "intended", "a wish or an intention"
    if _PLANNED.search(before) or (found.re is _PASSIVE and _TO_BE.search(before)):
        return "planned", "a plan"
    return _by_verb(found, before, sub)


def _agreed(verb: str) -> tuple[str, str]:
    """`agreed to sign` is a plan; to explore, negotiate or work toward one is a wish."""
    firm = verb.startswith("agreed") and verb.endswith(("sign", "into", "conclude", "renew"))
    return ("planned", "agreed to be signed") if firm else ("intended", "a wish or an intention")


def _by_verb(found: re.Match[str], before: str, sub: str) -> tuple[str, str]:
    verb = found["verb"]
    if found.re is _NEW:
        known = sub in ("compact", "mou", "agreement")
        return ("announced", "a new one spoken of") if known else ("", "")
    for verbs, subs, status in _ONLY:
        if verb.startswith(verbs):
            return (status, verb) if not subs or sub in subs else ("", "")
    if sub == "contract_verbal":
        return "verbal", "by word of mouth"
    if _ANNOUNCED.match(verb):
        return _announced(found, sub)
    if verb == "signing" and found.string.startswith("ceremony", found.end("verb") + 1):
        return _ceremony(found.string)
    return _signed(verb, before)


# Verbs that settle the status by themselves, and the kinds they are said of.
_ONLY: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("present", "deliver"), ("letter_of_support", "loi"), "presented"),
    (("establish", "formed"), ("sisterhood", "friendship"), "established?"),
    (("initial",), (), "planned"),
    (("ratified",), (), "existing"),
)


_TALKS = re.compile(r"\bnegotiations\b|\btalks\b")
_TO_BE = re.compile(r"\b(?:will|to)\sbe\s$")
_FIXED = {
    _SINCE: ("existing", "since a date"),
    _WELCOMED: ("announced", "welcomed, no signing stated"),
    _AHEAD: ("planned", "a plan"),
    _WISHED: ("intended", "a wish or an intention"),
    _BODY: ("existing", "a body set up"),
    _RATIFIED: ("existing", "ratified or amended"),
    _INSTRUMENT: ("signed", "the text is the instrument itself"),
}
_REACHING = (
    *("reached", "brokered", "secured", "struck", "agreed", "announc", "finali", "present"),
    *("deliver", "establish", "formed", "launched", "adopt", "issue", "release"),
)
_SIGNING = ("sign", "ink", "nitial", "xchang", "conclud", "nter", "xecut", "enew")
# The plainest way of speaking comes first; a pattern is tried where one of its words stands.
_PATTERNS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_ACTIVE, _SIGNING),
    (_PARTNERSHIP, ("artnership",)),
    (_NAMED_SIGNED, ("signed", "concluded", "established", "reached")),
    (_PASSIVE, ("was ", "were ", "been ", "be ", "being ", ", ")),
    (_INTENT, ("intent", "plan", "agreed", "hope", "effort", "work")),
    (
        _REACHED,
        _REACHING,
    ),
    (_NEW, ("new ",)),
    (_SINCE, ("since",)),
    (_WELCOMED, ("welcomed", "celebrated", "hailed", "noted")),
    (_AHEAD, ("will ",)),
    (_BODY, ("established the", "launched the", "created the")),
    (_RATIFIED, ("ratified", "amended", "terminated")),
    (
        _WISHED,
        ("consider", "explor", "negotiat", "pursu", "seek", "propos", "hop", "discuss"),
    ),
    (_INSTRUMENT, ("Pursuant",)),
)


def _announced(found: re.Match[str], sub: str) -> tuple[str, str]:
    """A deal reached or announced is not yet a paper signed."""
    if sub in ("consultative_body", "contract") or found["verb"].startswith("launch"):
        return "", ""
    adopted = found["verb"].startswith(("adopt", "issue", "release"))
    if adopted and (sub != "joint_statement" or not found["verb"].endswith("ed")):
        return "", ""
    return "announced", "reached or announced, no signing stated"


_CEREMONY_AHEAD = re.compile(r"\b(?:will|to\sbe|scheduled|planned|upcoming|plans)\b")
_CEREMONY_HELD = re.compile(r"\b(?:took\splace|held|attended|hosted|witnessed|presided)\b")


def _ceremony(text: str) -> tuple[str, str]:
    """A signing ceremony that was held, or one ahead."""
    if _CEREMONY_AHEAD.search(text):
        return "planned", "a ceremony ahead"
    return ("signed", "a ceremony held") if _CEREMONY_HELD.search(text) else ("", "")


_ADJECTIVE = re.compile(r"\b(?:the|a|this|their|its)\s$")
_AT_IT = re.compile(
    r"(?:\b(?:the|by|[Ss]ince|[Aa]fter|[Ff]ollowing|of|at|a|attended|with|upon|witnessed|celebrated|formal|official)"
    r"|[’']s?)\s$"
)


def _signed(verb: str, before: str) -> tuple[str, str]:
    if verb.startswith("renew") and (verb != "renewed" or _ADJECTIVE.search(before)):
        return "", ""
    if verb in ("sign", "signs", "conclude", "concludes", "enter into", "exchanging", "concluding"):
        return ("planned", "no past form") if verb not in ("signs", "concludes") else ("", "")
    if verb in ("ink", "exchange"):
        return "planned", "no past form"
    if verb in ("signing", "inking") and not _AT_IT.search(before):
        return "planned", "no past form"
    return "signed", "past form"
