"""Programmes by the hundred thousand for measuring: 500,000 claims under 100,000 applications.

Put in below the actions, like all rows for measuring; each sum on a ceiling is that of its entries.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from gyoryu.accounts.models import Unit
from gyoryu.programmes.models import (
    Allotment,
    Application,
    Award,
    AwardCategory,
    BudgetLine,
    Call,
    Ceiling,
    Claim,
    CostCategory,
    LedgerEntry,
    Programme,
)
from gyoryu.sample.book import at
from gyoryu.sample.bulk import TODAY, Filling

CATEGORIES = ("전시회 참가비", "운송비", "통역비")
GRANT, CAP, COST = 24_000_000, 8_000_000, 2_000_000
# Claims of an award, and how far each has come.
STATES = ["paid", "paid", "paid", "approved", "submitted", "paid", "paid", "rejected", "paid", "submitted"]  # fmt: skip
APPLIED = ["selected", "running", "running", "rejected", "reserve", "in_review", "submitted"]


def fill(filling: Filling) -> Iterator[str]:
    """Add programmes, calls, applications, awards and claims in their proportions."""
    drawing = Drawing(filling)
    for step in (drawing.calls, drawing.applications, drawing.awards, drawing.claims):
        yield step()


@dataclass
class Drawing:
    """What has been drawn so far, and what comes next stands on it."""

    filling: Filling
    units: list[Unit] = field(default_factory=list)
    under: list[Call] = field(default_factory=list)
    applied: list[Application] = field(default_factory=list)
    headings: list[AwardCategory] = field(default_factory=list)

    def calls(self) -> str:
        """Add a programme with a line, an allotment and a call for every 50 applications."""
        keep, count = self.filling.keep, max(2, self.filling.share(2_000))
        self.units = [self.filling.unit() for _ in range(count)]
        programmes = keep(Programme, count, self._programme)
        limit = 1_000 * GRANT
        tops = keep(Ceiling, count, lambda n: Ceiling(level="line", limit=limit, committed=limit))
        lines = keep(BudgetLine, count, lambda n: self._line(n, programmes[n], tops[n]))
        self.under = keep(Call, count, lambda n: self._call(n, programmes[n]))
        self.parts = keep(Ceiling, count, lambda n: self._allotted(tops[n], limit))
        keep(Allotment, count, lambda n: Allotment(
            call=self.under[n], line=lines[n], ceiling=self.parts[n]))  # fmt: skip
        limits(self.filling, "appropriated", tops)
        limits(self.filling, "allotted", self.parts)
        self.costs = keep(CostCategory, 3 * count, lambda n: CostCategory(
            call=self.under[n // 3], name_ko=CATEGORIES[n % 3], most=CAP, order=n % 3))  # fmt: skip
        return f"{count:,} programmes with a call each"

    def _programme(self, n: int) -> Programme:
        return Programme(
            unit=self.units[n],
            number=f"BN-2025-{n:06}",
            kind="support",
            name_ko=f"해외 전시회 참가 지원 {n}",
            name_en=f"Support of exhibitors abroad {n}",
            first_year=2025,
            last_year=2025,
        )

    def _line(self, n: int, programme: Programme, top: Ceiling) -> BudgetLine:
        return BudgetLine(
            unit=self.units[n],
            programme=programme,
            year=2025,
            account_code="307-02",
            name="민간경상사업보조",
            fund="province",
            ceiling=top,
        )

    def _call(self, n: int, programme: Programme) -> Call:
        opens = at(TODAY) - timedelta(days=60 + n % 200)
        return Call(
            unit=self.units[n],
            programme=programme,
            number=f"BN-2025-{n:06}",
            title_ko=f"해외 전시회 참가기업 모집 {n}",
            title_en=f"Call for exhibitors abroad {n}",
            state="decided",
            state_since=TODAY,
            applicant="company",
            opens_at=opens,
            closes_at=opens + timedelta(days=30),
            published_at=opens,
            changed_at=opens,
        )

    def _allotted(self, top: Ceiling, limit: int) -> Ceiling:
        return Ceiling(level="allotment", parent=top, limit=limit, drawn=limit)

    def applications(self) -> str:
        """Add applications; the first call has 2,000 of them at full size."""
        count = self.filling.share(100_000)
        self.applied = self.filling.keep(Application, count, self._application)
        return f"{count:,} applications"

    def _application(self, n: int) -> Application:
        first = self.filling.share(2_000)
        call = self.under[0 if n < first else n % len(self.under)]
        day = TODAY - timedelta(days=30 + n % 300)
        company = self.filling.partners[n % len(self.filling.partners)]
        return Application(
            unit=call.unit,
            call=call,
            number=f"BN-2025-{n:06}",
            organisation=company,
            name=company.name_ko,
            status=APPLIED[n % len(APPLIED)],
            status_since=day,
            asked=GRANT,
            saved_at=at(day),
            submitted_at=at(day),
        )

    def awards(self) -> str:
        """Add an award with three categories for each application that was selected."""
        keep = self.filling.keep
        won = [one for one in self.applied if one.status in ("selected", "running")]
        place = {call.pk: n for n, call in enumerate(self.under)}
        own = keep(Ceiling, len(won), lambda n: Ceiling(
            level="award", parent=self.parts[place[won[n].call_id]], limit=GRANT, drawn=GRANT))  # fmt: skip
        made = keep(Award, len(won), lambda n: self._award(n, won[n], own[n]))
        caps = keep(Ceiling, 3 * len(made), lambda n: Ceiling(
            level="category", parent=own[n // 3], limit=CAP))  # fmt: skip
        self.headings = keep(AwardCategory, 3 * len(made), lambda n: AwardCategory(
            award=made[n // 3],
            category=self.costs[3 * place[made[n // 3].call_id] + n % 3],
            ceiling=caps[n]))  # fmt: skip
        given: dict[int, int] = {}
        for one in made:
            given[place[one.call_id]] = given.get(place[one.call_id], 0) + GRANT
        for n, sum_ in given.items():
            self.parts[n].committed = sum_
        Ceiling.objects.bulk_update(self.parts, ["committed"], batch_size=500)
        limits(self.filling, "awarded", own)
        limits(self.filling, "capped", caps)
        return f"{len(made):,} awards with three categories"

    def _award(self, n: int, application: Application, ceiling: Ceiling) -> Award:
        day = application.status_since + timedelta(days=20)
        return Award(
            unit=application.unit,
            call=application.call,
            application=application,
            organisation=application.organisation,
            name=application.name,
            number=f"BN-2025-{n:06}",
            kind="costs",
            ceiling=ceiling,
            status="running",
            status_since=day,
            awarded_on=day,
            starts_on=day,
            ends_on=day + timedelta(days=300),
            claims_until=day + timedelta(days=330),
            report_due_on=day + timedelta(days=360),
        )

    def claims(self) -> str:
        """Add claims with their ledger entries, and bring the ceilings to their sums."""
        count = self.filling.share(500_000)
        sums: dict[int, list[int]] = {}
        self.filling.keep(Claim, count, lambda n: self._claim(n, sums), forget=True)
        entries = [(n, kind) for n in range(count) for kind in _moved(n)]
        self.filling.keep(
            LedgerEntry, len(entries), lambda n: self._entry(*entries[n]), forget=True
        )
        self._bring_up(sums)
        return f"{count:,} claims with {len(entries):,} entries of the ledger"

    def _heading(self, n: int) -> AwardCategory:
        return self.headings[n % len(self.headings)]

    def _claim(self, n: int, sums: dict[int, list[int]]) -> Claim:
        heading, status = self._heading(n), _state(n)
        amount = COST if status in ("paid", "approved") else None
        held = sums.setdefault(heading.ceiling_id, [0, 0])
        held[0] += amount or 0
        held[1] += COST if status == "paid" else 0
        day = TODAY - timedelta(days=n % 280)
        return Claim(
            unit=heading.award.unit,
            award=heading.award,
            heading=heading,
            number=f"BN-2025-{n:06}",
            provider_name=f"전시 대행 {n % 5_000}",
            provider_number=f"9{n % 5_000:09}",
            invoice=f"{n:024}",
            invoice_key=f"9{n % 5_000:09}/{n:024}",
            invoice_on=day,
            supply=COST,
            vat=COST // 10,
            eligible=COST,
            approved=amount,
            status=status,
            status_since=day,
            status_reason="측정용" if status == "rejected" else "",
            submitted_at=at(day),
            paid_on=day if status == "paid" else None,
        )

    def _entry(self, n: int, kind: str) -> LedgerEntry:
        day = TODAY - timedelta(days=n % 280)
        return LedgerEntry(
            ceiling_id=self._heading(n).ceiling_id,
            kind=kind,
            amount=COST,
            key=f"bench/{n}/{kind}",
            on=day,
            at=at(day),
        )

    def _bring_up(self, sums: dict[int, list[int]]) -> None:
        changed: list[Any] = []
        awards: dict[int, list[int]] = {}
        for heading in self.headings:
            committed, paid = sums.get(heading.ceiling_id, [0, 0])
            heading.ceiling.committed, heading.ceiling.paid = committed, paid
            own = awards.setdefault(heading.award.ceiling_id, [0, 0])
            own[0], own[1] = own[0] + committed, own[1] + paid
            changed.append(heading.ceiling)
        parents = {one.award.ceiling_id: one.award.ceiling for one in self.headings}
        for pk, (committed, paid) in awards.items():
            parents[pk].committed, parents[pk].paid = committed, paid
        fields = ["committed", "paid"]
        Ceiling.objects.bulk_update([*changed, *parents.values()], fields, batch_size=500)


def limits(filling: Filling, kind: str, ceilings: list[Ceiling], of: str = "") -> None:
    """Enter what gave these ceilings their limits; ``of`` tells one such drawing from another."""
    filling.keep(LedgerEntry, len(ceilings), lambda n: LedgerEntry(
        ceiling=ceilings[n], kind=kind, amount=ceilings[n].limit, drawn=ceilings[n].drawn,
        key=f"bench/{kind}/{of}{n}", on=TODAY, at=at(TODAY)), forget=True)  # fmt: skip


def _state(n: int) -> str:
    return STATES[n // 7 % len(STATES)]


def _moved(n: int) -> list[str]:
    return {"paid": ["approved", "paid"], "approved": ["approved"]}.get(_state(n), [])
