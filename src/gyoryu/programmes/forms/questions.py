"""What is typed about one question of a call's form, and the form as applicants see it."""

import re
from typing import Any, ClassVar

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.picks import Grouped
from gyoryu.programmes.forms.answers import field_of
from gyoryu.programmes.forms.calls import reason_field
from gyoryu.programmes.models import Call
from gyoryu.programmes.questions import CELLS, Column, Label, Option, Question, dump, parse
from gyoryu.programmes.questions.shape import CHOOSING, LONGEST_HELP, LONGEST_LABEL, MOST_COLUMNS
from gyoryu.programmes.rules.forms import in_words
from gyoryu.web import forms

KINDS = {
    "text": _("A line of text"),
    "long": _("Paragraphs of text"),
    "number": _("A number"),
    "money": _("An amount in won"),
    "date": _("A day"),
    "choice": _("One of several options"),
    "choices": _("Some of several options"),
    "table": _("A table"),
    "file": _("A file"),
    "consent": _("A consent"),
}
# What the two bounds of a kind mean.
BOUNDS = {
    "text": (_("Characters, at least"), _("Characters, at most")),
    "long": (_("Characters, at least"), _("Characters, at most")),
    "number": (_("Smallest number"), _("Largest number")),
    "money": (_("Smallest amount"), _("Largest amount")),
    "date": (_("Earliest day"), _("Latest day")),
    "choices": (_("Options, at least"), _("Options, at most")),
    "table": (_("Rows, at least"), _("Rows, at most")),
    "file": (_("Files, at least"), _("Files, at most")),
}
# Empty rows for columns that are still to be named.
SPARE = 3


class QuestionForm(Grouped):
    """One question; which fields it has depends on its kind."""

    label_ko = forms.TextField(label=_("Question in Korean"), max_length=LONGEST_LABEL)
    label_en = forms.TextField(
        label=_("Question in English"), max_length=LONGEST_LABEL, required=False
    )
    help_ko = forms.TextField(
        label=_("Help in Korean"), rows=2, max_length=LONGEST_HELP, required=False
    )
    help_en = forms.TextField(
        label=_("Help in English"), rows=2, max_length=LONGEST_HELP, required=False
    )
    required = plain.BooleanField(label=_("Has to be answered"), required=False)
    reveals = plain.BooleanField(
        label=_("The answer may tell who applies: a blind panel does not see it"), required=False
    )
    options = forms.TextField(
        label=_("Options"), rows=6, max_length=20_000, required=False,
        help_text=_("A line each, Korean and English with | between them: 중국 | China"),
    )  # fmt: skip
    least = forms.TextField(max_length=40, required=False)
    most = forms.TextField(max_length=40, required=False)
    code = forms.TextField(
        label=_("Code"), max_length=30, required=False,
        help_text=_("A name for files and conditions, such as sales. Left empty, it is given."),
    )  # fmt: skip

    fieldsets: ClassVar = [
        (_("What is asked"), ["label_ko", "label_en", "help_ko", "help_en"]),
        (_("How it is answered"), ["required", "reveals", "options", "least", "most"]),
        (_("For conditions and files"), ["code"]),
        (_("Why it changes"), ["reason"]),
    ]

    def __init__(
        self, *args: Any, call: Call, kind: str, row: Question | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.kind, self.row = call, kind, row
        self._keep_own()
        if call.state != Call.State.DRAFT:
            self.fields["reason"] = reason_field()

    def _keep_own(self) -> None:
        """Keep the fields that a question of this kind has."""
        if self.kind not in CHOOSING:
            del self.fields["options"]
        if self.kind in BOUNDS:
            self.fields["least"].label, self.fields["most"].label = BOUNDS[self.kind]
        else:
            del self.fields["least"], self.fields["most"]
        if self.kind == "table":
            self._add_columns(len(self.row.columns) if self.row else 0)

    def _add_columns(self, given: int) -> None:
        for place in range(min(given + SPARE, MOST_COLUMNS)):
            title = {"place": place + 1}
            self.fields[f"column_{place}_ko"] = forms.TextField(
                label=_("Column %(place)d in Korean") % title, required=False
            )
            self.fields[f"column_{place}_en"] = forms.TextField(
                label=_("in English"), required=False
            )
            self.fields[f"column_{place}_kind"] = forms.ChoiceField(
                label=_("holds"), choices=[(one, KINDS[one]) for one in CELLS], required=False
            )
            self.fields[f"column_{place}_required"] = plain.BooleanField(
                label=_("has to be filled in"), required=False
            )

    @property
    def columns(self) -> list[list[Any]]:
        """The fields of each column of a table."""
        places = sorted({int(n.split("_")[1]) for n in self.fields if n.startswith("column_")})
        ends = ("ko", "en", "kind", "required")
        return [[self[f"column_{place}_{end}"] for end in ends] for place in places]

    def clean(self) -> dict[str, Any]:
        """Let the engine say whether this is a question of the form."""
        given: dict[str, Any] = super().clean() or {}
        if self.errors:
            return given
        made = self._question(given)
        parsed = parse(dump([made]))
        for name, wrong in parsed.errors.get(0, {}).items():
            own = {"label": "label_ko", "help": "help_ko", "columns": "column_0_ko"}.get(name, name)
            self.add_error(own if own in self.fields else None, in_words(wrong))
        if not parsed.errors:
            (given["question"],) = parsed.questions
        return given

    def _question(self, given: dict[str, Any]) -> Question:
        return Question(
            code=given["code"] or (self.row.code if self.row else self._next_code()),
            kind=self.kind,
            label=Label(given["label_ko"], given["label_en"]),
            help=Label(given["help_ko"], given["help_en"]),
            required=given["required"],
            reveals=given["reveals"],
            least=given.get("least", ""),
            most=given.get("most", ""),
            options=self._options(given.get("options", "")),
            columns=self._columns(given),
        )

    def _next_code(self) -> str:
        return _free("q", {one.code for one in parse(self.call.questions).questions})

    def _options(self, typed: str) -> tuple[Option, ...]:
        """Read options line by line; one that was there keeps its code, by its Korean words."""
        before = self.row.options if self.row else ()
        known = {one.label.ko: one.code for one in before}
        lines = [line.partition("|") for line in map(str.strip, typed.splitlines()) if line]
        kept = {known[ko.strip()] for ko, _bar, _en in lines if ko.strip() in known}
        used, found = set(known.values()), []
        for place, (ko, _bar, en) in enumerate(lines):
            code = known.get(ko.strip(), "")
            # Put in other words at the same place, it is the same option.
            if not code and place < len(before) and before[place].code not in kept:
                code = before[place].code
            code = code or _free("o", used)
            used.add(code)
            found.append(Option(code, Label(ko.strip(), en.strip())))
        return tuple(found)

    def _columns(self, given: dict[str, Any]) -> tuple[Column, ...]:
        before = self.row.columns if self.row else ()
        used, found = {one.code for one in before}, []
        for place in range(len(self.columns)):
            ko, en, kind, required = (
                given.get(f"column_{place}_{end}") for end in ("ko", "en", "kind", "required")
            )
            if not ko:
                continue
            old = before[place] if place < len(before) else None
            code = old.code if old else _free("c", used)
            used.add(code)
            found.append(
                Column(
                    code, kind or "text", Label(ko, en or ""), bool(required),
                    old.least if old else "", old.most if old else "",
                )
            )  # fmt: skip
        return tuple(found)


class AnyQuestionForm(QuestionForm):
    """A question whose kind is said with it, for programs; fields of other kinds are left empty."""

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        # Of no call it is described: with the reason that an announced one asks for.
        of = call or Call(state=Call.State.PUBLISHED)
        super().__init__(*args, call=of, kind="", **kwargs)
        if call is None:
            self.fields["reason"].required = False

    def _keep_own(self) -> None:
        choices = list(KINDS.items())
        kind = forms.ChoiceField(label=_("Kind of answer"), choices=choices)
        self.fields = {"kind": kind, **self.fields}
        self._add_columns(MOST_COLUMNS)
        self.fields["least"].label, self.fields["most"].label = _("At least"), _("At most")

    def clean(self) -> dict[str, Any]:
        """Take the kind that was said, then let the engine read the question."""
        self.kind = self.cleaned_data.get("kind", "")
        return super().clean()


def _free(letter: str, used: set[str]) -> str:
    numbers = [
        int(found[1]) for code in used if (found := re.fullmatch(rf"{letter}(\d{{1,6}})", code))
    ]
    return f"{letter}{max(numbers, default=0) + 1}"


def edited(row: Question) -> dict[str, Any]:
    """Return what the form of a question begins with."""
    initial: dict[str, Any] = {
        "label_ko": row.label.ko,
        "label_en": row.label.en,
        "help_ko": row.help.ko,
        "help_en": row.help.en,
        "required": row.required,
        "reveals": row.reveals,
        "least": row.least,
        "most": row.most,
        "code": row.code,
        "options": "\n".join(_line(one.label) for one in row.options),
    }
    for place, column in enumerate(row.columns):
        initial |= {
            f"column_{place}_ko": column.label.ko,
            f"column_{place}_en": column.label.en,
            f"column_{place}_kind": column.kind,
            f"column_{place}_required": column.required,
        }
    return initial


def _line(label: Label) -> str:
    return f"{label.ko} | {label.en}" if label.en else label.ko


class Preview(forms.Form):
    """The questions of a call as applicants get them, in the language that is active."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__()
        for question in questions:
            self.fields[f"q.{question.code}"] = field_of(question)
