"""Departments, the people who sign in, and what they are granted."""

from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from gyoryu.accounts import rules
from gyoryu.accounts.models import Membership, Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history


@transaction.atomic
def add_unit(
    parent: Unit | None, kind: str, names: dict[str, str], *, by: User | None, at: datetime
) -> Unit:
    """Add a department under another; without a parent it is a government of its own."""
    check_may(by, "accounts.manage", parent)
    unit = Unit.objects.create(
        parent=parent, kind=kind, path=f"new {at.timestamp()} {names}"[:200], **names
    )
    # The path holds the unit's own id, which the database gives out.
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    rules.check_path(len(unit.path))
    unit.save(update_fields=["path"])
    history.record("unit.added", unit, by=by, at=at, unit=unit)
    return unit


@transaction.atomic
def add_user(
    email: str,
    names: dict[str, str],
    *,
    password: str | None = None,
    unit: Unit | None = None,
    by: User | None,
    at: datetime,
) -> User:
    """Add somebody who signs in; without a password they set their own by letter.

    ``unit`` is where it is written down; ``names`` may hold the language too.
    """
    check_may(by, "accounts.manage", unit)
    rules.check_user({**names, "email": email})
    user = User(email=email, **names)
    user.set_password(password)
    user.save()
    history.record("user.added", user, by=by, at=at, unit=unit)
    return user


@transaction.atomic
def change_user(user: User, values: dict[str, str], *, by: User | None, at: datetime) -> User:
    """Change a person's names or language; they may themselves, and those who administer them."""
    if by != user:
        check_may(by, "accounts.manage")
        rules.check_can_manage(user, by=by)
    rules.check_user({"name_ko": user.name_ko, "email": user.email, **values}, itself=user)
    changes = history.changes(user, values)
    if changes:
        user.save(update_fields=list(changes))
        history.record("user.changed", user, by=by, at=at, unit=_home(user), changes=changes)
    return user


@transaction.atomic
def close(user: User, *, reason: str, by: User | None, at: datetime) -> User:
    """Close an account: the person is signed out everywhere at once and cannot sign in."""
    check_may(by, "accounts.manage")
    rules.check_can_close(user, by=by)
    # Counted up, so that no old session comes back to life when the account is opened again.
    User.objects.filter(pk=user.pk).update(is_active=False, sessions=F("sessions") + 1)
    user.refresh_from_db()
    history.record("user.closed", user, by=by, at=at, unit=_home(user), reason=reason)
    return user


@transaction.atomic
def reopen(user: User, *, by: User | None, at: datetime) -> User:
    """Open a closed account again, with the roles it had."""
    check_may(by, "accounts.manage")
    rules.check_can_manage(user, by=by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    history.record("user.reopened", user, by=by, at=at, unit=_home(user))
    return user


@transaction.atomic
def grant(user: User, role: str, unit: Unit, *, by: User | None, at: datetime) -> Membership:
    """Give a user a role at a unit and everywhere under it."""
    check_may(by, "accounts.manage", unit)
    made, new = Membership.objects.get_or_create(user=user, unit=unit, role=role)
    if new:
        history.record(
            "role.granted", user, by=by, at=at, unit=unit, changes={"role": [None, role]}
        )
    user.__dict__.pop("access", None)
    return made


@transaction.atomic
def revoke(membership: Membership, *, by: User | None, at: datetime) -> None:
    """Take a role at a unit from a user."""
    rules.check_can_revoke(membership, by=by)
    user, unit, role = membership.user, membership.unit, membership.role
    membership.delete()
    history.record("role.revoked", user, by=by, at=at, unit=unit, changes={"role": [role, None]})
    user.__dict__.pop("access", None)


def note_security(user: User, what: str, *, by: User | None, at: datetime) -> None:
    """Write down what somebody did to their way in, such as ``password_changed``."""
    history.record(f"account.{what}"[:40], user, by=by, at=at, unit=_home(user))


def _home(user: User) -> Unit | None:
    first = user.memberships.select_related("unit").order_by("unit__path").first()
    return first.unit if first else None


@transaction.atomic
def renew_secrets(*, by: User | None) -> int:
    """Encrypt the secrets of apps and recovery codes with the newest key; return how many."""
    count, box = 0, get_adapter()
    for row in Authenticator.objects.select_for_update():
        # A passkey keeps nothing that is secret.
        held = {"secret", "seed"} & row.data.keys()
        for name in held:
            row.data[name] = box.encrypt(box.decrypt(row.data[name]))
        if held:
            row.save(update_fields=["data"])
            count += 1
    return count
