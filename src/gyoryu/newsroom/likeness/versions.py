"""Korean and English versions of one story, paired by what both must share, with the reason."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import log

from gyoryu.newsroom.likeness import marks
from gyoryu.newsroom.likeness.marks import Marks

# What one shared mark is worth, and the most that one kind may add: many small hints of one kind
# are weaker than a few of several kinds.
_WORTH = {"figures": 2.0, "days": 1.0, "names": 1.2, "places": 0.5, "sounds": 0.5}
_MOST = {"figures": 6.0, "days": 2.0, "names": 4.0, "places": 1.5, "sounds": 2.5}
_ENOUGH, _ENOUGH_SHARE, _KINDS = 3.0, 0.25, 2


@dataclass(frozen=True)
class Story:
    """One article, as far as pairing must know it."""

    key: str
    text: str = field(repr=False)
    published: datetime | None = None


@dataclass(frozen=True)
class Reason:
    """One kind of thing that two versions share: figures, days, names, places, sounds or time."""

    kind: str
    shared: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """A Korean and an English article that tell one story; `score` is between 0 and 1."""

    korean: str
    english: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class _Read:
    story: Story
    marks: Marks


def pair(
    korean: Iterable[Story], english: Iterable[Story], *, within: timedelta = timedelta(days=7)
) -> list[Pair]:
    """The surest pairs, each article in one at most; only stories of close days are compared."""
    korean_read = [_Read(story, marks.of_korean(story.text)) for story in korean]
    english_read = [_Read(story, marks.of_english(story.text)) for story in english]
    rarity = _Rarity([*korean_read, *english_read])
    found = list(_candidates(korean_read, english_read, rarity, within))
    found.sort(key=lambda one: (-one.score, one.korean, one.english))
    return list(_one_to_one(found))


def compare(korean: Story, english: Story, *, within: timedelta = timedelta(days=7)) -> Pair | None:
    """One Korean and one English article: the pair they make, or None."""
    found = pair([korean], [english], within=within)
    return found[0] if found else None


class _Rarity:
    """How telling a mark is: one that half of all articles bear says nothing."""

    def __init__(self, read: Sequence[_Read]) -> None:
        self._seen: Counter[tuple[str, object]] = Counter()
        for one in read:
            self._seen.update((kind, mark) for kind in _WORTH for mark in getattr(one.marks, kind))
        self._all = max(len(read), 10)

    def worth(self, kind: str, mark: object) -> float:
        seen = max(self._seen[kind, mark], 2)
        return _WORTH[kind] * min(1.0, log(1.5 * self._all / seen) / log(0.75 * self._all))

    def total(self, kind: str, shared: Iterable[object]) -> float:
        return min(_MOST[kind], sum(max(0.0, self.worth(kind, mark)) for mark in shared))


def _candidates(
    korean: Sequence[_Read], english: Sequence[_Read], rarity: _Rarity, within: timedelta
) -> Iterator[Pair]:
    dated = sorted(
        ((one.story.published, at) for at, one in enumerate(korean) if one.story.published),
    )
    times = [moment for moment, _ in dated]
    undated = [one for one in korean if not one.story.published]
    for other in english:
        near: Iterable[_Read] = korean
        if moment := other.story.published:
            low, high = bisect_left(times, moment - within), bisect_right(times, moment + within)
            near = [*(korean[at] for _, at in dated[low:high]), *undated]
        for one in near:
            if found := _weighed(one, other, rarity, within):
                yield found


def _weighed(one: _Read, other: _Read, rarity: _Rarity, within: timedelta) -> Pair | None:
    shared = _shared(one.marks, other.marks)
    worth = {kind: rarity.total(kind, both) for kind, both in shared.items()}
    total = sum(worth.values())
    possible = min(_possible(one.marks, rarity), _possible(other.marks, rarity))
    if total < _ENOUGH or not possible or sum(value > 0.3 for value in worth.values()) < _KINDS:
        return None
    score = min(1.0, total / possible) * _closeness(one.story, other.story, within)
    if score < _ENOUGH_SHARE:
        return None
    reasons = [Reason(kind, _told(both)) for kind, both in shared.items() if worth[kind] > 0]
    if apart := _apart(one.story, other.story):
        reasons.append(Reason("time", (apart,)))
    return Pair(one.story.key, other.story.key, round(score, 3), tuple(reasons))


def _shared(one: Marks, other: Marks) -> dict[str, set[object]]:
    return {
        "figures": set(marks.same_figures(one.figures, other.figures)),
        "days": set(one.days & other.days),
        "names": set(one.names & other.names),
        "places": set(one.places & other.places),
        "sounds": set(one.sounds & other.sounds),
    }


def _possible(of: Marks, rarity: _Rarity) -> float:
    # Sounds are left out: every Korean text has hundreds that are no names.
    kinds = ("figures", "days", "names", "places")
    return sum(rarity.total(kind, getattr(of, kind)) for kind in kinds)


def _told(shared: set[object]) -> tuple[str, ...]:
    return tuple(sorted(f"{one:,.15g}" if isinstance(one, float) else str(one) for one in shared))


def _closeness(one: Story, other: Story, within: timedelta) -> float:
    if not one.published or not other.published:
        return 0.8
    return 1 - abs(one.published - other.published) / within / 2


def _apart(one: Story, other: Story) -> str:
    if not one.published or not other.published:
        return ""
    return f"{abs(one.published - other.published).total_seconds() / 3600:.0f}h"


def _one_to_one(found: Iterable[Pair]) -> Iterator[Pair]:
    taken = set[tuple[str, str]]()
    for one in found:
        ends = {("ko", one.korean), ("en", one.english)}
        if not ends & taken:
            taken |= ends
            yield one
