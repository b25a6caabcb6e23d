"""How the values of a form, a candidate or a file become the fields of a record."""

from collections.abc import Iterable
from typing import Any

from gyoryu.agreements.models.agreements import Side
from gyoryu.base import names
from gyoryu.base.periods import Period, Precision
from gyoryu.parties.models import Organisation

LINKS = {"areas", "parties", "shared_with"}
TIES = ("agreements", "areas")


def fields_of(values: dict[str, Any]) -> dict[str, Any]:
    """Return a model's own fields of the values, the period of signing taken apart."""
    fields = {name: value for name, value in values.items() if name not in {*LINKS, "signed"}}
    if "signed" in values:
        signed: Period | None = values["signed"]
        fields["signed_first"] = signed.first if signed else None
        fields["signed_on"] = signed.last if signed else None
        fields["signed_precision"] = (signed.precision if signed else Precision.DAY).value
    return fields


def their_region(parties: Iterable[tuple[Organisation, str]]) -> int | None:
    """Return where the partners are: the region of the first party of theirs that has one."""
    theirs = (one.region_id for one, side in parties if side == Side.THEIRS and one.region_id)
    return next(theirs, None)


def sorted_out(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """Part the fields from the ties and the partner; a period becomes the fields of its days."""
    fields = dict(values)
    ties = {name: list(fields.pop(name) or []) for name in TIES if name in fields}
    partner = fields.pop("organisation", None)
    if when := fields.pop("when", None):
        fields |= {"starts_on": when.first, "ends_on": when.last, "precision": when.precision.value}
    if "starts_on" in fields:
        fields["ends_on"] = fields.get("ends_on") or fields["starts_on"]
        fields.setdefault("precision", Precision.DAY.value)
    for name in {"title_ko", "title_en", "venue"} & fields.keys():
        fields[name] = names.nfc(fields[name] or "")
    return fields, ties, partner


def told_due(due: Period | None) -> dict[str, Any]:
    """Take a due date apart into its fields."""
    if due is None:
        return {"due_first": None, "due_on": None, "due_precision": "day"}
    return {"due_first": due.first, "due_on": due.last, "due_precision": due.precision.value}
