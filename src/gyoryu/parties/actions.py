"""What is done to regions, organisations and people."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.parties import rules
from gyoryu.parties.models import Alias, Organisation


@transaction.atomic
def add_organisation(
    unit: Unit, values: dict[str, Any], *, by: User | None, at: datetime
) -> Organisation:
    """Add an organisation; ``values`` are its fields by name."""
    check_may(by, "parties.change", unit)
    rules.check_organisation(values)
    made = Organisation.objects.create(unit=unit, **values)
    _name(made)
    history.record("organisation.added", made, by=by, at=at)
    return made


@transaction.atomic
def change_organisation(
    organisation: Organisation, values: dict[str, Any], *, by: User | None, at: datetime
) -> Organisation:
    """Change fields of an organisation; what stays the same is not written down."""
    check_may(by, "parties.change", organisation.unit)
    rules.check_organisation(values, itself=organisation)
    changes = history.changes(organisation, values)
    if changes:
        organisation.save()
        _name(organisation)
        history.record("organisation.changed", organisation, by=by, at=at, changes=changes)
    return organisation


def _name(organisation: Organisation) -> None:
    """Write the organisation's own names where names are looked up; given aliases stay."""
    organisation.aliases.filter(given=False).delete()
    own = dict.fromkeys(
        filter(None, (organisation.name_ko, organisation.name_en, organisation.name_native))
    )
    Alias.objects.bulk_create(
        Alias(organisation=organisation, name=name, key=names.organisation_key(name))
        for name in own
    )
