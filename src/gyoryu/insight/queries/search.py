"""Search over what a reader may see."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import visible
from gyoryu.agreements.models import (
    Commitment,
    Engagement,
)
from gyoryu.insight.queries.due import Row, agreements
from gyoryu.parties import queries as parties


@dataclass(frozen=True)
class Found:
    """What a search found of one kind, and where the rest is."""

    title: str
    href: str
    rows: list[Row]


def search(text: str, to: User, most: int = 8) -> list[Found]:
    """Find agreements, engagements, commitments, organisations and people by their names."""
    titled = Q(title_ko__icontains=text) | Q(title_en__icontains=text)
    engagements = visible(Engagement.objects.filter(voided_at=None), to, "agreements.view")
    promises = visible(Commitment.objects.filter(voided_at=None), to, "agreements.view")
    looked: list[tuple[str, str, QuerySet[Any], Any]] = [
        (
            _("Agreements"),
            "agreements",
            agreements(to).filter(titled | Q(number__icontains=text)).order_by("-signed_on"),
            lambda row: f"{row.get_kind_display()} · {row.number}",
        ),
        (
            _("Engagements"),
            "engagements",
            engagements.filter(titled).order_by("-starts_on"),
            lambda row: f"{row.get_kind_display()} · {row.starts_on}",
        ),
        (
            _("Commitments"),
            "commitments",
            promises.filter(words__icontains=text).order_by("-due_on"),
            lambda row: f"{row.get_side_display()} · {row.get_status_display()}",
        ),
        (
            _("Organisations"),
            "organisations",
            parties.called(parties.organisations(), text).order_by("name_ko"),
            lambda row: str(row.get_kind_display()),
        ),
    ]
    return [
        Found(title, f"{reverse(name)}?{urlencode({'q': text})}", rows)
        for title, name, found, meta in looked
        if (rows := [_row(one, str(meta(one))) for one in found[:most]])
    ]


def _row(record: Any, meta: str) -> Row:
    return Row(str(record), record.get_absolute_url(), meta)
