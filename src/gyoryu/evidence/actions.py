"""How documents come to be held, tied to records, and voided."""

from datetime import date, datetime
from typing import IO, Any

from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.evidence import queries
from gyoryu.evidence.models import Document, Tie
from gyoryu.evidence.rules import documents, files, ties
from gyoryu.history import actions as history


@transaction.atomic
def hold(  # noqa: PLR0913 (a document is said in one breath)
    record: Model,
    *,
    kind: str,
    title: str,
    by: User | None,
    at: datetime,
    file: "UploadedFile[Any] | None" = None,
    link: str = "",
    dated: date | None = None,
    unit: Unit | None = None,
    handed_in: bool = False,
) -> Document:
    """Hold a file or a link as evidence and tie it to a record; the file's real type is checked.

    The same file on the same record again is answered with the document that is there. What is
    ``handed_in`` comes from somebody outside: the calling action has asked whether they may.
    """
    owner = unit or ties.unit_of(record)
    if not handed_in:
        check_may(by, "evidence.add", owner)
    documents.check_one_of_two(has_file=file is not None, link=link)
    documents.check_dated(dated, at)
    document = Document(
        unit=owner, kind=kind, title=title, dated=dated, link=link, added_by=by, added_at=at,
        seen_with=ties.apart(type(record)),
    )  # fmt: skip
    if file is None:
        documents.check_link(link)
    else:
        seen = files.check_file(file)
        if there := queries.same_file(record, seen.sha256):
            return there
        _describe(document, seen, file)
    document.save()
    history.record("evidence.held", document, by=by, at=at)
    tie(document, record, by=by, at=at)
    return document


def _describe(document: Document, seen: files.Seen, file: "UploadedFile[Any]") -> None:
    document.original_name, document.content_type = seen.name, seen.content_type
    document.size, document.sha256 = seen.size, seen.sha256
    document.file.name = _put(seen, file)


def _put(seen: files.Seen, file: "UploadedFile[Any]") -> str:
    """Store a file under its own hash; the same content is stored once.

    When the transaction fails afterwards the file stays behind until ``sweep`` takes it away.
    """
    name = f"{seen.sha256[:2]}/{seen.sha256}.{seen.suffix}"
    if default_storage.exists(name):
        if Document.objects.filter(file=name).exists():
            return name
        # Left behind by a failed transaction, and perhaps about to be swept: written anew.
        default_storage.delete(name)
    return default_storage.save(name, file)


def tie(document: Document, record: Model, *, by: User | None, at: datetime) -> Tie:
    """Tie a document to one more record."""
    model = ContentType.objects.get_for_model(record)
    made, new = Tie.objects.get_or_create(document=document, model=model, record=record.pk)
    if new:
        history.record(
            "evidence.tied",
            record,
            by=by,
            at=at,
            unit=document.unit,
            changes={"document": [None, document]},
        )
    return made


@transaction.atomic
def loosen(
    document: Document, record: Model, *, reason: str, by: User | None, at: datetime
) -> None:
    """Take a document off a record that it was tied to by mistake; the document itself stays."""
    check_may(by, "evidence.add", document.unit)
    model = ContentType.objects.get_for_model(record)
    gone, _rows = Tie.objects.filter(document=document, model=model, record=record.pk).delete()
    if gone:
        history.record(
            "evidence.loosened",
            record,
            by=by,
            at=at,
            unit=document.unit,
            changes={"document": [document, None]},
            reason=reason,
        )


@transaction.atomic
def void(document: Document, *, reason: str, by: User | None, at: datetime) -> Document:
    """Declare a document void; it stays, with the reason, and counts as evidence no more."""
    check_may(by, "evidence.add", document.unit)
    document = Document.objects.select_for_update().get(pk=document.pk)
    documents.check_can_void(document, rests=queries.resting(document))
    document.voided_at, document.voided_reason = at, reason
    document.save(update_fields=["voided_at", "voided_reason"])
    history.record("evidence.voided", document, by=by, at=at, reason=reason)
    return document


@transaction.atomic
def take_back(document: Document, *, by: User | None, at: datetime) -> Document:
    """Void a document that whoever handed it in takes back; the calling action has asked who."""
    document.voided_at, document.voided_reason = at, gettext("Taken back by who handed it in")
    document.save(update_fields=["voided_at", "voided_reason"])
    history.record("evidence.voided", document, by=by, at=at, reason=document.voided_reason)
    return document


def put_back(name: str, file: IO[bytes], *, by: User | None) -> bool:
    """Store a backed-up file under its own name unless it is there; tell whether it was not.

    A document's name is the hash of what is in it, so one that is there is the same.
    """
    if default_storage.exists(name):
        return False
    default_storage.save(name, File(file))
    return True


def sweep(*, by: User | None, before: datetime) -> list[str]:
    """Delete files that no document holds and that were stored before a time; return their names.

    Younger ones are left alone: the transaction that holds them may not have committed yet.
    """
    held, swept = set(queries.held_files()), []
    folders, _ = default_storage.listdir("") if default_storage.exists("") else ([], [])
    # Documents lie in folders named by two letters of their hash; others are other desks'.
    for folder in sorted(folder for folder in folders if len(folder) == 2):
        for name in default_storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path not in held and default_storage.get_modified_time(path) < before:
                default_storage.delete(path)
                swept.append(path)
    return swept
