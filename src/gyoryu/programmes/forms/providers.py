"""What is typed of providers of services."""

from datetime import date
from typing import Any

import django_filters
from django import forms as plain
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.parties.forms.fields import organisation_field
from gyoryu.programmes.models import Programme, Provider, Service
from gyoryu.programmes.queries import providers, vouchers
from gyoryu.programmes.queries.terms import menus, services_named
from gyoryu.programmes.rules.providers import works
from gyoryu.web import forms
from gyoryu.web.access import Request
from gyoryu.web.listing import Listing, Sort, Tab

State = Provider.State


def _services(programme: Programme | None, on: date) -> Any:
    return plain.ModelMultipleChoiceField(
        label=_("Services"),
        queryset=services_named(programme, on) if programme else Service.objects.none(),
        widget=plain.CheckboxSelectMultiple,
    )


class ServicesForm(forms.Form):
    """For which services of the menu somebody is registered."""

    def __init__(self, *args: Any, programme: Programme | None, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["services"] = _services(programme, on)


class ProviderForm(forms.Form):
    """A provider that is registered at the desk."""

    def __init__(self, *args: Any, programme: Programme, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = organisation_field(label=_("Organisation"))
        self.fields["services"] = _services(programme, on)
        self.fields["about"] = _about()


class ApplyForm(forms.Form):
    """That an organisation wants to be a provider, and of what."""

    def __init__(
        self, *args: Any, programme: Programme, user: User, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = plain.ModelChoiceField(
            label=_("Organisation"), queryset=vouchers.spoken_for(user), empty_label=None
        )
        self.fields["services"] = _services(programme, on)
        self.fields["about"] = _about()


def _about() -> forms.TextField:
    return forms.TextField(
        label=_("What it offers"),
        rows=3,
        max_length=500,
        required=False,
        help_text=_("The public reads this in the list of providers."),
    )


class StopForm(forms.Form):
    """That a provider is suspended or barred, until when and why."""

    to = forms.ChoiceField(
        label=_("What is done"),
        choices=[
            (State.SUSPENDED.value, State.SUSPENDED.label),
            (State.BARRED.value, State.BARRED.label),
        ],
        widget=plain.RadioSelect,
    )
    until = forms.DayField(
        label=_("Last day"),
        required=False,
        help_text=_("A suspension needs one and ends by itself. For example 2025-04-07."),
    )
    reason = forms.TextField(
        label=_("Reason"), rows=3, max_length=500, help_text=_("The provider reads this.")
    )


class ProviderFilter(django_filters.FilterSet):
    """The conditions of the list of providers."""

    q = django_filters.CharFilter(label=_("Name of the organisation"), method="by_name")
    service = django_filters.CharFilter(label=_("Code of a service"), method="by_service")

    def by_name(self, rows: QuerySet[Provider], name: str, value: str) -> QuerySet[Provider]:
        """Find providers by name, in any spelling."""
        return providers.named(rows, value)

    def by_service(self, rows: QuerySet[Provider], name: str, value: str) -> QuerySet[Provider]:
        """Keep those registered for a service."""
        return providers.for_service(rows, value.strip())


SORTS = {
    "name": Sort("organisation__shown_ko", empty=""),
    "since": Sort("state_since"),
}


def provider_listing(request: Request, today: date) -> Listing:
    """Return the list of providers as it was asked for, its tabs as of a day."""
    return Listing(
        request,
        providers.seen(request.user),
        ProviderFilter,
        sorts=SORTS,
        default="name",
        tabs=[
            Tab("applied", _("Applied"), Q(state=State.APPLIED), "soon"),
            Tab("works", _("Takes orders"), works(today)),
            Tab(
                "stopped",
                _("Suspended or barred"),
                Q(state__in=[State.SUSPENDED, State.BARRED]) & ~works(today),
            ),
        ],
    )


def public_listing(request: Request, today: date) -> Listing:
    """Return the list of providers that take orders on a day, for anybody."""
    menu = {one.code: str(one) for terms in menus(today) for one in terms.services.all()}
    own = type(
        "OwnFilter",
        (ProviderFilter,),
        {
            "service": django_filters.ChoiceFilter(
                label=_("Service"),
                choices=list(menu.items()),
                method="by_service",
                empty_label=_("All"),
            )
        },
    )
    return Listing(request, providers.registered(today), own, sorts=SORTS, default="name")
