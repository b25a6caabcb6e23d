"""Trade results in English releases: consultations and contracts, their numbers and amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gyoryu.newsroom.extraction import amounts
from gyoryu.newsroom.extraction.results_ko import Figure
from gyoryu.newsroom.extraction.sentences import last_match

_N = amounts.ENGLISH
_CONSULT = re.compile(
    rf"\b(?P<n>{_N})\s(?:(?:export|business|one-on-one|trade|individual|buyer|"
    rf"1:1)\s){{0,3}}(?:consultations?|meetings?|sessions?)\b",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    rf"\b(?P<n>{_N})\s(?:(?:export|potential|supply|purchase|business|sales|"
    rf"new)\s){{0,3}}(?:contracts?|deals?|orders?)\b",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?P<consult>consultation|meetings)|(?P<contract>\bcontract|\bdeals?\b|\border|"
    r"exports?\b)|(?P<mou>MOU|[Mm]emorand)"
)
_VALUED = re.compile(
    r"(?:worth|valued|totall?ing|amounting|value\sof|total\sof|equivalent|\()[^.;]{0,24}$"
)
_PURSUED = re.compile(
    r"\b(?:pursu\w+|negotiat\w+|facilitat\w+|in\sprogress|under\sdiscussion|potential|follow-up)\b"
)
_EXPECTED = re.compile(r"\b(?:expect\w+|anticipat\w+|projected|estimated|could|may|hope\w*)\b")
_SIGNED = re.compile(r"\b(?:signed|concluded|secured|sealed|closed|won|finali[sz]ed)\b")
_LAST = re.compile(r"\blast\s(?:year|month)|previous|compared\s(?:to|with)|\bin\s(?:19|20)\d\d\b")
_FIRMS = re.compile(
    rf"\b(?P<n>{_N})\s(?:(?:local|Korean|domestic|small|Gyeonggi|participating|and|"
    rf"medium-sized|export|promising|SMEs?)\s){{0,4}}(?:companies|firms|enterprises|SMEs|"
    rf"businesses|startups)\b",
    re.IGNORECASE,
)
_BUYERS = re.compile(
    rf"\b(?P<n>{_N})\s(?:(?:overseas|foreign|local|international|global|major|"
    rf"potential)\s){{0,3}}(?:buyers|importers|distributors)\b",
    re.IGNORECASE,
)
_VISITORS = re.compile(rf"\b(?P<n>{_N})\s(?:visitors|attendees)\b", re.IGNORECASE)
_EVENT = re.compile(
    r"(?:[A-Z][\w’&-]{1,20}\s){1,6}(?:Congress|Fair|Expo|Exhibition|Show|Consultation|"
    r"Conference|Fest(?:ival)?|Mission|Forum)(?:\s(?:20\d\d|\([A-Z]{2,8}\)))?"
)
TRADE = re.compile(
    r"\bconsultations\b|\bbuyers\b|export\scontracts?|trade\s(?:mission|delegation|fair|show)|"
    r"export\s(?:fair|meeting)|business\smeetings\b|\d\scontracts\s(?:worth|valued|totall?ing)",
    re.IGNORECASE,
)


def figures(text: str, sums: Sequence[tuple[int, int, str]]) -> list[Figure]:
    """Sort the counts and amounts of a sentence under what they count."""
    status = _grade(text)
    out: list[Figure] = []
    for pattern, under in ((_CONSULT, "consult"), (_CONTRACT, "contract")):
        for found in pattern.finditer(text):
            number = amounts.english(found["n"])
            if number:
                out.append(
                    Figure(
                        found.start("n"), found.end(), amounts.plain(number), False, under, status
                    )
                )
    for start, end, value in sums:
        under = _under(text, start, end)
        if under:
            out.append(Figure(start, end, value, True, under, status))
    return sorted(out, key=lambda figure: figure.start)


def _under(text: str, start: int, end: int) -> str:
    """`N consultations worth X`: the nearest noun before; `X in contracts`: the noun after."""
    after = re.match(
        r"\s(?:in|of|worth\sof)\s(?:\w+\s){0,2}?(?P<noun>consultation|contract|deal|export)",
        text[end : end + 50],
    )
    if after:
        return "consult" if after["noun"] == "consultation" else "contract"
    before = text[max(0, start - 90) : start]
    last = last_match(_NOUN.finditer(before))
    return (last.lastgroup or "") if last and _VALUED.search(before) else ""


def _grade(text: str) -> str:
    """Grade the contracts of a sentence; where two readings stand, the weaker is taken."""
    if _PURSUED.search(text):
        return "contracts pursued"
    if _EXPECTED.search(text):
        return "expected"
    return "achieved" if _SIGNED.search(text) else "contracts pursued"


def is_past_edition(text: str, start: int, year: int | None) -> bool:
    """Tell a figure of last year from this one's (`year`)."""
    found = _LAST.search(text[max(0, start - 50) : start])
    return bool(found) and not (found and year and str(year) in found.group())


def firms(text: str) -> tuple[int, int, str] | None:
    """Find how many companies took part."""
    return _counted(_FIRMS.search(text))


def buyers(text: str) -> tuple[int, int, str] | None:
    """Find how many buyers took part."""
    return _counted(_BUYERS.search(text))


def visitors(text: str) -> tuple[int, int, str] | None:
    """Find how many visitors came."""
    return _counted(_VISITORS.search(text))


def event(text: str) -> tuple[int, int] | None:
    """Find the name of the event."""
    found = _EVENT.search(text)
    return found.span() if found else None


def _counted(found: re.Match[str] | None) -> tuple[int, int, str] | None:
    value = amounts.english(found["n"]) if found else None
    return (found.start(), found.end(), amounts.plain(value)) if found and value else None
