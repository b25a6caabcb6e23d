"""How answers are shown to those who read an application."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gyoryu.programmes.questions.shape import CHOOSING, Question

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)(?=(?:\d{3})+$)")


@dataclass(frozen=True)
class Shown:
    """One question with its answer, ready to be shown.

    ``text`` is the answer in words, "" when there is none; ``rows`` are a table's cells in the
    order of its columns; ``files`` the numbers of documents; ``agreed`` a consent's tick.
    """

    code: str
    kind: str
    label: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[int, ...] = ()
    agreed: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is an answer to it."""
        return bool(self.text or self.rows or self.files or self.agreed)


def shown(
    questions: Iterable[Question],
    answers: Mapping[str, Any],
    *,
    blind: bool = False,
    language: str = "ko",
) -> list[Shown]:
    """Return the questions with their answers in a language.

    Answers are those ``check`` returned; from a draft, what cannot be read is shown as typed. To a
    panel that judges blind nothing is told that may reveal the applicant: neither the answer nor
    whether there is one.
    """
    return [
        _shown(question, answers.get(question.code), language)
        for question in questions
        if not (blind and question.reveals)
    ]


def _shown(question: Question, answer: Any, language: str) -> Shown:
    label = question.label.told(language)
    if question.kind == "table":
        heads = tuple(column.label.told(language) for column in question.columns)
        return Shown(question.code, question.kind, label, heads=heads, rows=_rows(question, answer))
    if question.kind == "file":
        keys = answer if isinstance(answer, list) else []
        files = tuple(key for key in keys if isinstance(key, int) and not isinstance(key, bool))
        return Shown(question.code, question.kind, label, files=files)
    if question.kind == "consent":
        return Shown(question.code, question.kind, label, agreed=answer is True)
    return Shown(question.code, question.kind, label, text=_words(question, answer, language))


def _words(question: Question, answer: Any, language: str) -> str:
    if question.kind in CHOOSING:
        codes = answer if isinstance(answer, list) else [answer]
        options = [question.named(code) for code in codes if isinstance(code, str)]
        return ", ".join(option.label.told(language) for option in options if option)
    return _told(question.kind, answer)


def _told(kind: str, answer: Any) -> str:
    if answer is None or isinstance(answer, bool | list | dict):
        return ""
    if kind == "money" and isinstance(answer, int):
        return f"{answer:,}"
    if kind == "number" and isinstance(answer, str):
        return _grouped(answer) if _NUMBER.fullmatch(answer) else answer
    return str(answer)


def _grouped(number: str) -> str:
    whole, point, places = number.partition(".")
    return f"{_THOUSANDS.sub(',', whole)}{point}{places}"


def _rows(question: Question, answer: Any) -> tuple[tuple[str, ...], ...]:
    rows = answer if isinstance(answer, list) else []
    return tuple(
        tuple(_told(column.kind, row.get(column.code)) for column in question.columns)
        for row in rows
        if isinstance(row, Mapping)
    )
