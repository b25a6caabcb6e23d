"""How far agreements are published: the policy for a kind, and the rule of one agreement."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.models import Agreement
from gyoryu.agreements.rules.agreements import check_stands
from gyoryu.evidence import queries as evidence
from gyoryu.evidence.models import Document
from gyoryu.history import actions as history
from gyoryu.register import rules
from gyoryu.register.models import Default, Rule


@transaction.atomic
def set_rule(
    agreement: Agreement,
    level: str,
    *,
    ground: str = "",
    documents: Iterable[Document] = (),
    reason: str,
    by: User | None,
    at: datetime,
) -> Agreement:
    """Say how far one agreement is published; an empty ``level`` gives it back to the policy.

    The next publication follows it; what is published already stays until it is corrected.
    """
    check_may(by, "register.rules", agreement.unit)
    check_stands(agreement)
    rules.check_reason(reason)
    chosen = _own(agreement, documents) if level else []
    rules.check_rule(level, ground, [one.title for one in chosen])
    before = Rule.objects.filter(agreement=agreement).first()
    told = _told(before, level, ground, chosen)
    if not told:
        return agreement
    if level:
        rule, _new = Rule.objects.update_or_create(
            agreement=agreement, defaults={"level": level, "ground": ground}
        )
        rule.documents.set(chosen)
    elif before:
        before.documents.clear()
        before.delete()
    history.record(
        "register.rule_changed", agreement, by=by, at=at, changes=told, reason=reason.strip()
    )
    return agreement


def _own(agreement: Agreement, documents: Iterable[Document]) -> list[Document]:
    """Keep the documents that are held about this very agreement."""
    asked = [one.pk for one in documents]
    return list(evidence.of_record(agreement).filter(pk__in=asked).exclude(file=""))


def _told(
    before: Rule | None, level: str, ground: str, chosen: list[Document]
) -> dict[str, list[Any]]:
    shown = [_titles(before.documents.all()) if before else "", _titles(chosen)]
    pairs = {
        "publication": [before.level if before else "", level],
        "ground": [before.ground if before else "", ground],
        "public_documents": shown,
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _titles(documents: Iterable[Document]) -> str:
    return ", ".join(sorted(f"{one.title} #{one.pk}" for one in documents))


@transaction.atomic
def set_default(
    government: Unit,
    kind: str,
    level: str,
    *,
    ground: str = "",
    reason: str,
    by: User | None,
    at: datetime,
) -> Default:
    """Say how far a government publishes its agreements of a kind."""
    rules.check_may_for(by, "register.policy", government)
    rules.check_reason(reason)
    rules.check_shown(level, ground)
    row = Default.objects.filter(unit=government, kind=kind).first()
    row = row or Default(unit=government, kind=kind)
    before = (row.level, row.ground)
    row.level, row.ground = level, ground
    row.save()
    told = {"publication": [before[0], level], "ground": [before[1], ground]}
    changed = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    if changed:
        history.record(
            "register.policy_changed", row, by=by, at=at, changes=changed, reason=reason.strip()
        )
    return row
