"""Which match comes first: by how much of it was asked for, and how fresh it is.

A whole name comes before a title that has all the words, that before a text; the more of a title
the words are, the higher it stands. What is old loses up to half, half of that in four years.
"""

from datetime import date

from gyoryu.search import words
from gyoryu.search.models import Kind
from gyoryu.search.queries.asking import ANYWHERE, WHOLE
from gyoryu.search.queries.matching import Match
from gyoryu.search.queries.telling import unpack
from gyoryu.search.words import Asked

_EXACT, _SOUND, _TITLE, _BEGINS, _ANYWHERE = 100.0, 70.0, 40.0, 10.0, 10.0
_COVERED = 20.0
_HALF_LIFE = 4 * 365.25
_UNDATED = 0.85
# At equal standing what somebody looks something up by comes before what mentions it.
_WEIGHT = {
    Kind.BODY: 0.95,
    Kind.ENGAGEMENT: 0.95,
    Kind.COMMITMENT: 0.95,
    Kind.REQUEST: 0.9,
    Kind.ARTICLE: 0.85,
    Kind.DOCUMENT: 0.8,
    Kind.DUTY: 0.7,
}


def ranked(matches: list[Match], asked: Asked, on: date) -> list[Match]:
    """Put matches in order, the best first; equal ones the newest first."""
    whole = words.whole(asked.text)
    for match in matches:
        standing = _standing(match, asked, whole)
        fresh = 1.0 if standing == _EXACT else _freshness(match.day, on)
        match.score = standing * fresh * _WEIGHT.get(Kind(match.kind), 1.0)
    return sorted(matches, key=lambda match: (-match.score, match.id))


def _standing(match: Match, asked: Asked, whole: str) -> float:
    if match.how == ANYWHERE:
        return _ANYWHERE
    called = [match.title_ko, match.title_en, *(text for _code, text in unpack(match.names))]
    if match.how == WHOLE:
        return _EXACT if whole in map(words.whole, called) else _SOUND
    return max(_in_title(title, asked) for title in called)


def _in_title(title: str, asked: Asked) -> float:
    """Rate a title: the words may be spread over several names, and then it is like a text."""
    if not title or words.finds(asked, title) < len(asked.words):
        return _ANYWHERE
    covered = sum(len(word.text) for word in asked.words) / len(title)
    begins = words.begins(asked, title)
    return _TITLE + _COVERED * min(1.0, covered) + (_BEGINS if begins else 0.0)


def _freshness(day: date | None, on: date) -> float:
    if day is None:
        return _UNDATED
    age = max(0, (on - day).days)
    return float(0.5 + 0.5 * 0.5 ** (age / _HALF_LIFE))
