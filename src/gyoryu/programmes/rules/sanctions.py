"""What sanctions allow, with the reason when they do not."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from gyoryu.agreements.rules.given import check_reason
from gyoryu.base.refused import Refused
from gyoryu.programmes.models import Sanction


def check_sanction(from_on: date, until_on: date, reason: str, legal_basis: str) -> None:
    """Refuse a sanction that ends before it begins, or that says neither why nor by what law."""
    if until_on < from_on:
        raise Refused(_("It cannot end before it begins."), field="until_on")
    check_reason(reason)
    if not legal_basis.strip():
        raise Refused(_("Name the law or rule that it rests on."), field="legal_basis")


def check_can_lift(sanction: Sanction, on: date | None = None) -> None:
    """Refuse to lift what was lifted already, was over by then, or had not begun."""
    if sanction.voided_at:
        raise Refused(_("This sanction was voided."))
    if sanction.lifted_on:
        raise Refused(
            _("It was lifted already, on %(on)s.") % {"on": sanction.lifted_on.isoformat()}
        )
    if on and on > sanction.until_on:
        raise Refused(
            _("It ended by itself on %(on)s.") % {"on": sanction.until_on.isoformat()}, field="on"
        )
    if on and on < sanction.from_on:
        raise Refused(
            _("It begins on %(on)s. Until then there is nothing to lift.")
            % {"on": sanction.from_on.isoformat()},
            field="on",
        )


def check_none(sanctions: Iterable[Sanction], field: str = "") -> None:
    """Refuse what somebody excluded from support asks for; say who is excluded and until when."""
    for one in sanctions:
        raise Refused(
            _("%(name)s is excluded from support until %(until)s: %(reason)s")
            % {"name": one.organisation, "until": one.until_on.isoformat(), "reason": one.reason},
            field=field,
        )
