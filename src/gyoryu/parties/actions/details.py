"""Contacts, exports and products: what hangs on an organisation or a person."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.history import actions as history
from gyoryu.parties import rules
from gyoryu.parties.models import Contact, Exports, Organisation, Person, Product


@transaction.atomic
def add_contact(
    owner: Organisation | Person, kind: str, value: str, *, by: User | None, at: datetime
) -> Any:
    """Add how an organisation, or a person at work, is reached; return the owner."""
    _check(owner, by)
    value = rules.tidied(Contact, {"value": value})["value"]
    rules.check_contact(owner, kind, value)
    whose: dict[str, Any] = {str(owner._meta.model_name): owner}
    _, new = Contact.objects.get_or_create(kind=kind, value=value, **whose)
    return _told(owner, "contact", [None, value], by, at) if new else owner


@transaction.atomic
def remove_contact(contact: Contact, *, by: User | None, at: datetime) -> Any:
    """Remove a contact that does not hold any more; return whose it was."""
    owner: Any = contact.organisation or contact.person
    _check(owner, by)
    contact.delete()
    return _told(owner, "contact", [contact.value, None], by, at)


@transaction.atomic
def declare_exports(
    organisation: Organisation,
    year: int,
    amount: Decimal,
    currency: str,
    *,
    by: User | None,
    at: datetime,
) -> Organisation:
    """Write down a company's exports in a year; a second word on it corrects the first."""
    _check(organisation, by)
    rules.check_exports(year, amount, currency, on=at.date())
    own: dict[str, Any] = {"organisation": organisation, "year": year, "currency": currency}
    known = Exports.objects.filter(**own).first()
    Exports.objects.update_or_create(**own, defaults={"amount": amount})
    before = f"{year} {currency} {known.amount}" if known else None
    change = [before, f"{year} {currency} {amount}"]
    _told(organisation, "exports", change, by, at)
    return organisation


@transaction.atomic
def remove_exports(exports: Exports, *, by: User | None, at: datetime) -> Organisation:
    """Remove a year's exports that were never declared: it is not known again, not zero."""
    _check(exports.organisation, by)
    exports.delete()
    _told(exports.organisation, "exports", [str(exports), None], by, at)
    return exports.organisation


@transaction.atomic
def add_product(
    organisation: Organisation, values: dict[str, Any], *, by: User | None, at: datetime
) -> Organisation:
    """Add something a company makes; ``values`` are hs, name_ko and name_en."""
    _check(organisation, by)
    values = rules.tidied(Product, values)
    rules.check_product(values)
    made, new = Product.objects.get_or_create(organisation=organisation, **values)
    change = [None, f"{made.hs} {made}".strip()]
    if new:
        _told(organisation, "product", change, by, at)
    return organisation


@transaction.atomic
def remove_product(product: Product, *, by: User | None, at: datetime) -> Organisation:
    """Remove a product that a company does not make."""
    _check(product.organisation, by)
    product.delete()
    change = [f"{product.hs} {product}".strip(), None]
    _told(product.organisation, "product", change, by, at)
    return product.organisation


def _check(owner: Organisation | Person, by: User | None) -> None:
    check_may(by, "parties.change", owner.unit)
    rules.check_standing(owner)


def _told(owner: Any, what: str, change: list[Any], by: User | None, at: datetime) -> Any:
    verb = f"{owner._meta.model_name}.{what}"
    history.record(verb, owner, by=by, at=at, changes={what: change})
    return owner
