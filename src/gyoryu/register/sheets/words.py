"""The words of the register in both languages.

They are frozen into each publication: a file of an old month is written in the words of its day,
so a better translation tomorrow does not change a byte of it.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.agreements.models import Agreement, Status
from gyoryu.agreements.models.agreements import Side
from gyoryu.base import periods
from gyoryu.base.periods import Period, Precision
from gyoryu.register.models import Ground, Level

LANGUAGES = ("ko", "en")
Words = dict[str, dict[str, str]]


def vocabulary() -> dict[str, Words]:
    """Return the register's words as they are today, in both languages."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _said()
    return found


def _said() -> Words:
    return {
        "columns": _columns(),
        "kind": _choices(Agreement.Kind),
        "status": _choices(Status),
        "publication": _choices(Level),
        "ground": _choices(Ground),
        "method": _choices(Agreement.Method),
        "renewal": _choices(Agreement.Renewal),
        "side": _choices(Side),
        "change": changes(),
        "texts": {
            "register": _("Register of agreements"),
            "every_month": _("every %(n)s months"),
            "not_published": _("Not published"),
        },
    }


def _choices(of: Any) -> dict[str, str]:
    return {str(value): str(label) for value, label in of.choices}


def changes() -> dict[str, str]:
    """Name what can have happened to a row since the month before."""
    return {
        "added": _("Newly listed"),
        "status": _("Status changed"),
        "ended": _("Ended"),
        "corrected": _("Corrected"),
        "withdrawn": _("No longer published"),
    }


def _columns() -> dict[str, str]:
    return {
        "key": _("Number"),
        "publication": _("Publication"),
        "ground": _("Ground"),
        "title": _("Title of the agreement"),
        "title_ko": _("Title in Korean"),
        "title_en": _("Title in English"),
        "kind": _("Kind"),
        "status": _("Status"),
        "since": _("Status since"),
        "reason": _("Reason"),
        "renewed": _("Renewed"),
        "signed": _("Signed"),
        "signed_first": _("Signed, first day"),
        "signed_last": _("Signed, last day"),
        "place": _("Signed at"),
        "method": _("How it was signed"),
        "partner_region": _("Partner region"),
        "country": _("Partner country"),
        "ours": _("Our parties"),
        "partners": _("Partners"),
        "parties": _("Parties"),
        "signatories": _("Signatories"),
        "areas": _("Areas"),
        "term": _("Term"),
        "term_months": _("Term in months"),
        "renewal": _("At the end of the term"),
        "ends_on": _("Ends on"),
        "parent": _("Grown from"),
        "replaced_by": _("Replaced by"),
        "bodies": _("Consultative bodies"),
        "course": _("Course"),
        "documents": _("Documents"),
        "unit": _("Responsible department"),
    }


def tell(name: str, value: Any, words: Words, language: str) -> str:
    """Say a field of a row in words; nothing for what is not there."""
    if value is None or value == "":
        return ""
    if name in words and isinstance(value, str):
        return words[name].get(value, value)
    special = SPECIAL.get(name)
    if special:
        return special(value, words, language)
    if isinstance(value, dict):
        return str(value.get(language, ""))
    if isinstance(value, list):
        return ", ".join(tell("", one, words, language) for one in value)
    return str(value)


def _title(value: Any, words: Words, language: str) -> str:
    return str(value[language] or value["ko"] or value["en"])


def _signed(value: Any, words: Words, language: str) -> str:
    first, last = (periods.parse(value[end]).first for end in ("first", "last"))
    period = Period(first, last, Precision(value["precision"]))
    return periods.in_words(period, language, weekday=False)


def _region(value: Any, words: Words, language: str) -> str:
    country, own = str(value["country"][language]), str(value[language])
    return own if own == country else f"{country} {own}"


def _party(value: Any, words: Words, language: str) -> str:
    signed = ", ".join(
        " ".join(filter(None, (one["title"][language], (one["name"] or {}).get(language))))
        for one in value["signatories"]
    )
    return f"{value['name'][language]} ({signed})" if signed else str(value["name"][language])


def _parties(value: Any, words: Words, language: str) -> str:
    return ", ".join(_party(one, words, language) for one in value)


def _term(value: Any, words: Words, language: str) -> str:
    said = [str(value["months"] or ""), words["renewal"].get(value["renewal"], "")]
    return " · ".join(filter(None, (*said, value["ends_on"])))


def _bodies(value: Any, words: Words, language: str) -> str:
    every = words["texts"]["every_month"]
    return ", ".join(
        f"{one['name'][language]} ({every % {'n': one['cadence_months']}})" for one in value
    )


def _course(value: Any, words: Words, language: str) -> str:
    return "; ".join(
        f"{one['on']} {words['status'].get(one['status'], one['status'])}: {one['reason']}"
        for one in value
    )


def _documents(value: Any, words: Words, language: str) -> str:
    return ", ".join(str(one["title"]) for one in value)


SPECIAL = {
    "title": _title,
    "signed": _signed,
    "place": _region,
    "partner_region": _region,
    "parties": _parties,
    "term": _term,
    "bodies": _bodies,
    "course": _course,
    "documents": _documents,
}
