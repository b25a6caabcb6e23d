"""How a form is read from what was stored or typed, and what is wrong with it, by question."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from gyoryu.programmes.questions import values
from gyoryu.programmes.questions.shape import (
    CELLS,
    CHOOSING,
    KINDS,
    LONGEST,
    LONGEST_HELP,
    LONGEST_LABEL,
    MOST_COLUMNS,
    MOST_FILES,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_ROWS,
    Column,
    Label,
    Option,
    Question,
)
from gyoryu.programmes.questions.values import Wrong

_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
# The most that a bound of each kind may say: characters, chosen options, rows, files.
_COUNTED = {
    "text": LONGEST_LABEL,
    "long": LONGEST,
    "choices": MOST_OPTIONS,
    "table": MOST_ROWS,
    "file": MOST_FILES,
}
Errors = dict[str, Wrong]


@dataclass(frozen=True)
class Parsed:
    """The questions that could be read, and the errors by the question's place (from 0) and field.

    Fields are ``code``, ``kind``, ``label``, ``help``, ``least``, ``most``, ``options``,
    ``columns``; what is wrong with the whole form stands under place -1, field "".
    """

    questions: tuple[Question, ...]
    errors: dict[int, Errors]


def load(raw: Any) -> tuple[Question, ...]:
    """Return the questions of a form that was checked when it was stored.

    What is wrong with it nonetheless raises ``ValueError``: a form is never half read.
    """
    parsed = parse(raw)
    if parsed.errors:
        raise ValueError(f"not a form: {parsed.errors}")
    return parsed.questions


def parse(raw: Any) -> Parsed:
    """Read a form from its JSON, whatever that holds."""
    if not isinstance(raw, list):
        return Parsed((), {-1: {"": Wrong("not_a_form")}})
    if len(raw) > MOST_QUESTIONS:
        return Parsed((), {-1: {"": Wrong("too_many_questions", {"most": MOST_QUESTIONS})}})
    found, errors, seen = [], {}, set()
    for place, one in enumerate(raw):
        question, wrong = _question(one)
        if question.code in seen:
            wrong.setdefault("code", Wrong("code_twice", {"code": question.code}))
        seen.add(question.code)
        found.append(question)
        if wrong:
            errors[place] = wrong
    return Parsed(tuple(found), errors)


def _question(raw: Any) -> tuple[Question, Errors]:
    given: dict[str, Any] = raw if isinstance(raw, dict) else {}
    errors: Errors = {}
    kind = _try(errors, "kind", lambda: _one_of(given.get("kind"), KINDS), "text")
    question = Question(
        code=_try(errors, "code", lambda: _code(given.get("code")), ""),
        kind=kind,
        label=_try(errors, "label", lambda: _label(given.get("label")), Label()),
        help=_try(errors, "help", lambda: _words(given.get("help"), LONGEST_HELP), Label()),
        required=given.get("required") is True,
        reveals=given.get("reveals") is True,
        least=_try(errors, "least", lambda: _bound(kind, given.get("least")), ""),
        most=_try(errors, "most", lambda: _bound(kind, given.get("most")), ""),
    )
    if _crossed(question.kind, question.least, question.most):
        errors.setdefault("most", Wrong("bounds_crossed"))
    if kind in CHOOSING:
        options = _try(errors, "options", lambda: _options(given.get("options")), ())
        question = replace(question, options=options)
    if kind == "table":
        columns = _try(errors, "columns", lambda: _columns(given.get("columns")), ())
        question = replace(question, columns=columns)
    return question, errors


def _try(errors: Errors, name: str, read: Callable[[], Any], otherwise: Any) -> Any:
    try:
        return read()
    except Wrong as wrong:
        errors[name] = wrong
        return otherwise


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in known:
        raise Wrong("kind_unknown")
    return value


def _code(value: Any) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise Wrong("code_not_good")
    return value


def _words(value: Any, longest: int) -> Label:
    given: dict[str, Any] = value if isinstance(value, dict) else {}
    label = Label(values.paragraphs(given.get("ko")), values.paragraphs(given.get("en")))
    if max(len(label.ko), len(label.en)) > longest:
        raise Wrong("too_long", {"most": longest, "length": max(len(label.ko), len(label.en))})
    return label


def _label(value: Any) -> Label:
    label = _words(value, LONGEST_LABEL)
    if not label.ko:
        raise Wrong("label_missing")
    return label


def _bound(kind: str, value: Any) -> str:
    """Return a bound as it is written down; "" where there is none."""
    text = values.line(value)
    if not text or kind in {"choice", "consent"}:
        return ""
    if kind == "date":
        day = values.day(text)
        return day.isoformat() if day else ""
    if kind == "number":
        return values.plain(values.number(text) or Decimal(0))
    if kind == "money":
        return str(values.won(text))
    count = values.won(text) or 0
    if not 1 <= count <= _COUNTED[kind]:
        raise Wrong("bound_out_of_range", {"least": 1, "most": _COUNTED[kind]})
    return str(count)


def _crossed(kind: str, least: str, most: str) -> bool:
    if not least or not most:
        return False
    return least > most if kind == "date" else Decimal(least) > Decimal(most)


def _options(raw: Any) -> tuple[Option, ...]:
    given = raw if isinstance(raw, list) else []
    if not 2 <= len(given) <= MOST_OPTIONS:
        raise Wrong("options_count", {"least": 2, "most": MOST_OPTIONS})
    found = tuple(
        Option(_code(one.get("code")), _label(one.get("label")))
        for one in given
        if isinstance(one, dict)
    )
    _once([option.code for option in found], len(given))
    return found


def _columns(raw: Any) -> tuple[Column, ...]:
    given = raw if isinstance(raw, list) else []
    if not 1 <= len(given) <= MOST_COLUMNS:
        raise Wrong("columns_count", {"least": 1, "most": MOST_COLUMNS})
    found = tuple(_column(one) for one in given if isinstance(one, dict))
    _once([column.code for column in found], len(given))
    return found


def _column(raw: dict[str, Any]) -> Column:
    kind = _one_of(raw.get("kind"), CELLS)
    least, most = (_bound(kind, raw.get(name)) for name in ("least", "most"))
    if _crossed(kind, least, most):
        raise Wrong("bounds_crossed")
    return Column(
        _code(raw.get("code")), kind, _label(raw.get("label")), raw.get("required") is True,
        least, most,
    )  # fmt: skip


def _once(codes: list[str], given: int) -> None:
    if len(codes) != given:
        raise Wrong("not_a_form")
    for code in codes:
        if codes.count(code) > 1:
            raise Wrong("code_twice", {"code": code})
