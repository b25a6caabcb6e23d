"""What can be chosen in the lists and forms of agreements: each answered in one query."""

from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import ExtractYear

from gyoryu.accounts.models import Unit, User, in_language
from gyoryu.agreements.models import Agreement, Area, Duty
from gyoryu.parties.models import Region

Choice = tuple[str, str]


def conditions(rows: QuerySet[Agreement]) -> dict[str, list[Choice]]:
    """Return what a list of these rows can be narrowed by, in one query: only what is there."""
    ids = rows.order_by()
    places = ids.values("partner_region")
    regions = Region.objects.filter(Q(pk__in=places) | Q(children__in=places)).distinct()
    units = Unit.objects.filter(Q(pk__in=ids.values("unit")) | Q(children__in=ids.values("unit")))
    years = ids.exclude(signed_on=None).annotate(year=ExtractYear("signed_on")).distinct()
    found = named("region", regions).union(
        named("unit", units.distinct()),
        named("area", Area.objects.filter(agreements__in=ids.values("pk")).distinct()),
        _choice(years, "year", "year", Value(""), Value("")),
    )
    choices: dict[str, list[Choice]] = {"region": [], "unit": [], "area": [], "year": []}
    for kind, key, ko, en in found:
        choices[kind].append((str(key), in_language(ko, en) or str(key)))
    for kind, held in choices.items():
        held.sort(key=lambda choice: choice[1], reverse=kind == "year")
    return choices


def named(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return rows as (kind, key, Korean, English), to be put together into one query."""
    return _choice(rows, kind, "pk", F("name_ko"), F("name_en"))


def _choice(rows: QuerySet[Any], kind: str, key: str, ko: Any, en: Any) -> QuerySet[Any]:
    told = rows.order_by().annotate(_kind=Value(kind, output_field=CharField()), _ko=ko, _en=en)
    named: QuerySet[Any] = told.values_list("_kind", key, "_ko", "_en")
    return named


def under_region(region: int) -> Q:
    """Hold the agreements with partners in a region, a province of it or a city of that."""
    return (
        Q(partner_region=region)
        | Q(partner_region__parent=region)
        | Q(partner_region__parent__parent=region)
    )


def under_unit(unit: int) -> Q:
    """Hold the agreements of a department and of those under it."""
    return Q(unit=unit) | Q(unit__parent=unit) | Q(unit__parent__parent=unit)


def form_choices(user: User, row: Agreement | None) -> dict[str, list[Choice]]:
    """Return the areas, colleagues and departments that a form offers, in one query."""
    roots = {grant.path.split("/")[1] for grant in user.access.grants}
    units, mates = Q(pk__in=[]), Q(pk__in=[])
    for root in roots:
        units |= Q(path__startswith=f"/{root}/")
        mates |= Q(memberships__unit__path__startswith=f"/{root}/")
    people = User.objects.filter(mates, is_active=True).distinct()
    others = Unit.objects.filter(units).exclude(pk=row.unit_id if row else 0)
    found = named("areas", Area.objects.all()).union(
        named("owner", people), named("shared_with", others)
    )
    choices: dict[str, list[Choice]] = {"areas": [], "owner": [], "shared_with": []}
    for kind, key, ko, en in found:
        choices[kind].append((str(key), in_language(ko, en)))
    for held in choices.values():
        held.sort(key=lambda choice: choice[1])
    choices["owner"].insert(0, ("", "–"))
    return choices


def labels(agreement: Agreement) -> dict[str, list[str]]:
    """Return the names of an agreement's areas and of the departments it is shown to."""
    found = named("areas", agreement.areas.all()).union(
        named("shared", agreement.shared_with.all())
    )
    told: dict[str, list[str]] = {"areas": [], "shared": []}
    for kind, _key, ko, en in found:
        told[kind].append(in_language(ko, en))
    return {kind: sorted(held) for kind, held in told.items()}


def duty_conditions(rows: QuerySet[Duty]) -> dict[str, list[Choice]]:
    """Return who and which departments a list of duties can be narrowed by, in one query."""
    own = rows.order_by()
    units = Unit.objects.filter(
        Q(pk__in=own.values("agreement__unit")) | Q(children__in=own.values("agreement__unit"))
    ).distinct()
    people = User.objects.filter(pk__in=own.values("owner"))
    found = named("unit", units).union(named("owner", people))
    choices: dict[str, list[Choice]] = {"unit": [], "owner": []}
    for kind, key, ko, en in found:
        choices[kind].append((str(key), in_language(ko, en)))
    return {kind: sorted(held, key=lambda choice: choice[1]) for kind, held in choices.items()}
