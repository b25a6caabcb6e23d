"""What is typed about the parts of a call: tracks, categories, criteria, papers, conditions."""

from typing import Any, ClassVar

from django import forms as plain
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.forms.picks import Grouped
from gyoryu.evidence.models import Document
from gyoryu.parties.forms.fields import region_field
from gyoryu.parties.models import Organisation, Region
from gyoryu.programmes.forms.calls import reason_field
from gyoryu.programmes.forms.money import WonField
from gyoryu.programmes.models import Call, EligibilityRule
from gyoryu.programmes.questions import Question
from gyoryu.programmes.rules.publishing import form_of
from gyoryu.web import forms

Kind = EligibilityRule.Kind
REGIONS = ("region", "region_2", "region_3")


class PartForm(Grouped):
    """A part of a call, with its name."""

    name_ko = forms.TextField(label=_("Name in Korean"))
    name_en = forms.TextField(label=_("Name in English"), required=False)

    def __init__(self, *args: Any, call: Call | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if call is not None and call.state != Call.State.DRAFT:
            self.fields["reason"] = reason_field()

    def values(self) -> dict[str, Any]:
        """Return the part's fields by name, and the reason where one was asked for."""
        return dict(self.cleaned_data)


class TrackForm(PartForm):
    """A track of a call."""

    places = plain.IntegerField(label=_("Places"), min_value=1, max_value=100_000, required=False)


class CategoryForm(PartForm):
    """A category of cost, or a benefit."""

    name_ko = forms.TextField(label=_("Name in Korean"), max_length=120)
    name_en = forms.TextField(label=_("Name in English"), max_length=120, required=False)
    most = WonField(label=_("Most for one award"), required=False)
    in_kind = plain.BooleanField(
        label=_("Given as a benefit: the office pays, the company gets no money"), required=False
    )
    vat_eligible = plain.BooleanField(label=_("VAT is paid, too"), required=False)
    evidence = forms.MultipleChoiceField(
        label=_("What a claim must be evidenced by"),
        choices=Document.Kind,
        widget=plain.CheckboxSelectMultiple,
        required=False,
    )


class CriterionForm(PartForm):
    """A criterion of the panel."""

    most = plain.IntegerField(
        label=_("Points"), min_value=1, max_value=100,
        help_text=_("All criteria together come to 100."),
    )  # fmt: skip
    guide = forms.TextField(
        label=_("Guide for the panel"), rows=3, max_length=2_000, required=False
    )


class PaperForm(PartForm):
    """A paper that an application must come with."""

    required = plain.BooleanField(
        label=_("Without it nothing is submitted"), required=False, initial=True
    )
    reveals = plain.BooleanField(
        label=_("It names the applicant: a blind panel does not get it"),
        required=False,
        initial=True,
    )


class RuleForm(PartForm):
    """A condition of eligibility; which fields it has depends on its kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind)
    region = region_field(label=_("Region"), required=False)
    region_2 = region_field(label=_("or"), required=False, help_text="")
    region_3 = region_field(label=_("or"), required=False, help_text="")
    sizes = forms.MultipleChoiceField(
        label=_("Sizes that may apply"), choices=Organisation.Size,
        widget=plain.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    question = forms.ChoiceField(label=_("Question"), required=False)
    options = forms.TextField(
        label=_("Answers that meet it"), required=False,
        help_text=_("Codes of options, with commas between them."),
    )  # fmt: skip
    least = plain.DecimalField(
        label=_("At least"), min_value=0, max_digits=18, decimal_places=2, required=False
    )
    below = plain.DecimalField(
        label=_("Below"), min_value=0, max_digits=18, decimal_places=2, required=False
    )
    most = plain.DecimalField(
        label=_("At most"), min_value=0, max_digits=18, decimal_places=2, required=False
    )
    year = plain.IntegerField(
        label=_("Of the year"), min_value=1990, max_value=2100, required=False,
        help_text=_("Left empty, the year before the call's."),
    )  # fmt: skip
    event = plain.BooleanField(label=_("For the same event"), required=False)
    category = plain.BooleanField(label=_("For the same category of cost"), required=False)
    years = plain.IntegerField(
        label=_("Within years"), min_value=1, max_value=30, required=False,
        help_text=_("1: the call's own year alone. Left empty: ever."),
    )  # fmt: skip
    affiliates = plain.BooleanField(
        label=_("Affiliates count, too: companies above, below and beside it"), required=False
    )
    allowed = plain.IntegerField(
        label=_("Earlier support that is allowed"), min_value=0, max_value=100, required=False
    )
    source = forms.TextField(
        label=_("Where it is laid down"), required=False,
        help_text=_("Article of an ordinance or guideline, such as 지침 제5조."),
    )  # fmt: skip

    of_kind: ClassVar[dict[str, tuple[str, ...]]] = {
        Kind.REGION: REGIONS,
        Kind.SIZE: ("sizes",),
        Kind.SALES: ("least", "below", "year", "question"),
        Kind.EXPORTS: ("least", "below", "year", "question"),
        Kind.AGE: ("least", "below", "question"),
        Kind.SANCTION: ("affiliates",),
        Kind.DOUBLE: ("event", "category", "years", "affiliates", "allowed"),
        Kind.ANSWER: ("question", "options", "least", "most"),
        Kind.DECLARED: ("question",),
    }

    def __init__(self, *args: Any, call: Call | None = None, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, call=call, **kwargs)
        for name in ("name_ko", "name_en"):
            del self.fields[name]
        asked = form_of(call) if call is not None else ()
        self.fields["question"].choices = _questions(asked, kind)  # type: ignore[attr-defined]
        if kind:
            kept = {"kind", "source", "reason", *self.of_kind[kind]}
            for name in [name for name in self.fields if name not in kept]:
                del self.fields[name]
            self.fields["kind"].initial = kind
            self.fields["kind"].widget = plain.HiddenInput()

    def values(self) -> dict[str, Any]:
        """Return the condition's kind, terms and source."""
        given = self.cleaned_data
        own = {name: given.get(name) for name in self.of_kind[given["kind"]]}
        found = {
            "kind": given["kind"],
            "terms": _terms(own),
            "source": given["source"],
        }
        return {**found, "reason": given["reason"]} if "reason" in given else found

    def clean_options(self) -> list[str]:
        """Return the codes that were named."""
        typed = str(self.cleaned_data.get("options") or "")
        codes = [code.strip() for code in typed.split(",") if code.strip()]
        if len(codes) > 60:
            raise ValidationError(_("There are %(most)d already.") % {"most": 60})
        return codes


def _questions(asked: tuple[Question, ...], kind: str) -> list[tuple[str, Any]]:
    kinds = {
        Kind.SALES: {"money", "number"},
        Kind.EXPORTS: {"money", "number"},
        Kind.AGE: {"date"},
        Kind.DECLARED: {"consent"},
        Kind.ANSWER: {"choice", "choices", "number", "money"},
    }.get(Kind(kind) if kind else None)  # type: ignore[arg-type]
    language = (get_language() or "ko")[:2]
    found = [one for one in asked if kinds is None or one.kind in kinds]
    return [("", "–"), *((one.code, one.label.told(language)) for one in found)]


def _terms(own: dict[str, Any]) -> dict[str, Any]:
    """Return the terms as JSON, without those that say nothing."""
    regions = [own.pop(name, None) for name in REGIONS]
    terms = {
        name: _plain(value) for name, value in own.items() if value not in (None, "", [], False)
    }
    if found := [row.pk for row in regions if isinstance(row, Region)]:
        terms["regions"] = found
    if "allowed" in terms:
        terms["most"] = terms.pop("allowed")
    return terms


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | list) else format(value.normalize(), "f")


FORMS: dict[str, type[PartForm]] = {
    "tracks": TrackForm,
    "categories": CategoryForm,
    "criteria": CriterionForm,
    "papers": PaperForm,
    "rules": RuleForm,
}


def edited(part: str, row: Any) -> dict[str, Any]:
    """Return what the form of a part begins with."""
    if part != "rules":
        return {name: getattr(row, name) for name in FORMS[part].base_fields}
    terms = dict(row.terms)
    regions = list(Region.objects.filter(pk__in=terms.pop("regions", [])))
    if row.kind == Kind.DOUBLE and "most" in terms:
        terms["allowed"] = terms.pop("most")
    if "options" in terms:
        terms["options"] = ", ".join(terms["options"])
    picked = dict(zip(REGIONS, regions, strict=False))
    return {"kind": row.kind, "source": row.source, **terms, **picked}
