"""What regions, organisations and people tell the index: all their names, and their ties.

Notes about people and ways to reach them are not told: docs/decisions/0052.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from gyoryu.base import names
from gyoryu.parties.models import Organisation, Person, Region
from gyoryu.search.models import Kind
from gyoryu.search.queries.telling.told import Line, Told, both

# One register for all departments: whoever may view it sees all of it.
OPEN = ["@parties"]


def organisations(rows: QuerySet[Organisation]) -> Iterator[Told]:
    """Tell organisations: every name, business number, place, products, and what stands above."""
    rows = rows.select_related("unit", "region__parent", "parent")
    for row in rows.prefetch_related("aliases", "products"):
        called = _other_names(row)
        if row.business_number:
            called += [("number", row.written_number), ("number", row.business_number)]
        body = [*both(row.region, "place"), *both(row.parent, "organisation")]
        body += [line for product in row.products.all() for line in both(product, "product")]
        yield Told(
            kind=Kind.ORGANISATION,
            record=row.pk,
            titles=(row.name_ko, row.name_en),
            scopes=OPEN,
            unit=row.unit,
            region=row.region,
            sort=row.kind,
            names=called,
            body=[*body, ("website", row.website), ("note", row.note)],
            sounds=map(names.organisation_sound, _all_names(row, called)),
        )


def people(rows: QuerySet[Person]) -> Iterator[Told]:
    """Tell people: every name in any order of its parts, and the positions they hold or held."""
    positions = "positions__organisation__region"
    for row in rows.select_related("unit").prefetch_related("aliases", positions):
        called, held = _other_names(row), list(row.positions.all())
        body: list[Line] = []
        for one in held:
            body += both(one, "position", "title") + both(one.organisation, "organisation")
        yield Told(
            kind=Kind.PERSON,
            record=row.pk,
            titles=(row.name_ko, row.name_en),
            scopes=OPEN,
            unit=row.unit,
            region=held[0].organisation.region if held else None,
            names=called,
            body=body,
            sounds=_sounds(_all_names(row, called)),
        )


def _sounds(called: Iterable[str]) -> Iterator[str]:
    """Return a person's names by sound: as wholes, and their parts for who types one of them."""
    for name in called:
        for key in names.person_keys(name):
            yield key
            yield from (part for part in key.split() if len(part) > 3)


def regions(rows: QuerySet[Region]) -> Iterator[Told]:
    """Tell regions: their names, their code, and what they lie in."""
    for row in rows.select_related("parent").prefetch_related("aliases"):
        yield Told(
            kind=Kind.REGION,
            record=row.pk,
            titles=(row.name_ko, row.name_en),
            scopes=OPEN,
            region=row,
            sort=row.kind,
            number=row.code,
            names=_other_names(row),
            body=both(row.parent, "place"),
        )


def _other_names(row: Any) -> list[Line]:
    own = {row.name_ko, row.name_en}
    others = [row.name_native, *(alias.name for alias in row.aliases.all())]
    return [("name", name) for name in others if name and name not in own]


def _all_names(row: Any, called: list[Line]) -> list[str]:
    return [row.name_ko, row.name_en, *(text for code, text in called if code == "name")]
