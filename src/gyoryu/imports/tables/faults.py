"""What can be wrong with a file, said as a code, a place and the facts of the matter."""

from collections.abc import Mapping


class Fault(Exception):
    """A file, or a place in it, that cannot be read.

    ``code`` says what is wrong (the screens have the words for it), ``row`` counts from 1 as a
    spreadsheet does, ``column`` is its letters, ``told`` holds what the words need.
    """

    def __init__(
        self, code: str, row: int = 0, column: str = "", told: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(code, row, column, told or {})
        self.code, self.row, self.column = code, row, column
        self.told: dict[str, object] = dict(told or {})

    def __str__(self) -> str:
        return f"{self.code} {self.column}{self.row or ''}".strip()


def letters(index: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def index_of(name: str) -> int:
    """Return the place of a column's letters: A is 0."""
    number = 0
    for char in name:
        number = number * 26 + ord(char) - 64
    return number - 1


def cell(row: int, column: int) -> str:
    """Name a cell by its row (from 1) and column (from 0): C5."""
    return f"{letters(column)}{row}"
