"""How answers are checked against a form: values that can be kept, and errors by code."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from gyoryu.programmes.questions import values
from gyoryu.programmes.questions.shape import (
    LINE,
    MOST_FILES,
    MOST_ROWS,
    PAGE,
    Column,
    Question,
)
from gyoryu.programmes.questions.values import Wrong

# Keys of documents are the database's whole numbers.
MOST_KEY = 2**63
YES = frozenset({"on", "yes", "true", "1"})


@dataclass(frozen=True)
class Checked:
    """What of the answers can be kept, and what is wrong.

    ``values`` is JSON: a text, a number as text, whole won, a day as 2025-04-07, an option's code
    or a list of them, rows of cells, the numbers of documents, or true. What was not answered is
    not in it, nor what no question asks. ``errors`` are by the question's code; those of a table's
    cell by ``code.row.column``, rows counted from 1.
    """

    values: dict[str, Any]
    errors: dict[str, Wrong]


def check(questions: Iterable[Question], answers: Any, *, draft: bool = False) -> Checked:
    """Check answers against the questions; a draft may leave anything out."""
    given: Mapping[str, Any] = answers if isinstance(answers, Mapping) else {}
    kept: dict[str, Any] = {}
    errors: dict[str, Wrong] = {}
    for question in questions:
        found = _answer(question, given.get(question.code), errors, draft)
        if found is not None and found != [] and found != "":
            kept[question.code] = found
        elif question.required and not draft and not _has(errors, question.code):
            errors[question.code] = Wrong("required")
    return Checked(kept, errors)


def excused(questions: Iterable[Question], codes: Collection[str]) -> tuple[Question, ...]:
    """Return the questions, of which those with these codes need no answer."""
    return tuple(replace(one, required=False) if one.code in codes else one for one in questions)


def _has(errors: Mapping[str, Wrong], code: str) -> bool:
    return any(key.partition(".")[0] == code for key in errors)


def _answer(question: Question, value: Any, errors: dict[str, Wrong], draft: bool) -> Any:
    try:
        if question.kind == "table":
            return _table(question, value, errors, draft)
        return _READ[question.kind](question, value, draft)
    except Wrong as wrong:
        errors[question.code] = wrong
        return None


def _text(question: Question, value: Any, draft: bool) -> str:
    long = question.kind == "long"
    text = values.paragraphs(value) if long else values.line(value)
    most = int(question.most or (PAGE if long else LINE))
    if len(text) > most:
        raise Wrong("too_long", {"most": most, "length": len(text)})
    if text and question.least and not draft and len(text) < int(question.least):
        raise Wrong("too_short", {"least": int(question.least), "length": len(text)})
    return text


def _number(question: Question | Column, value: Any, _draft: bool = False) -> str | None:
    found = values.number(value)
    return None if found is None else values.plain(_within(question, found))


def _money(question: Question | Column, value: Any, _draft: bool = False) -> int | None:
    found = values.won(value)
    return None if found is None else int(_within(question, Decimal(found)))


def _within(question: Question | Column, found: Decimal) -> Decimal:
    if question.least and found < Decimal(question.least):
        raise Wrong("too_little", {"least": question.least})
    if question.most and found > Decimal(question.most):
        raise Wrong("too_much", {"most": question.most})
    return found


def _date(question: Question | Column, value: Any, _draft: bool = False) -> str | None:
    found = values.day(value)
    if found is None:
        return None
    told = found.isoformat()
    if question.least and told < question.least:
        raise Wrong("too_early", {"least": question.least})
    if question.most and told > question.most:
        raise Wrong("too_late", {"most": question.most})
    return told


def _choice(question: Question, value: Any, _draft: bool) -> str | None:
    code = values.line(value)
    if not code:
        return None
    if question.named(code) is None:
        raise Wrong("no_such_option", {"text": code[:40]})
    return code


def _choices(question: Question, value: Any, draft: bool) -> list[str]:
    given = value if isinstance(value, list | tuple) else [value]
    asked = {code for one in given if (code := _choice(question, one, draft))}
    found = [option.code for option in question.options if option.code in asked]
    return _counted(question, found, "chosen", draft)


def _file(question: Question, value: Any, draft: bool) -> list[int]:
    given = value if isinstance(value, list | tuple) else [value]
    found: list[int] = []
    for one in given:
        text = values.line(one)
        if not text:
            continue
        key = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
        if not 0 < key < MOST_KEY:
            raise Wrong("no_such_file")
        found.append(key)
    found = list(dict.fromkeys(found))
    most = int(question.most or 1)
    if len(found) > min(most, MOST_FILES):
        raise Wrong("too_many_files", {"most": most, "count": len(found)})
    return _counted(question, found, "files", draft)


def _consent(_question: Question, value: Any, _draft: bool) -> bool | None:
    agreed = value is True or (isinstance(value, str) and value.strip().lower() in YES)
    return True if agreed else None


def _counted(question: Question, found: list[Any], what: str, draft: bool) -> list[Any]:
    """Return what was found when it is neither too few nor too many."""
    if question.most and len(found) > int(question.most):
        raise Wrong(f"too_many_{what}", {"most": int(question.most), "count": len(found)})
    if found and question.least and not draft and len(found) < int(question.least):
        raise Wrong(f"too_few_{what}", {"least": int(question.least), "count": len(found)})
    return found


def _table(
    question: Question, value: Any, errors: dict[str, Wrong], draft: bool
) -> list[dict[str, Any]] | None:
    given = value if isinstance(value, list | tuple) else []
    most = int(question.most or MOST_ROWS)
    if len(given) > 2 * MOST_ROWS:
        raise Wrong("too_many_rows", {"most": most, "count": len(given)})
    wrong: dict[str, Wrong] = {}
    rows = []
    for place, row in enumerate(given, start=1):
        cells = row if isinstance(row, Mapping) else {}
        if found := _row(question, cells, f"{question.code}.{place}", wrong, draft):
            rows.append(found)
    errors.update(wrong)
    return None if wrong else _counted(question, rows, "rows", draft)


def _row(
    question: Question,
    cells: Mapping[str, Any],
    key: str,
    errors: dict[str, Wrong],
    draft: bool,
) -> dict[str, Any]:
    """Read a row's cells. An empty row is no row, so that nothing in it is missing."""
    found: dict[str, Any] = {}
    wrong: dict[str, Wrong] = {}
    for column in question.columns:
        try:
            cell = _CELL[column.kind](column, cells.get(column.code))
        except Wrong as why:
            wrong[f"{key}.{column.code}"] = why
        else:
            if cell is not None and cell != "":
                found[column.code] = cell
    if (found or wrong) and not draft:
        for column in question.columns:
            at = f"{key}.{column.code}"
            if column.required and column.code not in found and at not in wrong:
                wrong[at] = Wrong("required")
    errors.update(wrong)
    return found


def _cell_text(column: Column, value: Any) -> str:
    text = values.line(value)
    most = int(column.most or LINE)
    if len(text) > most:
        raise Wrong("too_long", {"most": most, "length": len(text)})
    return text


_READ: dict[str, Callable[[Question, Any, bool], Any]] = {
    "text": _text,
    "long": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "file": _file,
    "consent": _consent,
}
_CELL: dict[str, Callable[[Column, Any], Any]] = {
    "text": _cell_text,
    "number": _number,
    "money": _money,
    "date": _date,
}


def posted(
    questions: Iterable[Question], values_of: Callable[[str], list[Any]], prefix: str = "q"
) -> dict[str, Any]:
    """Return answers from a form's flat fields, exactly as typed.

    ``values_of`` gives the values of a field (``request.POST.getlist``). Fields are named
    ``q.<code>``, those of a table ``q.<code>.<column>``, once in every row.
    """
    found: dict[str, Any] = {}
    for question in questions:
        name = f"{prefix}.{question.code}"
        if question.kind == "table":
            columns = {one.code: values_of(f"{name}.{one.code}") for one in question.columns}
            longest = max((len(cells) for cells in columns.values()), default=0)
            found[question.code] = [
                {code: cells[row] if row < len(cells) else "" for code, cells in columns.items()}
                for row in range(min(longest, 2 * MOST_ROWS + 1))
            ]
        elif question.kind in {"choices", "file"}:
            found[question.code] = list(values_of(name))
        else:
            found[question.code] = next(iter(values_of(name)), "")
    return found
