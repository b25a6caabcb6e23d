"""Wishes as rows of a spreadsheet: who, whom, how much, when, how long; cells or a CSV's text."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.trade.models import Participant, Wish
from gyoryu.trade.rules import wishes as rules

MOST_ROWS = 20_000
Named = Mapping[str, list[Participant]]
NEVER = {"never", "x", "×", "no", "안함", "절대안함", "거부", "제외", "없음", "불가"}
PARTS = {
    "": Wish.Part.ANY, "any": Wish.Part.ANY, "무관": Wish.Part.ANY, "전체": Wish.Part.ANY,
    "종일": Wish.Part.ANY, "morning": Wish.Part.MORNING, "am": Wish.Part.MORNING,
    "오전": Wish.Part.MORNING, "afternoon": Wish.Part.AFTERNOON, "pm": Wish.Part.AFTERNOON,
    "오후": Wish.Part.AFTERNOON,
}  # fmt: skip
HEADINGS = {"who", "신청", "신청기업", "희망자", "업체", "기업", "참가기업", "exhibitor", "from"}


@dataclass(frozen=True)
class Line:
    """A row that could be read: its number, who wishes, whom, how much, when and for how long."""

    number: int
    by: Participant
    to: Participant
    worth: int
    part: str
    slots: int | None = None


@dataclass(frozen=True)
class Wrong:
    """A row that could not: its number and why."""

    number: int
    reason: str


def read(text: str, people: Iterable[Participant]) -> tuple[list[Line], list[Wrong]]:
    """Return the rows that can be read and those that cannot; empty rows are left out.

    Cells are apart by tabs, as a spreadsheet copies them, or else by commas. A first row of
    headings is left out. Participants are known by any of their organisation's names.
    """
    known = named(people)
    first = text.lstrip("\ufeff").splitlines()
    separator = "\t" if any("\t" in line for line in first[:50]) else ","
    found: list[Line] = []
    wrong: list[Wrong] = []
    pairs: dict[tuple[int, int], int] = {}
    rows = csv.reader(first, delimiter=separator)
    for number, cells in enumerate(rows, start=1):
        values = [names.nfc(cell).strip() for cell in cells]
        if not any(values) or (number == 1 and _plain(values[0]) in HEADINGS):
            continue
        try:
            line = _line(number, values, known)
            _once(line, pairs)
        except Refused as trouble:
            wrong.append(Wrong(number, str(trouble)))
        else:
            found.append(line)
    return found, wrong


def named(people: Iterable[Participant]) -> Named:
    """Return participants by each of their organisation's names, folded."""
    known: dict[str, list[Participant]] = {}
    for one in people:
        of = one.organisation
        for name in {_plain(name) for name in (of.name_ko, of.name_en, of.name_native)} - {""}:
            known.setdefault(name, []).append(one)
    return known


def _plain(text: str) -> str:
    return "".join(names.nfc(text).split()).casefold()


def _line(number: int, values: list[str], known: Named) -> Line:
    who, whom, much, when, long = [*values, "", "", "", "", ""][:5]
    by, to = somebody(who, known), somebody(whom, known)
    if by.side == to.side:
        raise Refused(_("%(one)s and %(two)s are of the same side.") % {"one": by, "two": to})
    part = read_part(when)
    worth, slots = read_worth(much), read_slots(long)
    rules.check_length(slots, worth)
    return Line(number, by, to, worth, part, slots)


def read_part(text: str) -> str:
    """Return which part of the day a cell says; any where it is empty."""
    if _plain(text) not in PARTS:
        raise Refused(_("“%(text)s” is no part of the day.") % {"text": text[:40]})
    return PARTS[_plain(text)]


def read_slots(text: str) -> int | None:
    """Return how many slots a cell says: “2”, “2 slots”, “2칸”; nothing where it is empty."""
    digits = _plain(text).removesuffix("slots").removesuffix("slot").removesuffix("칸")
    if not digits and not text:
        return None
    if digits.isdecimal() and len(digits) <= 2:
        return int(digits)
    raise Refused(_("“%(text)s” is no number of slots.") % {"text": text[:40]})


def somebody(name: str, known: Named, *, field: str = "") -> Participant:
    """Return who is called so; refuse nobody and several."""
    found = known.get(_plain(name), [])
    if not found:
        raise Refused(
            _("Nobody in this event is called “%(name)s”.") % {"name": name[:60]}, field=field
        )
    if len({one.pk for one in found}) > 1:
        raise Refused(_("Several are called “%(name)s”.") % {"name": name[:60]}, field=field)
    return found[0]


def read_worth(text: str) -> int:
    """Return how much a cell says: 1 to 5, or 0 for never."""
    plain = _plain(text)
    if plain in NEVER:
        return 0
    if plain in {"0", "1", "2", "3", "4", "5"}:
        return int(plain)
    raise Refused(_("“%(text)s” is not 1 to 5, nor never.") % {"text": text[:40]})


def _once(line: Line, pairs: dict[tuple[int, int], int]) -> None:
    first = pairs.setdefault((line.by.pk, line.to.pk), line.number)
    if first != line.number:
        raise Refused(_("Row %(row)d says of the same two.") % {"row": first})
