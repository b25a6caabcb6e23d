"""The questions of a call as fields of a form, and what is wrong with an answer beside each."""

from collections.abc import Mapping
from typing import Any

from django import forms as django
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes import questions
from gyoryu.programmes.questions import Question, Wrong
from gyoryu.programmes.questions.shape import MOST_ROWS
from gyoryu.programmes.rules.forms import WRONG, in_words

# A draft without a script gets as many empty rows at once; saving adds as many again.
EMPTY_ROWS = 3


# What an answer can be wrong in, besides what a question can.
WORDS: dict[str, Any] = {
    **WRONG,
    "required": _("This has to be answered."),
    "too_short": _("This is %(length)s characters long; at least %(least)s are asked for."),
    "too_little": _("At least %(least)s."),
    "too_much": _("At most %(most)s."),
    "too_early": _("Not before %(least)s."),
    "too_late": _("Not after %(most)s."),
    "no_such_option": _("“%(text)s” cannot be chosen here."),
    "too_many_chosen": _("%(count)s are chosen; at most %(most)s may be."),
    "too_few_chosen": _("%(count)s are chosen; at least %(least)s have to be."),
    "too_many_rows": _("There are %(count)s rows; at most %(most)s fit."),
    "too_few_rows": _("There are %(count)s rows; at least %(least)s are asked for."),
    "too_many_files": _("There are %(count)s files; at most %(most)s fit."),
    "too_few_files": _("There are %(count)s files; at least %(least)s are asked for."),
    "no_such_file": _("This file is not there any more. Choose it again."),
}


def words(wrong: Wrong) -> str:
    """Say what is wrong with an answer."""
    return in_words(wrong, WORDS)


def _language() -> str:
    return (get_language() or "ko")[:2]


class RowsInput(django.Widget):
    """A table's rows, each cell a field of its own; with a few empty rows at the end."""

    template_name = "programmes/applications/rows.html"

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        """Return the rows as they were typed."""
        read = data.getlist if hasattr(data, "getlist") else lambda key: data.get(key, [])
        found = questions.posted([self.question], read)
        rows: list[dict[str, Any]] = found[self.question.code]
        return [row for row in rows if any(str(cell).strip() for cell in row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """A table without rows was answered with none."""
        return False

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the heads and the rows with their cells."""
        language, asked = _language(), self.question
        given = value if isinstance(value, list) else []
        most = int(asked.most or MOST_ROWS)
        count = min(len(given) + EMPTY_ROWS, max(most, len(given)))
        rows = [given[place] if place < len(given) else {} for place in range(count)]
        heads = [column.label.told(language) for column in asked.columns]
        return {
            **super().get_context(name, value, attrs),
            "heads": heads,
            "rows": [
                [
                    {
                        "name": f"{name}.{column.code}",
                        "head": head,
                        "value": row.get(column.code, ""),
                        "numeric": column.kind in {"number", "money"},
                    }
                    for column, head in zip(asked.columns, heads, strict=True)
                ]
                for row in rows
            ],
        }


class RowsField(django.Field):
    """The rows of a table question, as typed: the engine reads them."""


class FilesField(django.FileField):
    """A file to be handed in beside those that are there."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Take what was chosen, if anything was; what it is is looked at where it is held."""
        return data or None


def field_of(question: Question) -> django.Field:
    """Return the field that asks a question; what is typed is checked by the engine."""
    language = _language()
    told: dict[str, Any] = {
        "label": question.label.told(language),
        "help_text": question.help.told(language),
        "required": question.required and question.kind != "file",
    }
    return _make(question, told, language)


def _make(question: Question, told: dict[str, Any], language: str) -> django.Field:
    choices = [(option.code, option.label.told(language)) for option in question.options]
    if question.kind == "long":
        return django.CharField(widget=django.Textarea(attrs={"rows": 6}), **told)
    if question.kind == "choice":
        return _Chosen(choices=choices, widget=django.RadioSelect, **told)
    if question.kind == "choices":
        return _Several(choices=choices, widget=django.CheckboxSelectMultiple, **told)
    if question.kind == "consent":
        return django.BooleanField(**told)
    if question.kind == "table":
        return RowsField(widget=RowsInput(question), **told)
    if question.kind == "file":
        return FilesField(**told)
    line = django.TextInput(attrs=_ATTRIBUTES.get(question.kind, {}))
    return django.CharField(widget=line, **told)


_ATTRIBUTES = {
    "number": {"inputmode": "decimal", "autocomplete": "off"},
    "money": {"inputmode": "numeric", "autocomplete": "off"},
    "date": {"class": "date", "inputmode": "numeric", "placeholder": "2025-04-07"},
}


class _Chosen(django.ChoiceField):
    def validate(self, value: Any) -> None:
        """The engine says whether there is such an option."""


class _Several(django.MultipleChoiceField):
    def validate(self, value: Any) -> None:
        """The engine says whether there are such options."""


def put_errors(
    form: django.Form, asked: tuple[Question, ...], errors: Mapping[str, Wrong], prefix: str = "q"
) -> None:
    """Put what the engine found wrong beside the fields; a table's cell is named in words."""
    by_code = {question.code: question for question in asked}
    for key, wrong in errors.items():
        code, *cell = key.split(".")
        said = words(wrong)
        if cell:
            named = {column.code: column for column in by_code[code].columns}
            told = {
                "row": cell[0],
                "column": named[cell[1]].label.told(_language()),
                "wrong": said,
            }
            said = str(_("Row %(row)s, %(column)s: %(wrong)s")) % told
        if not form.has_error(f"{prefix}.{code}"):
            form.add_error(f"{prefix}.{code}", said)


__all__ = ["EMPTY_ROWS", "field_of", "put_errors", "words"]
