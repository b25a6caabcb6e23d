"""Imports as they stand: who sees which, their tables, what was changed or used since."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CASCADE, Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import units_under, visible
from gyoryu.agreements.models import Agreement, Commitment, Engagement
from gyoryu.history.models import Entry
from gyoryu.imports import tables
from gyoryu.imports.models import Batch, Line
from gyoryu.parties.models import Organisation, Person
from gyoryu.parties.queries.batches import parted
from gyoryu.programmes.models import Application
from gyoryu.trade.models import Consultation, Deal, Event, Participant, RunningCost, Sale, Wish
from gyoryu.web import records as pages

MODELS: dict[str, Any] = {
    "agreements": Agreement,
    "organisations": Organisation,
    "people": Person,
    "engagements": Engagement,
    "commitments": Commitment,
    "consultations": Consultation,
    "deals": Deal,
    "sales": Sale,
    "costs": RunningCost,
    "buyers": Participant,
    "exhibitors": Participant,
    "applications": Application,
    "wishes": Wish,
}
UNIT = ("unit",)
# What is no record of its own has its unit from another.
BESIDE: dict[Any, tuple[str, ...]] = {
    Wish: ("by__event__unit", "by__organisation", "to__organisation"),
}
# What the system itself writes on records at night is nobody's change.
NOT_A_CHANGE = ["duty.planned", "duty.dated"]
SHOWN_OBSTACLES = 200


def seen_by(user: User) -> QuerySet[Batch]:
    """Return the imports of departments that a user looks after."""
    units = units_under(user.access, "imports.view")
    return Batch.objects.filter(unit__in=units).select_related("unit", "by", "saved_by")


def same_file(sha256: str, user: User) -> Batch | None:
    """Return an earlier import of the same file that still stands."""
    stands = [Batch.Status.SAVED, Batch.Status.SAVING, Batch.Status.CHECKED, Batch.Status.TAKEN]
    return seen_by(user).filter(sha256=sha256, status__in=stands).order_by("-pk").first()


def taken_before(batch: Batch) -> Batch | None:
    """Return an import of the same file that the government has saved, or is saving."""
    stands = [Batch.Status.SAVED, Batch.Status.SAVING]
    rows = Batch.objects.filter(kind=batch.kind, sha256=batch.sha256, status__in=stands)
    own = rows.filter(unit__path__startswith=f"/{batch.unit.root_id}/")
    return own.exclude(pk=batch.pk).order_by("-pk").first()


def wrong_texts(batch: Batch, field: str, most: int) -> list[str]:
    """Return the texts of a field that were refused, each once, up to ``most`` of them."""
    found: dict[str, None] = {}
    rows = lines(batch, Line.Outcome.WRONG).values_list("errors", "cells")
    for errors, cells in rows.iterator(chunk_size=1000):
        if cells.get(field) and any(name == field for name, _words in errors):
            found[cells[field]] = None
            if len(found) == most:
                break
    return list(found)


def content_of(batch: Batch) -> bytes:
    """Return the file as it came."""
    if batch.document is None:
        return b""
    with batch.document.file.open("rb") as held:
        content: bytes = held.read()
    return content


def book_of(batch: Batch, sheet: str | None = None) -> tables.Book:
    """Read the file's sheet; raises tables.Fault."""
    chosen = batch.sheet if sheet is None else sheet
    return tables.read(content_of(batch), batch.name, encoding=batch.encoding, sheet=chosen)


def table_of(batch: Batch) -> tables.Table:
    """Read the table under the chosen header; raises tables.Fault."""
    header = tables.Header(batch.header_row, batch.header_lines)
    return tables.table(book_of(batch).sheet, header)


def lines(batch: Batch, outcome: str = "") -> QuerySet[Line]:
    """Return the rows of a batch, or those that came to one outcome."""
    rows = Line.objects.filter(batch=batch).order_by("row")
    return rows.filter(outcome=outcome) if outcome else rows


def page_of(batch: Batch, line: Line) -> str:
    """Return the address of the record that a row is about or has become, if there is one."""
    if line.record is None or batch.status == Batch.Status.UNDONE:
        return ""
    if batch.kind == Batch.Kind.WISHES:
        # A wish has no page of its own: those of its event stand together.
        return reverse("wishes", args=[batch.options["event"]])
    return pages.page_of(MODELS[batch.kind](pk=line.record))


def event_for(pk: int, by: User | None) -> Event | None:
    """Return the event that a list is of, if somebody may write its consultations."""
    rows = Event.objects.filter(pk=pk, voided_at=None).select_related("unit")
    if by is not None:
        rows = visible(rows, by, "trade.change")
    return rows.first()


def records(model: type[Model], pks: list[int]) -> dict[int, Any]:
    """Return records by their keys, with their units."""
    found: dict[int, Any] = {}
    for some in parted(pks):
        rows = model._default_manager.filter(pk__in=some).select_related(*BESIDE.get(model, UNIT))
        found |= {row.pk: row for row in rows}
    return found


def obstacles(batch: Batch) -> list[tuple[int, str]]:
    """Return the rows whose records were changed or used since they were saved, with the words."""
    model = MODELS[batch.kind]
    touched = batch.lines.filter(outcome__in=["new", "changed"], record__isnull=False)
    rows: dict[int, tuple[int, str]] = {
        pk or 0: (row, name) for row, pk, name in touched.values_list("row", "record", "name")
    }
    new = [pk or 0 for pk in touched.filter(outcome="new").values_list("record", flat=True)]
    besides = {model._meta.label_lower: set(new), **{k: set(v) for k, v in batch.also.items()}}
    for made in touched.exclude(made={}).values_list("made", flat=True):
        for label, pk in made.items():
            besides.setdefault(label, set()).add(pk)
    found = list(_said_again(rows, batch) if model is Wish else _changed(model, rows, batch))
    found += _used(model, new, rows, besides)
    partners = batch.also.get("parties.organisation", [])
    named = {one.pk: (0, str(one)) for one in records(Organisation, partners).values()}
    found += _changed(Organisation, named, batch)
    found += _used(Organisation, partners, named, besides)
    entered = batch.also.get("trade.participant", [])
    came = {one.pk: (0, str(one)) for one in records(Participant, entered).values()}
    found += _used(Participant, entered, came, besides)
    return sorted(found)[:SHOWN_OBSTACLES]


def _changed(
    model: type[Model], rows: dict[int, tuple[int, str]], batch: Batch
) -> Iterator[tuple[int, str]]:
    kind = ContentType.objects.get_for_model(model)
    seen = set()
    for some in parted(rows):
        entries = Entry.objects.filter(model=kind, record__in=some, pk__gt=batch.last_entry or 0)
        for pk in entries.exclude(verb__in=NOT_A_CHANGE).values_list("record", flat=True):
            if pk not in seen:
                seen.add(pk)
                yield _told(rows[pk], _("“%(name)s” was changed since."))


def _said_again(rows: dict[int, tuple[int, str]], batch: Batch) -> Iterator[tuple[int, str]]:
    """Yield the wishes that were changed or taken back since: a wish has no history of its own."""
    if batch.saved_at is None:
        return
    for some in parted(rows):
        same = Wish.objects.filter(pk__in=some, at=batch.saved_at).values_list("pk", flat=True)
        for pk in sorted(set(some) - set(same)):
            yield _told(rows[pk], _("“%(name)s” was changed since."))


def _used(
    model: type[Model],
    pks: list[int],
    rows: dict[int, tuple[int, str]],
    besides: dict[str, set[int]],
) -> Iterator[tuple[int, str]]:
    for other, field in _uses(model):
        for some in parted(pks):
            found = other._default_manager.filter(**{f"{field}__in": some})
            owner = _owner(other, field)
            if owner:
                found = found.filter(**{f"{owner}__voided_at": None})
            names = ("pk", field, owner) if owner and owner != "self" else ("pk", field)
            for pk, target, *whose in _standing(other, found).values_list(*names):
                if pk in besides.get(other._meta.label_lower, set()):
                    continue
                if whose and whose[0] in besides.get(_label(other, owner), set()):
                    continue
                words = _("“%(name)s” is in use since: %(what)s.")
                yield _told(rows[target], words, what=str(other._meta.verbose_name))


def _standing(other: Any, found: Any) -> Any:
    has = any(field.name == "voided_at" for field in other._meta.concrete_fields)
    return found.filter(voided_at=None) if has else found


def _label(other: Any, owner: str) -> str:
    label: str = other._meta.get_field(owner).related_model._meta.label_lower
    return label


def _uses(model: type[Model]) -> Iterator[tuple[Any, str]]:
    """Yield who points to records of a kind: what is no part of them."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.one_to_many):
            continue
        key: Any = relation.field  # type: ignore[union-attr]
        through = key.model._meta.auto_created
        part = key.remote_field.on_delete is CASCADE and (not through or through is model)
        # A batch's own table of rows, the history and documents are asked for elsewhere.
        if not part and key.model._meta.app_label not in {"imports", "history"}:
            yield key.model, key.name


def _owner(other: Any, besides: str) -> str:
    """Return the field by which a row belongs to a record that can be voided, if it has one."""
    for field in other._meta.concrete_fields:
        target: Any = field.related_model
        if field.name != besides and target is not None and not field.null:
            if any(own.name == "voided_at" for own in target._meta.concrete_fields):
                return str(field.name)
    return ""


def _told(row: tuple[int, str], words: str, **more: str) -> tuple[int, str]:
    number, name = row
    said = words % {"name": name, **more}
    return number, _("Row %(row)d: %(words)s") % {"row": number, "words": said} if number else said
