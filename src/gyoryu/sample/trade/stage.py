"""What the sample's trade stories share: an event from its opening to its end, talks and deals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import cycle, islice
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.parties.actions import details, organisations
from gyoryu.parties.models import Organisation, Product
from gyoryu.sample import paper
from gyoryu.sample.book import Book, at, on, place
from gyoryu.trade.actions import deals, events, legs, participants, talk_batches
from gyoryu.trade.models import Consultation, Deal, Event, Leg, Participant
from gyoryu.trade.rules.deals import Step

# How sure the buyer was, as often as the sample has it.
INTEREST = ("high", "medium", "medium", "low", "high", "medium")
NEXT: tuple[list[str], ...] = (
    ["samples"],
    ["quote"],
    [],
    ["quote", "meet_again"],
    [],
    ["samples", "quote"],
    [],
)


def shares(total: int, count: int, seed: int, *, step: int = 1_000) -> list[Decimal]:
    """Divide a whole amount into ``count`` uneven parts of at least a step that add up to it."""
    random = Random(seed)  # noqa: S311 (a sample that is the same every time)
    weights = [random.paretovariate(1.6) for _ in range(count)]
    spare = total - count * step
    parts = [step + int(spare * one / sum(weights)) // step * step for one in weights]
    parts[0] += total - sum(parts)
    return [Decimal(one) for one in parts]


def opened(book: Book, values: dict[str, Any], places: Sequence[dict[str, Any]], day: str) -> Event:
    """Plan an event with its places and open it to register; a place has its days unless said."""
    days = {"starts_on": on(values["starts_on"]), "ends_on": on(values["ends_on"])}
    own = {"owner": book.trader, **values, **days}
    row = events.add(book.units["trade"], own, by=book.trader, at=at(day))
    for one in places:
        legs.add_leg(row, {**days, **one}, by=book.trader, at=at(day))
    return events.move(row, "open", by=book.trader, at=at(day, 11))


def held(book: Book, of: Event) -> Event:
    """Let an event begin and end on its days."""
    of = events.move(of, "running", by=book.trader, at=at(of.starts_on, 9))
    return events.move(of, "held", by=book.trader, at=at(of.ends_on, 18))


def exhibitors(
    book: Book, of: Event, companies: Iterable[Organisation], day: str
) -> list[Participant]:
    """Add companies as exhibitors."""
    own = {"languages": ["ko", "en"]}
    return [
        participants.add(of, "exhibitor", one, own, by=book.trader, at=at(day)) for one in companies
    ]


def buyers(
    book: Book, of: Event, names: Sequence[tuple[str, str]], day: str, **own: Any
) -> list[Participant]:
    """Add buyers, each a name and the code of its country; a known one is not entered twice."""
    return [
        participants.add(
            of, "buyer", _buyer(book, *one, day), {"state": "confirmed", "languages": ["en"], **own},
            by=book.trader, at=at(day),
        )
        for one in names
    ]  # fmt: skip


def _buyer(book: Book, name: str, country: str, day: str) -> Organisation:
    known = Organisation.objects.filter(name_en=name, kind="company").first()
    values = {"kind": "company", "name_en": name, "region": place(country)}
    return known or organisations.add_organisation(
        book.units["trade"], values, by=book.trader, at=at(day)
    )


def product(book: Book, of: Organisation, ko: str, en: str, hs: str, day: str) -> Product:
    """Add something a company makes."""
    own = {"hs": hs, "name_ko": ko, "name_en": en}
    details.add_product(of, own, by=book.trader, at=at(day))
    return of.products.get(hs=hs, name_ko=ko)


@dataclass(frozen=True)
class Talk:
    """Who talked with whom at which place and when, and perhaps at which meeting."""

    exhibitor: Participant
    buyer: Participant
    leg: Leg
    at: datetime
    meeting: Any = None


def hours(leg: Leg) -> Iterator[datetime]:
    """Yield half hours of a place's days, round and round."""
    zone = ZoneInfo(leg.timezone)
    days = [
        leg.starts_on + timedelta(days=n) for n in range((leg.ends_on - leg.starts_on).days + 1)
    ]
    yield from cycle(
        datetime.combine(day, time(9 + half // 2, 30 * (half % 2)), zone)
        for half in range(16)
        for day in days
    )


def met(
    sellers: Sequence[Participant], buying: Sequence[Participant], leg: Leg, count: int, seed: int
) -> list[Talk]:
    """Return ``count`` talks of different pairs at a place, shared out among the exhibitors."""
    random = Random(seed)  # noqa: S311 (a sample that is the same every time)
    lists = [(one, random.sample(list(buying), len(buying))) for one in sellers]
    rounds = ((one, order[turn]) for turn in range(len(buying)) for one, order in lists)
    pairs = islice(rounds, count)
    return [Talk(*pair, leg, when) for pair, when in zip(pairs, hours(leg), strict=False)]


def logged(
    book: Book, of: Event, talks: Sequence[Talk], total: int, day: date | str
) -> list[Consultation]:
    """Enter talks as the organiser's list had them; their amounts add up to the total (USD)."""
    amounts = shares(total, len(talks), len(talks))
    rows = [
        {
            "event": of, "leg": one.leg, "exhibitor": one.exhibitor, "buyer": one.buyer,
            "meeting": one.meeting, "at": one.at, "about": "", "amount": amount, "currency": "USD",
            "interest": INTEREST[n % len(INTEREST)], "next_steps": NEXT[n % len(NEXT)],
            "source_note": f"상담일지 {n + 1}",
        }
        for n, (one, amount) in enumerate(zip(talks, amounts, strict=True))
    ]  # fmt: skip
    return talk_batches.enter_consultations(of.unit, rows, by=book.trader, at=at(day, 19))


def pursued(book: Book, talks: Sequence[Consultation], total: int, day: date) -> list[Deal]:
    """Begin a deal from each of these talks, pursued for amounts that add up to the total (USD)."""
    amounts = shares(total, len(talks), len(talks) + 1)
    made = []
    for talk, amount in zip(talks, amounts, strict=True):
        values = {
            "company": talk.exhibitor.organisation, "buyer": talk.buyer.organisation,
            "event": talk.event, "leg": talk.leg, "consultation": talk, "country": talk.country,
            "currency": "USD", "owner": book.trader,
        }  # fmt: skip
        first = Step("pursued", day, "email", amount)
        made.append(deals.begin(talk.unit, values, first, by=book.trader, at=at(day, 19)))
    return made


def scan(title: str) -> SimpleUploadedFile:
    """Return a paper as somebody would have scanned it."""
    return SimpleUploadedFile(f"{title}.pdf", paper.pdf(title), "application/pdf")
