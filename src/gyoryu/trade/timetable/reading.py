"""Reads a meeting problem from the MiniZinc data files in which such problems are published.

Format: Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy, Villaret, "Constraint Solving Approaches to
the Business-to-Business Meeting Scheduling Problem", JAIR 74 (2022) 263-301. Everything in the
file counts from 1; a 0 among forbidden slots or as a fixed slot means none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gyoryu.trade.timetable.values import Meeting, Problem, Session

TOKEN = re.compile(
    r"(?P<skip>\s+|%[^\n]*|/\*.*?\*/)|(?P<number>-?\d+)|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<mark>\.\.|\[\||\|\]|[\[\]{}|,;=])",
    re.DOTALL,
)
# A field meets a few hundred companies; a number beyond this is a slip, not a fair.
MOST = 100_000
SIZES = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")
# Follow from the others, and are written into the file only for another solver's convenience.
DERIVED = ("meetingsxBusiness", "nMeetingsBusiness")


class Unreadable(ValueError):
    """A file that is no meeting problem: the line, from 1, and what is wrong there."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Token:
    """A word, number or mark and the line it stands on."""

    text: str
    line: int
    kind: str


@dataclass(frozen=True)
class Row:
    """Numbers that belong together, and the line they begin on."""

    line: int
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """What a name is set to: one row for a number or a list, several for a table or sets."""

    line: int
    rows: tuple[Row, ...]


def read(text: str, *, fairness: int | None = 2) -> Problem:
    """Return the problem; raises `Unreadable` with line and reason."""
    entries = dict(_entries(Stream(text)))
    sizes = {name: _size(entries, name) for name in SIZES}
    if sizes["nMorningSlots"] > sizes["nTotalSlots"]:
        raise Unreadable(entries["nMorningSlots"].line, "more morning slots than slots in all")
    people, slots = sizes["nBusiness"], sizes["nTotalSlots"]
    meetings = _meetings(_entry(entries, "requested"), people, sizes["nMeetings"])
    count = len(meetings)
    problem = Problem(
        people,
        slots,
        sizes["nMorningSlots"],
        sizes["nTables"],
        meetings,
        _sets(entries, "forbidden", people, slots, zero=True),
        _fixed(entries, count, slots),
        _sets(entries, "precedences", count, count, zero=False),
        fairness,
    )
    _agrees(entries, problem)
    return problem


class Stream:
    """The words, numbers and marks of a file, one after the other."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.last = text.count("\n") + 1

    def peek(self) -> Token:
        """Return the next token without taking it; the end is an empty one."""
        if self.at < len(self.tokens):
            return self.tokens[self.at]
        return Token("", self.last, "end")

    def take(self, *wanted: str) -> Token:
        """Take the next token, which must be one of these texts or kinds."""
        token = self.peek()
        if token.text not in wanted and token.kind not in wanted:
            found = f"“{token.text}”" if token.text else "the end of the file"
            raise Unreadable(token.line, f"{' or '.join(wanted)} expected, {found} found")
        self.at += 1
        return token

    def skip(self, text: str) -> bool:
        """Take the next token if it reads so."""
        if self.peek().text != text:
            return False
        self.at += 1
        return True


def _tokens(text: str) -> Iterator[Token]:
    at, line = 0, 1
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise Unreadable(line, f"“{text[at]}” has no meaning here")
        kind = str(found.lastgroup)
        if kind != "skip":
            yield Token(found.group(), line, kind)
        at, line = found.end(), line + found.group().count("\n")


def _entries(stream: Stream) -> Iterator[tuple[str, Entry]]:
    known: set[str] = set()
    while stream.peek().kind != "end":
        word = stream.take("word")
        name = "fixed" if word.text == "fixat" else word.text
        if name in known:
            raise Unreadable(word.line, f"{word.text} stands here a second time")
        known.add(name)
        stream.take("=")
        yield name, Entry(word.line, _value(stream))
        if stream.peek().kind != "end":
            stream.take(";")


def _value(stream: Stream) -> tuple[Row, ...]:
    start = stream.peek()
    if start.kind == "number":
        return (Row(start.line, (_number(stream),)),)
    if stream.skip("[|"):
        return tuple(_table(stream))
    if start.text != "[":
        raise Unreadable(start.line, f"a number, list or table expected, “{start.text}” found")
    stream.take("[")
    if stream.peek().text == "{":
        return tuple(_row_of_sets(stream))
    return (Row(start.line, tuple(_numbers(stream, "]"))),)


def _number(stream: Stream) -> int:
    token = stream.take("number")
    # The length first: turning a million digits into a number would take the machine.
    if len(token.text) > len(str(MOST)) or abs(int(token.text)) > MOST:
        raise Unreadable(token.line, f"a number beyond {MOST}")
    return int(token.text)


def _numbers(stream: Stream, end: str) -> Iterator[int]:
    """Give numbers and ranges until a mark, which is taken too; a comma may close the list."""
    while not stream.skip(end):
        first = _number(stream)
        last = _number(stream) if stream.skip("..") else first
        yield from range(first, last + 1)
        if not stream.skip(","):
            stream.take(end)
            return


def _table(stream: Stream) -> Iterator[Row]:
    while not stream.skip("|]"):
        line = stream.peek().line
        numbers = []
        while stream.peek().kind == "number":
            numbers.append(_number(stream))
            if not stream.skip(","):
                break
        yield Row(line, tuple(numbers))
        if not stream.skip("|"):
            stream.take("|]")
            return


def _row_of_sets(stream: Stream) -> Iterator[Row]:
    while not stream.skip("]"):
        line = stream.take("{").line
        yield Row(line, tuple(_numbers(stream, "}")))
        if not stream.skip(","):
            stream.take("]")
            return


def _entry(entries: dict[str, Entry], name: str) -> Entry:
    if name not in entries:
        last = max((entry.line for entry in entries.values()), default=1)
        raise Unreadable(last, f"{name} is missing")
    return entries[name]


def _size(entries: dict[str, Entry], name: str) -> int:
    entry = _entry(entries, name)
    numbers = [number for row in entry.rows for number in row.numbers]
    if len(numbers) != 1 or numbers[0] < 0:
        raise Unreadable(entry.line, f"{name} must be one number, not below 0")
    return numbers[0]


def _meetings(entry: Entry, people: int, count: int) -> tuple[Meeting, ...]:
    if len(entry.rows) != count:
        raise Unreadable(entry.line, f"{count} meetings said, {len(entry.rows)} requested")
    return tuple(_meeting(row, people) for row in entry.rows)


def _meeting(row: Row, people: int) -> Meeting:
    if len(row.numbers) != 3:
        raise Unreadable(row.line, "a request is participant, participant, session")
    first, second, session = row.numbers
    if not (1 <= first <= people and 1 <= second <= people):
        raise Unreadable(row.line, f"participants count from 1 to {people}")
    if first == second:
        raise Unreadable(row.line, f"participant {first} cannot meet itself")
    if session not in (1, 2, 3):
        raise Unreadable(row.line, "the session is 1 (morning), 2 (afternoon) or 3 (any)")
    return Meeting(first - 1, second - 1, Session(session))


def _sets(
    entries: dict[str, Entry], name: str, count: int, most: int, *, zero: bool
) -> tuple[frozenset[int], ...]:
    """Return a set for each participant or meeting, counting from 0; none where the name lacks."""
    if name not in entries:
        return (frozenset(),) * count
    rows = entries[name].rows
    if rows == (Row(rows[0].line, ()),) if rows else True:
        rows = ()
    if len(rows) != count:
        raise Unreadable(entries[name].line, f"{name} has {len(rows)} sets, {count} expected")
    for row in rows:
        if any(not (0 if zero else 1) <= number <= most for number in row.numbers):
            raise Unreadable(row.line, f"{name} counts from 1 to {most}")
    return tuple(frozenset(number - 1 for number in row.numbers if number) for row in rows)


def _fixed(entries: dict[str, Entry], count: int, slots: int) -> tuple[int | None, ...]:
    if "fixed" not in entries:
        return (None,) * count
    entry = entries["fixed"]
    numbers = [number for row in entry.rows for number in row.numbers]
    if len(numbers) != count:
        raise Unreadable(entry.line, f"{len(numbers)} fixed slots, {count} expected")
    if any(not 0 <= number <= slots for number in numbers):
        raise Unreadable(entry.line, f"a fixed slot is 0 for none, or from 1 to {slots}")
    return tuple(number - 1 if number else None for number in numbers)


def _agrees(entries: dict[str, Entry], problem: Problem) -> None:
    """Refuse a file that counts meetings otherwise than it lists them."""
    entry = entries.get("nMeetingsBusiness")
    if entry is None:
        return
    said = [number for row in entry.rows for number in row.numbers]
    if said != [len(agenda) for agenda in problem.agendas]:
        raise Unreadable(entry.line, "nMeetingsBusiness does not agree with what is requested")


def with_fairness(problem: Problem, fairness: int | None) -> Problem:
    """Return the same problem with another bound between the breaks of two participants."""
    return replace(problem, fairness=fairness)
