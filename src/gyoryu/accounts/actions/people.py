"""Departments, the people who sign in, and what they are granted."""

from datetime import datetime

from django.db import transaction

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
    unit.save(update_fields=["path"])
    history.record("unit.added", unit, by=by, at=at, unit=unit)
    return unit


@transaction.atomic
def add_user(
    email: str, names: dict[str, str], *, password: str | None = None, by: User | None, at: datetime
) -> User:
    """Add somebody who signs in; without a password they set their own by letter."""
    check_may(by, "accounts.manage")
    user = User(email=email, **names)
    user.set_password(password)
    user.save()
    history.record("user.added", user, by=by, at=at)
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
