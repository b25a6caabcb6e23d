"""Where titles begin in a flattened RSS feed, which has no mark for it: a careful guess.

Either each title stands on a line of its own before its date, or the title runs on after the last
sentence of the article before. One feed keeps to one manner, so it is judged for all at once.
"""

import re
from collections.abc import Sequence
from statistics import median

_LONGEST = 300
_SURE = 8  # letters that the opening of a body must share with the title before it
_RUNS_ON = 160  # titles of press releases stay under this; a last paragraph with a title does not
# A sentence ends, or the telephone number that closes a release.
_END = re.compile(r"""(?:[.!?…][\"'\u201d\u2019)\]]{0,3}|\d{3,4}-\d{4}\)?)\s+(?=\S)""")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Jr|Sr|Dr|Mr|Mrs|Ms|St|No|vs|Gen|Gov|Sen|Rep|Co|Ltd|Inc|Corp|Prof|\d{1,4}))\.$"
)

Place = tuple[int, int]


def title_starts(text: str, first: int, dates: Sequence[Place]) -> list[int]:
    """Where the title before each date begins; `first` is where the first may begin."""
    bounds = [first, *(end for _, end in dates[:-1])]
    places = [
        (_line_start(text, low, start), start)
        for low, (start, _) in zip(bounds, dates, strict=True)
    ]
    running = _runs_on(text, places[1:])
    opening = places[0][0]
    bodies = [end for _, end in dates[1:]]
    return [
        opening,
        *(
            (_repeated(text, place, body) if running else None) or _start(text, place, running)
            for place, body in zip(places[1:], bodies, strict=True)
        ),
    ]


def _runs_on(text: str, places: Sequence[Place]) -> bool:
    if not places:
        return False
    halved = sum(_sentence_end(text, *place) is not None for place in places)
    return median(end - start for start, end in places) > _RUNS_ON or halved * 2 > len(places)


def _line_start(text: str, low: int, date: int) -> int:
    """The start of the line that ends in the date."""
    written = low + len(text[low:date].rstrip())
    start = max(low, text.rfind("\n", low, written) + 1)
    while start < written and text[start].isspace():
        start += 1
    return start


def _start(text: str, place: Place, running: bool) -> int:
    start, end = place
    if end - start <= _LONGEST and not running:
        return start
    found = _sentence_end(text, start, end)
    return max(start, end - _LONGEST) if found is None else found


def _repeated(text: str, place: Place, body: int) -> int | None:
    """Where the title begins if the body opens with the same words, as Korean releases do."""
    start, end = max(place[0], place[1] - _LONGEST), place[1]
    opening = "".join(text[body : body + 2 * _LONGEST].split())
    at = end
    while len(opening) > _SURE and (at := text.rfind(opening[0], start, at)) >= 0:
        words = "".join(text[at:end].split())
        if len(words) >= _SURE and opening.startswith(words):
            return at
    return None


def _sentence_end(text: str, start: int, end: int) -> int | None:
    """Past the last sentence that ends before the title; abbreviations end none."""
    since = max(start, end - _LONGEST)
    for found in reversed(list(_END.finditer(text, since, end))):
        sentence = text[max(since, found.start() - 12) : found.start() + 1]
        if text[found.end() : end].strip() and not _ABBREVIATED.search(sentence):
            return found.end()
    return None
