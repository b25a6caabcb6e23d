"""What the desk sees of a call's applications: findings in words, and who stands where."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from gyoryu.accounts.models import User
from gyoryu.programmes import eligibility, questions
from gyoryu.programmes.models import (
    Application,
    Call,
    EligibilityRule,
    Finding,
    PaperHeld,
    RequiredDocument,
)
from gyoryu.programmes.queries import applications
from gyoryu.programmes.queries.eligibility import region_names, rules_of
from gyoryu.programmes.rules.calls import local
from gyoryu.programmes.rules.reasons import asks, reason

Status = Application.Status
COLUMNS = (
    Status.SUBMITTED, Status.RETURNED, Status.ELIGIBLE, Status.INELIGIBLE, Status.IN_REVIEW,
    Status.INTERVIEW, Status.SELECTED, Status.RESERVE, Status.REJECTED,
)  # fmt: skip
SHOWN = 20


@dataclass(frozen=True)
class Condition:
    """A condition of a call, and what was found of one application if it was examined."""

    rule: EligibilityRule
    asks: str
    finding: Finding | None
    said: str


@dataclass(frozen=True)
class Column:
    """A column of the board: a status, how many stand there, and the first of them."""

    status: str
    label: str
    count: int
    rows: list[Application]


def to_select(call: Call) -> QuerySet[Application]:
    """Return the eligible applications of a call, in the order they came in."""
    return call.applications.filter(voided_at=None, status=Status.ELIGIBLE).order_by(
        "submitted_at", "pk"
    )


def unscreened(call: Call) -> QuerySet[Application]:
    """Return the applications of a call about whose conditions nobody has decided."""
    return call.applications.filter(voided_at=None, status__in=[Status.SUBMITTED, Status.RETURNED])


def conditions(application: Application) -> list[Condition]:
    """Return the conditions of an application's call with what was found, in the reader's words."""
    language = (get_language() or "ko")[:2]
    call = application.call
    rules = rules_of(call)
    rows = {row.pk: row for row in call.rules.all()}
    found = {row.rule_id: row for row in application.findings.select_related("decided_by")}
    regions = region_names(rules)
    asked = {one.code: one for one in questions.load(call.questions)}
    year = local(call.opens_at).year
    return [
        Condition(
            rows[rule.key],
            asks(rule, year, regions, asked, language),
            found.get(rule.key),
            _said(rule, found.get(rule.key), regions, asked, language),
        )
        for rule in rules
    ]


def _said(
    rule: eligibility.Rule, finding: Finding | None, regions: Any, asked: Any, language: str
) -> str:
    if finding is None or not finding.code:
        return ""
    outcome = eligibility.Outcome(finding.outcome)
    values = {name: _value(value) for name, value in finding.values.items()}
    told = eligibility.Found(rule.key, rule.kind, outcome, finding.code, values)
    return reason(told, regions, asked, language)


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return Decimal(value["decimal"]) if "decimal" in value else date.fromisoformat(value["day"])
    return value


def papers_asked(call: Call) -> dict[str, tuple[str, RequiredDocument | str]]:
    """Return what may come on paper, by a key: its words, and the paper or the question's code."""
    language = (get_language() or "ko")[:2]
    found: dict[str, tuple[str, RequiredDocument | str]] = {
        str(paper.pk): (str(paper), paper) for paper in call.papers.all()
    }
    for one in questions.load(call.questions):
        if one.kind == "file":
            found[f"q.{one.code}"] = (one.label.told(language), one.code)
    return found


def papers_held(application: Application) -> list[str]:
    """Return the names of what lies in the office on paper."""
    language = (get_language() or "ko")[:2]
    rows = PaperHeld.objects.filter(application=application).select_related("paper")
    asked = {one.code: one for one in questions.load(application.call.questions)}
    return [
        asked[row.question].label.told(language) if row.question in asked else str(row)
        for row in rows
    ]


def board(call: Call, user: User) -> list[Column]:
    """Return a call's applications by where they stand, the first twenty of each."""
    counts = applications.by_status(call, user)
    place = Window(RowNumber(), partition_by=F("status"), order_by=[F("rank"), F("pk")])
    rows = applications.of_call(call, user).filter(status__in=COLUMNS).annotate(place=place)
    held: dict[str, list[Application]] = {status: [] for status in COLUMNS}
    for row in rows.filter(place__lte=SHOWN).select_related("track").order_by("status", "place"):
        held[row.status].append(row)
    return [
        Column(status, str(Status(status).label), counts.get(status, 0), held[status])
        for status in COLUMNS
    ]


def listed(user: User, call: Call | None = None) -> QuerySet[Application]:
    """Return the applications of a list, with what a line shows of them."""
    rows = applications.of_call(call, user) if call else applications.seen_by(user)
    return rows.select_related("call", "track", "unit")
