"""How regions, organisations, people and positions are picked by name in a form."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from gyoryu.parties import queries
from gyoryu.web import forms


def region_field(**kwargs: Any) -> forms.PickField:
    """Return a field for a region."""
    kwargs.setdefault("label", _("Region"))
    kwargs.setdefault("help_text", _("A country, province or city: Shandong, 산둥, CN-SD."))
    return forms.PickField(
        rows=queries.regions(), find=queries.meant, options=_at("region-options"), **kwargs
    )


def organisation_field(**kwargs: Any) -> forms.PickField:
    """Return a field for an organisation."""
    kwargs.setdefault("label", _("Organisation"))
    return forms.PickField(
        rows=queries.organisations(),
        find=queries.meant,
        options=_at("organisation-options"),
        **kwargs,
    )


def person_field(**kwargs: Any) -> forms.PickField:
    """Return a field for a person."""
    kwargs.setdefault("label", _("Person"))
    return forms.PickField(
        rows=queries.people(), find=queries.meant, options=_at("person-options"), **kwargs
    )


def _at(name: str) -> Any:
    """Return the address of suggestions; the addresses are read after the forms."""
    return reverse_lazy(name)
