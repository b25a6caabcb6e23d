"""What can be chosen in the lists and forms of agreements: each answered in one query."""

from typing import Any

from django.db.models import CharField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from gyoryu.accounts.models import Unit, User, reads_korean
from gyoryu.accounts.queries import units_under, visible
from gyoryu.agreements.models import Agreement, Area, Duty
from gyoryu.agreements.queries import areas
from gyoryu.parties.models import Region

Choice = tuple[str, str]


def named(kind: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return rows as (kind, key, Korean, English), to be put together into one query."""
    key = Cast("pk", CharField())
    told = rows.order_by().annotate(
        _kind=Value(kind, CharField()), _key=key, _ko=F("name_ko"), _en=F("name_en")
    )
    listed: QuerySet[Any] = told.values_list("_kind", "_key", "_ko", "_en")
    return listed


def _grouped(found: QuerySet[Any], *kinds: str) -> dict[str, list[Choice]]:
    choices: dict[str, list[Choice]] = {kind: [] for kind in kinds}
    korean = reads_korean()
    for kind, key, ko, en in found:
        choices[kind].append((key, (ko or en) if korean else (en or ko)))
    return {kind: sorted(held, key=lambda choice: choice[1]) for kind, held in choices.items()}


def regions(user: User) -> QuerySet[Region]:
    """Return the regions of the partners of agreements that a reader sees, and those above them."""
    seen = visible(Agreement.objects.order_by(), user, "agreements.view")
    # As sets and not row by row: a database that does not know its sizes yet would compare each
    # region with each other one.
    there = Region.objects.filter(pk__in=seen.values("partner_region"))
    above = Q(pk__in=there.values("parent")) | Q(pk__in=there.values("parent__parent"))
    rows = Region.objects.filter(above | Q(pk__in=there.values("pk")))
    return rows.order_by("name_ko" if reads_korean() else "name_en", "pk")


def conditions() -> dict[str, list[Choice]]:
    """Return the areas and the years of signing that a list of agreements can be narrowed by."""
    found = named("area", Area.objects.all()).union(
        _year(Min("signed_on")), _year(Max("signed_on"))
    )
    choices = _grouped(found, "area", "year")
    return {**choices, "year": _years([key for key, _ in choices["year"] if key])}


def _year(day: Any) -> QuerySet[Any]:
    rows = Agreement.objects.order_by().values(_kind=Value("year", CharField()))
    told = rows.annotate(_key=Cast(day, CharField()), _ko=Value(""), _en=Value(""))
    listed: QuerySet[Any] = told.values_list("_kind", "_key", "_ko", "_en")
    return listed


def _years(days: list[str]) -> list[Choice]:
    """Return every year from the last to the first of some days."""
    years = [int(day[:4]) for day in days]
    return [(str(y), str(y)) for y in range(max(years), min(years) - 1, -1)] if years else []


def duty_conditions(user: User) -> dict[str, list[Choice]]:
    """Return who and which departments a board of duties can be narrowed by."""
    owners = User.objects.filter(Exists(Duty.objects.filter(owner=OuterRef("pk"))))
    units = units_under(user.access, "agreements.view")
    found = named("unit", units).union(named("owner", owners.filter(_colleagues(user))))
    return _grouped(found, "unit", "owner")


def form_choices(user: User, row: Agreement | None) -> dict[str, list[Choice]]:
    """Return the areas, colleagues and departments that a form offers."""
    units = Q(pk__in=[])
    for root in _roots(user):
        units |= Q(path__startswith=f"/{root}/")
    others = Unit.objects.filter(units).exclude(pk=row.unit_id if row else 0)
    found = named("areas", areas.offered(row)).union(
        named("owner", User.objects.filter(_colleagues(user), is_active=True)),
        named("shared_with", others),
    )
    choices = _grouped(found, "areas", "owner", "shared_with")
    return {**choices, "owner": [("", "–"), *choices["owner"]]}


def _roots(user: User) -> set[str]:
    return {grant.path.split("/")[1] for grant in user.access.grants}


def _colleagues(user: User) -> Q:
    """Hold the people of the governments that a user belongs to."""
    mates = Q(pk__in=[])
    for root in _roots(user):
        mates |= Q(memberships__unit__path__startswith=f"/{root}/")
    return mates


def under_region(region: int) -> Q:
    """Hold the agreements with partners in a region, a province of it or a city of that."""
    return Q(partner_region__in=_branch(Region.objects.all(), region))


def under_unit(unit: int) -> Q:
    """Hold the agreements of a department and of those under it."""
    return Q(unit__in=_branch(Unit.objects.order_by(), unit))


def _branch(rows: QuerySet[Any], top: int) -> QuerySet[Any]:
    under = Q(pk=top) | Q(parent=top) | Q(parent__parent=top)
    found: QuerySet[Any] = rows.filter(under | Q(parent__parent__parent=top)).values("pk")
    return found
