"""What is done to sources: added, changed, paused; and the rule for accepting in bulk."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.newsroom.models import Source, Trust
from gyoryu.newsroom.rules import candidates as candidate_rules
from gyoryu.newsroom.rules import sources as rules


@transaction.atomic
def add_source(unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime) -> Source:
    """Add a source; ``values`` are its fields by name. It is visited at the next round."""
    check_may(by, "newsroom.sources", unit)
    rules.check_source(values)
    rules.check_new(values.get("address", ""), Source.objects.filter(unit=unit))
    visited = values["kind"] != Source.Kind.UPLOAD
    made = Source.objects.create(unit=unit, next_visit_at=at if visited else None, **values)
    history.record("source.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_source(
    source: Source, values: dict[str, Any], *, by: User | None, at: datetime
) -> Source:
    """Change a source; a new address forgets what the old one answered last."""
    check_may(by, "newsroom.sources", source.unit)
    rules.check_source(values, itself=source)
    others = Source.objects.filter(unit=source.unit).exclude(pk=source.pk)
    rules.check_new(values.get("address", source.address), others)
    changes = history.changes(source, values)
    if not changes:
        return source
    if "address" in changes:
        source.etag, source.modified, source.failures = "", "", 0
        source.next_visit_at = at
    source.save()
    history.record("source.changed", source, by=by, at=at, changes=changes)
    return source


@transaction.atomic
def pause(source: Source, *, reason: str, by: User | None, at: datetime) -> Source:
    """Visit a source no more until somebody resumes it."""
    check_may(by, "newsroom.sources", source.unit)
    rules.check_reason(reason)
    source.paused_at, source.paused_reason = at, reason.strip()
    source.save(update_fields=["paused_at", "paused_reason"])
    history.record("source.paused", source, by=by, at=at, reason=reason.strip())
    return source


@transaction.atomic
def resume(source: Source, *, by: User | None, at: datetime) -> Source:
    """Visit a paused source again, beginning with the next round."""
    check_may(by, "newsroom.sources", source.unit)
    source.paused_at, source.paused_reason = None, ""
    source.failures, source.next_visit_at = 0, at
    source.save(update_fields=["paused_at", "paused_reason", "failures", "next_visit_at"])
    history.record("source.resumed", source, by=by, at=at)
    return source


@transaction.atomic
def hand_in_source(unit: Unit, *, by: User | None, at: datetime) -> Source:
    """Return the unit's source for what people hand in, made when it is first needed."""
    check_may(by, "newsroom.review", unit)
    known = Source.objects.filter(unit=unit, kind=Source.Kind.UPLOAD, voided_at=None).first()
    if known:
        return known
    # Said in Korean: it is a record's name, and records are named in the office's language.
    made = Source.objects.create(unit=unit, kind=Source.Kind.UPLOAD, name="직접 넣은 자료")
    history.record("source.added", made, by=by, at=at)
    return made


@transaction.atomic
def set_trust(
    government: Unit, minimum: Decimal, kinds: list[str], *, by: User | None, at: datetime
) -> Trust:
    """Set how sure the reading must be, and of which kinds, for facts to be accepted in bulk."""
    check_may(by, "newsroom.trust", government)
    candidate_rules.check_trust(minimum, kinds)
    before = Trust.objects.filter(government=government).first()
    own = {"minimum": minimum, "kinds": kinds, "set_by": by, "set_at": at}
    made, _new = Trust.objects.update_or_create(government=government, defaults=own)
    told = {
        "minimum": [before and before.minimum, minimum],
        "kinds": [", ".join(before.kinds) if before else None, ", ".join(kinds)],
    }
    history.record("trust.set", made, by=by, at=at, unit=government, changes=told)
    return made
