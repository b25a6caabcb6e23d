"""How judged rows become records, by the actions of the apps that own them, and back again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey

from gyoryu.accounts.models import User
from gyoryu.agreements.actions import batches as agreements
from gyoryu.imports.queries.batches import MODELS, records
from gyoryu.imports.sheets.judging import Judged, Unknown, World
from gyoryu.parties.actions import batches as parties
from gyoryu.parties.models import Organisation, Person
from gyoryu.programmes.actions import batches as applications
from gyoryu.trade.actions import batches as participants
from gyoryu.trade.actions import centres, sales
from gyoryu.trade.actions import deal_batches as deals
from gyoryu.trade.actions import talk_batches as talks
from gyoryu.trade.actions import wish_batches as wishes
from gyoryu.trade.models import Participant

ENTER: dict[str, Any] = {
    "agreements": agreements.enter_agreements,
    "engagements": agreements.enter_engagements,
    "commitments": agreements.enter_commitments,
    "organisations": parties.enter_organisations,
    "consultations": talks.enter_consultations,
    "deals": deals.enter_deals,
    "sales": sales.enter_sales,
    "costs": centres.enter_costs,
    "buyers": participants.enter_participants,
    "exhibitors": participants.enter_participants,
    "applications": applications.enter_applications,
    "wishes": wishes.enter_wishes,
}
CHANGE: dict[str, Any] = {
    "agreements": agreements.change_agreements,
    "engagements": agreements.change_engagements,
    "commitments": agreements.change_commitments,
    "consultations": talks.change_consultations,
    "deals": deals.change_deals,
    "costs": centres.change_costs,
    "buyers": participants.change_participants,
    "exhibitors": participants.change_participants,
    "wishes": wishes.change_wishes,
}


def _participants_back(verb: str, changes: Any, **said: Any) -> None:
    participants.change_participants(changes, **said)


def _participants_void(verb: str, rows: Any, **said: Any) -> None:
    participants.void_participants(rows, **said)


def _applications_void(verb: str, rows: Any, **said: Any) -> None:
    applications.void_applications(rows, **said)


PUT_BACK: dict[str, Any] = {
    "organisations": parties.change_many,
    "people": parties.change_many,
    "costs": centres.put_costs_back,
    "consultations": talks.put_back,
    "deals": deals.put_back,
    "buyers": _participants_back,
    "exhibitors": _participants_back,
    "wishes": wishes.put_back,
}
VOID: dict[str, Any] = {
    "organisations": parties.void_many,
    "people": parties.void_many,
    "consultations": talks.void_many,
    "deals": deals.void_many,
    "sales": sales.void_sales,
    "costs": centres.void_costs,
    "buyers": _participants_void,
    "exhibitors": _participants_void,
    "applications": _applications_void,
    "wishes": wishes.take_out,
}
# Rows written between two tellings: many, because each part asks again for what stands around it.
TOGETHER = 2_500
VERBS = {
    "agreements": "agreement",
    "engagements": "engagement",
    "commitments": "commitment",
    "organisations": "organisation",
    "people": "person",
    "consultations": "consultation",
    "deals": "deal",
    "sales": "sale",
    "costs": "cost",
    "buyers": "participant",
    "exhibitors": "participant",
    "applications": "application",
    "wishes": "participant",
}


@dataclass
class Saved:
    """What was made and changed, by the row of the file; ``also`` what was made on the way."""

    records: dict[int, int] = field(default_factory=dict)
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    made: dict[int, dict[str, int]] = field(default_factory=dict)
    also: dict[str, list[int]] = field(default_factory=dict)


def save(
    kind: str,
    rows: Iterable[Judged],
    world: World,
    wrote: Callable[[int], None] = lambda done: None,
    *,
    by: User | None,
    at: datetime,
) -> Saved:
    """Write the new rows and the changed ones; called inside the import's transaction.

    ``wrote`` is called with how many are written.
    """
    wrote(0)
    good = [one for one in rows if one.outcome in {"new", "changed"}]
    saved = Saved()
    partners = _partners(good, world, by, at)
    if partners:
        saved.also["parties.organisation"] = [one.pk for one in partners.values()]
        for one in good:
            _put_known(one, partners)
    new = [one for one in good if one.outcome == "new"]
    changed = [one for one in good if one.outcome == "changed"]
    if kind == "people":
        _save_people(new, changed, world, saved, by=by, at=at)
        return saved
    if kind == "consultations":
        _put_buyers(new, world, saved, by=by, at=at)
    for first in range(0, len(new), TOGETHER):
        part = new[first : first + TOGETHER]
        made = ENTER[kind](world.unit, [one.values for one in part], by=by, at=at)
        saved.records |= {one.row.number: row.pk for one, row in zip(part, made, strict=True)}
        wrote(first + len(part))
    _change(kind, changed, world, saved, by=by, at=at)
    return saved


def _partners(
    rows: list[Judged], world: World, by: User | None, at: datetime
) -> dict[str, Organisation]:
    """Add the organisations that the rows name and the register does not know, each once."""
    wanted: dict[str, tuple[Unknown, int]] = {}
    for one in rows:
        for unknown in _unknown(one):
            first = wanted.setdefault(unknown.key, (unknown, one.row.number))
            if first[0].region_id is None and unknown.region_id is not None:
                wanted[unknown.key] = (unknown, first[1])
    made = parties.enter_organisations(
        world.unit,
        [_organisation(one, row, world) for one, row in wanted.values()],
        by=by,
        at=at,
    )
    return dict(zip(wanted, made, strict=True))


def _organisation(unknown: Unknown, row: int, world: World) -> dict[str, Any]:
    name = "name_en" if unknown.name.isascii() else "name_ko"
    return {
        name: unknown.name,
        "kind": world.options.get("partner_kind") or Organisation.Kind.GOVERNMENT.value,
        "region_id": unknown.region_id,
        "business_number": unknown.business_number,
        "source_note": f"{world.source[:200]} · {row}",
    }


def _unknown(one: Judged) -> list[Unknown]:
    sides = [org for org, _side in one.values.get("parties") or []]
    return [org for org in [*sides, one.values.get("organisation")] if isinstance(org, Unknown)]


def _put_known(one: Judged, partners: dict[str, Organisation]) -> None:
    def known(org: Any) -> Any:
        return partners[org.key] if isinstance(org, Unknown) else org

    if "parties" in one.values:
        one.values["parties"] = [(known(org), side) for org, side in one.values["parties"]]
    if "organisation" in one.values:
        one.values["organisation"] = known(one.values["organisation"])


def _put_buyers(
    new: list[Judged], world: World, saved: Saved, *, by: User | None, at: datetime
) -> None:
    """Name the buyer of each row as who takes part; who does not yet is entered, once each."""
    if not new:
        return
    there = world.found["there"]["buyer"]
    wanted = [one.values["organisation"] for one in new]
    missing = [one for one in wanted if one.pk not in there]
    made = talks.enter_buyers(world.options["event_row"], missing, by=by, at=at)
    if made:
        saved.also["trade.participant"] = [one.pk for one in made.values()]
    for row in new:
        organisation = row.values.pop("organisation")
        row.values["buyer"] = there.get(organisation.pk) or made[organisation.pk]


def _change(
    kind: str, rows: list[Judged], world: World, saved: Saved, *, by: User | None, at: datetime
) -> None:
    changes = [(one.record, one.put) for one in rows]
    if not changes:
        return
    if kind in CHANGE:
        before = CHANGE[kind](changes, by=by, at=at, reason=world.source[:200])
    else:
        verb = f"{VERBS[kind]}.changed"
        before = parties.change_many(verb, changes, by=by, at=at, reason=world.source[:200])
    for one, held in zip(rows, before, strict=True):
        saved.records[one.row.number] = one.record.pk
        saved.before[one.row.number] = _kept(MODELS[kind], held)


def _save_people(
    new: list[Judged],
    changed: list[Judged],
    world: World,
    saved: Saved,
    *,
    by: User | None,
    at: datetime,
) -> None:
    own = [
        {n: v for n, v in one.values.items() if n not in {"organisation", "position"}}
        for one in new
    ]
    made = parties.enter_people(world.unit, own, by=by, at=at)
    who: list[tuple[Judged, Person]] = list(zip(new, made, strict=True))
    saved.records |= {one.row.number: row.pk for one, row in who}
    who += [(one, one.record) for one in changed]
    posts = [(one, person) for one, person in who if _position(one)]
    held = parties.enter_positions(
        [(person, one.values["organisation"], _position(one) or {}) for one, person in posts],
        by=by,
        at=at,
    )
    for (one, _person), row in zip(posts, held, strict=True):
        saved.made[one.row.number] = {"parties.position": row.pk}
    for one in changed:
        one.put.pop("position", None)
        saved.records[one.row.number] = one.record.pk
    _change("people", [one for one in changed if one.put], world, saved, by=by, at=at)


def _position(one: Judged) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (one.put if one.record else one.values).get("position")
    return found


def _kept(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Write values so that a column of JSON keeps them."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        if isinstance(column, ForeignKey):
            found[name] = value.pk if value is not None else None
        else:
            found[name] = value if value is None or isinstance(value, list) else str(value)
    return found


def _read_back(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Read values that ``_kept`` wrote."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        column = model._meta.get_field(name)
        if isinstance(column, ForeignKey):
            target: Any = column.related_model
            found[name] = target.objects.get(pk=value) if value is not None else None
        else:
            found[name] = column.to_python(value)
    return found


def take_back(batch: Any, reason: str, *, by: User | None, at: datetime) -> None:
    """Void what a batch made and restore what it changed; called inside the undo's transaction."""
    kind, model = batch.kind, MODELS[batch.kind]
    lines = list(batch.lines.filter(record__isnull=False))
    held = records(model, [line.record for line in lines])
    positions = [line.made["parties.position"] for line in lines
                 if line.outcome == "changed" and "parties.position" in line.made]  # fmt: skip
    parties.drop_positions(positions, reason=reason, by=by, at=at)
    changes = [
        (held[line.record], _read_back(model, line.before))
        for line in lines
        if line.outcome == "changed" and line.before
    ]
    if changes:
        put = PUT_BACK.get(kind, agreements.put_back)
        put(f"{VERBS[kind]}.changed", changes, reason=reason, by=by, at=at)
    new = [held[line.record] for line in lines if line.outcome == "new"]
    void = VOID.get(kind, agreements.void_many)
    void(f"{VERBS[kind]}.voided", new, reason=reason, by=by, at=at)
    came = list(records(Participant, batch.also.get("trade.participant", [])).values())
    talks.void_many("participant.voided", came, reason=reason, by=by, at=at)
    partners = list(records(Organisation, batch.also.get("parties.organisation", [])).values())
    parties.void_many("organisation.voided", partners, reason=reason, by=by, at=at)
