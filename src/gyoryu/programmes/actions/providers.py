"""Providers: they apply, are registered for services, suspended, barred and registered again."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.agreements.rules.given import day_of
from gyoryu.history import actions as history
from gyoryu.parties.models import Organisation
from gyoryu.programmes.models import Programme, Provider, Service
from gyoryu.programmes.queries import sanctions
from gyoryu.programmes.rules import providers as rules
from gyoryu.programmes.rules import sanctions as sanction_rules

State = Provider.State


@transaction.atomic
def apply(
    programme: Programme,
    organisation: Organisation,
    services: Iterable[Service],
    *,
    about: str = "",
    by: User | None,
    at: datetime,
) -> Provider:
    """Apply to be a provider of a programme, for an organisation one acts for."""
    chosen = list(services)
    on = day_of(at)
    rules.check_can_apply(programme, organisation, chosen, by)
    sanction_rules.check_none(sanctions.standing([organisation], on), "organisation")
    return _entered(programme, organisation, chosen, about, State.APPLIED, by, at)


@transaction.atomic
def enter(
    programme: Programme, values: dict[str, Any], *, by: User | None, at: datetime
) -> Provider:
    """Register a provider at the desk without an application in the portal.

    ``values`` are ``organisation``, ``services`` and ``about``.
    """
    check_may(by, "programmes.change", programme.unit)
    organisation, chosen = values["organisation"], list(values["services"])
    rules.check_can_apply(programme, organisation, chosen, None)
    on = day_of(at)
    sanction_rules.check_none(sanctions.standing([organisation], on), "organisation")
    about = values.get("about", "")
    return _entered(programme, organisation, chosen, about, State.REGISTERED, by, at)


def _entered(
    programme: Programme,
    organisation: Organisation,
    services: list[Service],
    about: str,
    state: str,
    by: User | None,
    at: datetime,
) -> Provider:
    made = Provider.objects.create(
        unit=programme.unit,
        programme=programme,
        organisation=organisation,
        state=state,
        state_since=day_of(at),
        about=about.strip()[:500],
        applied_by=by if state == State.APPLIED else None,
    )
    made.services.set(services)
    told = {"services": [None, _named(services)]}
    verb = "provider.applied" if state == State.APPLIED else "provider.registered"
    history.record(verb, made, by=by, at=at, changes=told)
    return made


@transaction.atomic
def register(
    provider: Provider, services: Iterable[Service], *, by: User | None, at: datetime
) -> Provider:
    """Register an applicant, or somebody who was stopped, for these services."""
    check_may(by, "programmes.change", provider.unit)
    provider, chosen = _locked(provider), list(services)
    rules.check_can_register(provider)
    rules.check_services(provider.programme, chosen)
    on = day_of(at)
    sanction_rules.check_none(sanctions.standing([provider.organisation], on))
    if provider.state != State.APPLIED:
        # Taking somebody back is for those who may stop them.
        check_may(by, "programmes.sanction", provider.unit)
    return _stands(provider, State.REGISTERED, None, "", chosen, by, at)


@transaction.atomic
def serve(
    provider: Provider, services: Iterable[Service], *, by: User | None, at: datetime
) -> Provider:
    """Change the services that somebody is registered for; running orders stay."""
    check_may(by, "programmes.change", provider.unit)
    provider, chosen = _locked(provider), list(services)
    rules.check_services(provider.programme, chosen)
    before, after = _named(provider.services.all()), _named(chosen)
    if before != after:
        provider.services.set(chosen)
        changes = {"services": [before, after]}
        history.record("provider.changed", provider, by=by, at=at, changes=changes)
    return provider


@transaction.atomic
def stop(
    provider: Provider,
    to: str,
    *,
    until: date | None,
    reason: str,
    by: User | None,
    at: datetime,
) -> Provider:
    """Suspend or bar a provider until a day, for a reason. It takes no new orders meanwhile.

    Running orders are left as they stand: the desk decides about each.
    """
    check_may(by, "programmes.sanction", provider.unit)
    provider = _locked(provider)
    rules.check_stop(provider, to, until, reason, day_of(at))
    return _stands(provider, to, until, reason.strip()[:500], None, by, at)


def _stands(
    provider: Provider,
    to: str,
    until: date | None,
    reason: str,
    services: list[Service] | None,
    by: User | None,
    at: datetime,
) -> Provider:
    changes = history.changes(
        provider,
        {
            "state": to,
            "state_since": day_of(at),
            "state_until": until,
            "state_reason": reason,
        },
    )
    provider.save(update_fields=["state", "state_since", "state_until", "state_reason"])
    if services is not None:
        changes["services"] = [_named(provider.services.all()) or None, _named(services)]
        provider.services.set(services)
    history.record(f"provider.{to}", provider, by=by, at=at, changes=changes, reason=reason)
    return provider


def _locked(provider: Provider) -> Provider:
    rows = Provider.objects.select_for_update(of=("self",))
    return rows.select_related("programme", "organisation", "unit").get(pk=provider.pk)


def _named(services: Iterable[Service]) -> str:
    return ", ".join(sorted({f"{one.code} {one.name_ko}" for one in services}))
