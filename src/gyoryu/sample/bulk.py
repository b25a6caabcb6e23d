"""Rows by the hundred thousand for measuring, put in below the actions: filling is not measured.

The proportions are those of a nation's local governments: for 20,000 agreements 100,000
commitments, 150,000 organisations, 200,000 people and 300,000 engagements.
"""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Model

from gyoryu.accounts.models import Membership, Unit, User
from gyoryu.agreements.models import (
    Agreement,
    Commitment,
    Duty,
    DutyTemplate,
    Engagement,
    Party,
    StatusChange,
)
from gyoryu.base import names
from gyoryu.parties.models import Alias, Organisation, Person, Position, Region
from gyoryu.sample.book import at

FULL = 20_000
BATCH = 2_000
GOVERNMENTS = 242
# The one person who sees all of it.
AUDITOR = "nation@gyoryu.example"
FAMILIES = [
    "김",
    "이",
    "박",
    "최",
    "정",
    "강",
    "조",
    "윤",
    "장",
    "임",
    "한",
    "오",
    "서",
    "신",
    "권",
    "황",
    "안",
    "송",
    "류",
    "홍",
]
GIVEN = [
    "서",
    "지",
    "민",
    "준",
    "하",
    "윤",
    "도",
    "현",
    "우",
    "은",
    "수",
    "연",
    "태",
    "재",
    "아",
    "린",
    "율",
    "겸",
    "온",
    "결",
]
WORDS = [
    "가온",
    "나래",
    "다솜",
    "라온",
    "마루",
    "바름",
    "사랑",
    "아라",
    "자람",
    "차오름",
    "한결",
    "누리",
    "미르",
    "새빛",
    "온새",
    "푸른",
    "해솔",
    "별하",
    "가람",
    "이든",
]
TRADES = [
    "전자",
    "바이오",
    "소재",
    "식품",
    "화장품",
    "정밀",
    "로보틱스",
    "에너지",
    "물류",
    "소프트",
]
TODAY = date(2025, 4, 1)


def filled() -> bool:
    """Tell whether this database has been filled before."""
    return User.objects.filter(email=AUDITOR).exists()


def fill(rows: int, *further: "Callable[[Filling], Iterator[str]]") -> Iterator[str]:
    """Fill the database to ``rows`` agreements and all that belongs to them; yield progress.

    ``further`` put in what other desks have, in the same proportion.

    Of 243 governments the sample's is the largest: a twentieth of all rows is its own.
    """
    yield _governments()
    filling = Filling(rows, random.Random(7))  # noqa: S311 (a drawing, not a secret)
    for step in (
        filling.organisations,
        filling.people,
        filling.agreements,
        filling.engagements,
        filling.commitments,
    ):
        yield step()
    for more in further:
        yield from more(filling)


def _governments() -> str:
    """Add the nation's other governments with four departments each, and who audits them all."""
    nation = _unit(None, "전국", "The nation")
    for number in range(GOVERNMENTS):
        government = _unit(nation, f"{number + 1}번 시군", f"Local government {number + 1}")
        for department in range(4):
            _unit(government, f"{department + 1}과", f"Division {department + 1}")
    auditor = User.objects.create(email=AUDITOR, name_ko="감사", name_en="Auditor")
    roots = [nation, Unit.objects.get(path="/1/")]
    Membership.objects.bulk_create(
        [Membership(user=auditor, unit=root, role="auditor") for root in roots]
    )
    return f"{GOVERNMENTS} more governments"


def _unit(parent: Unit | None, ko: str, en: str) -> Unit:
    kind = Unit.Kind.GOVERNMENT if parent is None or parent.parent is None else Unit.Kind.DIVISION
    made = Unit.objects.create(
        parent=parent, path=f"new {parent} {ko}", kind=kind, name_ko=ko, name_en=en
    )
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    return made


class Filling:
    """One filling: its size, its chance, and what it stands on."""

    def __init__(self, rows: int, chance: random.Random) -> None:
        self.rows, self.chance = rows, chance
        self.own = list(Unit.objects.filter(path__startswith="/1/").exclude(parent=None))
        self.others = list(Unit.objects.exclude(path__startswith="/1/").filter(kind="division"))
        self.regions = list(Region.objects.order_by("pk"))
        self.users = list(User.objects.order_by("pk"))
        self.start = Agreement.objects.count()

    def share(self, full: int) -> int:
        """Scale a number of the full size down to this filling's."""
        return full * self.rows // FULL

    def unit(self) -> Unit:
        """Draw the department a row belongs to."""
        return self.chance.choice(self.own if self.chance.random() < 0.05 else self.others)

    def organisations(self) -> str:
        """Add organisations with their names."""
        self.base = Organisation.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        made = self.keep(Organisation, self.share(150_000), self._organisation)
        self._name(made, "organisation", lambda row: names.organisation_key(row.name_ko))
        self.partners = made
        return f"{len(made):,} organisations"

    def _organisation(self, number: int) -> Organisation:
        word, trade = self.chance.choice(WORDS), self.chance.choice(TRADES)
        return Organisation(
            unit=self.unit(),
            kind=self.chance.choices(["company", "government", "university"], [8, 1, 1])[0],
            name_ko=f"(주){word}{trade} {number}",
            name_en=f"{names.romanise(word).replace(' ', '').title()} {number} Co., Ltd.",
            region=self.chance.choice(self.regions),
            # One in ten is a branch of an earlier one.
            parent_id=self.base + self.chance.randint(1, number) if number % 10 == 1 else None,
        )

    def people(self) -> str:
        """Add people, each with a position."""
        made = self.keep(Person, self.share(200_000), self._person)
        self._name(made, "person", lambda row: names.organisation_key(row.name_ko))
        self.keep(Position, len(made), lambda n: self._position(made[n]))
        return f"{len(made):,} people with positions"

    def _person(self, number: int) -> Person:
        family = self.chance.choice(FAMILIES)
        given = self.chance.choice(GIVEN) + self.chance.choice(GIVEN)
        return Person(
            unit=self.unit(),
            name_ko=family + given,
            name_en=names.romanise(family + given).title(),
        )

    def _position(self, person: Person) -> Position:
        organisation = self.chance.choice(self.partners)
        return Position(
            person=person, organisation=organisation, title_ko="과장", title_en="Manager"
        )

    def agreements(self) -> str:
        """Add agreements in force with two parties, their course and their yearly duties."""
        self.signed = self.keep(Agreement, self.rows, self._agreement)
        ours = self.partners[0]
        self.keep(
            Party,
            2 * len(self.signed),
            lambda n: Party(
                agreement=self.signed[n // 2],
                organisation=ours if n % 2 == 0 else self.chance.choice(self.partners[1:]),
                side="ours" if n % 2 == 0 else "theirs",
                order=n % 2,
            ),
        )
        self.keep(StatusChange, len(self.signed), lambda n: self._course(self.signed[n]))
        template = DutyTemplate.objects.filter(kind="evaluation").first()
        if template:
            self.keep(Duty, len(self.signed), lambda n: self._duty(self.signed[n], template))
        return f"{len(self.signed):,} agreements with parties, course and duties"

    def _agreement(self, number: int) -> Agreement:
        day = TODAY - timedelta(days=self.chance.randint(30, 9000))
        region = self.chance.choice(self.regions)
        return Agreement(
            unit=self.unit(),
            number=f"BN-{day.year}-{self.start + number:06}",
            kind=self.chance.choice(Agreement.Kind.values),
            title_ko=f"경기도–{region.name_ko} 협약 {number}",
            title_en=f"Gyeonggi–{region.name_en} agreement {number}",
            signed_first=day,
            signed_on=day,
            status=self.chance.choices(["in_force", "suspended", "expired"], [8, 1, 1])[0],
            status_since=day,
            no_document_reason="측정용",
            partner_region=region,
            owner=self.chance.choice(self.users),
            last_contact_on=TODAY - timedelta(days=self.chance.randint(1, 2000)),
        )

    def _course(self, agreement: Agreement) -> StatusChange:
        return StatusChange(
            agreement=agreement,
            status=agreement.status,
            on=agreement.status_since,
            reason="측정용",
            at=at(agreement.status_since),
        )

    def _duty(self, agreement: Agreement, template: DutyTemplate) -> Duty:
        due = TODAY + timedelta(days=self.chance.randint(-400, 400))
        return Duty(
            agreement=agreement,
            template=template,
            kind="evaluation",
            due_on=due,
            owner=agreement.owner,
        )

    def engagements(self) -> str:
        """Add engagements, each tied to an agreement."""
        made = self.keep(Engagement, self.share(300_000), self._engagement)
        ties: Any = Engagement.agreements.through
        self.keep(
            ties,
            len(made),
            lambda n: ties(engagement=made[n], agreement=self.chance.choice(self.signed)),
        )
        self.held = made
        return f"{len(made):,} engagements"

    def _engagement(self, number: int) -> Engagement:
        day = TODAY - timedelta(days=self.chance.randint(-60, 6000))
        return Engagement(
            unit=self.unit(),
            kind=self.chance.choice(["visit", "meeting", "courtesy_call", "letter"]),
            title_ko=f"대표단 방문 {number}",
            title_en=f"Visit of a delegation {number}",
            state="held" if day <= TODAY else "planned",
            starts_on=day,
            ends_on=day,
            region=self.chance.choice(self.regions),
        )

    def commitments(self) -> str:
        """Add commitments; most of the old ones are done."""
        made = self.keep(Commitment, self.share(100_000), self._commitment)
        return f"{len(made):,} commitments"

    def _commitment(self, number: int) -> Commitment:
        agreement = self.chance.choice(self.signed)
        due = TODAY + timedelta(days=self.chance.randint(-3000, 300))
        done = due < TODAY - timedelta(days=60) and self.chance.random() < 0.9
        return Commitment(
            unit=agreement.unit,
            number=f"BN-{due.year}-{self.start + number:06}",
            words=f"{self.chance.choice(WORDS)} 분야 공동사업 계획을 보내겠습니다 {number}",
            side=self.chance.choice(["ours", "theirs", "joint"]),
            agreement=agreement,
            engagement=self.chance.choice(self.held),
            owner=agreement.owner,
            due_first=due,
            due_on=due,
            status="done" if done else "open",
            status_since=due,
            done_on=due if done else None,
        )

    def _name(self, rows: list[Any], kind: str, key: Callable[[Any], str]) -> None:
        self.keep(
            Alias,
            len(rows),
            lambda n: Alias(**{kind: rows[n]}, name=rows[n].name_ko, key=key(rows[n])),
        )

    def keep(
        self, model: type[Model], count: int, make: Callable[[int], Any], *, forget: bool = False
    ) -> list[Any]:
        """Make and save ``count`` rows; return them, unless they are too many to be held."""
        kept: list[Any] = []
        numbers = iter(range(count))
        while batch := [make(number) for number in islice(numbers, BATCH)]:
            with transaction.atomic():
                made = model._default_manager.bulk_create(batch)
            kept += [] if forget else made
        return kept
