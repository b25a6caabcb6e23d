"""Records that may be one: found by keys that both share, never by comparing all with all.

Each record is put under a few keys (its folded names, its name in letters, its number, its
website, its place). Only records that share a key are paired, so 150,000 organisations take
seconds; a key that very many share (a common personal name) pairs each with the first only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from gyoryu.accounts.models import in_language
from gyoryu.base import names, titles
from gyoryu.parties.models import Alias, Double, Organisation, Person, Region
from gyoryu.parties.queries import positions, register

CROWD = 12  # more records than this under one key are paired with the first only
MODELS: dict[str, type[Model]] = {
    "region": Region, "organisation": Organisation, "person": Person,
}  # fmt: skip
STANDING: dict[str, Callable[[], QuerySet[Any]]] = {
    "region": register.regions, "organisation": register.organisations, "person": register.people,
}  # fmt: skip
_ORDER = list(Double.Reason)
Pair = tuple[int, int]
# A name in letters, by its sound: who has it in Hangul, and who in Latin letters.
Scripts = dict[str, tuple[set[int], set[int]]]


@dataclass
class _Facts:
    """What a record is compared by: its names and whatever else its kind has."""

    pk: int
    ko: str
    spellings: list[str]
    region: int | None = None
    kind: str = ""
    number: str = ""
    website: str = ""
    organisations: set[int] = field(default_factory=set)


@dataclass
class _Blocks:
    """Records under the keys they share, and the pairs that come of them with the best reason."""

    rows: dict[int, _Facts]
    under: dict[tuple[str, Any], dict[int, None]] = field(default_factory=lambda: defaultdict(dict))

    def put(self, reason: str, key: Any, row: _Facts) -> None:
        if key:
            self.under[reason, key][row.pk] = None

    def pairs(self) -> dict[Pair, str]:
        found: dict[Pair, str] = {}
        for (reason, _key), members in self.under.items():
            for one, other in _paired(list(members)):
                if _stands_up(reason, self.rows[one], self.rows[other]):
                    note(found, one, other, reason)
        return found


def note(found: dict[Pair, str], one: int, other: int, reason: str) -> None:
    """Keep the stronger of two reasons for a pair."""
    pair = (min(one, other), max(one, other))
    known = found.get(pair)
    if known is None or _ORDER.index(Double.Reason(reason)) < _ORDER.index(Double.Reason(known)):
        found[pair] = reason


def found(kind: str) -> dict[Pair, str]:
    """Return the pairs of standing records of a kind that may be one, each with its reason."""
    return {"region": _regions, "organisation": _organisations, "person": _people}[kind]()


def of_record(record: Model) -> QuerySet[Double]:
    """Return the open suspicions about one record; the other of the pair stands."""
    kind = str(record._meta.model_name)
    return standing().filter(Q(one=record.pk) | Q(other=record.pk), kind=kind, dismissed_at=None)


def standing(kinds: Iterable[str] = tuple(MODELS)) -> QuerySet[Double]:
    """Return the suspicions, dismissed ones too, in which both records still stand."""
    both = Q(pk__in=[])
    for kind in kinds:
        # Looked up pair by pair: with "in all that stand" SQLite tries every one with every other.
        one, other = (
            Exists(STANDING[kind]().select_related(None).filter(pk=OuterRef(side)))
            for side in ("one", "other")
        )
        both |= Q(kind=kind) & Q(one) & Q(other)
    return Double.objects.filter(both)


def near(record: Organisation | Person | Region, named: list[Alias]) -> dict[Pair, str]:
    """Return the pairs of one record with those that share one of these names; one query."""
    kind = str(record._meta.model_name)
    spellings = {alias.name for alias in named}
    others = Alias.objects.filter(
        Exists(STANDING[kind]().select_related(None).filter(pk=OuterRef(kind))),
        key__in={alias.key for alias in named},
    ).exclude(**{kind: record})
    if isinstance(record, Region):
        others = others.filter(region__parent=record.parent_id)
    pairs: dict[Pair, str] = {}
    for pk, name in others.values_list(f"{kind}_id", "name")[:50]:
        if kind != "person" or any(names.same_person(name, mine) for mine in spellings):
            same = kind != "person" or name in spellings
            note(pairs, record.pk, pk, Double.Reason.NAME if same else Double.Reason.WORDS)
    return pairs


def near_many(kind: str, shared: Iterable[tuple[int, str, int, str]]) -> dict[Pair, str]:
    """Return the pairs among (record, name, other, its name) that may be one, with the reason."""
    pairs: dict[Pair, str] = {}
    # Thousands of people share a few hundred names.
    same_person = cache(names.same_person)
    for one, name, other, other_name in shared:
        if kind != "person" or same_person(name, other_name):
            same = kind != "person" or name == other_name
            note(pairs, one, other, Double.Reason.NAME if same else Double.Reason.WORDS)
    return pairs


@dataclass(frozen=True)
class Named:
    """A record of any kind by its names, enough to be shown and linked."""

    kind: str
    pk: int
    name_ko: str
    name_en: str

    def __str__(self) -> str:
        return in_language(self.name_ko, self.name_en)

    def get_absolute_url(self) -> str:
        """The record's page."""
        return reverse(self.kind, args=[self.pk])


def with_records(rows: Iterable[Double]) -> list[Double]:
    """Give each suspicion its two records, as ``first`` and ``second``; one query for all."""
    rows = list(rows)
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.kind] |= {row.one, row.other}
    held = {(one.kind, one.pk): one for one in _named(wanted)}
    for row in rows:
        row.first = held.get((row.kind, row.one))  # type: ignore[attr-defined]
        row.second = held.get((row.kind, row.other))  # type: ignore[attr-defined]
    return rows


def _named(wanted: dict[str, set[int]]) -> Iterator[Named]:
    parts = [
        MODELS[kind]
        ._default_manager.filter(pk__in=pks)
        .order_by()
        .annotate(kind_of=Value(kind, CharField()))
        .values_list("kind_of", "pk", "name_ko", "name_en")
        for kind, pks in wanted.items()
    ]
    if parts:
        for kind, pk, ko, en in parts[0].union(*parts[1:]) if parts[1:] else parts[0]:
            yield Named(kind, pk, ko, en)


def _paired(members: list[int]) -> Iterator[Pair]:
    if len(members) <= CROWD:
        yield from combinations(members, 2)
    else:
        yield from ((members[0], other) for other in members[1:])


def _stands_up(reason: str, one: _Facts, other: _Facts) -> bool:
    """Tell whether a shared key is a reason to suspect, when one looks at both records."""
    apart = one.region and other.region and one.region != other.region
    return not (apart and reason == Double.Reason.PLACE)


def _regions() -> dict[Pair, str]:
    rows = register.regions().filter(kind=Region.Kind.CITY).select_related(None)
    blocks = _Blocks({})
    for pk, parent, ko, en in rows.order_by("pk").values_list("pk", "parent", "name_ko", "name_en"):
        row = blocks.rows[pk] = _Facts(pk, ko, [ko, en])
        for name in row.spellings:
            blocks.put(Double.Reason.NAME, (parent, names.place_key(name)), row)
    return blocks.pairs()


def _organisations() -> dict[Pair, str]:
    blocks = _Blocks(_organisation_facts())
    scripts: Scripts = defaultdict(lambda: (set(), set()))
    for row in blocks.rows.values():
        blocks.put(Double.Reason.NUMBER, row.number, row)
        blocks.put(Double.Reason.WEBSITE, row.website, row)
        for name in row.spellings:
            blocks.put(Double.Reason.NAME, names.organisation_key(name), row)
            blocks.put(Double.Reason.WORDS, names.organisation_words(name), row)
            if row.kind == Organisation.Kind.GOVERNMENT:
                blocks.put(Double.Reason.PLACE, names.place_of(name), row)
            if sound := names.organisation_sound(name):
                scripts[sound][name.isascii()].add(row.pk)
    pairs = blocks.pairs()
    for one, other in _in_two_scripts(blocks.rows, scripts):
        note(pairs, one, other, Double.Reason.WORDS)
    for one, other in _close(blocks.rows.values()):
        note(pairs, one, other, Double.Reason.CLOSE)
    return pairs


def _in_two_scripts(rows: dict[int, _Facts], scripts: Scripts) -> Iterator[Pair]:
    """Yield who has in Hangul what another, without a name in Hangul, has in letters."""
    for hangul, latin in scripts.values():
        for one in sorted(hangul)[:CROWD]:
            for other in sorted(latin - {one})[:CROWD]:
                if not rows[other].ko:
                    yield one, other


def _organisation_facts() -> dict[int, _Facts]:
    rows = Organisation.objects.filter(voided_at=None, merged_into=None).order_by("pk")
    fields = (
        "pk",
        "name_ko",
        "name_en",
        "name_native",
        "region",
        "kind",
        "business_number",
        "website",
    )
    facts = {}
    for pk, ko, en, native, region, kind, number, website in rows.values_list(*fields).iterator():
        spellings = list(dict.fromkeys(filter(None, (ko, en, native))))
        facts[pk] = _Facts(pk, ko, spellings, region, kind, number, _host(website))
    _add_given(facts, "organisation")
    return facts


def _host(website: str) -> str:
    """Return the host and path of a website, so that http and www. do not count."""
    parts = urlsplit(website.casefold())
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")


def _add_given(facts: dict[int, _Facts], kind: str) -> None:
    given = Alias.objects.filter(given=True, **{f"{kind}__isnull": False})
    for pk, name in given.values_list(kind, "name").iterator():
        if pk in facts:
            facts[pk].spellings.append(name)


def _close(rows: Iterable[_Facts]) -> Iterator[Pair]:
    """Yield the pairs in one region whose long names differ in one letter, which is no digit.

    Two such names share one of the texts that are left when a letter is taken out of each.
    """
    by_region: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        for name in row.spellings if row.region else []:
            key = names.organisation_key(name)
            if len(key) >= (10 if key.isascii() else 5):
                by_region[row.region or 0].append((key, row.pk))
    for members in by_region.values():
        if len(members) > 1:
            yield from _close_in(members)


def _close_in(members: list[tuple[str, int]]) -> Iterator[Pair]:
    seen: dict[int, list[int]] = {}
    for place, (key, _pk) in enumerate(members):
        for left in {hash(key[:cut] + key[cut + 1 :]) for cut in range(len(key))} | {hash(key)}:
            seen.setdefault(left, []).append(place)
    for places in seen.values():
        if 1 < len(places) <= CROWD:
            for one, other in combinations(places, 2):
                (key, pk), (other_key, other_pk) = members[one], members[other]
                if pk != other_pk and _one_letter_apart(key, other_key):
                    yield pk, other_pk


def _one_letter_apart(one: str, other: str) -> bool:
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    if any(char.isdigit() for char in rest[:1] + other_rest[:1]):
        return False
    return other_rest == rest[1:] or rest == other_rest[1:] or rest[1:] == other_rest[1:]


def _people() -> dict[Pair, str]:
    rows = Person.objects.filter(voided_at=None, merged_into=None).order_by("pk")
    facts = {}
    for pk, ko, en, native in rows.values_list(
        "pk", "name_ko", "name_en", "name_native"
    ).iterator():
        facts[pk] = _Facts(pk, ko, list(dict.fromkeys(filter(None, (ko, en, native)))))
    _add_given(facts, "person")
    held = list(register.positions().filter(person__in=rows).select_related(None).order_by("pk"))
    for position in held:
        if position.person_id in facts:
            facts[position.person_id].organisations.add(position.organisation_id)
    pairs = _same_names(facts)
    for one, other in positions.clashes(row for row in held if _known_office(row)):
        first, second = facts[one.person_id], facts[other.person_id]
        if not (first.ko and second.ko):
            note(pairs, first.pk, second.pk, Double.Reason.POSITION)
    return pairs


def _known_office(row: Any) -> bool:
    return titles.exclusive(row.title_ko) or titles.exclusive(row.title_en)


def _same_names(facts: dict[int, _Facts]) -> dict[Pair, str]:
    under: dict[str, dict[int, None]] = defaultdict(dict)
    for row in facts.values():
        for name in row.spellings:
            for key in names.person_keys(name):
                under[key][row.pk] = None
    pairs: dict[Pair, str] = {}
    for members in under.values():
        for pair in _colleagues(facts, list(members)):
            if pair not in pairs and (reason := _alike(facts[pair[0]], facts[pair[1]])):
                note(pairs, *pair, reason)
    return pairs


def _colleagues(facts: dict[int, _Facts], members: list[int]) -> Iterator[Pair]:
    """Yield the pairs under a name; of a very common one only those at one organisation."""
    if len(members) <= CROWD:
        yield from combinations(sorted(members), 2)
        return
    together: dict[int, list[int]] = defaultdict(list)
    for pk in members:
        for organisation in facts[pk].organisations:
            together[organisation].append(pk)
    for group in together.values():
        yield from _paired(sorted(group))


def _alike(one: _Facts, other: _Facts) -> str:
    if one.ko and other.ko and not names.same_person(one.ko, other.ko):
        return ""
    if set(one.spellings) & set(other.spellings):
        return Double.Reason.NAME
    both = ((a, b) for a in one.spellings for b in other.spellings)
    return Double.Reason.WORDS if any(names.same_person(a, b) for a, b in both) else ""


def suspicions(record: Model) -> list[Double]:
    """Return the open suspicions about a record, each with the other one as ``other_record``."""
    rows = with_records(of_record(record)[:10])
    for row in rows:
        first, second = row.first, row.second  # type: ignore[attr-defined]
        row.other_record = second if row.one == record.pk else first  # type: ignore[attr-defined]
    return rows
