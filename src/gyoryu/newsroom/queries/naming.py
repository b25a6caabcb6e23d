"""Who is meant by the names an article writes: looked up in the register, never decided.

A name is looked up by the keys under which the register files every spelling. A region stands for
its government; what is found is a suggestion that a person confirms by accepting.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gyoryu.accounts.models import Unit
from gyoryu.base import names
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Alias, Organisation, Region

_CHUNK = 800
_MOST_WORDS = 6
# A hyphen parts two Korean names (경기도-장쑤성), but belongs to one in letters (Kim Dong-yeon).
_TOKEN = re.compile(r"(?:(?!(?<=[가-힣])-(?=[가-힣]))[^\s,;:()\[\]“”‘\"•/–—])+")
# The case endings that cling to a Korean name, longest first.
_JOSA = re.compile(
    r"(?:으로부터|에게서|에서는|과의|와의|에서|으로|에게|에는|에도|부터|까지|이나|은|는|이|가|을|를|과|와|의|에|도|로|측)$"
)
_POSSESSIVE = re.compile(r"[’']s?$|[.!?]+$")
_JOINT = re.compile(
    r"양측|양\s?(?:지역|기관|도시|국)|두\s?(?:지역|기관|도시|도)|both|two\s(?:sides|regions|governments)"
    r"|together|the\sparties|jointly|they",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """A name in the text and the record it may mean: an organisation, or a region alone."""

    name: str
    start: int
    end: int
    organisation: Organisation | None = None
    region: Region | None = None


@dataclass
class Names:
    """The register's names in a text. Made once for an article; its look-ups are few."""

    text: str
    government: Unit
    spans: list[tuple[int, int]] = field(default_factory=list)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every known name in the text, the longest where two overlap, in the order of the text."""
        found: list[Mention] = []
        known = self._known
        for start, end, keys in sorted(self._grams, key=lambda gram: gram[0] - gram[1]):
            row = next((known[key] for key in keys if key in known), None)
            if row is None or any(one.start < end and start < one.end for one in found):
                continue
            found.append(self._mention(start, end, row))
        return sorted(found, key=lambda one: one.start)

    def _mention(self, start: int, end: int, row: Organisation | Region) -> Mention:
        if isinstance(row, Organisation):
            return Mention(self.text[start:end], start, end, row, row.region)
        return Mention(self.text[start:end], start, end, self._governments.get(row.pk), row)

    @cached_property
    def _grams(self) -> list[tuple[int, int, tuple[str, ...]]]:
        return [gram for start, end in self._windows for gram in _grams(self.text, start, end)]

    @cached_property
    def _windows(self) -> list[tuple[int, int]]:
        """The lines on which a fact stands: names elsewhere would only cost look-ups."""
        lines = dict.fromkeys(line_of(self.text, start) for start, _end in self.spans)
        return [line for line in lines if line[0] < line[1]]

    @cached_property
    def _known(self) -> dict[str, Organisation | Region]:
        keys = sorted({key for _s, _e, own in self._grams for key in own})
        organisations, regions = dict[str, int](), dict[str, int]()
        for first in range(0, len(keys), _CHUNK):
            rows = Alias.objects.filter(key__in=keys[first : first + _CHUNK], person=None)
            for key, organisation, region in rows.values_list("key", "organisation", "region"):
                if organisation:
                    organisations.setdefault(key, organisation)
                elif region:
                    regions.setdefault(key, region)
        standing = parties.organisations().in_bulk(list(set(organisations.values())))
        places = parties.regions().in_bulk(list(set(regions.values())))
        found: dict[str, Organisation | Region] = {}
        found |= {key: places[pk] for key, pk in regions.items() if pk in places}
        return found | {key: standing[pk] for key, pk in organisations.items() if pk in standing}

    @cached_property
    def _governments(self) -> dict[int, Organisation]:
        """The government of each region that is named: the organisation that bears its name."""
        regions = {row.pk: row for row in self._known.values() if isinstance(row, Region)}
        rows = parties.organisations().filter(
            kind=Organisation.Kind.GOVERNMENT, parent=None, region__in=regions
        )
        found: dict[int, Organisation] = {}
        for row in sorted(rows, key=lambda one: len(one.name_ko or one.name_en), reverse=True):
            if row.region_id and _places(row) & _places(regions[row.region_id]):
                found[row.region_id] = row
        return found

    @cached_property
    def home(self) -> Region | None:
        """The region that the government itself governs."""
        own = [self.government.name_ko, self.government.name_en]
        keys = [names.place_key(name) for name in own if name]
        alias = Alias.objects.filter(key__in=keys, region__isnull=False).select_related("region")
        first = alias.first()
        return first.region if first else None

    @cached_property
    def ourselves(self) -> Organisation | None:
        """The government as an organisation of the register."""
        own = [self.government.name_ko, self.government.name_en]
        keys = [names.organisation_key(name) for name in own if name]
        found = Alias.objects.filter(key__in=keys, organisation__isnull=False).values(
            "organisation"
        )
        return parties.organisations().filter(pk__in=found).order_by("pk").first()

    def is_ours(self, row: Organisation | Region) -> bool:
        """Tell whether somebody stands on our side: in our region, or named after us."""
        if self.home:
            region = row if isinstance(row, Region) else row.region
            return bool(region and region.path.startswith(self.home.path))
        own = [name for name in (self.government.name_ko, self.government.name_en) if name]
        return any(
            str(name).startswith(prefix) for prefix in own for name in (row.name_ko, row.name_en)
        )

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the names in the sentence of a stretch, in the order of the text."""
        first, last = sentence_of(self.text, start, end)
        return [one for one in self.mentions if first <= one.start < last]

    def side_of(self, actor: str, start: int | None) -> str:
        """Return whose act it is: ours, theirs, joint; empty where the text does not say."""
        if not actor or _JOINT.search(actor):
            return "joint" if actor else ""
        if start is None:
            return ""
        end = start + len(actor)
        named = [one for one in self.mentions if one.start < end and start < one.end]
        rows = [one.organisation or one.region for one in named]
        sides = {self.is_ours(row) for row in rows if row}
        if sides == {True, False}:
            return "joint"
        if not sides:
            return "ours" if re.match(r"도(?:는|가)|지사|the\sprovince", actor, re.I) else ""
        return "ours" if True in sides else "theirs"


def _places(row: Organisation | Region) -> set[str]:
    """The place's own name in a government's name or a region's, in letters."""
    spelt = [row.name_ko, row.name_en]
    if isinstance(row, Region):
        spelt.append(f"{row.name_en} Province")
    return {key for name in spelt if (key := names.place_of(name))}


def _grams(text: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the runs of words on a line that may be a name, with the keys they are filed under."""
    words = [(start + w.start(), start + w.end()) for w in _TOKEN.finditer(text[start:end])]
    for place, (first, _) in enumerate(words):
        for _first, last in words[place : place + _MOST_WORDS]:
            written = text[first:last]
            for bare in _bare(written):
                if keys := _keys(bare):
                    yield first, first + len(bare), keys


def _bare(written: str) -> Iterable[str]:
    """The name as written, and without the endings that cling to it."""
    bare = _POSSESSIVE.sub("", written)
    return dict.fromkeys((bare, _JOSA.sub("", bare), _JOSA.sub("", _JOSA.sub("", bare))))


def _keys(name: str) -> tuple[str, ...]:
    # Two syllables are too often a common word (경기 is also "match" and "business cycle").
    if len(name) < 3 or (name[0].islower() and name.isascii()):
        return ()
    keys = dict.fromkeys((names.organisation_key(name), names.place_key(name)))
    return tuple(key for key in keys if len(key) > 2)


def line_of(text: str, position: int) -> tuple[int, int]:
    """Return where the line begins and ends that holds a position."""
    last = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if last < 0 else last


_STOP = re.compile(r"(?<=[다요음임함\w”\")])[.!?][”\"’')]*\s+")


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that holds a stretch, within its line."""
    first, last = line_of(text, start)
    for found in _STOP.finditer(text, first, last):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end - 1:
            return first, found.end()
    return first, last


def resolved(fields: dict[str, Any], known: Names, start: int, end: int) -> dict[str, Any]:
    """Return the sides of a fact: ``ours`` and ``theirs`` as records, and names nobody knows."""
    sides: dict[str, Any] = {"ours": [], "theirs": [], "unknown": []}
    mentions = known.within(start, end)
    for one in mentions:
        row = one.organisation
        if row is None:
            continue
        side = sides["ours" if known.is_ours(row) else "theirs"]
        if row.pk not in {there["id"] for there in side}:
            told = {"id": row.pk, "value": str(row), "q": one.name, "s": one.start, "e": one.end}
            side.append(told)
    for span in fields.get("parties", []):
        apart = all(span["e"] <= one.start or span["s"] >= one.end for one in mentions)
        if apart and span["q"] not in sides["unknown"]:
            sides["unknown"].append(span["q"])
    regions = [one.region for one in mentions if one.region and not known.is_ours(one.region)]
    sides["region"] = regions[0].pk if regions else None
    return sides


def domestic(sides: dict[str, Any], known: Names) -> dict[str, Any]:
    """Set us against the others of an agreement that was made among ourselves: none is abroad."""
    ours, ourselves = sides["ours"], known.ourselves
    if sides["theirs"] or len(ours) < 2 or ourselves is None:
        return sides
    own = [told for told in ours if told["id"] == ourselves.pk] or ours[:1]
    return {**sides, "ours": own, "theirs": [told for told in ours if told not in own]}
