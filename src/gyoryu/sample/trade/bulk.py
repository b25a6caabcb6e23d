"""Trade by the million for measuring: 2,000,000 consultations and 300,000 deals at 4,000 events.

Put in below the actions, like all rows for measuring; the tallies are counted from the rows.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import partial

from gyoryu.parties.models import Organisation, Region
from gyoryu.sample.book import at
from gyoryu.sample.bulk import TODAY, Filling
from gyoryu.trade.models import Consultation, Deal, DealStep, Event, Leg, Participant, Tally
from gyoryu.trade.rules.tallies import Counted, of_consultation, of_deal

EVENTS, TALKS, DEALS = 4_000, 2_000_000, 300_000
SELLERS, BUYERS = 20, 40
GRADES = ["pursued", "pursued", "pursued", "signed", "pursued", "verified", "pursued", "signed"]


def fill(filling: Filling) -> Iterator[str]:
    """Add events, who takes part, what was talked of and what became of it."""
    drawing = Drawing(filling)
    for step in (drawing.events, drawing.participants, drawing.talks, drawing.deals, drawing.sums):
        yield step()


@dataclass
class Drawing:
    """What has been drawn so far, and what comes next stands on it."""

    filling: Filling
    held: list[Event] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    came: list[Participant] = field(default_factory=list)
    tallied: Counter[str] = field(default_factory=Counter)
    amounts: dict[str, Decimal] = field(default_factory=dict)
    shown: dict[str, Counted] = field(default_factory=dict)

    def events(self) -> str:
        """Add events of the last five years, each at one place."""
        keep, count = self.filling.keep, max(2, self.filling.share(EVENTS))
        self.held = keep(Event, count, self._event)
        self.legs = keep(Leg, count, lambda n: Leg(
            event=self.held[n], name_ko="전시장", name_en="Hall", tables=20,
            starts_on=self.held[n].starts_on, ends_on=self.held[n].ends_on,
        ))  # fmt: skip
        return f"{count:,} trade events"

    def _event(self, n: int) -> Event:
        first = TODAY - timedelta(days=20 + (n * 7) % 1_800)
        return Event(
            unit=self.filling.unit(),
            kind=("exhibition", "mission", "meeting_fair", "online")[n % 4],
            number=f"BE-{first.year}-{n:05}",
            title_ko=f"해외 상담회 {n}",
            title_en=f"Meetings abroad {n}",
            state="held",
            state_since=first,
            starts_on=first,
            ends_on=first + timedelta(days=3),
        )

    def participants(self) -> str:
        """Add twenty exhibitors and forty buyers of each event."""
        each, partners = SELLERS + BUYERS, self.filling.partners
        self.came = self.filling.keep(
            Participant,
            each * len(self.held),
            lambda n: self._participant(self.held[n // each], n, n % each, partners),
        )
        return f"{len(self.came):,} exhibitors and buyers"

    def _participant(
        self, of: Event, n: int, seat: int, partners: list[Organisation]
    ) -> Participant:
        return Participant(
            unit=of.unit,
            event=of,
            side="exhibitor" if seat < SELLERS else "buyer",
            organisation=partners[(n * 7 + 1) % len(partners)],
            state="confirmed",
            state_since=of.starts_on,
        )

    def _pair(self, n: int) -> tuple[Event, Leg, Participant, Participant]:
        place, turn = n % len(self.held), n // len(self.held)
        first = place * (SELLERS + BUYERS)
        seller = self.came[first + turn % SELLERS]
        buyer = self.came[first + SELLERS + (turn // SELLERS) % BUYERS]
        return self.held[place], self.legs[place], seller, buyer

    def talks(self) -> str:
        """Add consultations, spread evenly over the events; one in eight told no amount."""
        countries = {one.pk: one for one in Region.objects.filter(kind="country")}
        tops = {one.pk: int(one.path.split("/")[1]) for one in self.filling.regions}
        self.countries = {pk: countries.get(top) for pk, top in tops.items()}
        count = self.filling.share(TALKS)
        for start in range(0, count, 50_000):
            size = min(50_000, count - start)
            rows = self.filling.keep(Consultation, size, partial(self._talk, start))
            self._count(one for row in rows for one in of_consultation(row))
        return f"{count:,} consultations"

    def _talk(self, start: int, turn: int) -> Consultation:
        n = start + turn
        event, leg, seller, buyer = self._pair(n)
        amount = None if n % 8 == 0 else Decimal(1_000 + n * 37 % 900_000)
        return Consultation(
            unit=event.unit,
            event=event,
            leg=leg,
            exhibitor=seller,
            buyer=buyer,
            country=self.countries.get(buyer.organisation.region_id or 0),
            at=at(event.starts_on + timedelta(days=n % 4), 9 + n % 8),
            about=f"제품 {n % 500}",
            amount=amount,
            currency="" if amount is None else "USD",
            interest=("high", "medium", "low")[n % 3],
            logged_at=at(event.starts_on + timedelta(days=n % 4), 18),
        )

    def deals(self) -> str:
        """Add deals with their last step; one in twelve was lost."""
        count = self.filling.share(DEALS)
        for start in range(0, count, 50_000):
            size = min(50_000, count - start)
            rows = self.filling.keep(Deal, size, partial(self._deal, start))
            self.filling.keep(DealStep, size, partial(_step, rows))
            self._count(one for row in rows for one in of_deal(row))
        return f"{count:,} deals"

    def _deal(self, start: int, turn: int) -> Deal:
        n = start + turn
        event, leg, seller, buyer = self._pair(n)
        grade, amount = GRADES[n % len(GRADES)], Decimal(5_000 + n * 53 % 400_000)
        lost = n % 12 == 0 and grade == "pursued"
        day = event.ends_on + timedelta(days=n % 200)
        return Deal(
            unit=event.unit,
            number=f"BD-{n:07}",
            company=seller.organisation,
            buyer=buyer.organisation,
            event=event,
            leg=leg,
            country=self.countries.get(buyer.organisation.region_id or 0),
            about=f"제품 {n % 500}",
            grade=grade,
            graded_on=min(day, TODAY),
            state="lost" if lost else "open",
            lost_on=min(day, TODAY) if lost else None,
            lost_reason="가격" if lost else "",
            currency="USD",
            pursued=amount,
            signed=amount / 2 if grade != "pursued" else None,
            verified=amount / 4 if grade == "verified" else None,
        )

    def _count(self, counted: Iterator[Counted]) -> None:
        for one in counted:
            key = one.key
            self.shown[key] = one
            self.tallied[key] += 1
            self.tallied[f"{key} said"] += one.amount is not None
            self.tallied[f"{key} lost"] += one.lost
            self.amounts[key] = self.amounts.get(key, Decimal(0)) + (one.amount or 0)

    def sums(self) -> str:
        """Add the tallies of all of it."""
        keys = list(self.shown)
        self.filling.keep(Tally, len(keys), lambda n: self._tally(keys[n]))
        return f"{len(keys):,} tallies"

    def _tally(self, key: str) -> Tally:
        one = self.shown[key]
        return Tally(
            key=key,
            event_id=one.event_id,
            leg_id=one.leg_id,
            country_id=one.country_id,
            unit_id=one.unit_id,
            year=one.year,
            grade=one.grade,
            currency=one.currency,
            count=self.tallied[key],
            said=self.tallied[f"{key} said"],
            lost=self.tallied[f"{key} lost"],
            amount=self.amounts[key],
        )


def _step(rows: list[Deal], turn: int) -> DealStep:
    deal = rows[turn]
    amounts = {"pursued": deal.pursued, "signed": deal.signed, "verified": deal.verified}
    proofs = {"pursued": "email", "signed": "contract", "verified": "declaration"}
    number = f"{deal.pk:05}25{deal.pk:07}"[-14:] if deal.grade == "verified" else ""
    # One in twenty still waits for the second look.
    looked = at(deal.graded_on, 20) if number and turn % 20 else None
    return DealStep(
        deal=deal,
        grade=deal.grade,
        on=deal.graded_on,
        amount=amounts[deal.grade],
        proof=proofs[deal.grade],
        declaration=number,
        verified_at=looked,
        noted_at=at(deal.graded_on, 18),
    )
