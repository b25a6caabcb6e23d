"""The rows that stand, and which of them a text may mean."""

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Count, Model, Q, QuerySet

from gyoryu.base import names
from gyoryu.parties import business_number
from gyoryu.parties.models import Alias, Organisation, Person, Position, Region
from gyoryu.web import finding

Row = TypeVar("Row", bound=Model)
MANY = 20


def regions() -> QuerySet[Region]:
    """Return the regions that stand: not merged into another."""
    return Region.objects.filter(merged_into=None).select_related("parent")


def organisations() -> QuerySet[Organisation]:
    """Return the organisations that stand: neither voided nor merged into another."""
    standing = Organisation.objects.filter(voided_at=None, merged_into=None)
    return standing.select_related("region", "region__parent", "unit")


def people() -> QuerySet[Person]:
    """Return the people that stand: neither voided nor merged into another."""
    return Person.objects.filter(voided_at=None, merged_into=None).select_related("unit")


def positions() -> QuerySet[Position]:
    """Return the positions of people and at organisations that stand."""
    standing = {
        f"{side}__{field}": None
        for side in ("person", "organisation")
        for field in ("voided_at", "merged_into")
    }
    return Position.objects.filter(**standing).select_related("person", "organisation")


def region_under(region: Region) -> Q:
    """Return the condition that something lies in a region or under it, by its field ``region``."""
    return Q(region=region) | Q(region__path__startswith=region.path)


def called(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """Return the rows that a text may mean, by any of their names, old ones included.

    Works on regions, organisations, people and positions (by the person or the organisation). A
    part of a name is enough; people are also found by another spelling or order of their name.
    """
    return _narrowed(rows, text, _likely)


def meant(rows: QuerySet[Row], text: str) -> "list[Row] | QuerySet[Row]":
    """Return the rows that have exactly this name, or those it is a part of when none has.

    For forms in which one record is picked: 상하이 is the city, though 상하이 office exists too.
    """
    return list(_narrowed(rows, text, _exact)[:MANY]) or called(rows, text)


def _narrowed(rows: QuerySet[Row], text: str, how: Callable[[str, str], list[Q]]) -> QuerySet[Row]:
    model: type[Model] = rows.model
    text = names.nfc(text)
    if not text:
        return rows.none()
    if model is Position:
        return rows.filter(
            Q(person__in=_named("person", *how("person", text)))
            | Q(organisation__in=_named("organisation", *how("organisation", text)))
            | Q(title_ko__icontains=text)
            | Q(title_en__icontains=text)
        )
    field = str(model._meta.model_name)
    found = [_named(field, *how(field, text))]
    if model is Region:
        found.append(Region.objects.filter(code__iexact=text[:12]).values("pk"))
    digits = business_number.digits(text)
    if model is Organisation and len(digits) >= 5:
        numbered = Organisation.objects.filter(business_number__startswith=digits[:10])
        found.append(numbered.values("pk"))
    return rows.filter(pk__in=finding.either(*found))


def _named(field: str, *ways: Q) -> QuerySet[Any, Any]:
    named = Alias.objects.filter(**{f"{field}__isnull": False})
    return finding.either(*(named.filter(way).values(field) for way in ways))


def _exact(field: str, text: str) -> list[Q]:
    return [Q(key__in=keys_of(field, text))]


def _likely(field: str, text: str) -> list[Q]:
    keys = keys_of(field, text)
    part = names.person_part(text) if field == "person" else (keys or ("",))[0]
    ways = [Q(key__in=keys), finding.holding(Alias, text[:200], fields=("name",))]
    return [*ways, finding.holding(Alias, part, fields=("key",))] if part else ways


def keys_of(field: str, name: str) -> tuple[str, ...]:
    """Return the keys under which a name of a region, organisation or person is looked up."""
    if field == "person":
        return names.person_keys(name)
    key = names.place_key(name) if field == "region" else names.organisation_key(name)
    return (key,) if key else ()


def other_names(record: Region | Organisation | Person) -> list[str]:
    """Return the names a record was given besides its own, each once."""
    given = record.aliases.filter(given=True).values_list("name", flat=True)
    own = {record.name_ko, record.name_en, record.name_native}
    return [name for name in dict.fromkeys(given) if name not in own]


def organisations_in(rows: list[Region]) -> dict[int, int]:
    """Count the organisations in each of some regions and under it; one query for all."""
    if not rows:
        return {}
    standing = Organisation.objects.filter(voided_at=None, merged_into=None, region__isnull=False)
    paths = standing.order_by().values_list("region__path").annotate(Count("pk"))
    counts: Counter[int] = Counter()
    for path, count in paths:
        for pk in path.strip("/").split("/"):
            counts[int(pk)] += count
    return {row.pk: counts[row.pk] for row in rows}
