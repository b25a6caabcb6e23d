"""Providers: who is registered for what, and who may see them."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.parties import queries as parties
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Programme, Provider, Sanction, Service, Voucher
from gyoryu.programmes.queries import sanctions
from gyoryu.programmes.queries.vouchers import represented
from gyoryu.programmes.rules.providers import works


def seen(to: User) -> QuerySet[Provider]:
    """Return the providers a user may see at the desk."""
    rows = Provider.objects.filter(voided_at=None)
    rows = rows.select_related("organisation", "programme", "unit", "applied_by")
    return visible(rows, to, "programmes.view")


def own(by: User) -> QuerySet[Provider]:
    """Return the registrations of the organisations that somebody acts for."""
    rows = Provider.objects.filter(organisation__in=represented(by).values("pk"), voided_at=None)
    return rows.select_related("organisation", "programme", "unit").order_by("pk")


def registered(on: date) -> QuerySet[Provider]:
    """Return the providers that take orders on a day, as the public may read them."""
    excluded = Sanction.objects.filter(sanctions.stands(on)).values("organisation")
    rows = Provider.objects.filter(works(on), programme__voided_at=None)
    rows = rows.exclude(organisation__in=excluded).select_related("organisation", "programme")
    return rows.prefetch_related(Prefetch("services", Service.objects.order_by("order", "pk")))


def for_service(rows: QuerySet[Provider], code: str) -> QuerySet[Provider]:
    """Keep the providers registered for a service, in whichever version of the menu."""
    through = Provider.services.through.objects.filter(service__code=code).values("provider")
    return rows.filter(pk__in=through)


def named(rows: QuerySet[Provider], text: str) -> QuerySet[Provider]:
    """Find providers by their organisation's name, in any spelling."""
    found = parties.called(Organisation.objects.all(), text).values("pk")
    return rows.filter(organisation__in=found)


def for_voucher(voucher: Voucher, on: date) -> QuerySet[Provider]:
    """Return the providers that may quote for a voucher on a day."""
    return registered(on).filter(programme=voucher.award.call.programme)


def programmes(to: User) -> QuerySet[Programme]:
    """Return the voucher programmes a user may see at the desk."""
    rows = Programme.objects.filter(kind=Programme.Kind.VOUCHER, voided_at=None)
    return visible(rows.select_related("unit"), to, "programmes.view").order_by("number")


def open_programmes(on: date) -> QuerySet[Programme]:
    """Return the voucher programmes that take providers on a day."""
    rows = Programme.objects.filter(
        kind=Programme.Kind.VOUCHER, voided_at=None, ended_on=None,
        first_year__lte=on.year, last_year__gte=on.year,
    )  # fmt: skip
    return rows.order_by("number")
