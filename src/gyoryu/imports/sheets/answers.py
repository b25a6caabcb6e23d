"""The questions of a call as columns of a sheet: how the text of a cell becomes an answer."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.refused import Refused
from gyoryu.imports.queries.lookups import same_title
from gyoryu.imports.sheets import cells
from gyoryu.imports.sheets.columns import Column
from gyoryu.programmes import questions
from gyoryu.programmes.forms.answers import words
from gyoryu.programmes.questions import Question, Wrong
from gyoryu.programmes.questions.values import won as read_won

PREFIX = "answer_"
YES = {
    "예",
    "네",
    "동의",
    "동의함",
    "동의합니다",
    "o",
    "ㅇ",
    "v",
    "y",
    "yes",
    "true",
    "1",
    "agree",
    "agreed",
}
NO = {"아니오", "아니요", "미동의", "동의하지않음", "부동의", "x", "n", "no", "false", "0"}
# Marks that lists tick with, which folding would take away.
TICKS = {"○", "◯", "●", "✓", "✔", "√"}
_PERSON = re.compile(r"(.+?)\s*[(（](.*)[)）]\s*")


def answerable(asked: Iterable[Question]) -> list[Question]:
    """Return the questions that a sheet can answer: a file lies in the office, or is added later."""
    return [one for one in asked if one.kind != "file"]


def column(question: Question) -> Column:
    """Return the column of a question: found by its words in either language, or by its code."""
    ko, en = question.label.ko, question.label.en
    return Column(
        PREFIX + question.code,
        Told(ko, en),
        (ko, en or ko, question.code),
        lambda text: read(question, text),
        required=question.required,
        example=(_example(question, "ko"), _example(question, "en")),
    )


class Told:
    """The words of a question, in the language that is read."""

    def __init__(self, ko: str, en: str) -> None:
        self.label = questions.Label(ko, en)

    def __str__(self) -> str:
        return self.label.told((get_language() or "ko")[:2])


def _example(question: Question, language: str) -> str:
    if question.options:
        shown = question.options[:2] if question.kind == "choices" else question.options[:1]
        return "; ".join(one.label.told(language) for one in shown)
    if question.kind == "table":
        return " | ".join(one.label.told(language) for one in question.columns)
    fixed = {"consent": ("예", "yes"), "date": ("2025-03-20",) * 2, "money": ("1,000,000",) * 2,
             "number": ("10", "10")}  # fmt: skip
    return fixed.get(question.kind, ("", ""))[language == "en"]


def read(question: Question, text: str) -> Any:
    """Read the answer to one question; raises Refused with what is wrong with it."""
    asked = questions.excused([question], {question.code})
    checked = questions.check(asked, {question.code: _typed(question, text)})
    if checked.errors:
        raise Refused(_said(question, *next(iter(checked.errors.items()))))
    value = checked.values.get(question.code)
    if value is None and question.required:
        raise Refused(words(Wrong("required")))
    return value


def _said(question: Question, key: str, wrong: Wrong) -> str:
    """Say what is wrong, and of a table in which line."""
    line = key.split(".")[1:2]
    return (
        str(_("Line %(line)s: %(wrong)s") % {"line": line[0], "wrong": words(wrong)})
        if line
        else words(wrong)
    )


def read_all(asked: Iterable[Question], row: Mapping[str, str]) -> dict[str, Any]:
    """Read all answers of a row that can be read."""
    given = {one.code: _typed(one, row[PREFIX + one.code]) for one in answerable(asked)
             if row.get(PREFIX + one.code)}  # fmt: skip
    return questions.check(asked, given, draft=True).values


def given(asked: Iterable[Question], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers among the values of a row, by the question's code."""
    found = {one.code: values.get(PREFIX + one.code) for one in asked}
    return {code: value for code, value in found.items() if value not in (None, "", [])}


def _typed(question: Question, text: str) -> Any:
    """Return a cell as the form's field would give it."""
    if question.kind == "consent":
        return _agreed(text)
    if question.kind == "choice":
        return _code(question, text)
    if question.kind == "choices":
        parts = [text] if _known(question, text) else cells.several(text)
        if not all(_known(question, part) for part in parts):
            parts = cells.listed(text)
        return [_code(question, part) for part in parts]
    if question.kind == "table":
        lines = [re.split(r"[|\t]", one) for one in text.splitlines() if one.strip()]
        codes = [one.code for one in question.columns]
        return [dict(zip(codes, [*line, *[""] * len(codes)], strict=False)) for line in lines]
    return text


def _agreed(text: str) -> bool | str:
    plain = "".join(text.casefold().split())
    if plain in YES or plain in TICKS:
        return True
    return False if plain in NO else text


def _known(question: Question, text: str) -> bool:
    return question.named(_code(question, text)) is not None


def _code(question: Question, text: str) -> str:
    """Return the code of the option that is called so, or the text where none is."""
    for one in question.options:
        if same_title(text) in {same_title(one.label.ko), same_title(one.label.en or one.label.ko)}:
            return one.code
    return names.nfc(text)


def won(text: str) -> int | None:
    """Read a whole amount of won."""
    try:
        return read_won(text)
    except Wrong as wrong:
        raise Refused(words(wrong)) from None


def members(text: str) -> list[tuple[str, str]]:
    """Read the people of a team, the leader first: 김누리(총무과); 박하늘(관광과)."""
    found = []
    for part in cells.several(text.replace("),", ");").replace("）,", "）;")):
        one = _PERSON.fullmatch(part)
        found.append((one[1], one[2].strip()) if one else (part, ""))
    return found
