"""What the sample's stories share: who is who, and the short ways to say that something happened.

Everything goes through the actions that the screens call, so the sample obeys every rule and has
a history like real records.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from gyoryu.accounts.models import Unit, User
from gyoryu.agreements.actions import agreements, commitments, duties, engagements
from gyoryu.agreements.models import Agreement, Commitment, Engagement, Status
from gyoryu.base import periods
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.parties.actions import organisations, people
from gyoryu.parties.models import Organisation, Person, Region
from gyoryu.sample import paper

SEOUL = ZoneInfo("Asia/Seoul")
TODAY = "2025-04-01"


def on(day: str) -> date:
    """Read a day."""
    return date.fromisoformat(day)


def at(day: date | str, hour: int = 10) -> datetime:
    """The time an officer wrote something down: that day, in the morning."""
    return datetime.combine(on(day) if isinstance(day, str) else day, time(hour), SEOUL)


@dataclass
class Book:
    """The units, users and parties of the sample by short keys."""

    units: dict[str, Unit]
    users: dict[str, User]
    parties: dict[str, Organisation] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)

    @property
    def officer(self) -> User:
        """The cooperation officer, who writes most of the record."""
        return self.users["officer@gyoryu.example"]

    @property
    def approver(self) -> User:
        """The approver of the bureau."""
        return self.users["approver@gyoryu.example"]

    @property
    def trader(self) -> User:
        """The trade officer, who runs the support programmes."""
        return self.users["trade@gyoryu.example"]

    @property
    def desk(self) -> Unit:
        """The division that keeps most agreements."""
        return self.units["exchange"]

    def organisation(
        self, key: str, kind: str, ko: str, en: str, region: str = "", above: str = ""
    ) -> Organisation:
        """Add an organisation under a short key, perhaps as an office of another."""
        values: dict[str, Any] = {"kind": kind, "name_ko": ko, "name_en": en}
        values["region"] = place(region)
        values["parent"] = self.parties.get(above)
        made = organisations.add_organisation(
            self.desk, values, by=self.officer, at=at("2025-01-02")
        )
        self.parties[key] = made
        return made

    def person(self, key: str, names: tuple[str, str], titles: tuple[str, str], of: str) -> Person:
        """Add a person who holds a position at an organisation."""
        person = people.add_person(
            self.desk,
            {"name_ko": names[0], "name_en": names[1]},
            by=self.officer,
            at=at("2025-01-02"),
        )
        position = {"title_ko": titles[0], "title_en": titles[1]}
        people.add_position(
            person, self.parties[of], position, by=self.officer, at=at("2025-01-02")
        )
        self.persons[key] = person
        return person

    def draft(self, day: str, values: dict[str, Any], parties: Iterable[str]) -> Agreement:
        """Draft an agreement: the first party is ours, the others theirs."""
        sides = ["ours", *["theirs"] * 20]
        pairs = [(self.parties[key], side) for key, side in zip(parties, sides, strict=False)]
        values = {"owner": self.officer, **values, "parties": pairs}
        return agreements.draft(self.desk, values, by=self.officer, at=at(day))

    def sign(self, agreement: Agreement, signed: str, *, place_code: str = "", **how: Any) -> None:
        """Review, sign and put in force on one day, with the signed text as its document."""
        period = periods.parse(signed)
        when = at(period.last)
        agreements.move(
            agreement,
            Status.REVIEWED,
            on=period.first - timedelta(days=14),
            reason="사전 검토 마침",
            by=self.approver,
            at=when,
        )
        agreements.sign(
            agreement, signed=period, place=place(place_code), by=self.officer, at=when, **how
        )
        self.document(agreement, "signed_text", f"{agreement.title_ko} 서명본", period.last)
        agreements.move(
            agreement,
            Status.IN_FORCE,
            on=period.last,
            reason="서명과 함께 발효",
            by=self.officer,
            at=when,
        )
        duties.plan(agreement, on=on(TODAY), by=None, at=at(TODAY, 1))

    def evaluated(self, agreement: Agreement) -> None:
        """Hold every evaluation meeting that came due, and report each to the committee."""
        late = {"done_on": None, "waived_on": None, "due_on__lt": on(TODAY)}
        while duty := agreement.duties.filter(**late).exclude(kind="publication").first():
            duties.done(
                duty,
                on=duty.due_on,
                note="기한에 맞추어 마침, 결과 보고서로 갈음",
                by=self.officer,
                at=at(TODAY, 1),
            )

    def document(self, record: Model, kind: str, title: str, day: date) -> Document:
        """Hold a small PDF as evidence."""
        file = SimpleUploadedFile("문서.pdf", paper.pdf(title), content_type="application/pdf")
        return evidence.hold(
            record, kind=kind, title=title, dated=day, file=file, by=self.officer, at=at(day)
        )

    def engagement(self, day: str, values: dict[str, Any], until: str = "") -> Engagement:
        """Record an engagement that was held."""
        days = {"starts_on": on(day), "ends_on": on(until or day), "owner": self.officer}
        return engagements.record(self.desk, {**days, **values}, by=self.officer, at=at(day, 18))

    def people_at(
        self, engagement: Engagement, side: str, of: str, size: int, *who: tuple[str, str]
    ) -> None:
        """Write down one side's delegation; the first person is its head."""
        delegation = engagements.add_delegation(
            engagement,
            side,
            organisation=self.parties[of],
            size=size,
            by=self.officer,
            at=at(engagement.ends_on, 18),
        )
        for place_in_line, (key, title) in enumerate(who):
            engagements.add_participant(
                delegation,
                self.persons[key],
                title=title,
                head=place_in_line == 0,
                by=self.officer,
                at=at(engagement.ends_on, 18),
            )

    def promise(self, day: str, words: str, side: str, due: str, **ties: Any) -> Commitment:
        """Write a commitment down; ours belongs to the officer."""
        values: dict[str, Any] = {"words": words, "side": side, **ties}
        values["due"] = periods.parse(due) if due else None
        values["owner"] = self.officer
        return commitments.promise(self.desk, values, by=self.officer, at=at(day, 18))

    def keep(self, commitment: Commitment, day: str, evidence_title: str) -> None:
        """Close a commitment as done, with its evidence."""
        self.document(commitment, "other", evidence_title, on(day))
        commitments.move(commitment, "done", on=on(day), by=self.officer, at=at(day, 17))


def place(code: str) -> Region | None:
    """Return the region of an ISO code, or of an English name."""
    if not code:
        return None
    found = Region.objects.filter(code=code).first() or Region.objects.filter(name_en=code).first()
    if found is None:
        raise LookupError(code)
    return found
