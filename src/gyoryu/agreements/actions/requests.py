"""What is done to requests: asked in a letter or a meeting, answered, taken back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Engagement, Request
from gyoryu.agreements.rules import engagements as rules
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.parties.models import Organisation


def ask(
    engagement: Engagement, values: dict[str, Any], *, by: User | None, at: datetime
) -> Request:
    """Note what one side asked of the other; ``values`` are its fields by name.

    ``due`` (a Period) stands for the three fields of the day an answer is expected by.
    """
    return ask_each(engagement, [values.get("organisation")], values, by=by, at=at)[0]


@transaction.atomic
def ask_each(
    engagement: Engagement,
    organisations: Iterable[Organisation | None],
    values: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
) -> list[Request]:
    """Note one request to each of several organisations, so that each is answered by itself."""
    check_may(by, "agreements.change", engagement.unit)
    fields = _with_due(values)
    rows = [
        Request(**{**fields, "engagement": engagement, "organisation": organisation})
        for organisation in organisations
    ]
    for row in rows:
        rules.check_request(row)
    made = Request.objects.bulk_create(rows)
    history.record_many(
        [
            history.Done(
                "request.asked", engagement, changes={"request": [None, f"{_of(row)}: {row}"]}
            )
            for row in made
        ],
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def answer(request: Request, *, on: date, answer: str, by: User | None, at: datetime) -> Request:
    """Note the answer to a request and the day it came."""
    check_may(by, "agreements.change", request.engagement.unit)
    rules.check_answer(request, on=on, answer=answer, today=day_of(at))
    changes = history.changes(request, {"answered_on": on, "answer": answer})
    request.save(update_fields=["answered_on", "answer"])
    told = {"request": [None, f"{_of(request)}: {request}"], **changes}
    history.record("request.answered", request.engagement, by=by, at=at, changes=told)
    return request


@transaction.atomic
def reopen(request: Request, *, reason: str, by: User | None, at: datetime) -> Request:
    """Take an answer back that was noted by mistake; the history keeps it."""
    check_may(by, "agreements.change", request.engagement.unit)
    rules.check_can_reopen(request, reason=reason)
    changes = history.changes(request, {"answered_on": None, "answer": ""})
    request.save(update_fields=["answered_on", "answer"])
    told = {"request": [None, f"{_of(request)}: {request}"], **changes}
    history.record(
        "request.reopened", request.engagement, by=by, at=at, changes=told, reason=reason
    )
    return request


def _with_due(values: dict[str, Any]) -> dict[str, Any]:
    fields = {name: value for name, value in values.items() if name != "due"}
    if due := values.get("due"):
        fields |= {
            "answer_first": due.first,
            "answer_due": due.last,
            "answer_precision": due.precision.value,
        }
    return fields


def _of(request: Request) -> str:
    return str(request.organisation or request.person)
