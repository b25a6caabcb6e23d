"""What the rows of a file refer to, found for all of them at once: a few statements in all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from gyoryu.accounts.models import User
from gyoryu.accounts.queries import colleagues, visible
from gyoryu.agreements.models import Agreement, Area, Commitment, Engagement, Party
from gyoryu.agreements.queries import agreements, commitments, engagements
from gyoryu.base import names
from gyoryu.parties.models import Organisation, Region
from gyoryu.parties.queries import batches as parties
from gyoryu.parties.queries.batches import parted
from gyoryu.trade.models import (
    Campaign,
    Centre,
    Channel,
    Consultation,
    Deal,
    Event,
    Leg,
    Listing,
    Participant,
    RunningCost,
    Sale,
    Wish,
)
from gyoryu.trade.queries import centres as business_centres
from gyoryu.trade.queries import malls
from gyoryu.trade.rules.deals import SEE

Found = dict[str, list[Any]]


@lru_cache(maxsize=20_000)
def same_title(text: str) -> str:
    """Fold a title for comparing: no case, blanks or punctuation."""
    return "".join(char for char in names.nfc(text).casefold() if char.isalnum())


def users(by: User | None) -> Found:
    """Return the colleagues under their names and addresses, folded."""
    rows = colleagues(by) if by else User.objects.filter(is_active=True)
    found: dict[str, dict[int, User]] = defaultdict(dict)
    for row in rows:
        for text in (row.name_ko, row.name_en, row.email):
            if text:
                found["".join(text.casefold().split())][row.pk] = row
    return {key: list(held.values()) for key, held in found.items()}


def areas() -> Found:
    """Return the areas of co-operation that are in use, under their names, folded."""
    return {
        same_title(text): [row]
        for row in Area.objects.filter(retired_on=None)
        for text in (row.name_ko, row.name_en)
        if text
    }


class Places:
    """Every region by its names, read once; a name within a name narrows it ("중국 장쑤성")."""

    def __init__(self) -> None:
        self.named = parties.region_names()
        self._seen: dict[tuple[str, str], list[Region]] = {}

    def find(self, text: str, country: str = "") -> list[Region]:
        """Return the regions that a text may mean, inside a country if one is named."""
        key = (text, country)
        if key not in self._seen:
            self._seen[key] = self._find(text, country)
        return self._seen[key]

    def _find(self, text: str, country: str) -> list[Region]:
        within = self.named.get(names.place_key(country), []) if country else []
        whole = self._within(self._called(text), within)
        if whole:
            return whole
        for mark in (" ", ",", "·", "/", "("):
            first, _, last = text.partition(mark)
            if last:
                last = last.strip(" )")
                upper = self._called(first.strip())
                lower = self._called(last)
                for one, other in ((lower, upper), (upper, lower)):
                    if inside := self._within(one, other) if other else []:
                        return inside
        return []

    def _called(self, text: str) -> list[Region]:
        return self.named.get(names.place_key(text), []) or self.named.get(text.casefold(), [])

    def _within(self, rows: list[Region], over: list[Region]) -> list[Region]:
        if over:
            return [row for row in rows if any(row.path.startswith(o.path) for o in over)]
        # A country before its capital: 싱가포르 is both.
        countries = [row for row in rows if row.kind == Region.Kind.COUNTRY]
        return countries or rows


def organisations(texts: Iterable[str]) -> Found:
    """Return the organisations that have these names."""
    return dict(parties.organisations_called(texts))


def numbers(texts: Iterable[str]) -> dict[str, Organisation]:
    """Return the organisations that have these business numbers."""
    return parties.holders_of(texts)


def people(texts: Iterable[str]) -> Found:
    """Return the people who may have these names."""
    return dict(parties.people_called(texts))


def visible_agreements(by: User | None) -> QuerySet[Agreement]:
    """Return the agreements that somebody may refer to."""
    return agreements.seen_by(by) if by else agreements.agreements()


def agreements_called(texts: Sequence[str], by: User | None) -> Found:
    """Return the agreements that have these numbers or titles."""
    rows = visible_agreements(by).select_related("unit", "partner_region")
    found: dict[str, dict[int, Agreement]] = defaultdict(dict)
    for some in parted(texts):
        meant = Q(number__in=some) | Q(title_ko__in=some) | Q(title_en__in=some)
        for row in rows.filter(meant):
            for text in {row.number, row.title_ko, row.title_en} - {""}:
                found[text][row.pk] = row
    return {text: list(found[text].values()) for text in texts if text in found}


def agreements_alike(titles: Iterable[str], by: User | None) -> Found:
    """Return the agreements under their folded titles, among those with such titles."""
    rows = visible_agreements(by).select_related("unit", "partner_region")
    found: dict[str, list[Agreement]] = defaultdict(list)
    for some in parted(titles):
        for row in rows.filter(title_ko__in=some):
            found[same_title(row.title_ko)].append(row)
    return dict(found)


def parties_of(pks: Iterable[int]) -> dict[int, set[int]]:
    """Return the organisations that are parties to agreements, by agreement."""
    found: dict[int, set[int]] = defaultdict(set)
    for some in parted(pks):
        rows = Party.objects.filter(agreement__in=some)
        for agreement, organisation in rows.values_list("agreement", "organisation"):
            found[agreement].add(organisation)
    return found


def engagements_alike(titles: Iterable[str], by: User | None) -> Found:
    """Return the engagements under their folded titles, among those with such titles."""
    found: dict[str, list[Engagement]] = defaultdict(list)
    rows = engagements.seen(by) if by else engagements.engagements()
    for some in parted(titles):
        for row in rows.filter(title_ko__in=some).select_related("unit", "region"):
            found[same_title(row.title_ko)].append(row)
    return dict(found)


def commitments_alike(words: Iterable[str], by: User | None) -> Found:
    """Return the promises under their words, folded."""
    found: dict[str, list[Commitment]] = defaultdict(list)
    rows = commitments.seen_by(by).select_related("unit", "agreement", "organisation", "owner")
    for some in parted(words):
        for row in rows.filter(words__in=some):
            found[same_title(row.words)].append(row)
    return dict(found)


def commitments_numbered(numbers_: Iterable[str], by: User | None) -> dict[str, list[Commitment]]:
    """Return the promises that have these numbers."""
    found: dict[str, list[Commitment]] = defaultdict(list)
    rows = commitments.seen_by(by).select_related("unit", "agreement", "organisation", "owner")
    for some in parted(numbers_):
        for row in rows.filter(number__in=some):
            found[row.number].append(row)
    return dict(found)


def participants(event: Event | None) -> dict[str, dict[int, Participant]]:
    """Return who exhibits and who buys at an event, by organisation."""
    found: dict[str, dict[int, Participant]] = {"exhibitor": {}, "buyer": {}}
    rows = Participant.objects.filter(event=event, voided_at=None)
    for row in rows.select_related("organisation__region", "unit", "event__unit"):
        found[row.side][row.organisation_id] = row
    return found


def wishes(event: Event | None) -> dict[tuple[int, int], Wish]:
    """Return what was wished at an event, by who wishes and whom."""
    rows = Wish.objects.filter(by__event=event, by__voided_at=None)
    told = rows.select_related("by__event__unit", "by__organisation", "to__organisation")
    return {(row.by_id, row.to_id): row for row in told}


def legs(event: Event | None) -> dict[str, list[Leg]]:
    """Return the places of an event under their names and those of their regions, folded."""
    found: dict[str, dict[int, Leg]] = defaultdict(dict)
    for row in Leg.objects.filter(event=event).select_related("region"):
        region = [row.region.name_ko, row.region.name_en] if row.region else []
        for text in (row.name_ko, row.name_en, *region):
            if text:
                found[same_title(text)][row.pk] = row
    return {text: list(held.values()) for text, held in found.items()}


def talks(event: Event | None) -> dict[tuple[int, int, date], list[Consultation]]:
    """Return the consultations of an event by exhibitor, the buyer's organisation and day."""
    found: dict[tuple[int, int, date], list[Consultation]] = defaultdict(list)
    rows = Consultation.objects.filter(event=event, voided_at=None)
    for row in rows.select_related("unit", "event__unit", "leg", "exhibitor", "buyer"):
        day = row.at.astimezone(ZoneInfo(row.leg.timezone)).date()
        found[row.exhibitor_id, row.buyer.organisation_id, day].append(row)
    return dict(found)


def channel(pk: Any, by: User | None) -> Channel | None:
    """Return the mall that was chosen, if somebody may write about it."""
    rows = malls.used(by, "trade.change") if by else Channel.objects.filter(voided_at=None)
    return rows.filter(pk=pk).first() if pk else None


def listings(of: Channel, codes: Iterable[str]) -> dict[str, Listing]:
    """Return the listings of a mall under its numbers for them."""
    found: dict[str, Listing] = {}
    for some in parted(codes):
        found |= malls.coded(of, some)
    return found


def campaigns(of: Channel) -> list[tuple[Campaign, frozenset[int]]]:
    """Return a mall's promotions, each with the listings it is of."""
    return malls.running(of)


def sales(of: Channel, orders: Iterable[str]) -> dict[tuple[int, str], Sale]:
    """Return the sales of a mall that have these order numbers, by listing and number."""
    rows = Sale.objects.filter(listing__channel=of, voided_at=None)
    return {
        (row.listing_id, row.order): row
        for some in parted(orders)
        for row in rows.filter(order__in=some).select_related("unit")
    }


def centres(by: User | None) -> dict[str, list[Centre]]:
    """Return the centres that somebody may write about, under their names, folded."""
    rows = business_centres.seen_by(by, "trade.change") if by else Centre.objects.all()
    found: dict[str, dict[int, Centre]] = defaultdict(dict)
    for row in rows.filter(voided_at=None):
        for text in (row.name_ko, row.name_en):
            if text:
                found[same_title(text)][row.pk] = row
    return {key: list(held.values()) for key, held in found.items()}


def costs(of: Iterable[int]) -> dict[tuple[int, date, str], RunningCost]:
    """Return what is entered of some centres' costs, by centre, month and kind."""
    rows = RunningCost.objects.filter(voided_at=None).select_related("unit", "centre")
    return {
        (row.centre_id, row.month, row.kind): row
        for some in parted(of)
        for row in rows.filter(centre__in=some)
    }


def deals_numbered(numbers_: Iterable[str], by: User | None) -> dict[str, list[Deal]]:
    """Return the deals that have these numbers, as far as somebody sees them."""
    found: dict[str, list[Deal]] = defaultdict(list)
    for some in parted(numbers_):
        for row in _deals(by).filter(number__in=some):
            found[row.number].append(row)
    return dict(found)


def deals_at(event: Event | None, by: User | None) -> dict[tuple[int, int], list[Deal]]:
    """Return the deals of an event by company and buyer; none where no event is named."""
    found: dict[tuple[int, int], list[Deal]] = defaultdict(list)
    if event is not None:
        for row in _deals(by).filter(event=event):
            found[row.company_id, row.buyer_id].append(row)
    return dict(found)


def _deals(by: User | None) -> QuerySet[Deal]:
    rows = Deal.objects.filter(voided_at=None).select_related("unit", "company", "buyer", "event")
    return visible(rows, by, SEE) if by else rows
