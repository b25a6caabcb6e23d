"""What is known of voucher terms: which are in force, and what is on their menu."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.programmes.models import Programme, Service, Terms
from gyoryu.programmes.rules import terms as rules

SERVICE = ("code", "name_ko", "name_en", "most_percent", "most")


def seen(to: User) -> QuerySet[Terms]:
    """Return the terms a user may see at the desk, newest first."""
    rows = Terms.objects.filter(voided_at=None).select_related("programme", "unit")
    return visible(rows, to, "programmes.view").order_by("-year", "-version", "-pk")


def listed(to: User) -> QuerySet[Terms]:
    """Return the terms a user may see, with how many vouchers were issued under each."""
    return seen(to).annotate(issued=Count("vouchers", distinct=True))


def in_force(programme: Programme, on: date) -> Terms | None:
    """Return a programme's terms on a day: the newest version of its year that is in force."""
    rows = Terms.objects.filter(
        programme=programme, year=on.year, in_force_from__lte=on, voided_at=None
    )
    return rows.select_related("programme", "unit").order_by("-version").first()


def latest(programme: Programme, year: int) -> Terms | None:
    """Return the newest version of a programme-year, in force or not."""
    rows = Terms.objects.filter(programme=programme, year=year, voided_at=None)
    return rows.order_by("-version").first()


def menus(on: date) -> list[Terms]:
    """Return the terms in force on a day, one a programme, as the public may read them."""
    rows = Terms.objects.filter(
        year=on.year, in_force_from__lte=on, voided_at=None, programme__voided_at=None
    )
    newest: dict[int, Terms] = {}
    told = rows.select_related("programme").prefetch_related("services", "bands")
    for row in told.order_by("programme", "version"):
        newest[row.programme_id] = row
    return sorted(newest.values(), key=lambda row: str(row.programme))


def services_named(programme: Programme, on: date) -> QuerySet[Service]:
    """Return the services on a programme's menu on a day."""
    terms = in_force(programme, on)
    return terms.services.all() if terms else Service.objects.none()


def values_of(terms: Terms) -> dict[str, Any]:
    """Return bands and menu of terms as the actions take them."""
    scales = rules.scales(terms.bands.all())
    services = [{name: getattr(one, name) for name in SERVICE} for one in terms.services.all()]
    return {
        "sales": [(step.below, step.value) for step in scales.sales],
        "exports": [(step.below, Decimal(step.value)) for step in scales.exports],
        "services": services,
    }
