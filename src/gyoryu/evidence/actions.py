"""How documents come to be held, tied to records, and voided."""

from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.evidence import rules
from gyoryu.evidence.models import Document, Tie
from gyoryu.history import actions as history


@transaction.atomic
def hold(
    record: Model,
    *,
    kind: str,
    title: str,
    by: User | None,
    at: datetime,
    file: UploadedFile | None = None,
    link: str = "",
    dated: date | None = None,
    unit: Unit | None = None,
) -> Document:
    """Hold a file or a link as evidence and tie it to a record; the file's real type is checked."""
    owner: Any = unit or record.unit  # type: ignore[attr-defined]
    check_may(by, "evidence.add", owner)
    document = Document(
        unit=owner, kind=kind, title=title, dated=dated, link=link, added_by=by, added_at=at
    )
    if file is not None:
        seen = rules.check_file(file)
        document.original_name, document.content_type = seen.name, seen.content_type
        document.size, document.sha256 = seen.size, seen.sha256
        document.file.save(f"{seen.sha256}.{seen.suffix}", file, save=False)
    document.save()
    history.record("evidence.held", document, by=by, at=at)
    tie(document, record, by=by, at=at)
    return document


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
