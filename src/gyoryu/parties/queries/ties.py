"""What is tied to a record, found by looking at the whole project's models.

Nobody keeps a list: every foreign key to a region, organisation or person is found by
introspection, and the model that has it says in its ``merges`` what a merge does with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext_lazy as _

# It names records by content type and number too, and is never changed.
UNCHANGED = "history.Entry"
WORDS = {
    "agreements.agreement": _("Agreements"),
    "agreements.party": _("Parties to agreements"),
    "agreements.signatory": _("Signatures"),
    "agreements.body": _("Consultative bodies"),
    "agreements.engagement": _("Engagements"),
    "agreements.delegation": _("Delegations"),
    "agreements.participant": _("Participations"),
    "agreements.stop": _("Stops of itineraries"),
    "agreements.request": _("Requests"),
    "agreements.commitment": _("Commitments"),
    "evidence.tie": _("Documents"),
    "newsroom.candidate": _("Facts read from articles"),
    "outbox.letter": _("Letters"),
    "parties.contact": _("Contact details"),
    "parties.exports": _("Exports by year"),
    "parties.organisation": _("Organisations"),
    "parties.position": _("Positions"),
    "parties.product": _("Products"),
    "parties.region": _("Regions"),
}


@dataclass(frozen=True)
class Relation:
    """A column of a model that points to records of one kind, and what a merge does with it."""

    model: type[Model]
    field: str
    policy: str

    @property
    def label(self) -> str:
        """The model's label as it is stored, such as agreements.party."""
        return self.model._meta.label_lower

    @property
    def words(self) -> Any:
        """What its rows are called on a screen."""
        return WORDS.get(self.label, self.model._meta.verbose_name_plural)


def relations(model: type[Model]) -> list[Relation]:
    """Return every foreign key to a model, many-to-many tables included.

    Raises LookupError when a model has not said what a merge does with its key.
    """
    found = []
    for other in model._meta.get_fields(include_hidden=True):
        if not (
            other.auto_created and not other.concrete and (other.one_to_many or other.one_to_one)
        ):
            continue
        key: Any = other.field  # type: ignore[union-attr]
        owner = key.model
        policy = _policy(owner, key)
        if policy not in {"move", "stay"}:
            raise LookupError(f"{owner._meta.label}.merges does not say what to do with {key.name}")
        found.append(Relation(owner, key.name, policy))
    return sorted(found, key=lambda one: (one.label, one.field))


def _policy(owner: Any, key: "ForeignKey[Any, Any]") -> str:
    made_for = owner._meta.auto_created
    if not made_for:
        return str(getattr(owner, "merges", {}).get(key.name, ""))
    # The table of a many-to-many field: the field's own model says it, for both of its columns.
    for field in made_for._meta.many_to_many:
        if field.remote_field.through is owner:
            return str(getattr(made_for, "merges", {}).get(field.name, ""))
    return ""


@dataclass(frozen=True)
class Numbered:
    """Two columns that name a record together: the one of its kind, the one of its number."""

    model: type[Model]
    kind: str
    number: str


def numbered() -> list[Numbered]:
    """Return the columns that name a record by content type and number, the history's aside.

    They are called ``model`` and ``record``, or ``made_model`` and ``made`` and the like.
    """
    return [
        one
        for model in apps.get_models()
        if model._meta.label != UNCHANGED
        for one in _numbered(model)
    ]


def _numbered(model: type[Model]) -> Iterator[Numbered]:
    fields = {field.name: field for field in model._meta.concrete_fields}
    for name, field in fields.items():
        number = "record" if name == "model" else name.removesuffix("_model")
        if field.related_model is ContentType and number != name and number in fields:
            yield Numbered(model, name, number)


def tied(record: Model) -> list[tuple[Any, int]]:
    """Count what a merge would move from a record, by kind: words and number; none is left out."""
    counts: dict[str, tuple[Any, int]] = {}
    for label, words, count in _counted(record):
        if count:
            counts[label] = (words, counts.get(label, (words, 0))[1] + count)
    return list(counts.values())


def _counted(record: Model) -> Iterator[tuple[str, Any, int]]:
    for relation in relations(type(record)):
        if relation.policy == "move":
            rows = relation.model._default_manager.filter(**{relation.field: record})
            yield relation.label, relation.words, rows.count()
    kind = ContentType.objects.get_for_model(record)
    for one in numbered():
        label = one.model._meta.label_lower
        rows = one.model._default_manager.filter(**{one.kind: kind, one.number: record.pk})
        yield label, WORDS.get(label, one.model._meta.verbose_name_plural), rows.count()
