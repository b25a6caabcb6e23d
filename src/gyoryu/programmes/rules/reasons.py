"""What a rule of a call asks, and what it says of an applicant, in the reader's words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import told
from gyoryu.parties.models import Organisation
from gyoryu.programmes.eligibility import Found, Rule, decimal, year_of
from gyoryu.programmes.questions import Question

SIZES = dict(Organisation.Size.choices)
REASONS: dict[str, Any] = {
    "region_inside": _("The seat lies in %(regions)s."),
    "region_outside": _("The seat does not lie in %(regions)s."),
    "region_missing": _("Where the seat lies is not known."),
    "size_among": _("The size is %(size)s."),
    "size_not": _("The size is %(size)s; %(sizes)s may apply."),
    "size_missing": _("The size of the company is not known."),
    "sales_within": _("Sales in %(year)s: %(amount)s KRW."),
    "sales_too_low": _("Sales in %(year)s: %(amount)s KRW; at least %(least)s are asked for."),
    "sales_too_high": _("Sales in %(year)s: %(amount)s KRW; they have to be below %(below)s."),
    "sales_missing": _("The sales of %(year)s are not known."),
    "exports_within": _("Exports in %(year)s: USD %(amount)s."),
    "exports_too_low": _("Exports in %(year)s: USD %(amount)s; at least %(least)s are asked."),
    "exports_too_high": _("Exports in %(year)s: USD %(amount)s; below %(below)s is asked."),
    "exports_missing": _("The exports of %(year)s in US dollars are not known."),
    "age_within": _("In business for %(amount)s years on %(on)s."),
    "age_too_low": _("In business for %(amount)s years on %(on)s; at least %(least)s."),
    "age_too_high": _("In business for %(amount)s years on %(on)s; below %(below)s is asked."),
    "age_missing": _("Since when it is in business is not known."),
    "age_in_future": _("The founding day, %(since)s, lies after %(on)s. Check it."),
    "sanction_none": _("No exclusion from support is in force."),
    "sanction_said": _("An exclusion from support was named."),
    "sanction_own": _("Excluded from support from %(first)s to %(last)s."),
    "sanction_affiliate": _(
        "The affiliate %(name)s is excluded from support from %(first)s to %(last)s."
    ),
    "sanction_missing": _("Whether an exclusion is in force is not known."),
    "double_none": _("No earlier support for the same was found."),
    "double_said": _("Earlier support for the same was named."),
    "double_own": _("Supported already: award %(number)s of %(programme)s in %(year)s."),
    "double_affiliate": _(
        "Its affiliate %(name)s was supported: award %(number)s of %(programme)s in %(year)s."
    ),
    "double_unknown": _(
        "Award %(number)s of %(programme)s in %(year)s does not say for what it was."
    ),
    "event_missing": _("Which event it is for is not known."),
    "categories_missing": _("Which costs the call pays is not known."),
    "earlier_missing": _("What was supported before is not known."),
    "answer_good": _("The answer to “%(question)s” meets it."),
    "answer_not": _("The answer to “%(question)s” does not meet it."),
    "answer_beyond": _("The answer to “%(question)s” lies outside: %(amount)s."),
    "answer_missing": _("“%(question)s” is not answered."),
    "declared": _("Declared: “%(question)s”."),
    "not_declared": _("Not declared: “%(question)s”."),
    "declaration_missing": _("“%(question)s” is not declared yet."),
}  # fmt: skip


def reason(
    found: Found,
    regions: Mapping[int, str],
    questions: Mapping[str, Question],
    language: str = "ko",
) -> str:
    """Say why a rule is met, is not met or is not known, in the language that is active.

    ``regions`` are names by key, ``questions`` by code; ``language`` is that of questions.
    """
    values = {name: _told(value) for name, value in found.values.items()}
    values |= _named(found.values, regions, questions, language)
    # Years and numbers of awards are not grouped.
    if "year" in found.values:
        values["year"] = str(found.values["year"])
    return str(REASONS[found.reason]) % values


def _named(
    values: Mapping[str, Any],
    regions: Mapping[int, str],
    questions: Mapping[str, Question],
    language: str,
) -> dict[str, str]:
    named = {}
    if "regions" in values:
        named["regions"] = ", ".join(regions.get(key, f"#{key}") for key in values["regions"])
    if "size" in values:
        named["size"] = str(SIZES.get(values["size"], values["size"]))
    if "sizes" in values:
        named["sizes"] = ", ".join(str(SIZES.get(one, one)) for one in values["sizes"])
    if "question" in values:
        named["question"] = _question(values["question"], questions, language)
    return named


def _question(code: str, questions: Mapping[str, Question], language: str) -> str:
    question = questions.get(code)
    return question.label.told(language) if question else code


def _told(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}" if value else "0"
    if isinstance(value, date):
        return told(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def asks(
    rule: Rule,
    year: int,
    regions: Mapping[int, str],
    questions: Mapping[str, Question],
    language: str = "ko",
) -> str:
    """Say what a rule asks, for a call of a year, in the language that is active."""
    return {
        "region": _asks_region,
        "size": _asks_size,
        "sales": _asks_figure,
        "exports": _asks_figure,
        "age": _asks_age,
        "sanction": _asks_sanction,
        "double": _asks_double,
        "answer": _asks_answer,
        "declared": _asks_answer,
    }[rule.kind](
        rule, {"year": year, "regions": regions, "questions": questions, "language": language}
    )


def _asks_region(rule: Rule, known: Mapping[str, Any]) -> str:
    keys = rule.terms.get("regions", [])
    return gettext("The seat lies in %(regions)s.") % {
        "regions": ", ".join(known["regions"].get(key, f"#{key}") for key in keys)
    }


def _asks_size(rule: Rule, _known: Mapping[str, Any]) -> str:
    sizes = ", ".join(str(SIZES.get(one, one)) for one in rule.terms.get("sizes", []))
    return gettext("Size of the company: %(sizes)s") % {"sizes": sizes}


def _asks_figure(rule: Rule, known: Mapping[str, Any]) -> str:
    values = {"year": year_of(rule.terms, known["year"]), "bounds": _bounds(rule)}
    if rule.kind == "sales":
        return gettext("Sales in %(year)s: %(bounds)s KRW") % values
    return gettext("Exports in %(year)s: %(bounds)s US dollars") % values


def _asks_age(rule: Rule, _known: Mapping[str, Any]) -> str:
    return gettext("Years in business: %(bounds)s") % {"bounds": _bounds(rule)}


def _bounds(rule: Rule) -> str:
    told_ = {
        name: _told(found)
        for name in ("least", "below", "most")
        if (found := decimal(rule.terms.get(name))) is not None
    }
    if "least" in told_ and "below" in told_:
        return gettext("from %(least)s to below %(below)s") % told_
    if "least" in told_ and "most" in told_:
        return gettext("from %(least)s to %(most)s") % told_
    if "least" in told_:
        return gettext("%(least)s or more") % told_
    return (
        gettext("below %(below)s") % told_
        if "below" in told_
        else gettext("%(most)s or less") % told_
    )


def _asks_sanction(rule: Rule, _known: Mapping[str, Any]) -> str:
    if rule.terms.get("affiliates"):
        return gettext("Neither the applicant nor an affiliate is excluded from support.")
    return gettext("The applicant is not excluded from support.")


def _asks_double(rule: Rule, _known: Mapping[str, Any]) -> str:
    terms = rule.terms
    parts = [gettext("No earlier support")]
    if terms.get("event"):
        parts.append(gettext("for the same event"))
    if terms.get("category"):
        parts.append(gettext("for the same category of cost"))
    if terms.get("years") == 1:
        parts.append(gettext("in the same year"))
    elif terms.get("years"):
        parts.append(gettext("within %(years)s years") % {"years": terms["years"]})
    if terms.get("affiliates"):
        parts.append(gettext("affiliates included"))
    if terms.get("most"):
        parts.append(gettext("beyond %(most)s") % {"most": terms["most"]})
    return ", ".join(parts)


def _asks_answer(rule: Rule, known: Mapping[str, Any]) -> str:
    code, language = str(rule.terms.get("question") or ""), known["language"]
    question = known["questions"].get(code)
    label = _question(code, known["questions"], language)
    if rule.kind == "declared":
        return gettext("Declared: “%(question)s”.") % {"question": label}
    if codes := rule.terms.get("options"):
        options = [question.named(one) if question else None for one in codes]
        told_ = [
            one.label.told(language) if one else code
            for one, code in zip(options, codes, strict=True)
        ]
        return f"{label}: {', '.join(told_)}"
    return f"{label}: {_bounds(rule)}"
