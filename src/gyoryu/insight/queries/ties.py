"""With which countries, and with which of their regions, agreements are in force."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from gyoryu.accounts.models import User
from gyoryu.agreements.models import Status
from gyoryu.agreements.queries.agreements import is_dormant
from gyoryu.insight.queries.falling import agreements
from gyoryu.parties.models import Region


@dataclass
class Ties:
    """The agreements in force with a place: how many, how many of them sleep, the last contact."""

    region: Region
    in_force: int = 0
    dormant: int = 0
    last: date | None = None
    # Under a country: its provinces, states and cities with ties of their own.
    regions: list["Ties"] = field(default_factory=list)

    def add(self, in_force: int, dormant: int, last: date | None) -> None:
        """Count some more agreements."""
        self.in_force += in_force
        self.dormant += dormant
        self.last = max(filter(None, (self.last, last)), default=None)


@dataclass(frozen=True)
class World:
    """Every country with ties, the most first, and how many agreements name no region."""

    countries: list[Ties]
    nowhere: int

    @property
    def in_force(self) -> int:
        """How many agreements are in force with a partner whose country is known."""
        return sum(country.in_force for country in self.countries)


def world(on: date, to: User, kind: str = "") -> World:
    """Count the agreements in force that a user may see, of one kind or of all, by their place.

    An agreement counts once, where its first partner is. What is in a city counts for the province
    or state around it, and for the country.
    """
    rows = agreements(to).filter(status=Status.IN_FORCE, **({"kind": kind} if kind else {}))
    # By the region's number and not by its path: so it is counted in an index alone.
    found = (
        rows.order_by()
        .values_list("partner_region")
        .annotate(
            in_force=Count("pk"),
            dormant=Count("pk", filter=Q(is_dormant(on))),
            last=Max("last_contact_on"),
        )
    )
    told = list(found)
    there = Region.objects.filter(pk__in=[region for region, *_figures in told if region])
    paths = dict(there.values_list("pk", "path"))
    counted = [(_ids(paths.get(region, "")), *figures) for region, *figures in told]
    ids = {pk for path, *_figures in counted for pk in path[:2]}
    regions = Region.objects.in_bulk(ids)
    countries: dict[int, Ties] = {}
    under: dict[int, dict[int, Ties]] = defaultdict(dict)
    for path, *figures in counted:
        for pk in path[:1]:
            countries.setdefault(pk, Ties(regions[pk])).add(*figures)
        for pk in path[1:2]:
            under[path[0]].setdefault(pk, Ties(regions[pk])).add(*figures)
    for pk, country in countries.items():
        country.regions = _most_first(under[pk].values())
    nowhere = sum(figures[0] for path, *figures in counted if not path)
    return World(_most_first(countries.values()), nowhere)


def _ids(path: str) -> list[int]:
    """Return the ids of a region's path, the country first."""
    return [int(part) for part in path.split("/") if part]


def _most_first(ties: Iterable[Ties]) -> list[Ties]:
    return sorted(ties, key=lambda one: (-one.in_force, str(one.region)))
