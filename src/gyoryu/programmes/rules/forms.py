"""What the form of a call allows, and what is wrong with a question, in words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.programmes import questions
from gyoryu.programmes.models import Call
from gyoryu.programmes.questions import Label, Question, Wrong
from gyoryu.programmes.rules.calls import Phase, phase

# What a question can be wrong in, as its reader is told.
WRONG: dict[str, Any] = {
    "characters": _("There are characters in it that cannot be written."),
    "too_long": _("This is %(length)s characters long; at most %(most)s fit."),
    "not_a_number": _("“%(text)s” is not a number. Write digits, such as 12,000,000."),
    "too_many_digits": _("A number has at most %(most)s digits."),
    "too_many_places": _("At most %(most)s digits stand after the point."),
    "not_whole_won": _("Give whole won."),
    "below_zero": _("Give an amount of zero or more."),
    "not_a_day": _("“%(text)s” is not a day. Write 2025-04-07."),
    "no_such_day": _("There is no day “%(text)s”."),
    "not_a_form": _("This is no form."),
    "too_many_questions": _("A form has at most %(most)s questions."),
    "code_not_good": _("A code is a small letter and then letters, digits or _, 30 at most."),
    "code_twice": _("Two of them have the code “%(code)s”."),
    "kind_unknown": _("This kind of answer is not known."),
    "label_missing": _("Say in Korean what is asked."),
    "bounds_crossed": _("The upper bound lies below the lower one."),
    "bound_out_of_range": _("Give a number from %(least)s to %(most)s."),
    "options_count": _("Give %(least)s to %(most)s options, a line each."),
    "columns_count": _("Give %(least)s to %(most)s columns."),
}


def in_words(wrong: Wrong, words: Mapping[str, Any] = WRONG) -> str:
    """Say what is wrong to its reader."""
    return str(words[wrong.code]) % {name: _told(one) for name, one in wrong.values.items()}


def _told(value: Any) -> str:
    text = str(value)
    return f"{value:,}" if isinstance(value, int) else _grouped(text)


def _grouped(text: str) -> str:
    return f"{int(text):,}" if text.isascii() and text.isdigit() and len(text) < 19 else text


def check_form(raw: list[dict[str, Any]]) -> None:
    """Refuse a form that cannot be read again, with what is wrong in its first question."""
    for place, errors in questions.parse(raw).errors.items():
        name, wrong = next(iter(errors.items()))
        told = in_words(wrong)
        if place < 0:
            raise Refused(told)
        raise Refused(told, field=name)


def check_same_questions(
    call: Call, before: tuple[Question, ...], after: tuple[Question, ...], *, at: datetime
) -> None:
    """Refuse to ask something else while people apply: only the words of a question may change."""
    if phase(call, at=at) != Phase.OPEN:
        return
    if list(map(_bare, before)) != list(map(_bare, after)):
        raise Refused(_("While people apply, only the words of a question may change."))


def _bare(question: Question) -> Question:
    """Return a question without its words."""
    return replace(
        question,
        label=Label(),
        help=Label(),
        options=tuple(replace(option, label=Label()) for option in question.options),
        columns=tuple(replace(column, label=Label()) for column in question.columns),
    )
