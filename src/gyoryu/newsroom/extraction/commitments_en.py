"""Promises in English releases: will, agreed to, commits to, with an act one can check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gyoryu.newsroom.extraction.commitments_ko import Promise

_ACT = (
    r"hold|open|launch|sign|invest|send|host|dispatch|lead|publish|deliver|build|purchase|"
    r"buy|invite|visit|travel|provide|commit|establish|create|"
    r"complete|conduct|dedicate|deploy|eliminate|remove|reduce|adopt|implement|submit|"
    r"finalize|convene|allocate|contribute|donate|train|recruit|select|"
    r"operate|install|construct|release|introduce|resume|begin|start|apply|appoint|"
    r"announce|join|attend|participate|exempt|maintain|prohibit|lower|"
    r"import|export|supply|mobilize|finance|fund|request|undertake|receive|accept|"
    r"meet|present|transfer|produce|hire|double|spend"
)
_VAGUE = re.compile(
    r"^(?:continue|strengthen|work|support|help|expand|deepen|enhance|promote|cooperate|"
    r"collaborate|explore|advance|seek|remain|look|consider|allow|"
    r"enable|make|ensure|align|focus|take|be|serve|foster|build\son|build\supon|discuss|"
    r"increase\s(?:cooperation|their)|boost|accelerate)\b"
)
_PROMISED = re.compile(
    r"(?P<modal>\bwill|\bwould|\bshall|\bplans?\sto|\bagreed\sto|\bintends?\sto|"
    r"\bintent(?:ion)?\sto|\bcommit(?:s|ted)\sto|\bpledged\sto|\bis\sscheduled\sto|"
    r"\bare\sscheduled\sto|\bto\sbe"
    r"|\bannounced\s(?:that\s)?(?:it|he|she|they)\swill)\s(?:(?:also|jointly|then|soon|"
    r"together|each|further)\s){0,2}(?P<act>[a-z]+(?:ing)?(?:\s\w+)?)"
)
_WITH = re.compile(
    r"\bagreed\swith\s[^,.;]{3,70}?\sto\s(?:jointly\s)?(?P<act>(?:co-)?[a-z]+(?:\s\w+)?)"
)
_DISCUSSED = re.compile(
    r"\b(?P<act>launching|resuming|introducing|establishing|opening|creating|hosting|"
    r"holding|organizing|an\sinvitation|inviting)\s[^;,.]{8,120}"
)
_LIST = re.compile(
    r"\bdiscussed\b[^.:]{0,120}:|\bdiscussed\s(?:plans|the\spossibility|ways)\b|\bincluding:"
)
_SCHEDULED = re.compile(
    r"\b(?P<act>(?:launching|opening|starting|beginning|scheduled|slated|"
    r"set)\s(?:to\s\w+\s)?(?:on|in|for|from)\s)(?=[A-Z\d])"
)
_INVITED = re.compile(r"\b(?:invited|extended\san\sinvitation)\b")
_ACT_WORD = re.compile(rf"(?:{_ACT})\b")
_SUM = re.compile(r"[$€£₩]\s?\d|\b(?:USD|KRW)\b")
_NUMBER = re.compile(
    r"[$€£₩]\s?\d|\b(?:USD|KRW)\b|\b\d{1,3}(?:,\d{3})*\b|\b(?:one|two|three|four|five|six|"
    r"seven|eight|nine|ten)\b"
)
_ACTOR = re.compile(
    r"(?P<who>(?:[Tt]he\s|[Bb]oth\s)?(?:two\s)?(?:[A-Z][\w.&’-]*|sides|countries|leaders|"
    r"parties|regions|companies|province)(?:,?\s(?:and\s|of\s|the\s|"
    r"for\s)?(?:[A-Z][\w.&’-]*|sides)){0,7})\s?(?:\([^()]{1,30}\)\s)?$"
)
_PAIR = 150


_PASSIVE = re.compile(
    r"\bwill\s(?:also\s)?be\s(?P<act>held|opened|launched|signed|built|completed|established|convened|"
    r"hosted|dispatched|introduced|selected|published|delivered|installed)\b"
)


def scan(text: str, dated: bool) -> Iterator[Promise]:
    """Find the promises of one sentence; `dated` says whether a coming date stands in it."""
    for found in _PROMISED.finditer(text):
        if _holds(text, found, dated):
            yield _promise(text, found)
    yield from _accords(text)
    if dated:
        yield from _dated(text)
    if _LIST.search(text):
        for found in _DISCUSSED.finditer(text):
            yield Promise(*found.span(), "discussed", "only discussed", None)
    invited = _INVITED.search(text)
    if invited:
        yield Promise(
            invited.start(), min(len(text), invited.end() + 60), "invited", "invited", None
        )


def _accords(text: str) -> Iterator[Promise]:
    for found in _WITH.finditer(text):
        act = found["act"].removeprefix("co-")
        if (_ACT_WORD.match(act) or act.startswith("produce")) and not _VAGUE.match(act):
            yield Promise(found.start(), found.end(), "agreed", "agreed with", None)


def _dated(text: str) -> Iterator[Promise]:
    """What is a promise only with a day: `will be held`, `scheduled for`."""
    for found in _PASSIVE.finditer(text):
        yield Promise(found.start(), found.end(), "planned", "will be", None)
    for found in _SCHEDULED.finditer(text):
        begin = max(text.rfind(",", 0, found.start()) + 1, found.start() - _PAIR, 0)
        yield Promise(begin, found.end("act"), "planned", "scheduled", None)


def _holds(text: str, found: re.Match[str], dated: bool) -> bool:
    """A firm verb with a date, a number, or an accord behind it."""
    act = found["act"]
    if _VAGUE.match(act) or not _ACT_WORD.match(act.removesuffix("ing")):
        return False
    rest = text[found.end() : found.end() + _PAIR]
    if found["modal"] == "would":
        return bool(_SUM.search(rest)) and "announced" in text[: found.start()]
    firm = found["modal"] not in ("to be",)
    return firm and (dated or bool(_NUMBER.search(rest)) or bool(_FIRM.match(act)))


_FIRM = re.compile(
    r"(?:sign|send|lead|host|hold|launch|establish|invest|purchase|buy|open|build|dispatch|"
    r"eliminate|remove|adopt|dedicate|deploy|undertake|visit|travel|exempt|maintain|"
    r"prohibit|reduce|apply|join)"
)
_AGREED = re.compile(r"agreed|commit|pledged")


def _promise(text: str, found: re.Match[str]) -> Promise:
    modal = found["modal"]
    status = "agreed" if _AGREED.search(modal) else ("intended" if "intend" in modal else "planned")
    end = found.end()
    stop = re.compile(r"[,;.]|\s(?:to|as|which|that|and)\s").search(text, end, end + 70)
    end = stop.start() if stop else min(len(text), end + 50)
    who = _ACTOR.search(text, max(0, found.start() - 90), found.start())
    actor = who.span("who") if who else None
    return Promise(found.start(), end, status, modal, actor)
