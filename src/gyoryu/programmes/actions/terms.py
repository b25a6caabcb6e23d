"""Voucher terms: drafted, put in force from a day, and replaced by a new version with a reason."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.programmes.models import Band, Programme, Service, Terms
from gyoryu.programmes.queries import terms as queries
from gyoryu.programmes.rules import terms as rules


@transaction.atomic
def draft(
    programme: Programme, year: int, values: dict[str, Any], *, by: User | None, at: datetime
) -> Terms:
    """Draft the first terms of a programme-year.

    ``values`` are ``sales`` and ``exports``, lists of (end, rate or cap), and ``services``, a list
    of fields by name, in the order of the menu.
    """
    check_may(by, "programmes.terms", programme.unit)
    rules.check_programme(programme)
    rules.check_year(programme, year)
    rules.check_values(values)
    _check_none_yet(programme, year)
    made = Terms.objects.create(unit=programme.unit, programme=programme, year=year, version=1)
    _fill(made, values)
    history.record("terms.drafted", made, by=by, at=at, changes=_told({}, values))
    return made


def _check_none_yet(programme: Programme, year: int) -> None:
    # Locked, so that two officers at once do not draft the same year twice.
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if queries.latest(programme, year):
        raise Refused(
            _("There are terms of %(year)d already. Change them, or make a new version.")
            % {"year": year},
            field="year",
        )


@transaction.atomic
def change(terms: Terms, values: dict[str, Any], *, by: User | None, at: datetime) -> Terms:
    """Change terms as long as no voucher was issued under them."""
    check_may(by, "programmes.terms", terms.unit)
    rules.check_values(values)
    # Locked: whoever issues a voucher waits for this, or this finds the voucher.
    terms = Terms.objects.select_for_update(of=("self",)).get(pk=terms.pk)
    rules.check_can_change(terms)
    changes = _told(queries.values_of(terms), values)
    if changes:
        _fill(terms, values)
        history.record("terms.changed", terms, by=by, at=at, changes=changes)
    return terms


@transaction.atomic
def enforce(terms: Terms, *, on: date, by: User | None, at: datetime) -> Terms:
    """Put drafted terms in force from a day on; those of an earlier version give way to them."""
    check_may(by, "programmes.terms", terms.unit)
    terms = Terms.objects.select_for_update(of=("self",)).get(pk=terms.pk)
    rules.check_can_enforce(terms)
    changes = history.changes(terms, {"in_force_from": on})
    terms.save(update_fields=["in_force_from"])
    history.record("terms.enforced", terms, by=by, at=at, changes=changes)
    return terms


@transaction.atomic
def renew(terms: Terms, *, reason: str, by: User | None, at: datetime) -> Terms:
    """Draft a new version of a year's terms, a copy to be changed; the reason says why."""
    check_may(by, "programmes.terms", terms.unit)
    Programme.objects.select_for_update(of=("self",)).get(pk=terms.programme_id)
    newest = queries.latest(terms.programme, terms.year)
    assert newest is not None, "the terms themselves are one"
    rules.check_new_version(newest, reason)
    return _copied(terms, terms.year, newest.version + 1, reason.strip()[:500], by, at)


@transaction.atomic
def copy(terms: Terms, year: int, *, by: User | None, at: datetime) -> Terms:
    """Draft another year's first terms as a copy of these."""
    check_may(by, "programmes.terms", terms.unit)
    rules.check_year(terms.programme, year)
    _check_none_yet(terms.programme, year)
    return _copied(terms, year, 1, "", by, at)


def _copied(
    terms: Terms, year: int, version: int, reason: str, by: User | None, at: datetime
) -> Terms:
    made = Terms.objects.create(
        unit=terms.unit, programme=terms.programme, year=year, version=version, reason=reason
    )
    values = queries.values_of(terms)
    _fill(made, values)
    copied = {"copied": [None, str(terms)]}
    history.record("terms.drafted", made, by=by, at=at, changes=copied, reason=reason)
    return made


def _fill(terms: Terms, values: dict[str, Any]) -> None:
    """Write bands and menu; a service whose code stays is the same row, so its providers stay."""
    terms.bands.all().delete()
    Band.objects.bulk_create(
        [Band(terms=terms, scale="sales", below=end, rate=rate) for end, rate in values["sales"]]
        + [
            Band(terms=terms, scale="exports", below=end, most=int(most))
            for end, most in values["exports"]
        ]
    )
    there = {one.code: one for one in terms.services.all()}
    kept = {fields["code"] for fields in values["services"]}
    terms.services.exclude(code__in=kept).delete()
    for place, fields in enumerate(values["services"]):
        row = there.get(fields["code"]) or Service(terms=terms)
        history.changes(row, {**fields, "order": place})
        row.save()


def _told(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """Return what changed, written as people read it: bands and services one after the other."""
    found = {}
    for name, value in after.items():
        old, new = _written(name, before.get(name, [])), _written(name, value)
        if old != new:
            found[name] = [old or None, new]
    return found


def _written(name: str, rows: list[Any]) -> str:
    if name == "services":
        return "; ".join(
            f"{one['code']} {one['name_ko']} {one['name_en']}"
            f" {one['most_percent'] or '–'}% {one['most'] or '–'}"
            for one in rows
        )
    return "; ".join(f"< {'∞' if end is None else f'{end:f}'}: {value:f}" for end, value in rows)
