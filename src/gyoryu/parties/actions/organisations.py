"""What is done to organisations."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.parties import rules
from gyoryu.parties.actions import aliases, suspicions
from gyoryu.parties.models import Organisation


@transaction.atomic
def add_organisation(
    unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime
) -> Organisation:
    """Add an organisation; ``values`` are its fields by name."""
    check_may(by, "parties.change", unit)
    values = rules.tidied(Organisation, values)
    rules.check_organisation(values)
    made = Organisation.objects.create(unit=unit, **values)
    named = aliases.write_names(made, new=True, by=by)
    suspicions.suspect(made, named, by=by, at=at)
    history.record("organisation.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_organisation(
    organisation: Organisation, values: dict[str, Any], *, by: User | None, at: datetime
) -> Organisation:
    """Change fields of an organisation; what stays the same is not written down."""
    check_may(by, "parties.change", organisation.unit)
    rules.check_standing(organisation)
    values = rules.tidied(Organisation, values)
    rules.check_organisation(values, itself=organisation)
    changes = history.changes(organisation, values)
    if changes:
        organisation.save()
        if any(name.startswith("name_") for name in changes):
            named = aliases.write_names(organisation, by=by)
            suspicions.suspect(organisation, named, by=by, at=at)
        history.record("organisation.changed", organisation, by=by, at=at, changes=changes)
    return organisation


@transaction.atomic
def void_organisation(
    organisation: Organisation, *, reason: str, by: User | None, at: datetime
) -> Organisation:
    """Take an organisation out of the register, for a reason; its row and its ties stay."""
    check_may(by, "parties.change", organisation.unit)
    rules.check_standing(organisation)
    values = rules.tidied(Organisation, {"voided_reason": reason})
    rules.check_reason(reason)
    organisation.voided_at, organisation.voided_reason = at, values["voided_reason"]
    organisation.save(update_fields=["voided_at", "voided_reason"])
    history.record("organisation.voided", organisation, by=by, at=at, reason=reason)
    return organisation
