"""What the accounts allow, with the reason when they do not."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import Answer, Membership, Token, Unit, User
from gyoryu.base.refused import NotAllowed, Refused

ADMINISTRATOR = Membership.Role.ADMINISTRATOR.value
LONGEST = timedelta(days=366)


def check_may(by: User | None, capability: str, unit: Unit | None = None) -> None:
    """Refuse unless the user's roles grant the capability at the unit. ``None`` is the system."""
    if by is not None and not by.access.may(capability, unit.path if unit else ""):
        raise NotAllowed(_("Your role does not allow this here."))


def needs_second_factor(user: User) -> bool:
    """Tell whether a person has to sign in with a second factor.

    Administrators always do, except in a sample or while developing; everybody does where the
    deployment says so (GYORYU_SECOND_FACTOR=required).
    """
    if settings.SECOND_FACTOR == "required":
        return True
    at_play = settings.DEBUG or bool(settings.TODAY)
    return not at_play and ADMINISTRATOR in user.access.roles


def check_user(values: dict[str, str], *, itself: User | None = None) -> None:
    """Refuse a person without a Korean name, or with an address that somebody else has."""
    if not values.get("name_ko"):
        raise Refused(_("Give the name in Korean."), field="name_ko")
    email = values.get("email", itself.email if itself else "")
    others = User.objects.filter(email__iexact=email)
    if (others.exclude(pk=itself.pk) if itself else others).exists():
        raise Refused(_("Somebody already signs in with this address."), field="email")


def check_can_manage(user: User, *, by: User | None) -> None:
    """Refuse unless every role of the person lies under a unit that ``by`` administers."""
    if by is None:
        return
    paths = user.memberships.values_list("unit__path", flat=True)
    if not all(by.access.may("accounts.manage", path) for path in paths) or not paths:
        raise Refused(_("This person has roles outside the units you administer."))


def check_can_close(user: User, *, by: User | None) -> None:
    """Refuse to close one's own account, a closed one, or one beyond one's units."""
    if not user.is_active:
        raise Refused(_("This account is closed already."))
    if user == by:
        raise Refused(_("You cannot close your own account. Another administrator can."))
    check_can_manage(user, by=by)


def check_can_revoke(membership: Membership, *, by: User | None) -> None:
    """Refuse to revoke a person's only role, and one's own last role as an administrator."""
    check_may(by, "accounts.manage", membership.unit)
    others = membership.user.memberships.exclude(pk=membership.pk)
    if membership.user == by and membership.role == ADMINISTRATOR:
        if not others.filter(role=ADMINISTRATOR).exists():
            raise Refused(
                _("You cannot take your own last administrator role. Another administrator can.")
            )
    if not others.exists():
        raise Refused(_("This is the person's only role. Close the account instead."))


def check_can_move(unit: Unit, under: Unit, *, by: User | None) -> None:
    """Refuse to move a government, to move a unit under itself or out of its government."""
    check_may(by, "accounts.manage", unit)
    check_may(by, "accounts.manage", under)
    if unit.parent_id is None:
        raise Refused(_("A government has nothing above it."), field="under")
    if under.path.startswith(unit.path):
        raise Refused(_("A department cannot stand under itself."), field="under")
    if under.root_id != unit.root_id:
        raise Refused(_("A department stays in its own government."), field="under")
    if under.pk == unit.parent_id:
        raise Refused(_("It stands there already."), field="under")


def check_path(longest: int) -> None:
    """Refuse a tree so deep that a unit's path would not fit."""
    if longest > Unit._meta.get_field("path").max_length:  # type: ignore[operator]
        raise Refused(_("The tree would become too deep."), field="under")


def check_token(user: User, scopes: Iterable[str], ends_on: date, *, on: date) -> None:
    """Refuse a token without a scope, with more than its owner may, or for more than a year."""
    chosen = list(scopes)
    if not chosen:
        raise Refused(_("Choose at least one area."), field="scopes")
    beyond = [name for name in chosen if not user.access.reaches(name)]
    if beyond:
        told = ", ".join(str(Token.Scope(name).label) for name in beyond)
        raise Refused(
            _("Your own role does not reach: %(scopes)s.") % {"scopes": told}, field="scopes"
        )
    if ends_on < on:
        raise Refused(_("The last day has passed already."), field="ends_on")
    if ends_on > on + LONGEST:
        raise Refused(_("A token works for a year at most."), field="ends_on")


def check_can_revoke_token(token: Token, *, by: User | None) -> None:
    """Refuse to revoke a revoked token, or that of somebody one does not administer."""
    if by is not None and by != token.user:
        check_may(by, "accounts.manage", token.unit)
    if token.revoked_at:
        raise Refused(_("This token is revoked already."))


def check_same_call(earlier: Answer, asked: str) -> None:
    """Refuse a key that was used for another call."""
    if earlier.digest != asked:
        raise Refused(_("This key was used for another call. Take a new one for each."))
