"""Near-duplicates grouped as they come in: one look-up and a few comparisons for each article."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from gyoryu.newsroom.likeness.signatures import Likeness, Signature, bands, compare

_LONGEST_BUCKET = 32  # articles compared for one band: the latest ones, so that work stays linear


@dataclass(frozen=True)
class Placed:
    """Where an article came to stand: its group, and the article it is most like, if any."""

    group: str
    like: str = ""
    likeness: Likeness | None = None


class Groups:
    """Groups of articles that say the same in the same words, named by their first article."""

    def __init__(self, within: timedelta = timedelta(days=30)) -> None:
        self._within = within
        self._buckets: dict[int, list[str]] = defaultdict(list)
        self._known: dict[str, tuple[Signature, datetime | None]] = {}
        self._above: dict[str, str] = {}

    def add(self, key: str, signature: Signature, published: datetime | None = None) -> Placed:
        """Place an article; it joins the group of whatever it repeats, and may join two groups."""
        keys = bands(signature)
        near = dict.fromkeys(other for band in keys for other in self._buckets[band])
        alike = [
            (found.share, other, found)
            for other in near
            if other != key and (found := self._alike(other, signature, published)) is not None
        ]
        self._remember(key, keys, signature, published)
        for _, other, _ in alike:
            self._join(self.group(other), self.group(key))
        if not alike:
            return Placed(self.group(key))
        _, like, likeness = max(alike, key=lambda one: one[0])
        return Placed(self.group(key), like, likeness)

    def group(self, key: str) -> str:
        """The name of the group that an article stands in now."""
        top = key
        while self._above[top] != top:
            top = self._above[top]
        while self._above[key] != top:  # the path is shortened, so the next look-up is one step
            self._above[key], key = top, self._above[key]
        return top

    def _alike(
        self, other: str, signature: Signature, published: datetime | None
    ) -> Likeness | None:
        known, when = self._known[other]
        if published and when and abs(published - when) > self._within:
            return None
        found = compare(signature, known)
        return found if found.same else None

    def _remember(
        self, key: str, keys: tuple[int, ...], signature: Signature, published: datetime | None
    ) -> None:
        self._known[key] = (signature, published)
        self._above.setdefault(key, key)
        for band in keys:
            bucket = self._buckets[band]
            bucket.append(key)
            del bucket[:-_LONGEST_BUCKET]

    def _join(self, earlier: str, later: str) -> None:
        if earlier != later:
            self._above[later] = earlier
