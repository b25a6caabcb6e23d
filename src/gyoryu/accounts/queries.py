"""What the accounts know: units, users, and which rows a user may see."""

from datetime import date
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)

from gyoryu.accounts.access import Access, fingerprint, scope
from gyoryu.accounts.models import (
    Membership,
    Token,
    Unit,
    User,
    access_of,
    with_governments,
)

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


def units_called(rows: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Return the departments that a text may mean; an exact name before a part of one."""
    exact = rows.filter(Q(name_ko=text) | Q(name_en__iexact=text))
    return (
        exact
        if exact.exists()
        else rows.filter(Q(name_ko__icontains=text) | Q(name_en__icontains=text))
    )


def visible(
    rows: QuerySet[Row], to: User, capability: str, within: str = "", *, led: bool = True
) -> QuerySet[Row]:
    """Keep the rows that belong to units the user may see, or that are shared with one.

    ``within`` names the field that leads to the record whose part a row is, and by whose unit and
    sharing it is then judged. ``led=False`` says that the rows are few already, and that SQLite is
    not to begin with all those of the units.
    """
    if to.access.everywhere(capability):
        # Whoever sees all of it needs no sorting out, and the database no detour.
        return rows
    if not to.access.paths(capability):
        return rows.none()
    units = units_under(to.access, capability).order_by().values("pk")
    model: Any = rows.model._meta.get_field(within).related_model if within else rows.model
    unit, itself = (f"{within}__unit_id", f"{within}_id") if within else ("unit_id", "pk")
    shared = getattr(model, "shared_with", None)
    if shared is None:
        return rows.filter(OneOf(unit, units, led=led))
    own = f"{model._meta.model_name}_id"
    told = shared.through.objects.filter(OneOf("unit_id", units)).values(own)
    if connection.vendor == "sqlite" and not within:
        # Of two ways joined by OR, SQLite gathers all rows and sorts them. So it is led by the one
        # index of units: theirs, and those whose records are shared with them. Of these only what
        # they may see is kept, which is looked up and searched by no index.
        holders = model._default_manager.filter(pk__in=told).order_by().values("unit_id")
        rows = rows.filter(unit_id__in=units.union(holders))
        return rows.filter(Q(OneOf(unit, units, led=False)) | Q(OneOf(itself, told, led=False)))
    return rows.filter(Q(OneOf(unit, units)) | Q(OneOf(itself, told)))


def either(rows: QuerySet[Row], *ways: Q) -> QuerySet[Row]:
    """Keep the rows that one of these conditions finds, each by an index of its own.

    Joined by OR, conditions that lead over several tables make a database read all rows.
    """
    bare: Any = rows.model._default_manager.order_by()
    first, *others = (bare.filter(way).values("pk") for way in ways)
    return rows.filter(OneOf("pk", first.union(*others)))


class _Asked(Subquery):
    """A question among whose answers something is looked for; without any, nothing is found."""

    empty_result_set_value = NotImplemented


class OneOf(Func):
    """Tell whether a column has one of the values that a question yields.

    PostgreSQL asks it first and looks the values up in its indexes, also where other conditions
    would do as well; with IN it would ask of every row of the table. ``led=False`` keeps SQLite
    from using an index for it, which has a better one to be led by.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY(ARRAY"
    output_field = BooleanField()

    def __init__(self, column: str, asked: QuerySet[Any, Any], *, led: bool = True) -> None:
        super().__init__(F(column), _Asked(asked))
        self.led = led

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it for SQLite, which asks an IN first of itself."""
        template = "%(expressions)s" if self.led else "+%(expressions)s"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" IN ", **context)


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


def called_by(email: str) -> User | None:
    """Return the person with this e-mail address, whatever its case; nobody for an empty one."""
    return User.objects.filter(email__iexact=email).first() if email else None


def people_under(access: Access) -> QuerySet[User]:
    """Return the people with a role at a unit that is administered; ``has_factor`` is annotated."""
    units = units_under(access, "accounts.manage").values("pk")
    here = Membership.objects.filter(unit__in=units).values("user")
    factors = _factors().filter(user=OuterRef("pk"))
    rows = User.objects.filter(pk__in=here).annotate(has_factor=Exists(factors))
    return rows.prefetch_related("memberships__unit")


def units_with_people(access: Access) -> QuerySet[Unit]:
    """Return the units that are administered, each with how many people hold a role there."""
    rows = units_under(access, "accounts.manage").select_related("parent")
    people = Count("memberships__user", distinct=True, filter=Q(memberships__user__is_active=True))
    return rows.annotate(people=people)


def has_second_factor(user: User) -> bool:
    """Tell whether a person has an app or a passkey; recovery codes alone are no factor."""
    return _factors().filter(user=user).exists()


def passkeys(user: User) -> int:
    """Return how many passkeys a person has."""
    keys: QuerySet[Model] = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.WEBAUTHN
    )
    return keys.count()


def _factors() -> QuerySet[Authenticator]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return Authenticator.objects.filter(type__in=kinds)  # type: ignore[no-any-return]


def token_of(secret: str, on: date) -> Token | None:
    """Return the token of this secret if it works on a day, its owner's access narrowed to it."""
    rows = Token.objects.select_related("user").filter(digest=fingerprint(secret), revoked_at=None)
    token = rows.filter(ends_on__gte=on, user__is_active=True).first()
    if token:
        within = frozenset().union(*map(scope, token.scopes))
        token.user.__dict__["access"] = token.user.access.narrowed(within)
    return token


def tokens_seen(by: User) -> QuerySet[Token]:
    """Return one's own tokens and those of the units one administers."""
    units = units_under(by.access, "accounts.manage").values("pk")
    rows = Token.objects.filter(Q(user=by) | Q(unit__in=units))
    return rows.select_related("user", "unit")


def with_access(pk: Any) -> User | None:
    """Return a user with everything they have been granted, in one query."""
    rows = list(with_governments(Membership.objects.filter(user=pk).select_related("user")))
    if not rows:
        return User.objects.filter(pk=pk).first()
    user: User = rows[0].user
    user.access = access_of(rows)
    return user
