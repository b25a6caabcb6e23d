"""What the public types to see whether it may apply. Nothing of it is kept."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms as plain
from django.utils.translation import gettext_lazy as _

from gyoryu.parties.models import Organisation, Region
from gyoryu.programmes.eligibility import Facts, Rule, year_of
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.questions import Question
from gyoryu.web import forms

YES_NO = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
ANSWERABLE = {"choice", "choices", "number", "money", "consent"}


class CheckForm(forms.Form):
    """The facts that the conditions of a call ask for; each may be left open."""

    def __init__(
        self,
        rules: list[Rule],
        questions: dict[str, Question],
        regions: list[Region],
        *,
        year: int,
        language: str,
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.rules, self.questions, self.year = rules, questions, year
        self.regions = {str(row.pk): row for row in regions}
        self.language = language
        for rule in rules:
            self._ask(rule)

    def _ask(self, rule: Rule) -> None:
        if rule.kind == "region":
            choices = [
                ("", _("Not known")),
                *((key, str(row)) for key, row in self.regions.items()),
            ]
            self._add(
                "region",
                forms.ChoiceField(
                    label=_("Where the seat lies"), choices=[*choices, ("0", _("Elsewhere"))]
                ),
            )
        elif rule.kind == "size":
            choices = [("", _("Not known")), *Organisation.Size.choices]
            self._add("size", forms.ChoiceField(label=_("Size of the company"), choices=choices))
        elif rule.kind in {"sales", "exports"}:
            self._ask_figure(rule)
        elif rule.kind == "age":
            self._add("founded", forms.DayField(label=_("In business since")))
        elif rule.kind == "sanction":
            self._add("sanctioned", _yes_no(_("Is an exclusion from support in force?")))
        elif rule.kind == "double":
            self._add("supported", _yes_no(_("Was there earlier support for the same?")))
        else:
            self._ask_question(str(rule.terms.get("question") or ""))

    def _ask_figure(self, rule: Rule) -> None:
        year = year_of(rule.terms, self.year)
        if rule.kind == "sales":
            self._add(f"sales_{year}", WonField(label=_("Sales of %(year)s") % {"year": year}))
            return
        label = _("Exports of %(year)s in US dollars") % {"year": year}
        self._add(
            f"exports_{year}",
            plain.DecimalField(label=label, min_value=0, max_digits=18, decimal_places=2),
        )

    def _ask_question(self, code: str) -> None:
        question = self.questions.get(code)
        if question is None or question.kind not in ANSWERABLE:
            return
        label = question.label.told(self.language)
        if question.kind == "consent":
            self._add(f"q.{code}", _yes_no(label))
        elif question.options:
            choices = [(one.code, one.label.told(self.language)) for one in question.options]
            self._add(
                f"q.{code}",
                forms.ChoiceField(label=label, choices=[("", _("Not known")), *choices]),
            )
        else:
            self._add(f"q.{code}", plain.DecimalField(label=label, max_digits=18, decimal_places=6))

    def _add(self, name: str, field: plain.Field) -> None:
        field.required = False
        self.fields.setdefault(name, field)

    def facts(self, on: date, event: str, categories: frozenset[str]) -> Facts:
        """Return what was said, for the engine; what was left open is not known."""
        given = self.cleaned_data
        region = given.get("region") or ""
        row = self.regions.get(region)
        return Facts(
            on=on,
            year=self.year,
            regions=_path(row) if row else (frozenset({0}) if region == "0" else None),
            size=given.get("size") or "",
            sales=self._figures("sales_"),
            exports=self._figures("exports_"),
            founded=given.get("founded"),
            sanctioned=_said(given.get("sanctioned")),
            supported=_said(given.get("supported")),
            event=event or "-",
            categories=categories or frozenset({"-"}),
            answers=self._answers(),
        )

    def _figures(self, prefix: str) -> dict[int, Decimal]:
        return {
            int(name.removeprefix(prefix)): Decimal(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value is not None
        }

    def _answers(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in self.cleaned_data.items():
            code = name.removeprefix("q.")
            if name.startswith("q.") and value not in (None, ""):
                consent = self.questions[code].kind == "consent"
                found[code] = _said(value) if consent else str(value)
        return found


def _yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=plain.RadioSelect, initial="")


def _said(value: Any) -> bool | None:
    return {"yes": True, "no": False}.get(str(value))


def _path(row: Region) -> frozenset[int]:
    return frozenset(int(part) for part in row.path.split("/") if part)
