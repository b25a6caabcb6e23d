"""The products that an exhibitor shows at an event, as the catalogue tells of them."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.base import names
from gyoryu.history import actions as history
from gyoryu.parties.actions import details
from gyoryu.parties.models import Organisation, Product
from gyoryu.trade.actions.participants import again
from gyoryu.trade.models import Exhibit, Participant
from gyoryu.trade.rules import exhibits as rules
from gyoryu.trade.rules import participants


@transaction.atomic
def add(
    participant: Participant, values: dict[str, Any], *, by: User | None, at: datetime
) -> Participant:
    """Show a product: one of the company's, or a new one by its names and code.

    ``values`` are ``product`` or hs, name_ko and name_en; about_ko, about_en, price, currency.
    """
    row = again(participant, by=by)
    participants.check_may_act(row, by)
    rules.check_room(row)
    own = {name: values[name] for name in rules.OWN if name in values}
    product = values.get("product") or _new(row.organisation, values, at)
    rules.check_product(row, product)
    made = Exhibit(participant=row, product=product, **_tidied(own))
    rules.check_exhibit(made)
    made.save()
    told = {"product": [None, str(product)]}
    history.record("participant.product_added", row, by=by, at=at, changes=told)
    return row


def _new(organisation: Organisation, values: dict[str, Any], at: datetime) -> Product:
    """Add a product to a company's own; who may show it may name it."""
    fields = {name: names.nfc(values.get(name) or "") for name in ("hs", "name_ko", "name_en")}
    details.add_product(organisation, fields, by=None, at=at)
    return Product.objects.get(organisation=organisation, **fields)


@transaction.atomic
def change(exhibit: Exhibit, values: dict[str, Any], *, by: User | None, at: datetime) -> Exhibit:
    """Change what the catalogue says of a product."""
    row = again(exhibit.participant, by=by)
    participants.check_may_act(row, by)
    changes = history.changes(exhibit, _tidied({name: values[name] for name in rules.OWN}))
    if changes:
        rules.check_exhibit(exhibit)
        exhibit.save(update_fields=list(changes))
        told = {"product": [str(exhibit.product), str(exhibit.product)], **changes}
        history.record("participant.product_changed", row, by=by, at=at, changes=told)
    return exhibit


@transaction.atomic
def remove(exhibit: Exhibit, *, by: User | None, at: datetime) -> Participant:
    """Take a product off what an exhibitor shows; the company keeps it."""
    row = again(exhibit.participant, by=by)
    participants.check_may_act(row, by)
    told = {"product": [str(exhibit.product), None]}
    exhibit.delete()
    history.record("participant.product_removed", row, by=by, at=at, changes=told)
    return row


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    texts = ("about_ko", "about_en", "currency")
    found = {name: (value or "") if name in texts else value for name, value in values.items()}
    # A currency without a price says nothing.
    return found if found.get("price") is not None else {**found, "currency": ""}
