"""What the accounts know: units, users, and which rows a user may see."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from gyoryu.accounts.access import Access
from gyoryu.accounts.models import Unit, User

Row = TypeVar("Row", bound=Model)


def units_under(access: Access, capability: str) -> QuerySet[Unit]:
    """Return the units where the capability is granted, subtrees included."""
    paths = access.paths(capability)
    if not paths:
        return Unit.objects.none()
    under = Q()
    for path in paths:
        under |= Q(path__startswith=path)
    return Unit.objects.filter(under)


def visible(rows: QuerySet[Row], to: User, capability: str) -> QuerySet[Row]:
    """Keep the rows that belong to units the user may see, or that are shared with one."""
    access = to.access
    units = units_under(access, capability).values("pk")
    seen = Q(unit__in=units)
    if hasattr(rows.model, "shared_with"):
        through = rows.model.shared_with.through
        own = f"{rows.model._meta.model_name}_id"
        seen |= Q(pk__in=through.objects.filter(unit__in=units).values(own))
    return rows.filter(seen)


def colleagues(of: User) -> QuerySet[User]:
    """Return the active users of the governments this user belongs to."""
    roots = {int(grant.path.split("/")[1]) for grant in of.access.grants}
    under = Q(pk__in=[])
    for root in roots:
        under |= Q(memberships__unit__path__startswith=f"/{root}/")
    return User.objects.filter(under, is_active=True).distinct().order_by("name_ko", "pk")


def home_unit(of: User, capability: str) -> Unit:
    """Return the unit a user's new records belong to: the first where they hold the capability."""
    return units_under(of.access, capability).order_by("path")[0]
