"""What a record tells the index, and the card that is made of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit
from gyoryu.parties.models import Region
from gyoryu.search import words
from gyoryu.search.models import Card, Kind, card_id

FIELD, LINE = "\u241f", "\u241e"
TITLE, NAMES, TEXT = 300, 1_000, 60_000
# Records of one kind without a date are looked through so many at a time: some of the newest by
# 16,384, the others by 131,072.
FEW_BITS, MANY_BITS = 14, 17
FIRST_YEAR, LAST_YEAR = 1950, 2100
# What a field is called when a result says where it matched.
FIELDS = {
    "title": _("Title"),
    "number": _("Number"),
    "name": _("Other name"),
    "file": _("File name"),
    "party": _("Party"),
    "person": _("Person"),
    "organisation": _("Organisation"),
    "position": _("Position"),
    "place": _("Place"),
    "area": _("Field of co-operation"),
    "agenda": _("Agenda"),
    "summary": _("Summary"),
    "outcomes": _("Outcomes"),
    "words": _("Wording"),
    "answer": _("Answer"),
    "agreement": _("Agreement"),
    "engagement": _("Engagement"),
    "step": _("Step on the way"),
    "stop": _("Stop"),
    "basis": _("Legal basis"),
    "product": _("Product"),
    "strategy": _("Strategy"),
    "programme": _("Programme"),
    "call": _("Call"),
    "event": _("Event"),
    "track": _("Track"),
    "category": _("Category"),
    "target": _("For whom"),
    "note": _("Note"),
    "website": _("Website"),
    "text": _("Text"),
}
Line = tuple[str, str]


@dataclass
class Told:
    """A record as the index needs it; ``scopes`` say to whom it may be shown."""

    kind: Kind
    record: int
    titles: tuple[str, str]
    scopes: Iterable[str]
    unit: Unit | None = None
    region: Region | None = None
    day: date | None = None
    sort: str = ""
    number: str = ""
    parent: int | None = None
    names: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    sounds: Iterable[str] = ()


def both(row: object | None, code: str, name: str = "name") -> list[Line]:
    """Tell both names of a row, if there is one."""
    if row is None:
        return []
    return [(code, getattr(row, f"{name}_{language}", "")) for language in ("ko", "en")]


def above(path: str) -> list[str]:
    """Return the ids on a path, from the root down."""
    return path.strip("/").split("/")


def scopes(app: str, *units: Unit) -> list[str]:
    """Say that a record is shown to those who may view ``app`` in one of these departments."""
    return [f"@{app}_{pk}" for unit in units for pk in above(unit.path)]


def stretch(kind: int, year: int, quarter: int = 0) -> str:
    """Name a year or a quarter of it; years far off are one with the first or last that counts."""
    near = min(max(year, FIRST_YEAR), LAST_YEAR)
    return f"@w{kind}_{near}q{quarter}" if quarter else f"@w{kind}_{near}"


def numbered(kind: int, record: int, bits: int) -> str:
    """Name a group of records without a date by one of them."""
    return f"@w{kind}_{'n' if bits == FEW_BITS else 'm'}{record >> bits}"


def _stretches(kind: int, day: date | None, record: int) -> list[str]:
    if day is None:
        return [numbered(kind, record, bits) for bits in (FEW_BITS, MANY_BITS)]
    return [stretch(kind, day.year), stretch(kind, day.year, (day.month + 2) // 3)]


def card(told: Told) -> Card:
    """Make the card of what a record tells."""
    titles = [("title", text) for text in dict.fromkeys(told.titles) if text]
    numbers = [("number", told.number)] if told.number else []
    called = _each_once([*numbers, *told.names])
    body = _each_once(told.body)
    return Card(
        id=card_id(told.kind, told.day, told.record),
        kind=told.kind,
        record=told.record,
        parent=told.parent,
        unit=told.unit,
        region=told.region,
        day=told.day,
        sort=told.sort,
        number=told.number[:40],
        title_ko=told.titles[0][:TITLE],
        title_en=told.titles[1][:TITLE],
        names=pack(called)[:NAMES],
        text=pack([*titles, *called, *body])[:TEXT],
        tokens=[*_words(told, titles, called, body), *_narrowing(told)],
    )


def _words(told: Told, titles: list[Line], called: list[Line], body: list[Line]) -> list[str]:
    return words.everything(
        told.kind,
        [text for _code, text in (*titles, *called)],
        [text for _code, text in body],
        told.sounds,
    )


def _narrowing(told: Told) -> list[str]:
    found = [*told.scopes, *_stretches(told.kind, told.day, told.record)]
    if told.unit:
        found += [f"@u{pk}" for pk in above(told.unit.path)]
    if told.region:
        found += [f"@r{pk}" for pk in above(told.region.path)]
    return list(dict.fromkeys(found))


def _each_once(lines: Iterable[Line]) -> list[Line]:
    return list(dict.fromkeys((code, " ".join(text.split())) for code, text in lines if text))


def pack(lines: Iterable[Line]) -> str:
    """Put named lines into one text."""
    return "".join(f"{code}{FIELD}{text}{LINE}" for code, text in lines)


def unpack(text: str) -> list[Line]:
    """Take named lines out of a text again; one that was cut off is as long as it is."""
    parts = (line.partition(FIELD) for line in text.split(LINE) if line)
    return [(code, rest) for code, _mark, rest in parts]
