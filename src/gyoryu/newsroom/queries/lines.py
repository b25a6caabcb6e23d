"""The lines of a fact's card: what the register would be told, and what it was read from."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gyoryu.agreements.models.agreements import Side
from gyoryu.base import money
from gyoryu.base.periods import Period
from gyoryu.newsroom.models import Candidate
from gyoryu.newsroom.queries import words
from gyoryu.web.records import page_of

Kind = Candidate.Kind


@dataclass(frozen=True)
class Line:
    """One line of a card: a label, a value (text or period), what it was read from, and records."""

    label: str
    value: Any = ""
    note: str = ""
    records: tuple[Any, ...] = ()
    grade: str = ""
    lang: str = ""
    missing: str = ""


def sure(candidate: Candidate) -> Line:
    """Say how sure the reading is, in a word and as the number it is ordered by."""
    told = candidate.confidence
    word = _("high") if told >= 0.85 else _("fair") if told >= 0.65 else _("low")
    return Line(_("Sureness"), f"{word} {told}")


def _read_from(told: dict[str, Any]) -> str:
    """Say from which words a date was read, if it is not written out in the value."""
    quote = told.get("q", "")
    return _("from “%(words)s”") % {"words": quote} if quote else ""


def _day(label: str, told: dict[str, Any], value: Period | None) -> Line:
    if told and value is None:
        return Line(
            label, "", missing=_("“%(words)s” leaves it open") % {"words": told.get("q", "")}
        )
    return Line(label, value, _read_from(told)) if value else Line(label, missing=_("not stated"))


def _with(label: str, candidate: Candidate, rows: list[Any], *, ask: bool = False) -> Line:
    unknown = candidate.fields.get("unknown", []) if not rows or ask else []
    missing = ""
    if unknown:
        missing = _("not in the register: %(names)s") % {"names": ", ".join(unknown[:4])}
    elif not rows:
        missing = _("not settled by the text")
    return Line(label, records=tuple(rows), missing=missing)


def _agreement(candidate: Candidate, values: dict[str, Any]) -> list[Line]:
    fields = candidate.fields
    lines = [
        Line(pgettext("newsroom", "Title"), values["title_ko"] or values["title_en"]),
        Line(_("Our side"), records=tuple(values["ours"])),
        _with(_("Their side"), candidate, values["theirs"]),
        _day(_("Signed on"), fields.get("signed", {}), values["signed"]),
    ]
    if values["parent"]:
        lines.append(Line(_("Grown out of"), records=(values["parent"],)))
    if signatories := fields.get("signatories"):
        lines.append(
            Line(
                _("Signed by"),
                ", ".join(one["q"] for one in signatories),
                lang=candidate.article.language,
            )
        )
    lines.append(_standing(candidate))
    return lines


def _standing(candidate: Candidate) -> Line:
    told = _("the article's word: “%(words)s”") % {"words": candidate.quote}
    return Line(pgettext("newsroom", "Standing"), words.status(candidate.status), told)


def _body(candidate: Candidate, values: dict[str, Any]) -> list[Line]:
    under = (values["agreement"],) if values["agreement"] else ()
    missing = "" if under else _("accept the agreement first, or choose one by editing")
    cadence = pgettext("cadence", "every %(n)d months") % {"n": values["cadence_months"]}
    return [
        Line(_("Name"), values["name_ko"] or values["name_en"]),
        Line(pgettext("newsroom", "Under"), records=under, missing=missing),
        Line(_("Meets"), cadence, _read_from(candidate.fields.get("cadence", {}))),
        _standing(candidate),
    ]


def _engagement(candidate: Candidate, values: dict[str, Any]) -> list[Line]:
    fields = candidate.fields
    lines = [
        Line(pgettext("newsroom", "Title"), values["title_ko"] or values["title_en"]),
        _with(_("With"), candidate, values["theirs"]),
        _day(_("When"), fields.get("when", {}), values["when"]),
    ]
    if values["body"]:
        lines.insert(1, Line(_("As a session of"), records=(values["body"],)))
    if place := fields.get("place", {}).get("q"):
        lines.append(Line(_("Where"), place, lang=candidate.article.language))
    if count := fields.get("headcount", {}).get("q"):
        lines.append(Line(_("How many"), count, lang=candidate.article.language))
    lines.append(_standing(candidate))
    return lines


def _commitment(candidate: Candidate, values: dict[str, Any]) -> list[Line]:
    side = values["side"]
    under = [values[name] for name in ("body", "agreement", "engagement") if values[name]]
    lines = [
        Line(_("Promise"), values["words"], lang=candidate.article.language),
        Line(
            _("Whose"),
            Side(side).label if side else "",
            missing="" if side else _("the text does not say"),
        ),
        _day(_("Due"), candidate.fields.get("due", {}), values["due"]),
    ]
    if values["organisation"]:
        lines.append(Line(_("Partner"), records=(values["organisation"],)))
    if under:
        lines.append(Line(pgettext("newsroom", "Under"), records=tuple(under[:1])))
    lines.append(Line(pgettext("newsroom", "Standing"), words.status(candidate.status)))
    return lines


def _person(candidate: Candidate, values: dict[str, Any]) -> list[Line]:
    name = " ".join(filter(None, (values["name_ko"], values["name_en"])))
    lines = [
        Line(_("Name"), name),
        Line(_("Office"), values["title"], lang=candidate.article.language),
    ]
    if values["organisation"]:
        lines.append(Line(_("At"), records=(values["organisation"],)))
    elif told := candidate.fields.get("org", {}).get("q"):
        lines.append(Line(_("At"), told, lang=candidate.article.language))
    return lines


# Grades of what a trade result says; only evidence lifts a figure further.
_GRADES = {"consult_amt": "g1", "consult_n": "g1", "contract_amt": "g2", "contract_n": "g2"}


def _result(candidate: Candidate, values: dict[str, Any]) -> list[Line]:
    event = values.get("event")
    lines = [
        Line(
            pgettext("newsroom", "Event in the register"),
            "" if not event or page_of(event) else str(event),
            note=", ".join(values.get("reasons", ())),
            records=(event,) if event and page_of(event) else (),
            missing="" if event else _("choose it by editing"),
        )
    ]
    if values.get("edition"):
        lines.append(Line(_("Edition"), _("the one before it")))
    for name, label in words.figures().items():
        if told := candidate.fields.get(name):
            lines.append(
                Line(
                    label,
                    _figure(told),
                    grade=_GRADES.get(name, ""),
                    lang="" if name in _GRADES else candidate.article.language,
                )
            )
    return lines


def _figure(told: Any) -> str:
    if isinstance(told, list):
        return ", ".join(_figure(one) for one in told)
    value = str(told.get("value", ""))
    return words.amount(value) if value[:3] in money.CURRENCIES else str(told.get("q") or value)


def _support(candidate: Candidate, values: dict[str, Any]) -> list[Line]:
    named = words.terms()
    return [
        Line(label, _figure(candidate.fields[name]), lang=candidate.article.language)
        for name, label in named.items()
        if candidate.fields.get(name)
    ]


LINES: dict[str, Any] = {
    Kind.AGREEMENT: _agreement,
    Kind.BODY: _body,
    Kind.ENGAGEMENT: _engagement,
    Kind.COMMITMENT: _commitment,
    Kind.PERSON: _person,
    Kind.RESULT: _result,
    Kind.SUPPORT: _support,
}
