"""The form of a call: its questions, what may be answered, and how answers are shown.

A form is a list of questions, kept as plain JSON with the call; answers are plain JSON by the
question's code. Nothing here knows a screen, so that pages, calls of the API and imports read one
and the same form. What is wrong is told as a code with its numbers (``Wrong``); the words for it
are the forms'.
"""

from gyoryu.programmes.questions.answers import Checked, check, excused, posted
from gyoryu.programmes.questions.schema import Parsed, load, parse
from gyoryu.programmes.questions.shape import (
    CELLS,
    KINDS,
    MOST_QUESTIONS,
    Column,
    Label,
    Option,
    Question,
    dump,
)
from gyoryu.programmes.questions.shown import Shown, shown
from gyoryu.programmes.questions.values import Wrong

__all__ = [
    "CELLS",
    "KINDS",
    "MOST_QUESTIONS",
    "Checked",
    "Column",
    "Label",
    "Option",
    "Parsed",
    "Question",
    "Shown",
    "Wrong",
    "check",
    "dump",
    "excused",
    "load",
    "parse",
    "posted",
    "shown",
]
