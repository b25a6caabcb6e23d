"""What is held about a record, and which documents a person may see."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import units_under
from gyoryu.evidence.models import Document, Tie
from gyoryu.evidence.rules import ties


def of_record(record: Model) -> QuerySet[Document]:
    """Return the documents tied to a record, newest first; voided ones are left out."""
    model = ContentType.objects.get_for_model(record)
    return Document.objects.filter(
        ties__model=model, ties__record=record.pk, voided_at=None
    ).order_by(F("dated").desc(nulls_last=True), "-pk")


def has_evidence(record: Model) -> bool:
    """Tell whether any document that still stands is tied to a record."""
    return of_record(record).exists()


def same_file(record: Model, sha256: str) -> Document | None:
    """Return the document with this very content that is tied to the record already."""
    return of_record(record).filter(sha256=sha256).first()


def seen_records(model: type[Model], user: User) -> QuerySet[Any]:
    """Return the records of a kind that a user may see: of their units, shared, or open to all."""
    rows, path = model._default_manager.all(), ties.unit_path(model)
    capability = ties.capability(model)
    if not user.access.may(capability):
        return rows.none()
    if model._meta.app_label in ties.OPEN_APPS:
        return rows
    units = units_under(user.access, capability).values("pk")
    seen = Q(**{f"{path}__in": units})
    if owner := sharing(model, path):
        through = owner[1].shared_with.through  # type: ignore[attr-defined]
        own = f"{owner[1]._meta.model_name}_id"
        shared = through.objects.filter(unit__in=units).values(own)
        seen |= Q(**{f"{owner[0]}__in": shared})
    return rows.filter(seen)


def sharing(model: type[Model], path: str) -> tuple[str, type[Model]] | None:
    """Return where on the way to the unit stands a record that can be shared, and its kind."""
    if hasattr(model, "shared_with"):
        return "pk", model
    first, _, rest = path.partition("__")
    target = model._meta.get_field(first).related_model if rest else None
    if isinstance(target, type) and hasattr(target, "shared_with"):
        return first, target
    return None


def seen(user: User) -> QuerySet[Document]:
    """Return the documents a user may see: of their units, or tied to a record they may see."""
    own = Q(unit__in=units_under(user.access, "evidence.view").values("pk"))
    for model in _tied_models():
        # Only what is shared or open to all can be seen beyond one's own units.
        if model._meta.app_label in ties.OPEN_APPS or sharing(model, ties.unit_path(model)):
            kind = ContentType.objects.get_for_model(model)
            records = seen_records(model, user).values("pk")
            tied = Tie.objects.filter(model=kind, record__in=records).values("document")
            own |= Q(pk__in=tied)
    if not user.access.may("evidence.view"):
        return Document.objects.none()
    rows = Document.objects.filter(own, _not_apart(user))
    return rows.select_related("unit", "added_by")


def _not_apart(user: User) -> Q:
    """Leave out what is seen only with a capability of its own that the user has not there."""
    seen = Q(seen_with="")
    for capability in sorted({ties.apart(model) for model in apps.get_models()} - {""}):
        if user.access.may(capability):
            units = units_under(user.access, capability).values("pk")
            seen |= Q(seen_with=capability, unit__in=units)
    return seen


def _tied_models() -> list[type[Model]]:
    """Return the kinds of records that documents are tied to in this deployment."""
    kinds = Tie.objects.order_by().values_list("model", flat=True).distinct()
    models = [ContentType.objects.get_for_id(pk).model_class() for pk in kinds]
    return [model for model in models if model and ties.unit_path(model)]


def tied_records(document: Document, user: User) -> list[Model]:
    """Return the records a document is tied to, as far as the user may see them."""
    wanted: dict[int, list[int]] = {}
    for kind, record in document.ties.order_by("pk").values_list("model", "record"):
        wanted.setdefault(kind, []).append(record)
    found: list[Model] = []
    for kind, records in wanted.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model and ties.unit_path(model):
            found += seen_records(model, user).filter(pk__in=records)
    return found


def resting(document: Document) -> list[object]:
    """Return the records that need evidence and would have none without this document."""
    alone: list[object] = []
    for tie in document.ties.select_related("model"):
        model = tie.model.model_class()
        record = model._default_manager.filter(pk=tie.record).first() if model else None
        needs = getattr(record, "needs_evidence", None)
        if record is not None and needs is not None and needs():
            if not of_record(record).exclude(pk=document.pk).exists():
                alone.append(record)
    return alone


def owner_for(record: Model, user: User) -> Unit:
    """Return the unit that a user's document about a record belongs to.

    It is the record's own; only in a register that all units share it is the user's.
    """
    unit = ties.unit_of(record)
    if user.access.may("evidence.add", unit.path):
        return unit
    if type(record)._meta.app_label in ties.OPEN_APPS:
        return units_under(user.access, "evidence.add").order_by("path").first() or unit
    return unit


def held_files() -> QuerySet[Document, str]:
    """Return the storage names of all files that documents hold."""
    return Document.objects.exclude(file="").values_list("file", flat=True).distinct()
