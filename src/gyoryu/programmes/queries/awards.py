"""What is known of awards: which stand, what is left of them, and what is going on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import either, visible
from gyoryu.programmes.models import (
    Amendment,
    Application,
    Award,
    AwardCategory,
    Call,
    Ceiling,
)
from gyoryu.programmes.queries.tiles import Line, Section
from gyoryu.programmes.rules import awards as rules
from gyoryu.programmes.rules.claims import own_awards

_WHOLE = re.compile(r"[A-Z]{2}-\d{4}-\d{4,}")


def numbered(text: str) -> dict[str, str]:
    """Return the condition of a record's number: a whole one is found by its index."""
    return {"number" if _WHOLE.fullmatch(text) else "number__startswith": text}


def hold(ceiling: int) -> Ceiling:
    """Read a ceiling and keep it from others until the transaction ends."""
    return Ceiling.objects.select_for_update().get(pk=ceiling)


def hold_allotment(award: Award) -> Ceiling:
    """Keep what an award is taken of: before any ceiling below, so that no two wait in a circle."""
    parent = award.ceiling.parent_id
    assert parent is not None, "an award is taken of an allotment"
    return hold(parent)


def amendable(call: Call) -> QuerySet[Award]:
    """Return a call's awards that stand, in a fixed order so that two at once do not cross."""
    standing = Award.objects.filter(call=call, voided_at=None).exclude(status__in=rules.OVER)
    return standing.select_related("ceiling", "call", "unit").order_by("pk")


LISTED = ("call", "ceiling", "unit")
ON_PAGE = ("call__programme", "ceiling__parent", "unit", "organisation", "application")


def seen(to: User) -> QuerySet[Award]:
    """Return the awards a user may see at the desk."""
    rows = Award.objects.filter(voided_at=None).select_related(*LISTED)
    return visible(rows, to, "programmes.view")


def voided() -> QuerySet[Any]:
    """Return the numbers of voided awards: few, so that to leave them out is quick."""
    return Award.objects.filter(voided_at__isnull=False).order_by().values("pk")


def own(by: User) -> QuerySet[Award]:
    """Return the awards of whom somebody acts for, newest first."""
    rows = either(Award.objects.filter(voided_at=None), *own_awards(by))
    return rows.select_related(*ON_PAGE).order_by("-pk")


def calls(to: User) -> QuerySet[Call]:
    """Return the calls whose awards a user may see, newest first."""
    rows = Call.objects.filter(voided_at=None).exclude(state=Call.State.DRAFT)
    return visible(rows, to, "programmes.view").order_by("-pk")


def selected(to: User) -> QuerySet[Application]:
    """Return the selected applications that have no award yet."""
    rows = Application.objects.filter(
        voided_at=None, status=Application.Status.SELECTED, award=None
    )
    rows = rows.select_related("call__unit", "organisation", "unit")
    return visible(rows, to, "programmes.applicants").order_by("pk")


# Awards on an outsider's first page: the newest.
MOST_TOLD = 20


@dataclass(frozen=True)
class Sums:
    """What a list of awards comes to, in won."""

    limit: int
    committed: int
    reserved: int
    paid: int
    advanced: int

    @property
    def free(self) -> int:
        """What may still be given out of them."""
        return self.limit - self.committed


def sums(rows: QuerySet[Award]) -> Sums:
    """Add up what awards come to."""
    names = ("limit", "committed", "reserved", "paid", "advanced")
    found = rows.order_by().aggregate(**{name: Sum(f"ceiling__{name}") for name in names})
    return Sums(**{name: found[name] or 0 for name in names})


def headings(award: Award) -> list[AwardCategory]:
    """Return an award's headings with their ceilings, in the order of the call."""
    rows = award.categories.select_related("ceiling", "category", "service")
    return sorted(rows, key=lambda one: (one.category.order if one.category else 0, one.pk))


def by_category(call: Call) -> list[tuple[str, Sums]]:
    """Return what each category of a call's awards comes to."""
    names = ("limit", "committed", "reserved", "paid", "advanced")
    rows = (
        AwardCategory.objects.filter(award__call=call, award__voided_at=None)
        .exclude(category=None)
        .order_by("category__order", "category")
        .values_list("category")
        .annotate(**{f"{name}_sum": Sum(f"ceiling__{name}") for name in names})
    )
    told = {one.pk: str(one) for one in call.categories.all()}
    return [(told[category], Sums(*sums)) for category, *sums in rows]


def told_changes(
    amendment: Amendment, own: Iterable[AwardCategory]
) -> list[tuple[str, object, object]]:
    """Return what an amendment changes as name, before, after; caps by the name of their heading.

    ``own`` are the award's headings. Money stays a number; a day is a day again.
    """
    named = {f"cap:{one.pk}": str(one) for one in own}
    return [
        (named.get(name, name), _told(name, old), _told(name, new))
        for name, (old, new) in amendment.changes.items()
    ]


def _told(name: str, value: object) -> object:
    return date.fromisoformat(str(value)) if name in rules.DAYS else value


def section(user: User, at: datetime) -> Section | None:
    """Return what an outsider's first page says of awards: how much each has left."""
    rows = list(own(user).exclude(status=Award.Status.CANCELLED)[:MOST_TOLD])
    if not rows:
        return None
    lines = [
        Line(
            label=str(row.call),
            href=reverse("my-award", args=[row.pk]),
            meta=_("%(number)s · %(left)s KRW left")
            % {"number": row.number, "left": f"{row.ceiling.free:,}"},
        )
        for row in rows
    ]
    return Section(_("My awards"), "hand", lines, more=reverse("my-awards"))
