"""The calls that applications on paper answer: who has applied, and what their conditions say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.imports.queries.lookups import same_title
from gyoryu.programmes import eligibility, questions
from gyoryu.programmes.eligibility import Found, Outcome
from gyoryu.programmes.models import Application, Call
from gyoryu.programmes.queries.eligibility import Asked, facts_of, region_names, rules_of
from gyoryu.programmes.rules.reasons import reason

Status = Application.Status
# Keys of records are the database's whole numbers.
LONGEST_KEY = 18


def open_to(by: User | None) -> QuerySet[Call]:
    """Return the announced calls whose applications somebody may enter, the newest first."""
    rows = Call.objects.filter(state=Call.State.PUBLISHED, voided_at=None)
    if by is not None:
        rows = visible(visible(rows, by, "programmes.applicants"), by, "programmes.change")
    return rows.order_by("-closes_at", "-pk")


def chosen(key: Any, by: User | None) -> Call | None:
    """Return the call that was chosen, if somebody may enter its applications."""
    text = str(key or "")
    if not text.isdecimal() or len(text) > LONGEST_KEY:
        return None
    rows = open_to(by).filter(pk=int(text)).select_related("unit", "programme")
    return rows.prefetch_related("tracks", "papers").first()


def applied(call: Call) -> dict[Any, Application]:
    """Return who stands in a call: by business number, and those on paper by name and moment."""
    rows = Application.objects.filter(call=call, voided_at=None).exclude(status=Status.WITHDRAWN)
    found: dict[Any, Application] = {}
    for row in rows.select_related("unit", "track"):
        if row.business_number:
            found[row.business_number] = row
        elif row.applicant_id is None:
            found[same_title(row.name), row.submitted_at] = row
    return found


def named(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Return parts of a call under their names, folded."""
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for text in {same_title(row.name_ko), same_title(row.name_en)} - {""}:
            found[text].append(row)
    return dict(found)


def papers(call: Call) -> dict[str, Any]:
    """Return the papers a call asks for, and the codes of its questions for a file, by name."""
    found: dict[str, Any] = {}
    for one in questions.load(call.questions):
        if one.kind == "file":
            for text in {same_title(one.label.ko), same_title(one.label.en)} - {""}:
                found[text] = one.code
    return found | {text: rows[0] for text, rows in named(call.papers.all()).items()}


def said(
    call: Call, asked: Iterable[tuple[int, int | None, Mapping[str, Any]]], on: date
) -> dict[int, list[Found]]:
    """Return what each condition says of each row: its number, its organisation, its answers."""
    whom = [Asked(*one) for one in asked]
    rules = rules_of(call)
    if not rules:
        return {one.key: [] for one in whom}
    facts = facts_of(call, whom, on=on)
    return {one.key: eligibility.evaluate(rules, facts[one.key]) for one in whom}


def in_words(
    call: Call, found: Iterable[Found], regions: Mapping[int, str], language: str
) -> list[str]:
    """Return why conditions are not met, or not known, in the language that is active."""
    asked = {one.code: one for one in questions.load(call.questions)}
    return [
        reason(one, regions, asked, language) for one in found if one.outcome is not Outcome.MET
    ]


def regions_of(call: Call) -> dict[int, str]:
    """Return the names of the regions that a call's conditions speak of, as they are read now."""
    return region_names(rules_of(call))
