"""What a question is made of, and how it is written down."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "text",
    "long",
    "number",
    "money",
    "date",
    "choice",
    "choices",
    "table",
    "file",
    "consent",
)
# What a cell of a table may hold.
CELLS = ("text", "number", "money", "date")
# Kinds that are answered by one of, or some of, the question's options.
CHOOSING = ("choice", "choices")
MOST_QUESTIONS, MOST_OPTIONS, MOST_COLUMNS, MOST_ROWS, MOST_FILES = 80, 60, 10, 100, 10
LONGEST_LABEL, LONGEST_HELP = 300, 1_000
# Characters that fit when a question does not say.
LINE, PAGE, LONGEST = 200, 4_000, 20_000


@dataclass(frozen=True)
class Label:
    """Words in Korean and English; the English may be missing."""

    ko: str = ""
    en: str = ""

    def told(self, language: str) -> str:
        """Return the words in a language, or those there are."""
        return (self.en or self.ko) if language.startswith("en") else (self.ko or self.en)


@dataclass(frozen=True)
class Option:
    """One of the answers that can be chosen."""

    code: str
    label: Label


@dataclass(frozen=True)
class Column:
    """A column of a table. ``least`` and ``most`` bound a number or an amount of won."""

    code: str
    kind: str
    label: Label
    required: bool = False
    least: str = ""
    most: str = ""


@dataclass(frozen=True)
class Question:
    """One thing that is asked.

    ``least`` and ``most`` mean characters of a text, the value of a number or of won, the day of a
    date, how many options are chosen, how many rows a table has and how many files are handed in;
    empty means no such bound. ``reveals``: the answer may tell who applies, so that a panel that
    judges blind is not shown it.
    """

    code: str
    kind: str
    label: Label
    help: Label = field(default_factory=Label)
    required: bool = False
    reveals: bool = False
    least: str = ""
    most: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()

    def named(self, code: str) -> Option | None:
        """Return the option of a code."""
        return next((option for option in self.options if option.code == code), None)


def dump(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Write questions down as the JSON that ``parse`` reads."""
    return [_dump(question) for question in questions]


def _dump(question: Question) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": question.code,
        "kind": question.kind,
        "label": _label(question.label),
        "help": _label(question.help),
        "required": question.required,
        "reveals": question.reveals,
        "least": question.least,
        "most": question.most,
    }
    if question.options:
        told["options"] = [
            {"code": option.code, "label": _label(option.label)} for option in question.options
        ]
    if question.columns:
        told["columns"] = [_column(column) for column in question.columns]
    return told


def _label(label: Label) -> dict[str, str]:
    return {"ko": label.ko, "en": label.en}


def _column(column: Column) -> dict[str, Any]:
    return {
        "code": column.code,
        "kind": column.kind,
        "label": _label(column.label),
        "required": column.required,
        "least": column.least,
        "most": column.most,
    }
