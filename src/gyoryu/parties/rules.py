"""What the parties allow, with the reason when they do not."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.parties import business_number
from gyoryu.parties.models import Organisation


def check_organisation(values: dict[str, Any], *, itself: Organisation | None = None) -> None:
    """Refuse an organisation without a name, or with a business number that is wrong or taken."""
    if not values.get("name_ko") and not values.get("name_en"):
        raise Refused(_("Give at least one name, in Korean or English."), field="name_ko")
    check_business_number(values.get("business_number", ""), itself=itself)


def check_business_number(number: str, *, itself: Organisation | None = None) -> None:
    """Refuse a number whose check digit is wrong, or that another organisation has."""
    if not number:
        return
    if not business_number.is_valid(number):
        raise Refused(
            _("This is not a business number: its last digit does not fit the others."),
            field="business_number",
        )
    taken = Organisation.objects.filter(business_number=number, voided_at=None)
    if other := taken.exclude(pk=itself.pk if itself else None).first():
        raise Refused(
            _("%(name)s already has this business number.") % {"name": other},
            field="business_number",
        )
