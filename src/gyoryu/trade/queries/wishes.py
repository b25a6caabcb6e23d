"""Wishes as they are typed and shown, and whom we would suggest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gyoryu.base import names
from gyoryu.trade.models import Event, Exhibit, Participant, Sequence, Wish
from gyoryu.trade.queries.floors import TAKING_PART

Side = Participant.Side
# So many others on one page; beyond, they are looked for by name.
MOST = 200
# A shorter prefix of the Harmonised System says nothing about what is wanted.
LEAST_DIGITS = 2


@dataclass(frozen=True)
class Candidate:
    """Somebody of the other side: what was wished of it so far, and why it is suggested."""

    row: Participant
    wish: Wish | None
    wished_by: Wish | None
    suggested: str = ""


def of_event(event: Event) -> QuerySet[Wish]:
    """Return the wishes of an event."""
    rows = Wish.objects.filter(by__event=event, by__voided_at=None, to__voided_at=None)
    return rows.select_related("by__organisation", "to__organisation")


def everybody(event: Event) -> QuerySet[Participant]:
    """Return everybody who may have a wish or be wished for in an event, by its organisation."""
    rows = Participant.objects.filter(event=event, voided_at=None)
    return rows.select_related("organisation", "event__unit").order_by("pk")


def sequences(participant: Participant) -> QuerySet[Sequence]:
    """Return in which order a participant wants to meet."""
    rows = participant.sequences.select_related("first__organisation", "then__organisation")
    return rows.select_related("of__event__unit", "first__organisation", "then__organisation")


def others(participant: Participant) -> QuerySet[Participant]:
    """Return the other side of a participant, as far as it takes part."""
    rows = Participant.objects.filter(
        event=participant.event_id, voided_at=None, state__in=TAKING_PART
    )
    return rows.exclude(side=participant.side).select_related("organisation__region")


def candidates(participant: Participant, asked: str = "", *, own: bool = False) -> list[Candidate]:
    """Return whom a participant can wish for: wished ones first, then suggested, then all others.

    ``asked`` looks for a part of a name. What others wish of it orders the list for the office, not
    for the participant's ``own`` eyes. What was said of somebody who does not take part any more
    is not shown and not lost.
    """
    rows = others(participant)
    if text := names.nfc(asked).strip():
        told = "organisation__name_ko organisation__name_en organisation__name_native"
        found = Q()
        for field in told.split():
            found |= Q(**{f"{field}__icontains": text})
        rows = rows.filter(found)
    wishes = {one.to_id: one for one in participant.wishes.all()}
    back = {} if own else {one.by_id: one for one in participant.wished_by.all()}
    reasons = suggestions(participant, list(rows))
    found_rows = [
        Candidate(row, wishes.get(row.pk), back.get(row.pk), reasons.get(row.pk, ""))
        for row in rows
    ]
    found_rows.sort(key=_rank)
    return found_rows[:MOST]


def _rank(one: Candidate) -> tuple[bool, bool, bool, str]:
    return (one.wish is None, one.wished_by is None, not one.suggested, str(one.row))


def suggestions(participant: Participant, others: Iterable[Participant]) -> dict[int, str]:
    """Say why others may be worth meeting: what one shows is what the other looks for.

    By the longest common beginning of two codes, of which one begins with the other.
    """
    rows = list(others)
    codes = _codes([participant, *rows])
    found = {}
    for row in rows:
        common = _common(codes[participant.pk], codes[row.pk])
        if common:
            found[row.pk] = _("Same goods: HS %(code)s") % {"code": common}
    return found


def _codes(rows: Iterable[Participant]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    people = {one.pk: one for one in rows}
    for pk, one in people.items():
        found[pk] |= {_digits(str(code)) for code in one.hs_codes}
    shown = Exhibit.objects.filter(participant__in=people).values_list("participant", "product__hs")
    for pk, code in shown:
        found[pk].add(_digits(code))
    return found


def _digits(code: str) -> str:
    return "".join(letter for letter in code if letter.isdigit())


def _common(own: Iterable[str], theirs: Iterable[str]) -> str:
    """Return the longest code of one side that a code of the other begins with."""
    prefixes = [
        min(one, other, key=len)
        for one in own
        for other in theirs
        if one.startswith(other) or other.startswith(one)
    ]
    return max((one for one in prefixes if len(one) >= LEAST_DIGITS), key=len, default="")


@dataclass(frozen=True)
class Crossing:
    """What two wish of each other, as a cell of the matrix."""

    buyer: Participant
    ours: Wish | None
    theirs: Wish | None

    @property
    def never(self) -> bool:
        """Whether either says never."""
        return any(one is not None and not one.worth for one in (self.ours, self.theirs))

    @property
    def points(self) -> int:
        """What it is worth to both together."""
        return sum(one.worth for one in (self.ours, self.theirs) if one)


def matrix(
    event: Event, most: int = 40
) -> tuple[list[Participant], list[tuple[Participant, list[Crossing]]], bool]:
    """Return buyers, a row of crossings for each exhibitor, and whether all are shown."""
    rows = Participant.objects.filter(event=event, voided_at=None, state__in=TAKING_PART)
    people = list(rows.select_related("organisation").order_by("pk"))
    sellers = [one for one in people if one.side == Side.EXHIBITOR]
    buyers = [one for one in people if one.side == Side.BUYER]
    whole = len(sellers) <= most and len(buyers) <= most
    wishes = {(one.by_id, one.to_id): one for one in of_event(event)}
    lines = [
        (
            one,
            [
                Crossing(two, wishes.get((one.pk, two.pk)), wishes.get((two.pk, one.pk)))
                for two in buyers[:most]
            ],
        )
        for one in sellers[:most]
    ]
    return buyers[:most], lines, whole
