"""What a year's voucher terms allow, with the reason when they do not."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.base.refused import Refused
from gyoryu.programmes import bundles
from gyoryu.programmes.bundles import Scales, Step
from gyoryu.programmes.models import Band, Programme, Terms

SERVICES_MOST = 30
# A scale as it is typed: ends with what holds below them, in percent or in won.
Typed = list[tuple[Decimal | None, Decimal]]


def scales(bands: Iterable[Band]) -> Scales:
    """Return the bands of terms as the engine reads them."""
    found: dict[str, list[Step]] = {"sales": [], "exports": []}
    for band in bands:
        value = band.rate if band.scale == Band.Scale.SALES else band.most
        assert value is not None, "a band says a rate or a cap"
        found[band.scale].append(Step(band.below, Decimal(value)))
    ordered = {name: tuple(sorted(steps, key=_end)) for name, steps in found.items()}
    return Scales(**ordered)


def _end(step: Step) -> tuple[bool, Decimal]:
    return step.below is None, step.below or Decimal(0)


def check_programme(programme: Programme) -> None:
    """Refuse voucher terms of a programme that is no voucher programme."""
    if programme.kind != Programme.Kind.VOUCHER:
        raise Refused(_("Only a voucher programme has such terms."), field="programme")


def check_year(programme: Programme, year: int) -> None:
    """Refuse terms of a year in which the programme does not run."""
    if not programme.first_year <= year <= programme.last_year:
        raise Refused(
            _("The programme runs from %(first)d to %(last)d.")
            % {"first": programme.first_year, "last": programme.last_year},
            field="year",
        )


def check_values(values: dict[str, Any]) -> None:
    """Refuse scales with gaps, rates and caps out of bounds, and a menu that contradicts itself."""
    _check_scale("sales", values["sales"])
    _check_scale("exports", values["exports"])
    for _below, rate in values["sales"]:
        if not 0 < rate <= 100:
            raise Refused(_("A rate lies above 0 and at 100 percent at most."), field="sales")
    for _below, most in values["exports"]:
        if most <= 0 or most != most.to_integral_value():
            raise Refused(_("A cap is a whole number of won above zero."), field="exports")
    _check_services(values["services"])


def _check_scale(name: str, typed: Typed) -> None:
    fault = bundles.faults(tuple(Step(below, value) for below, value in typed))
    said = {
        "empty": _("Give at least one band."),
        "order": _("The ends of the bands have to rise."),
        "end": _("Only the last band has no end, so that every figure falls into one."),
    }
    if fault:
        raise Refused(said[fault], field=name)


def _check_services(services: list[dict[str, Any]]) -> None:
    if not services:
        raise Refused(_("A menu has at least one service."), field="services")
    if len(services) > SERVICES_MOST:
        raise Refused(
            _("A menu has at most %(n)d services.") % {"n": SERVICES_MOST}, field="services"
        )
    codes = [one["code"] for one in services]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise Refused(
            _("The code “%(code)s” stands twice in the menu.") % {"code": twice}, field="services"
        )
    for one in services:
        if not one["code"] or not one["name_ko"]:
            raise Refused(_("Each service has a code and a Korean name."), field="services")
        percent, most = one.get("most_percent"), one.get("most")
        if percent is not None and not 0 < percent <= 100:
            raise Refused(
                _("The limit of “%(name)s” lies above 0 and at 100 percent at most.")
                % {"name": one["name_ko"]},
                field="services",
            )
        if most is not None and most <= 0:
            raise Refused(
                _("The limit of “%(name)s” is above zero.") % {"name": one["name_ko"]},
                field="services",
            )


def check_can_change(terms: Terms) -> None:
    """Refuse to change terms under which a voucher was issued."""
    if terms.vouchers.exists():
        raise Refused(
            _("Vouchers were issued under these terms. Make a new version with the reason.")
        )


def check_can_enforce(terms: Terms) -> None:
    """Refuse to put terms in force that are in force, or that say nothing."""
    if terms.in_force_from:
        raise Refused(
            _("They are in force from %(on)s already.") % {"on": terms.in_force_from.isoformat()}
        )
    if not terms.services.exists() or not terms.bands.exists():
        raise Refused(_("They have no bands and no menu yet."))


def check_new_version(latest: Terms, reason: str) -> None:
    """Refuse another version while the newest is still a draft, and one without a reason."""
    if latest.in_force_from is None:
        raise Refused(_("Version %(n)d is still a draft. Change that one.") % {"n": latest.version})
    if not reason.strip():
        raise Refused(_("Say why the terms change. It stays in the record."), field="reason")
