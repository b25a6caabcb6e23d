"""What providers of services may do, with the reason when they may not."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.agreements.rules.given import check_reason
from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Programme, Provider, Representative, Service

State = Provider.State


def check_acts_for(organisation: Organisation | int, by: User | None) -> None:
    """Refuse unless somebody is confirmed to act for an organisation. ``None`` is the system."""
    if by is None:
        return
    row = Representative.objects.filter(
        user=by, organisation=getattr(organisation, "pk", organisation), ended_on=None
    ).first()
    if row is None:
        raise NotAllowed(_("Only somebody who acts for this organisation may do this."))
    if row.confirmed_at is None:
        raise Refused(_("An officer still has to confirm that you act for this organisation."))


def check_can_apply(
    programme: Programme, organisation: Organisation, services: Iterable[Service], by: User | None
) -> None:
    """Refuse an application for nothing, of somebody else's organisation, or a second one."""
    if programme.kind != Programme.Kind.VOUCHER or programme.ended_on:
        raise Refused(_("This programme takes no providers."), field="programme")
    if by is not None and not Representative.objects.filter(
        user=by, organisation=organisation, ended_on=None
    ):
        raise NotAllowed(_("Only somebody who acts for this organisation may do this."))
    check_services(programme, services)
    rows = Provider.objects.filter(programme=programme, organisation=organisation, voided_at=None)
    if rows.exists():
        raise Refused(_("It has applied to this programme already."), field="programme")


def check_services(programme: Programme, services: Iterable[Service]) -> None:
    """Refuse no services at all, and such as are not on a menu of the programme."""
    chosen = list(services)
    if not chosen:
        raise Refused(_("Choose at least one service."), field="services")
    if any(one.terms.programme_id != programme.pk for one in chosen):
        raise Refused(_("This service is on the menu of another programme."), field="services")


def check_can_register(provider: Provider) -> None:
    """Refuse to register who is registered."""
    if provider.state == State.REGISTERED:
        raise Refused(_("It is registered already."))


def check_stop(provider: Provider, to: str, until: date | None, reason: str, on: date) -> None:
    """Refuse to stop who is stopped the same way, without a reason, or until a day gone by."""
    if to not in {State.SUSPENDED, State.BARRED}:
        raise Refused(_("A provider is suspended or barred."), field="to")
    if provider.state == State.APPLIED:
        raise Refused(_("It was never registered."))
    check_reason(reason)
    if to == State.SUSPENDED and until is None:
        raise Refused(_("Say until which day it is suspended."), field="until")
    if until and until < on:
        raise Refused(_("This day has passed."), field="until")


def works(on: date) -> Q:
    """Return the condition that a provider may take orders on a day.

    A suspension ends by itself when its last day has passed; whoever was barred is registered anew.
    """
    over = Q(state=State.SUSPENDED, state_until__lt=on)
    return (Q(state=State.REGISTERED) | over) & Q(voided_at=None)


def check_works(provider: Provider, on: date, field: str = "provider") -> None:
    """Refuse a provider that is not registered on a day, with how it stands and why."""
    if provider.voided_at or provider.state == State.APPLIED:
        raise Refused(
            _("%(name)s is not registered as a provider.") % {"name": provider}, field=field
        )
    if provider.state == State.REGISTERED:
        return
    until = provider.state_until
    if provider.state == State.SUSPENDED and until and until < on:
        return
    raise Refused(
        _("%(name)s takes no orders: %(state)s until %(until)s, %(reason)s")
        % {
            "name": provider,
            "state": provider.get_state_display(),
            "until": until.isoformat() if until else _("further notice"),
            "reason": provider.state_reason,
        },
        field=field,
    )


def check_provides(provider: Provider, service: Service, field: str = "provider") -> None:
    """Refuse a service the provider is not registered for, in whichever version of the menu."""
    if not provider.services.filter(code=service.code).exists():
        raise Refused(
            _("%(name)s is not registered for “%(service)s”.")
            % {"name": provider, "service": service},
            field=field,
        )
