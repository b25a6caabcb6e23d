"""The parts of a call by their names in addresses: which rows they are."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.programmes.models import (
    Call,
    CostCategory,
    Criterion,
    EligibilityRule,
    RequiredDocument,
    Track,
)

MODELS: dict[str, Any] = {
    "tracks": Track,
    "categories": CostCategory,
    "criteria": Criterion,
    "papers": RequiredDocument,
    "rules": EligibilityRule,
}
# What one of them is called, where it is added and changed.
ONE = {
    "tracks": _("Track"),
    "categories": _("Category of cost"),
    "criteria": _("Criterion"),
    "papers": _("Required paper"),
    "rules": _("Condition"),
}


def of(call: Call, part: str) -> QuerySet[Any]:
    """Return the rows of a part of a call in their order."""
    rows: QuerySet[Any] = MODELS[part]._default_manager.filter(call=call)
    return rows.order_by("order", "pk")
