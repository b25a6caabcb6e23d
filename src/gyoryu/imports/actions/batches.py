"""A file's way: taken in, its columns chosen, checked, saved whole or not at all, undone."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.evidence.rules import files
from gyoryu.history import actions as history
from gyoryu.history.inserting import insert_rows
from gyoryu.history.models import Entry
from gyoryu.imports import rules, tables
from gyoryu.imports.actions import saving
from gyoryu.imports.models import Batch, Line
from gyoryu.imports.queries import batches as queries
from gyoryu.imports.sheets import KINDS, Kind
from gyoryu.imports.sheets.columns import guess, is_known
from gyoryu.imports.sheets.judging import Judged, Row, World, judged
from gyoryu.parties.models import Organisation

Status = Batch.Status
Tell = Callable[[int], None]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave the looking for garbage out: the rows are needed to the end, and there are many.

    Looking them through again and again took a third of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
@transaction.atomic
def take(
    unit: Unit,
    kind: str,
    file: "UploadedFile[Any]",
    *,
    encoding: str = "",
    options: Mapping[str, Any] | None = None,
    by: User | None,
    at: datetime,
) -> Batch:
    """Take a file in: it is held as a document, read once, and its columns are guessed.

    ``options`` are those that say which columns there are, where they are known already.

    A file that cannot be read is refused with the cell, and nothing of it is kept.
    """
    check_may(by, "imports.make", unit)
    rules.check_size(file.size or 0)
    name, _suffix = files.kept_name(file.name or "")
    content = file.read()
    file.seek(0)
    try:
        sheet = KINDS[kind].of(options or {}, by)
        book, encoding = _book(sheet, content, name, encoding)
    except tables.Fault as fault:
        raise rules.refused(fault) from None
    header = tables.find_header(book.sheet, is_known(sheet.columns))
    batch = Batch(
        unit=unit, kind=kind, name=name, encoding=encoding, sheet=book.sheet.name, by=by, at=at
    )
    batch.header_row, batch.header_lines = header.row, header.lines
    batch.options = {"make": True, "owner": by.pk if by else None, **(options or {})}
    batch.columns = guessed(batch, book.sheet, by=by)
    batch.save()
    document = evidence.hold(
        batch, kind=Document.Kind.OTHER, title=name, file=file, by=by, at=at, unit=unit
    )
    batch.document, batch.sha256 = document, document.sha256
    if KINDS[kind].once:
        rules.check_first(queries.taken_before(batch), field="file")
    batch.save(update_fields=["document", "sha256"])
    history.record("import.taken", batch, by=by, at=at)
    return batch


def _book(kind: Kind, content: bytes, name: str, encoding: str) -> tuple[tables.Book, str]:
    """Read a file, and say in which encoding if one had to be tried: where no heading is known."""
    if encoding or not kind.written_in:
        return tables.read(content, name, encoding=encoding), encoding
    known, first, trouble = is_known(kind.columns), None, None
    for one in ("", *kind.written_in):
        try:
            book = tables.read(content, name, encoding=one)
        except tables.Fault as fault:
            if fault.code != "encoding":
                raise
            trouble = trouble or fault
            continue
        if any(known(text) for row in book.sheet.rows[: tables.LOOKED_AT] for text in row if text):
            return book, one
        first = first or (book, one)
    if first is None:
        raise trouble or tables.Fault("encoding")
    return first


def guessed(batch: Batch, sheet: tables.Sheet, *, by: User | None) -> dict[str, str]:
    """Return which field each column of a sheet seems to hold; nothing where it cannot be read."""
    try:
        table = tables.table(sheet, tables.Header(batch.header_row, batch.header_lines))
    except tables.Fault:
        return {}
    found = guess(
        table.headings,
        (row for _, row in table.rows),
        KINDS[batch.kind].of(batch.options, by).columns,
    )
    return {str(place): name for place, name in found.items()}


@transaction.atomic
def lay_out(
    batch: Batch,
    sheet: str,
    header: tables.Header | None,
    *,
    options: Mapping[str, Any] | None = None,
    by: User | None,
    at: datetime,
) -> Batch:
    """Choose the sheet and where its header stands; the columns are guessed anew.

    ``options`` are those that say which columns there are.
    """
    rules.check_may_make(batch, by)
    rules.check_can_choose(batch)
    batch.options = {**batch.options, **(options or {})}
    try:
        book = queries.book_of(batch, sheet)
        header = header or tables.find_header(
            book.sheet, is_known(KINDS[batch.kind].of(batch.options, by).columns)
        )
        batch.sheet = book.sheet.name
        batch.header_row, batch.header_lines = header.row, header.lines
        tables.table(book.sheet, header)
    except tables.Fault as fault:
        raise rules.refused(fault, field="header_row") from None
    batch.columns, batch.status = guessed(batch, book.sheet, by=by), Status.TAKEN
    batch.save(
        update_fields=["sheet", "header_row", "header_lines", "columns", "status", "options"]
    )
    return batch


@transaction.atomic
def choose(
    batch: Batch,
    columns: dict[str, str],
    options: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
) -> Batch:
    """Say what each column is, and what holds where a row says nothing; the check can begin."""
    rules.check_may_make(batch, by)
    rules.check_can_choose(batch)
    rules.check_mapping(columns)
    batch.columns = {place: name for place, name in columns.items() if name}
    batch.options, batch.status = options, Status.CHECKING
    batch.done_rows, batch.trouble = 0, ""
    batch.save(update_fields=["columns", "options", "status", "done_rows", "trouble"])
    return batch


@_uncollected()
def check(batch: Batch, *, by: User | None, at: datetime, tell: Tell = lambda done: None) -> Batch:
    """Look through every row; nothing of the register is written, only what each row comes to."""
    rules.check_may_make(batch, by)
    table = _table(batch)
    world = _world(batch, by, at)
    found = judged(KINDS[batch.kind].of(batch.options, by), _rows(batch, table), world, tell)
    with transaction.atomic():
        now = Batch.objects.select_for_update().get(pk=batch.pk)
        if now.status != Status.CHECKING:
            return now
        _write_lines(now, found, {})
        now.status, now.rows = Status.CHECKED, len(found)
        _count(now, found)
        now.save()
        history.record("import.checked", now, by=by, at=at, changes=_counts(now))
    return now


def _table(batch: Batch) -> tables.Table:
    try:
        return queries.table_of(batch)
    except tables.Fault as fault:
        raise rules.refused(fault, field="header_row") from None


def _rows(batch: Batch, table: tables.Table) -> list[Row]:
    places = [(int(place), name) for place, name in batch.columns.items()]
    return [
        Row(number, {name: cells[place] for place, name in places if cells[place]})
        for number, cells in table.rows
        if number not in table.repeated
    ]


def _world(batch: Batch, by: User | None, at: datetime) -> World:
    options = dict(batch.options)
    if ours := options.get("ours"):
        options["ours_row"] = Organisation.objects.filter(pk=ours, voided_at=None).first()
    if owner := options.get("owner"):
        options["owner_row"] = User.objects.filter(pk=owner).first()
    if event := options.get("event") or options.get("at_event"):
        options["event_row"] = queries.event_for(int(event), by)
    return World(batch.unit, by, at, batch.name, options)


def _count(batch: Batch, found: list[Judged]) -> None:
    for name, outcome in (("new", "new"), ("same", "same"), ("changed", "changed"),
                          ("wrong", "wrong")):  # fmt: skip
        setattr(batch, name, sum(one.outcome == outcome for one in found))


def _counts(batch: Batch) -> dict[str, Any]:
    return {name: [None, getattr(batch, name)] for name in ("new", "changed", "wrong")}


def _write_lines(batch: Batch, found: list[Judged], saved: dict[str, Any]) -> None:
    Line.objects.filter(batch=batch).delete()
    records, before, made = (saved.get(name, {}) for name in ("records", "before", "made"))
    insert_rows(
        Line,
        ["batch_id", "row", "outcome", "name", "cells", "errors", "notes", "changes", "record",
         "before", "made"],
        (
            (
                batch.pk,
                one.row.number,
                one.outcome,
                one.name,
                # What is in the register is not kept here a second time.
                {} if one.row.number in records else one.row.cells,
                one.errors,
                one.notes,
                one.changes,
                records.get(one.row.number, one.record.pk if one.record else None),
                before.get(one.row.number, {}),
                made.get(one.row.number, {}),
            )
            for one in found
        ),
    )  # fmt: skip


@transaction.atomic
def begin(
    batch: Batch, step: str, *, only_good: bool = False, by: User | None, at: datetime
) -> Batch:
    """Note that saving or undoing begins, after asking the rules; the work itself follows."""
    rules.check_may_make(batch, by)
    now = Batch.objects.select_for_update().select_related("unit").get(pk=batch.pk)
    if step == Status.SAVING:
        rules.check_can_save(now, only_good=only_good)
        rules.check_whole(whole=KINDS[now.kind].whole, only_good=only_good)
        if KINDS[now.kind].once:
            rules.check_first(queries.taken_before(now))
        now.options["only_good"] = only_good
    else:
        rules.check_can_undo(now)
        rules.check_untouched(queries.obstacles(now))
    now.status, now.trouble, now.done_rows = step, "", 0
    now.save(update_fields=["status", "trouble", "done_rows", "options"])
    return now


@_uncollected()
@transaction.atomic
def enter(
    batch: Batch,
    *,
    by: User | None,
    at: datetime,
    tell: Tell = lambda done: None,
    wrote: Tell = lambda done: None,
) -> Batch:
    """Save every good row of a batch, or none: all of it is one transaction.

    ``tell`` is called now and then with how many rows are judged, ``wrote`` with how many written.

    Rows are judged again in it, because others may have written since the preview. Doing it a
    second time, after a worker was killed, finds the batch saved and does nothing.
    """
    rules.check_may_make(batch, by)
    now = Batch.objects.select_for_update().select_related("unit").get(pk=batch.pk)
    if now.status == Status.SAVED:
        return now
    only_good = bool(now.options.get("only_good"))
    rules.check_can_save(now, only_good=only_good)
    world = _world(now, by, at)
    found = judged(KINDS[now.kind].of(now.options, by), _rows(now, _table(now)), world, tell)
    _count(now, found)
    rules.check_counts(now.wrong, now.new + now.changed, only_good=only_good)
    done = saving.save(now.kind, found, world, wrote, by=by, at=at)
    told = {"records": done.records, "before": done.before, "made": done.made}
    _write_lines(now, found, told)
    now.also, now.rows, now.trouble = done.also, len(found), ""
    now.status, now.saved_by, now.saved_at = Status.SAVED, by, at
    history.record("import.saved", now, by=by, at=at, changes=_counts(now))
    now.last_entry = Entry.objects.aggregate(last=Max("pk"))["last"]
    now.save()
    return now


@_uncollected()
@transaction.atomic
def undo(batch: Batch, *, by: User | None, at: datetime) -> Batch:
    """Take a saved batch back: void what it made, restore what it changed, all or nothing."""
    rules.check_may_make(batch, by)
    now = Batch.objects.select_for_update().select_related("unit").get(pk=batch.pk)
    if now.status == Status.UNDONE:
        return now
    rules.check_can_undo(now)
    rules.check_untouched(queries.obstacles(now))
    reason = _("The import of “%(file)s” was undone.") % {"file": now.name[:200]}
    saving.take_back(now, reason, by=by, at=at)
    now.status, now.undone_by, now.undone_at, now.trouble = Status.UNDONE, by, at, ""
    now.save(update_fields=["status", "undone_by", "undone_at", "trouble"])
    history.record("import.undone", now, by=by, at=at)
    return now


@transaction.atomic
def stop(batch: Batch, why: Refused, *, by: User | None, at: datetime) -> Batch:
    """Note why a step could not be finished; the batch stands where it stood before the step."""
    back = {
        Status.CHECKING: Status.TAKEN,
        Status.SAVING: Status.CHECKED,
        Status.UNDOING: Status.SAVED,
    }
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if now.status in back:
        now.status, now.trouble = back[Status(now.status)], str(why)[:500]
        now.save(update_fields=["status", "trouble"])
    return now


@transaction.atomic
def discard(batch: Batch, *, by: User | None, at: datetime) -> Batch:
    """Leave a file out that was not saved; its rows are forgotten, that it came is kept."""
    rules.check_may_make(batch, by)
    rules.check_can_discard(batch)
    batch.status = Status.DISCARDED
    batch.save(update_fields=["status"])
    batch.lines.all().delete()
    history.record("import.discarded", batch, by=by, at=at)
    return batch


def tell_progress(batch: int, done: int, *, by: User | None) -> None:
    """Note how many rows of the running step are done, for whoever watches."""
    Batch.objects.filter(pk=batch).update(done_rows=done)
