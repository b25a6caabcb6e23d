"""To which records a document may be tied, and how such a record's unit is reached."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from gyoryu.accounts.models import Unit

# Apps whose records are no evidence-bearing part of the register.
APART = {"accounts", "history", "outbox", "evidence", "insight"}
# One register for all units: who may read it reads all of it.
OPEN_APPS = {"parties"}
STEPS = 2


@cache
def unit_path(model: type[Model]) -> str:
    """Return how a record's unit is reached ("unit", "agreement__unit"), or "" when it has none."""
    if not model.__module__.startswith("gyoryu.") or model._meta.app_label in APART:
        return ""
    return _path(model, STEPS)


def _path(model: type[Model], steps: int) -> str:
    links = [
        field
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and not field.null and field.related_model is not model
    ]
    if any(field.name == "unit" and field.related_model is Unit for field in links):
        return "unit"
    if not steps:
        return ""
    for field in links:
        target: Any = field.related_model
        if found := _path(target, steps - 1):
            return f"{field.name}__{found}"
    return ""


def model_named(name: str) -> type[Model] | None:
    """Return the model of "agreements.agreement" when documents may be tied to it."""
    app, _, model_name = name.partition(".")
    try:
        model = apps.get_model(app, model_name)
    except (LookupError, ValueError):
        return None
    return model if unit_path(model) else None  # type: ignore[arg-type]


def capability(model: type[Model]) -> str:
    """Return the capability that lets somebody see records of this kind.

    A model that not every reader of its app may see names it: ``guarded_by``.
    """
    return apart(model) or f"{model._meta.app_label}.view"


def apart(model: type[Model]) -> str:
    """Return the capability without which records of this kind and their documents are not seen."""
    return str(getattr(model, "guarded_by", ""))


def unit_of(record: Model) -> Unit:
    """Return the unit that answers for a record."""
    found: object = record
    for step in unit_path(type(record)).split("__"):
        found = getattr(found, step)
    assert isinstance(found, Unit)
    return found
