"""What the parties allow, with the reason when they do not."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import CharField, Model
from django.utils.translation import gettext_lazy as _

from gyoryu.base import names
from gyoryu.base.money import CURRENCIES
from gyoryu.base.refused import Refused
from gyoryu.parties import business_number
from gyoryu.parties.models import Contact, Double, Merge, Organisation, Person, Position, Region

# Addresses people have at home: a register of an office's contacts keeps no private ones.
PRIVATE_MAIL = frozenset(
    [
        "gmail.com", "naver.com", "hanmail.net", "daum.net", "nate.com", "kakao.com", "yahoo.com",
        "hotmail.com", "outlook.com", "icloud.com", "qq.com", "163.com", "126.com",
        "mail.ru", "yandex.ru",
    ]
)  # fmt: skip
FIRST_YEAR = 1950


def tidied(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Compose every line of text (NFC) and refuse what is longer than its column."""
    kept = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        if isinstance(value, str) and isinstance(field, CharField):
            value = names.nfc(value)
            if field.max_length and len(value) > field.max_length:
                raise Refused(
                    _("This is %(length)d characters long; at most %(most)d fit.")
                    % {"length": len(value), "most": field.max_length},
                    field=name,
                )
        kept[name] = value
    return kept


def check_organisation(values: dict[str, Any], *, itself: Organisation | None = None) -> None:
    """Refuse an organisation without a name, with a wrong or taken number, or under itself."""
    check_organisation_alone(values, itself=itself)
    check_number_free(values.get("business_number", ""), itself=itself)
    if itself and (above := values.get("parent")):
        check_parent(itself, above)


def check_organisation_alone(values: dict[str, Any], *, itself: Organisation | None = None) -> None:
    """Refuse what is wrong with an organisation whatever else is in the register; no query."""
    check_named(values, itself)
    check_business_number(values.get("business_number", ""))
    check_website(values.get("website", ""))


def check_named(values: dict[str, Any], itself: Model | None = None) -> None:
    """Refuse a record that would have no name in Korean and none in English."""
    if not any(values.get(name, getattr(itself, name, "")) for name in ("name_ko", "name_en")):
        raise Refused(_("Give at least one name, in Korean or English."), field="name_ko")


def check_business_number(number: str) -> None:
    """Refuse a number whose check digit is wrong."""
    if number and not business_number.is_valid(number):
        raise Refused(
            _("This is not a business number: its last digit does not fit the others."),
            field="business_number",
        )


def check_number_free(number: str, *, itself: Organisation | None = None) -> None:
    """Refuse a number that another organisation has."""
    if not number:
        return
    taken = Organisation.objects.filter(
        business_number=number, voided_at=None, merged_into=None
    ).select_related("unit")
    if other := taken.exclude(pk=itself.pk if itself else 0).first():
        raise number_taken(other)


def check_numbers_free(holders: dict[str, Organisation]) -> None:
    """Refuse numbers of which any is another organisation's already."""
    for other in holders.values():
        raise number_taken(other)


def number_taken(by: Organisation) -> Refused:
    """Return the refusal of a business number that an organisation has."""
    return Refused(
        _("%(name)s (#%(number)d, kept by %(unit)s) already has this business number.")
        % {"name": by, "number": by.pk, "unit": by.unit},
        field="business_number",
    )


def check_website(address: str) -> None:
    """Refuse an address that is not a page on the web, such as javascript: or file:."""
    if not address:
        return
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused(_("A website begins with https:// or http://."), field="website")


def check_parent(itself: Organisation, above: Organisation) -> None:
    """Refuse a parent that is the organisation itself or stands under it."""
    steps = 0
    row: Organisation | None = above
    while row is not None and steps < 50:
        if row.pk == itself.pk:
            raise Refused(
                _("%(above)s stands under %(name)s, so it cannot be above it.")
                % {"above": above, "name": itself},
                field="parent",
            )
        row, steps = row.parent, steps + 1


def check_standing(row: Organisation | Person | Region, *, field: str = "") -> None:
    """Refuse to change a record that was voided or merged into another."""
    if getattr(row, "voided_at", None):
        raise Refused(_("%(name)s was voided.") % {"name": row}, field=field)
    if row.merged_into_id:
        raise Refused(
            _("%(name)s was merged into %(kept)s.") % {"name": row, "kept": row.merged_into},
            field=field,
        )


def check_reason(reason: str) -> None:
    """Refuse an act that needs a reason and has none."""
    if not reason.strip():
        raise Refused(_("Give a reason. It is kept in the history."), field="reason")


def check_position(values: dict[str, Any]) -> None:
    """Refuse a position without a title, or one that ends before it begins."""
    if not values.get("title_ko") and not values.get("title_en"):
        raise Refused(_("Give the title, in Korean or English."), field="title_ko")
    since, until = values.get("since"), values.get("until")
    if since and until and until < since:
        raise Refused(_("The position ends before it begins."), field="until")


def check_end(position: Position, on: date) -> None:
    """Refuse to end a position twice or before it began."""
    if position.until and position.until <= on:
        raise Refused(
            _("It ended on %(day)s.") % {"day": position.until.isoformat()}, field="until"
        )
    check_position({"title_ko": "-", "since": position.since, "until": on})


def check_contact(owner: Organisation | Person, kind: str, value: str) -> None:
    """Refuse an address that is none, and a person's private ones."""
    if kind == Contact.Kind.EMAIL:
        try:
            validate_email(value)
        except ValidationError as wrong:
            raise Refused(_("This is not an e-mail address."), field="value") from wrong
        if isinstance(owner, Person) and value.rpartition("@")[2].lower() in PRIVATE_MAIL:
            raise Refused(
                _("This looks like a private address. Only work contacts are kept of a person."),
                field="value",
            )
    if kind == Contact.Kind.ADDRESS and isinstance(owner, Person):
        raise Refused(
            _("Of a person no postal address is kept; add it to the organisation."), field="kind"
        )
    if kind == Contact.Kind.PHONE and sum(char.isdigit() for char in value) < 3:
        raise Refused(_("This is not a telephone number."), field="value")


def check_exports(year: int, amount: Decimal, currency: str, *, on: date) -> None:
    """Refuse a year to come, an amount under zero and an unknown currency."""
    if not FIRST_YEAR <= year <= on.year:
        raise Refused(
            _("Give a year from %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": on.year},
            field="year",
        )
    if amount < 0:
        raise Refused(_("Exports cannot be less than zero."), field="amount")
    if currency not in CURRENCIES:
        raise Refused(_("This currency is not known."), field="currency")


def check_product(values: dict[str, Any]) -> None:
    """Refuse a product without a name, or with a code that is no HS code."""
    if not values.get("name_ko") and not values.get("name_en"):
        raise Refused(_("Give at least one name, in Korean or English."), field="name_ko")
    code = values.get("hs", "")
    if code and not (code.isascii() and code.isdigit() and len(code) in {2, 4, 6, 8, 10}):
        raise Refused(_("An HS code has 2, 4, 6, 8 or 10 digits."), field="hs")


def check_city(values: dict[str, Any], *, itself: Region | None = None) -> None:
    """Refuse a city without both names or a place, and one that is there already."""
    for name in ("name_ko", "name_en"):
        if not values.get(name):
            raise Refused(_("A place needs its name in Korean and in English."), field=name)
    if itself and itself.code:
        raise Refused(_("Countries and provinces come with ISO 3166 and are not edited here."))
    parent = values.get("parent")
    if parent is None or parent.kind == Region.Kind.CITY:
        raise Refused(_("A city lies in a country or a province."), field="parent")
    alike = Region.objects.filter(parent=parent, name_ko=values["name_ko"], merged_into=None)
    if other := alike.exclude(pk=itself.pk if itself else 0).first():
        raise Refused(
            _("%(name)s is there already (#%(number)d).") % {"name": other, "number": other.pk},
            field="name_ko",
        )


def check_merge(kept: Any, gone: Any, reason: str) -> None:
    """Refuse to merge a record with itself, with another kind, or when one does not stand."""
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        raise Refused(_("Choose two different records of one kind."))
    check_standing(kept)
    check_standing(gone)
    check_reason(reason)
    if isinstance(kept, Region):
        if kept.kind != gone.kind:
            raise Refused(_("A country, a province and a city are never one place."))
        if gone.code:
            raise Refused(
                _("%(name)s has an ISO 3166 code (%(code)s) and stays.")
                % {"name": gone, "code": gone.code}
            )


def check_undo(merge: Merge, kept: Any, gone: Any) -> None:
    """Refuse to undo a merge twice, or when undoing would leave ties that are not true."""
    if merge.undone_at:
        raise Refused(_("This merge was undone already."))
    check_standing(kept)
    if gone.merged_into_id != kept.pk or getattr(gone, "voided_at", None):
        raise Refused(
            _("%(name)s is not merged into %(kept)s any more.") % {"name": gone, "kept": kept}
        )
    # A later merge may have set rows aside because of what this one brought.
    later = Merge.objects.filter(
        kind=merge.kind, kept=merge.kept, pk__gt=merge.pk, undone_at=None
    ).first()
    if later:
        raise Refused(
            _("%(name)s was merged into it later. Undo that merge first.")
            % {"name": later.gone_name}
        )


def check_alias(record: Organisation | Person, name: str, *, keys: bool) -> None:
    """Refuse a further name that has no letters, or that the record has already."""
    if not keys:
        raise Refused(_("A name needs letters."), field="name")
    own = {record.name_ko, record.name_en, record.name_native}
    if name in own or record.aliases.filter(name=name).exists():
        raise Refused(_("“%(name)s” is one of its names already.") % {"name": name}, field="name")


def check_open(double: Double) -> None:
    """Refuse to tell two records apart a second time."""
    if double.dismissed_at:
        raise Refused(_("Somebody has told these two apart already."))


# What merging and its undoing say when the database does not allow them.
CANNOT_MOVE = _("“%(name)s” (%(what)s) cannot be moved to the other record. Correct it first.")
SINCE_TAKEN = _(
    "What this record had is in use elsewhere by now, so the merge cannot be undone as it was."
)
NAMELESS_AFTER = _(
    "The kept record took its only name from the other one. Give it a name of its own first."
)
