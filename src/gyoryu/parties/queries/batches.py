"""What is asked of the parties for thousands of names at once: a few statements for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef

from gyoryu.parties.models import Alias, Organisation, Person, Position, Region
from gyoryu.parties.queries import register

# Names in one statement, under the limit of variables of every database.
TOGETHER = 900


def parted(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Part keys into lists that fit into one statement, each key once."""
    every = list(dict.fromkeys(keys))
    for start in range(0, len(every), TOGETHER):
        yield every[start : start + TOGETHER]


def holders_of(numbers: Iterable[str]) -> dict[str, Organisation]:
    """Return the standing organisations that have these business numbers, by their numbers."""
    found = {}
    for some in parted(filter(None, numbers)):
        for row in register.organisations().filter(business_number__in=some):
            found[row.business_number] = row
    return found


def organisations_called(texts: Iterable[str]) -> dict[str, list[Organisation]]:
    """Return for each text the standing organisations that have exactly that name."""
    return _called("organisation", register.organisations(), texts)


def people_called(texts: Iterable[str]) -> dict[str, list[Person]]:
    """Return for each text the standing people who may have that name, in any order or script."""
    return _called("person", register.people(), texts)


def _called(field: str, rows: Any, texts: Iterable[str]) -> dict[str, list[Any]]:
    keys = {text: register.keys_of(field, text) for text in dict.fromkeys(texts)}
    under: dict[str, dict[int, None]] = defaultdict(dict)
    for some in parted(key for found in keys.values() for key in found):
        named = Alias.objects.filter(key__in=some, **{f"{field}__isnull": False})
        for key, pk in named.order_by("pk").values_list("key", field):
            under[key][pk] = None
    held: dict[int, Any] = {}
    for pks in parted(pk for found in under.values() for pk in found):
        held |= {row.pk: row for row in rows.filter(pk__in=pks)}
    return {
        text: list({pk: held[pk] for key in found for pk in under[key] if pk in held}.values())
        for text, found in keys.items()
    }


def positions_of(people: Iterable[int]) -> dict[int, list[Position]]:
    """Return the positions of people, by person."""
    found: dict[int, list[Position]] = defaultdict(list)
    for pks in parted(people):
        for row in register.positions().filter(person__in=pks):
            found[row.person_id].append(row)
    return found


def region_names() -> dict[str, list[Region]]:
    """Return every region under each of its names' keys and its code; two queries."""
    held = {row.pk: row for row in register.regions()}
    found: dict[str, dict[int, Region]] = defaultdict(dict)
    for key, pk in Alias.objects.filter(region__isnull=False).values_list("key", "region"):
        if pk in held:
            found[key][pk] = held[pk]
    for row in held.values():
        if row.code:
            found[row.code.casefold()][row.pk] = row
    return {key: list(rows.values()) for key, rows in found.items()}


def sharing_names(named: Sequence[Alias]) -> Iterator[tuple[int, str, int, str]]:
    """Yield (record, its name, other record, the other's name) where two records share a key."""
    if not named:
        return
    field = "organisation" if named[0].organisation_id else "person"
    rows = register.organisations() if field == "organisation" else register.people()
    standing = Exists(rows.select_related(None).filter(pk=OuterRef(field)))
    mine: dict[str, list[Alias]] = defaultdict(list)
    for alias in named:
        mine[alias.key].append(alias)
    for some in parted(mine):
        others = Alias.objects.filter(standing, key__in=some)
        for key, pk, name in others.values_list("key", field, "name"):
            # A name that very many have tells nothing.
            for alias in mine[key][:12]:
                own = getattr(alias, f"{field}_id")
                if own != pk:
                    yield own, alias.name, pk, name
