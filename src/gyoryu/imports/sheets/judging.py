"""What a row comes to: new, the same, a change, or wrong, with every reason at its cell."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.rules.given import day_of
from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.imports.queries.lookups import Places
from gyoryu.imports.sheets.columns import Column

LANGUAGES = ("ko", "en")
Words = dict[str, str]


@dataclass(frozen=True)
class Row:
    """A row of the file: its number there, and the text of each field that has any."""

    number: int
    cells: dict[str, str]


@dataclass
class World:
    """What a row is judged by: who imports where, what was chosen, and what the file refers to."""

    unit: Unit
    by: User | None
    at: datetime
    source: str
    options: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    # What identifies a row -> the first row of the file that has it.
    firsts: dict[Any, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The office's day."""
        return day_of(self.at)

    def once(self, key: Any, row: Row, column: str) -> None:
        """Refuse a row that says of the same thing what an earlier row says."""
        first = self.firsts.setdefault(key, row.number)
        if first != row.number:
            raise Refused(_("Row %(row)d is about the same.") % {"row": first}, field=column)

    def note(self, row: Row) -> str:
        """Return the source that a record of this row carries."""
        return f"{self.source[:200]} · {row.number}"


@dataclass
class Judged:
    """What a row comes to. ``put`` are the values that a change would set on its record."""

    row: Row
    name: str
    values: dict[str, Any]
    errors: list[tuple[str, Words]]
    record: Any = None
    put: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Words]] = field(default_factory=dict)
    # What is worth knowing of a row that comes in all the same.
    notes: list[Words] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """One of Line.Outcome."""
        if self.errors:
            return "wrong"
        if self.record is None:
            return "new"
        return "changed" if self.put else "same"


@dataclass(frozen=True)
class Unknown:
    """A partner that the register does not know yet and that is added with the row."""

    name: str
    key: str
    region_id: int | None = None
    business_number: str = ""

    @property
    def pk(self) -> str:
        """What tells two unknown partners apart."""
        return self.key

    def __str__(self) -> str:
        return self.name


class Kind:
    """A kind of sheet: what columns it has, and what its rows come to."""

    name: str
    label: Any
    capability = "agreements.change"
    columns: Sequence[Column] = ()
    # Options by name that say which columns there are: asked for with the header, before them.
    first: tuple[str, ...] = ()
    # Options beside the columns, by name; the form asks for these.
    options: tuple[str, ...] = ()
    # What an option begins with where it is not what it is for other kinds.
    usual: ClassVar[dict[str, str]] = {}
    # Fields in which a row is compared with the record it matches.
    compared: tuple[str, ...] = ()
    # Whether one row with an error keeps the whole file out, and the same file comes in once.
    whole = False
    once = False
    # Encodings a CSV may have besides, tried where no heading is known otherwise.
    written_in: tuple[str, ...] = ()

    def of(self, options: Mapping[str, Any], by: User | None = None) -> "Kind":
        """Return the kind as it is under the options that were chosen first."""
        return self

    def column(self, name: str) -> Column | None:
        """Return a column by its field."""
        return next((column for column in self.columns if column.name == name), None)

    def look_up(self, rows: Sequence[Row], world: World) -> dict[str, Any]:
        """Find what the rows refer to, for all of them at once."""
        raise NotImplementedError

    def finish(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Complete the values and check them by the rules of their app."""
        raise NotImplementedError

    def match(self, values: dict[str, Any], row: Row, world: World) -> Any:
        """Return the record that a row is about, or none."""
        raise NotImplementedError

    def check_new(self, values: dict[str, Any], row: Row, world: World) -> None:
        """Check a row that makes a record, once it is known that there is none."""

    def notes(self, values: dict[str, Any], row: Row, world: World) -> list[str]:
        """Return what is worth knowing of a row that makes a record."""
        return []

    def check_change(self, record: Any, put: dict[str, Any], world: World) -> None:
        """Check that a record may be changed so."""
        raise NotImplementedError

    def now(self, record: Any, name: str) -> Any:
        """Return what a record has where the row has a value."""
        return getattr(record, name)

    def told(self, record: Any, name: str, value: Any) -> str:
        """Write a value for the preview."""
        own = dict(getattr(record._meta.get_field(name), "choices", None) or [])
        return str(own.get(value, value if value is not None else ""))

    def called(self, values: dict[str, Any], row: Row) -> str:
        """Name a row in the preview."""
        for name in ("title_ko", "name_ko", "words", "title_en", "name_en", "number"):
            if text := row.cells.get(name):
                return text[:200]
        return ""


def judged(
    kind: Kind, rows: Sequence[Row], world: World, tell: Callable[[int], None] = lambda done: None
) -> list[Judged]:
    """Judge the rows; ``tell`` is called now and then with how many are done."""
    world.found = kind.look_up(rows, world)
    found = []
    for place, row in enumerate(rows):
        one = _judge(kind, row, world)
        if one.errors or one.put or one.notes:
            _in_both(kind, one, row, world)
        found.append(one)
        if place % 1000 == 999:
            tell(place + 1)
    return found


def _in_both(kind: Kind, one: Judged, row: Row, world: World) -> None:
    """Tell errors and changes in the other language too: who reads them is not known yet."""
    now = (get_language() or "ko")[:2]
    other = "en" if now == "ko" else "ko"
    with override(other):
        again = _judge(kind, row, world)
    one.errors = [
        (place, {**words, **others})
        for (place, words), (_, others) in zip(one.errors, again.errors, strict=True)
    ]
    for words, others in zip(one.notes, again.notes, strict=True):
        words.update(others)
    for name, pair in one.changes.items():
        for words, others in zip(pair, again.changes[name], strict=True):
            words.update(others)


def _judge(kind: Kind, row: Row, world: World) -> Judged:
    language = (get_language() or "ko")[:2]
    values, errors = _read(kind, row, world, language)
    one = Judged(row, kind.called(values, row), values, errors)
    if not errors:
        try:
            _settle(kind, one, world, language)
        except Refused as no:
            one.put, one.changes = {}, {}
            errors.append((no.field if kind.column(no.field) else "", {language: str(no)}))
    return one


def _read(
    kind: Kind, row: Row, world: World, language: str
) -> tuple[dict[str, Any], list[tuple[str, Words]]]:
    values: dict[str, Any] = {}
    errors: list[tuple[str, Words]] = []
    for column in kind.columns:
        text = row.cells.get(column.name)
        try:
            if text and not column.refers:
                values[column.name] = column.read(text)
            elif not text and column.required:
                raise Refused(_("“%(column)s” is missing.") % {"column": column.label})
        except Refused as no:
            errors.append((column.name, {language: str(no)}))
    return values, errors


def _settle(kind: Kind, one: Judged, world: World, language: str) -> None:
    kind.finish(one.values, one.row, world)
    one.record = record = kind.match(one.values, one.row, world)
    if record is None:
        kind.check_new(one.values, one.row, world)
        one.notes = [{language: text} for text in kind.notes(one.values, one.row, world)]
        return
    for name in kind.compared:
        if name in one.values:
            before, after = kind.now(record, name), one.values[name]
            if before != after:
                one.put[name] = after
                told = [kind.told(record, name, value) for value in (before, after)]
                one.changes[name] = [{language: text} for text in told]
    if one.put:
        _check_may(kind, record, world)
        kind.check_change(record, one.put, world)


def _check_may(kind: Kind, record: Any, world: World) -> None:
    by = world.by
    if by is not None and not by.access.may(kind.capability, record.unit.path):
        raise Refused(
            _("It is kept by %(unit)s and says something else; only they change it.")
            % {"unit": record.unit}
        )


# What the kinds share: references found for all rows at once.


def texts(rows: Iterable[Row], *columns: str) -> list[str]:
    """Return the texts of some columns, each once."""
    found = (row.cells.get(name, "") for row in rows for name in columns)
    return list(dict.fromkeys(names.nfc(text) for text in found if text))


def only(found: Sequence[Any], text: str, column: str) -> Any:
    """Return the one record that is meant; refuse none and several."""
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refused(_("Nothing is called “%(text)s”.") % {"text": text[:60]}, field=column)
    choices = " / ".join(f"{row} #{row.pk}" for row in found[:5])
    raise Refused(_("Several may be meant: %(choices)s.") % {"choices": choices}, field=column)


def place(row: Row, places: Places, region: str = "region", country: str = "country") -> Any:
    """Return the region that a row names, by a column for the place and one for the country."""
    text, over = (names.nfc(row.cells.get(name, "")) for name in (region, country))
    if text:
        return only(places.find(text, over), text, region)
    return only(places.find(over), over, country) if over else None


def owner(row: Row, users: dict[str, list[User]], column: str = "owner") -> Any:
    """Return the colleague that a row names."""
    if text := row.cells.get(column):
        return only(users.get("".join(text.casefold().split()), []), text, column)
    return None


def inside(rows: Sequence[Any], region: Any) -> list[Any]:
    """Keep the records in a region, above or under it; those without a region stay."""
    if region is None or len(rows) < 2:
        return list(rows)
    return [
        row
        for row in rows
        if row.region is None
        or row.region.path.startswith(region.path)
        or region.path.startswith(row.region.path)
    ]
