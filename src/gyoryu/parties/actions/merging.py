"""Two records found to be one: every tie moves to the one that stays, and can be moved back.

Which ties there are is found by introspection (parties.queries.ties), so a model that comes later
is moved too. What was done is written down row by row in ``Merge.moved``:

- ``ties``: rows of a model whose column pointed to the record that goes;
- ``aside``: rows that would stand twice after the move. Their own ties go to the row that stands
  already (its twin), then the row is kept here in full and removed from its table;
- ``fields``: empty fields of the kept record that were filled from the other;
- ``aliases``: names that the kept record was given;
- ``paths``: where regions lay.

The record that goes keeps its row, its names and its history, so that addresses stay true.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models import Model, Q

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.parties import rules
from gyoryu.parties.models import Alias, Merge, Organisation, Person, Region
from gyoryu.parties.queries import ties

KINDS: dict[str, type[Model]] = {
    "region": Region, "organisation": Organisation, "person": Person,
}  # fmt: skip
# Facts the kept record takes over where it has none of its own.
FILLED = {
    "region": ("name_native",),
    "organisation": (
        "name_ko", "name_en", "name_native", "business_number", "size", "website", "region", "note",
    ),
    "person": ("name_ko", "name_en", "name_native", "note"),
}  # fmt: skip


@transaction.atomic
def merge(kept: Any, gone: Any, *, reason: str, by: User | None, at: datetime) -> Merge:
    """Make two records one: move every tie of ``gone`` to ``kept`` and keep its names as aliases.

    Raises Refused when they are not two standing records of one kind, without a reason, or when a
    tie cannot be moved.
    """
    for record in (kept, gone):
        check_may(by, "parties.merge", getattr(record, "unit", None))
    # Both rows anew and locked, so that two people merge them one after the other.
    kept, gone = (_locked(type(record), record.pk) for record in (kept, gone))
    reason = rules.tidied(Merge, {"reason": reason})["reason"]
    rules.check_merge(kept, gone, reason)
    kind = str(kept._meta.model_name)
    moved: dict[str, Any] = {"ties": [], "aside": [], "paths": _lift(kept, gone)}
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    moved["fields"] = _fill(kept, gone, FILLED[kind])
    for relation in ties.relations(type(kept)):
        if relation.policy == "move":
            _move(relation.model, relation.field, gone.pk, kept.pk, moved)
    _move_generic(kept, gone, moved)
    moved["paths"] += _replant(kept, gone)
    moved["aliases"] = _give_names(kept, gone)
    made = Merge.objects.create(
        unit=getattr(kept, "unit", None), kind=kind, kept=kept.pk, gone=gone.pk,
        kept_name=str(kept)[:200], gone_name=str(gone)[:200], reason=reason, moved=moved,
        by=by, at=at,
    )  # fmt: skip
    _tell("merged", kept, gone, by, at, reason)
    return made


@transaction.atomic
def undo_merge(merge: Merge, *, by: User | None, at: datetime) -> Merge:
    """Make one record two again, each with its own ties; ties made since stay with the kept one.

    What somebody has changed since is left as it is now and listed in ``merge.left``. Raises
    Refused when undoing would not be true: the kept record was merged on or voided, or what it
    took over is in use elsewhere.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    model = KINDS[merge.kind]
    kept, gone = _locked(model, merge.kept), _locked(model, merge.gone)
    for record in (kept, gone):
        check_may(by, "parties.merge", getattr(record, "unit", None))
    rules.check_undo(merge, kept, gone)
    left: list[list[Any]] = []
    Alias.objects.filter(pk__in=merge.moved["aliases"]).delete()
    _empty(kept, merge.moved["fields"], left)
    gone.merged_into = None
    try:
        with transaction.atomic():
            gone.save(update_fields=["merged_into"])
            _stand_up(merge.moved["aside"], left)
            for tie in merge.moved["ties"]:
                _move_back(tie, merge, left)
            _lay_back(merge.moved["paths"], left)
    except IntegrityError as clash:
        raise Refused(rules.SINCE_TAKEN) from clash
    merge.left, merge.undone_at, merge.undone_by = left, at, by
    merge.save(update_fields=["left", "undone_at", "undone_by"])
    _tell("parted", kept, gone, by, at, merge.reason)
    return merge


def _locked(model: type[Model], pk: int) -> Any:
    return model._default_manager.select_for_update().get(pk=pk)


def _tell(what: str, kept: Any, gone: Any, by: User | None, at: datetime, reason: str) -> None:
    """Write the one deed into both histories."""
    kind = kept._meta.model_name
    both = [
        history.Done(f"{kind}.{what}", kept, changes={"with": [None, gone]}, reason=reason),
        history.Done(f"{kind}.{what}_into", gone, changes={"into": [None, kept]}, reason=reason),
    ]
    history.record_many(both, by=by, at=at)


# ------------------------------------------------------------------------------ moving


def _move(model: type[Model], field: str, gone: int, kept: int, moved: dict[str, Any]) -> None:
    """Point the rows of one column from one record to another."""
    rows = model._default_manager.filter(**{field: gone})
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    if not pks:
        return
    if not _doubles_unseen(model, field, kept):
        try:
            with transaction.atomic():
                rows.update(**{field: kept})
            moved["ties"].append(_tie(model, field, pks))
            return
        except IntegrityError:
            pass  # some row stands already: go through them one by one
    _move_one_by_one(model, field, pks, kept, moved)


def _doubles_unseen(model: type[Model], field: str, kept: int) -> bool:
    """Tell whether rows could double without the database minding (``merge_once``)."""
    once = field in getattr(model, "merge_once", ())
    return once and model._default_manager.filter(**{field: kept}).exists()


def _move_one_by_one(
    model: type[Model], field: str, pks: list[int], kept: int, moved: dict[str, Any]
) -> None:
    gone_over = []
    for row in model._default_manager.filter(pk__in=pks).order_by("pk"):
        twin = _twin(row, field, kept)
        if twin is not None:
            _set_aside(row, twin, moved)
            continue
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=row.pk).update(**{field: kept})
        except IntegrityError as clash:
            raise Refused(
                rules.CANNOT_MOVE % {"what": model._meta.verbose_name, "name": row}
            ) from clash
        gone_over.append(row.pk)
    if gone_over:
        moved["ties"].append(_tie(model, field, gone_over))


def _tie(model: type[Model], field: str, pks: Iterable[Any], **more: Any) -> dict[str, Any]:
    return {"model": model._meta.label, "field": field, "rows": list(pks), **more}


def _identities(model: type[Model], field: str) -> list[tuple[tuple[str, ...], Q | None]]:
    """Return what makes a row of a model one of a kind, where this column is part of it."""
    meta = model._meta
    found: list[tuple[tuple[str, ...], Q | None]] = [
        (tuple(constraint.fields), constraint.condition)
        for constraint in meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and field in constraint.fields
    ]
    found += [(tuple(fields), None) for fields in meta.unique_together if field in fields]
    once = tuple(getattr(model, "merge_once", ()))
    if field in once:
        found.append((once, None))
    if getattr(meta.get_field(field), "unique", False):
        found.append(((field,), None))
    return found


def _twin(row: Model, field: str, kept: int) -> Model | None:
    """Return the row that stands already and that this one would double, were it moved."""
    for fields, condition in _identities(type(row), field):
        values = {name: getattr(row, _column(row, name)) for name in fields}
        others = (
            type(row)
            ._default_manager.filter(condition or Q(), **{**values, field: kept})
            .exclude(pk=row.pk)
        )
        applies = condition is None or type(row)._default_manager.filter(condition, pk=row.pk)
        if applies and (found := others.first()):
            return found
    return None


def _column(row: Model, name: str) -> str:
    return str(row._meta.get_field(name).attname)  # type: ignore[union-attr]


def _set_aside(row: Model, twin: Model, moved: dict[str, Any]) -> None:
    """Give a row's own ties to its twin, write the row down in full, and remove it."""
    children: dict[str, Any] = {"ties": [], "aside": moved["aside"]}
    for other in row._meta.get_fields(include_hidden=True):
        if other.auto_created and not other.concrete and (other.one_to_many or other.one_to_one):
            key: Any = other.field  # type: ignore[union-attr]
            _move(key.model, key.name, row.pk, twin.pk, children)
    _move_generic(twin, row, children)
    written = json.loads(serializers.serialize("json", [row]))[0]
    moved["aside"].append(
        {"row": written, "twin": twin.pk, "name": str(twin), "ties": children["ties"]}
    )
    row.delete()


def _move_generic(kept: Model, gone: Model, moved: dict[str, Any]) -> None:
    """Move what names the record by content type and number: documents, letters."""
    kind = ContentType.objects.get_for_model(kept)
    for one in ties.numbered():
        rows = one.model._default_manager.filter(**{one.kind: kind, one.number: gone.pk})
        going = []
        for row in rows.order_by("pk"):
            twin = _generic_twin(row, one.number, kept.pk)
            if twin is not None:
                _set_aside(row, twin, moved)
            else:
                going.append(row.pk)
        if going:
            one.model._default_manager.filter(pk__in=going).update(**{one.number: kept.pk})
            moved["ties"].append(_tie(one.model, one.number, going, of=kept._meta.label))


def _generic_twin(row: Model, number: str, kept: int) -> Model | None:
    return _twin(row, number, kept) if _identities(type(row), number) else None


def _fill(kept: Any, gone: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Take over what the kept record has no word about; return what was filled in."""
    filled = {}
    for name in fields:
        column = _column(kept, name)
        value = getattr(gone, column)
        if value and not getattr(kept, column):
            setattr(kept, column, value)
            filled[column] = value
    if filled:
        kept.save()
    return filled


def _lift(kept: Any, gone: Any) -> list[list[Any]]:
    """Take the kept record out from under the one that goes: it never stands under itself."""
    above, steps = getattr(kept, "parent", None), 0
    while above is not None and above.pk != gone.pk and steps < 50:
        above, steps = above.parent, steps + 1
    if above is None:
        return []
    before = kept.parent_id
    kept.parent_id = gone.parent_id
    kept.save(update_fields=["parent"])
    return [[kept._meta.label, kept.pk, "parent_id", before, kept.parent_id]]


def _replant(kept: Any, gone: Any) -> list[list[Any]]:
    """Write the new paths of the regions that lay under one that goes."""
    if not isinstance(kept, Region):
        return []
    changed = []
    for region in Region.objects.filter(path__startswith=gone.path).exclude(pk=gone.pk):
        before, region.path = region.path, kept.path + region.path[len(gone.path) :]
        region.save(update_fields=["path"])
        changed.append([region._meta.label, region.pk, "path", before, region.path])
    return changed


def _give_names(kept: Any, gone: Any) -> list[int]:
    """Give the kept record every name of the other, so that it is found by them."""
    field = str(kept._meta.model_name)
    known = set(kept.aliases.values_list("name", "key"))
    rows = [
        Alias(name=name, key=key, given=True, **{field: kept})
        for name, key in dict.fromkeys(gone.aliases.values_list("name", "key"))
        if (name, key) not in known
    ]
    return [row.pk for row in Alias.objects.bulk_create(rows)]


# ------------------------------------------------------------------------------ moving back


def _empty(kept: Any, filled: dict[str, Any], left: list[list[Any]]) -> None:
    """Take out again what was filled in, unless somebody has written something else since."""
    for column, value in filled.items():
        if getattr(kept, column) == value:
            setattr(kept, column, None if column.endswith("_id") else "")
        else:
            left.append([kept._meta.label, kept.pk, column])
    if not (getattr(kept, "name_ko", "") or getattr(kept, "name_en", "")):
        raise Refused(rules.NAMELESS_AFTER)
    if filled:
        kept.save()


def _stand_up(aside: list[dict[str, Any]], left: list[list[Any]]) -> None:
    """Put the rows that were set aside back, the last first, with the ties they had."""
    for kept_aside in reversed(aside):
        written = kept_aside["row"]
        model = apps.get_model(written["model"])
        if not _parents_stand(model, written["fields"]):
            left.append([model._meta.label, written["pk"], ""])
            continue
        for back in serializers.deserialize("json", json.dumps([written])):
            back.save()
        for tie in kept_aside["ties"]:
            _point(tie, kept_aside["twin"], written["pk"], left)


def _parents_stand(model: type[Model], fields: dict[str, Any]) -> bool:
    """Tell whether everything a row pointed to is still there."""
    for field in model._meta.concrete_fields:
        value = fields.get(field.name)
        if field.is_relation and value is not None:
            if not field.related_model._default_manager.filter(pk=value).exists():  # type: ignore[union-attr]
                return False
    return True


def _move_back(tie: dict[str, Any], merge: Merge, left: list[list[Any]]) -> None:
    _point(tie, merge.kept, merge.gone, left)


def _point(tie: dict[str, Any], now: int, before: int, left: list[list[Any]]) -> None:
    """Point the rows of a tie back that still point to where the merge pointed them."""
    model = apps.get_model(tie["model"])
    rows = model._default_manager.filter(pk__in=tie["rows"], **{tie["field"]: now})
    there = set(rows.values_list("pk", flat=True))
    model._default_manager.filter(pk__in=there).update(**{tie["field"]: before})
    left += [[tie["model"], pk, tie["field"]] for pk in tie["rows"] if pk not in there]


def _lay_back(paths: list[list[Any]], left: list[list[Any]]) -> None:
    """Put parents and paths back where nobody has changed them since."""
    for label, pk, column, before, after in reversed(paths):
        model = apps.get_model(label)
        rows = model._default_manager.filter(pk=pk, **{column: after})
        if not rows.update(**{column: before}):
            left.append([label, pk, column])
