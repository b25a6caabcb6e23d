# ruff: noqa: E501 (tables read best a row a line)
"""Who gets where: every address of the project, asked as every role and as nobody.

`python -m tests.permissions > docs/permissions.md` writes the table anew. An address with arguments
needs a line in ARGUMENTS, which says from which record they come; a new address without one fails
the test that reads this.
"""

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TABLE = Path(__file__).parent.parent / "docs" / "permissions.md"
ROLES = ("viewer", "officer", "approver", "press", "auditor", "administrator", "panel", "company",
         "provider", "counsellor")  # fmt: skip
HEAD = """# Who gets where

Rows are addresses by name, columns are nobody (not signed in) and the ten roles, held at the
division that owns the records. *ok*: the page opens, or a form can be sent; *login*: asked to sign
in; *refused*: told why not (403); *not found*: there is nothing there for this person (404).
Which rows of a list somebody sees is narrowed further by department, and tested with each list.

Below the addresses stand the operations of the API, by method and address: nobody is who sends no
token, a role is somebody of it with a token that reaches as far as the role does.

Written by `python -m tests.permissions > docs/permissions.md`; a test compares it with the site.
"""


class World:
    """A small government with one record of every kind, and somebody in every role."""

    def __init__(self) -> None:
        from gyoryu.accounts.models import Membership, Unit, User

        self.at = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
        self.unit = Unit.objects.create(name_ko="한결도", kind="government", path="new")
        self.unit.path = f"/{self.unit.pk}/"
        self.unit.save()
        self.users = {}
        for role in ROLES:
            user = User(email=f"{role}@example.test", name_ko=role)
            user.set_password("correct horse")
            user.save()
            Membership.objects.create(user=user, unit=self.unit, role=role)
            self.users[role] = user
        self.made: dict[str, Any] = {}

    def get(self, label: str) -> Any:
        """Return the record of this kind, made when it is first asked for."""
        if label not in self.made:
            self.made[label] = RECORDS[label](self)
        return self.made[label]


def _make(label: str, **values: Any) -> Callable[[World], Any]:
    """Make a record by its model; values may be functions of the world."""

    def make(world: World) -> Any:
        from django.apps import apps

        given = {name: value(world) if callable(value) else value for name, value in values.items()}
        return apps.get_model(label).objects.create(**given)

    return make


def _of(label: str) -> Callable[[World], Any]:
    return lambda world: world.get(label)


def _unit(world: World) -> Any:
    return world.unit


def _at(world: World) -> Any:
    return world.at


def _key(label: str) -> Callable[[World], Any]:
    return lambda world: world.get(label).pk


def _letter(world: World) -> Any:
    from gyoryu.outbox import actions

    viewer = world.users["viewer"]
    return actions.queue(viewer, key="x", subject="x", body="x", at=world.at)


def _entry(world: World) -> Any:
    from gyoryu.history import actions
    from gyoryu.history.models import Entry

    organisation = world.get("organisation")
    actions.record("organisation.changed", organisation, by=None, at=world.at)
    return Entry.objects.first()


def _file(world: World) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gyoryu.evidence import actions

    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")
    return actions.hold(
        world.get("agreement"), kind="other", title="x", file=file, by=None, at=world.at
    )


def _job(world: World) -> Any:
    from gyoryu.jobs import actions

    path, viewer = "gyoryu.jobs.tasks.exports.write", world.users["viewer"]
    return actions.queue(path, "/", "", viewer.pk, "ko", by=viewer, at=world.at, name="x")


def _source(world: World) -> Any:
    from gyoryu.newsroom.models import Source

    return Source.objects.create(
        unit=world.unit, kind="feed", name="새 소식", address="https://news.example.test/feed"
    )


def _article(world: World) -> Any:
    from gyoryu.newsroom.models import Article

    return Article.objects.create(
        source=world.get("source"), unit=world.unit, government=world.unit, identity="a", title="기사",
        body="한결도는 자료를 보내기로 했다.", digest="0" * 64, language="ko",
        published=world.at, taken_in_at=world.at, changed_at=world.at,
    )  # fmt: skip


def _token(world: World) -> Any:
    return _token_of(world, "viewer")[0]


def _token_of(world: World, role: str) -> Any:
    """Make a token that reaches as far as a role does, with its secret; none for a role without."""
    from gyoryu.accounts.actions import tokens
    from gyoryu.accounts.models import Token

    user = world.users[role]
    reached = [one for one in Token.Scope if user.access.reaches(one)]
    if not reached:
        return None, ""
    ends = date(2026, 1, 1)
    return tokens.make("x", reached, ends, on=world.at.date(), by=user, at=world.at)


def _publication(world: World) -> Any:
    from gyoryu.agreements.models import Agreement
    from gyoryu.register import actions

    Agreement.objects.create(
        unit=world.unit, number="AG-2020-0001", kind="mou", title_ko="협약", status="in_force",
        status_since=date(2020, 3, 1), signed_on=date(2020, 3, 1),
    )  # fmt: skip
    return actions.publish(world.unit, date(2025, 2, 1), by=None, at=world.at)


def _call_granted(world: World) -> dict[str, Any]:
    """The call whose awards are granted."""
    return {"call": world.get("call").pk}


def _month(world: World) -> dict[str, Any]:
    return {**_government(world), "edition": "2025-02"}


def _government(world: World) -> dict[str, Any]:
    """A government that has published its register."""
    world.get("publication")
    return {"language": "ko", "government": world.unit.pk}


def _open_document(world: World) -> dict[str, Any]:
    return {**_government(world), "document": world.get("document").pk}


def _paper(world: World) -> Any:
    """A paper of an application, beside a condition of its call."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gyoryu.evidence import actions
    from gyoryu.programmes.models import Attachment

    row, file = world.get("application"), SimpleUploadedFile("b.pdf", b"%PDF-1.7\n% b\n%%EOF\n")
    held = actions.hold(row, kind="other", title="x", file=file, by=None, at=world.at)
    return Attachment.objects.create(application=row, document=held)


def _call_draft(world: World) -> Any:
    """A call that lacks nothing, so that its approver could announce it."""
    from gyoryu.programmes.models import Call, CostCategory, Criterion

    form = [{"code": "event", "kind": "text", "label": {"ko": "전시회", "en": ""}}]
    call = Call.objects.create(
        unit=world.unit, programme=world.get("programme"), number="CA-2025-0002", title_ko="준비", summary_ko="요약", contact="과",
        state_since=DAY, applicant="company", opens_at=datetime(2025, 4, 2, tzinfo=UTC), closes_at=datetime(2025, 5, 1, tzinfo=UTC),
        places=3, questions=form,
    )  # fmt: skip
    CostCategory.objects.create(call=call, name_ko="숙박", in_kind=True)
    Criterion.objects.create(call=call, name_ko="적합성", most=100)
    return call


def _company_user(world: World) -> Any:
    return world.users["company"]


def _letters_link(world: World) -> dict[str, Any]:
    from gyoryu.programmes.rules.subscriptions import secret_of

    return {"secret": secret_of(world.get("wish"))}


DAY = date(2025, 3, 1)
# Calls and who applies to them: the company of the role company.
APPLYING: dict[str, Callable[[World], Any]] = {
    "programme": _make("programmes.Programme", unit=_unit, number="PR-1", kind="support", name_ko="지원", first_year=2025, last_year=2025),
    "call": _make("programmes.Call", unit=_unit, programme=_of("programme"), number="CA-2025-0001", title_ko="모집", state="published", state_since=DAY, applicant="company", opens_at=datetime(2025, 3, 1, tzinfo=UTC), closes_at=datetime(2025, 5, 1, tzinfo=UTC)),
    "eligibility rule": _make("programmes.EligibilityRule", call=_of("call"), kind="sanction"),
    "representative": _make("programmes.Representative", user=_company_user, organisation=_of("organisation"), since=DAY),
    "admission": _make("programmes.Admission", user=lambda world: world.users["provider"], organisation=lambda world: world.get("representative").organisation, asked_at=_at),
    "application": _make("programmes.Application", unit=_unit, call=_of("call"), applicant=_company_user, organisation=lambda world: world.get("representative").organisation, name="가온텍", number="AP-2025-0001", status="submitted", status_since=DAY, saved_at=_at, submitted_at=_at),
    "attachment": lambda world: _paper(world),
    "call draft": _call_draft,
    "criterion": lambda world: world.get("call draft").criteria.get(),
    "call track": _make("programmes.Track", call=_of("call draft"), name_ko="지정"),
    "call category": lambda world: world.get("call draft").categories.get(),
    "call paper": _make("programmes.RequiredDocument", call=_of("call draft"), name_ko="등록증"),
    "call condition": _make("programmes.EligibilityRule", call=_of("call draft"), kind="sanction"),
    "wish": _make("programmes.Subscription", user=_company_user, asked_at=_at, confirmed_at=_at),
    "viewer's wish": _make("programmes.Subscription", user=lambda world: world.users["viewer"], asked_at=_at, confirmed_at=_at),
    "call public": _make("programmes.Call", unit=_unit, programme=_of("programme"), number="CA-2025-0003", title_ko="공고", state="published", state_since=DAY, published_at=_at, changed_at=_at, applicant="company", opens_at=datetime(2025, 3, 1, tzinfo=UTC), closes_at=datetime(2025, 5, 1, tzinfo=UTC)),
}  # fmt: skip


def _sheet(world: World) -> Any:
    """A frozen score sheet of nobody."""
    from gyoryu.programmes.models import Sheet

    rule = {"method": "mean", "threshold": "60", "least": 3, "spread_most": "20", "tie": "criteria",
            "places": 1, "chosen": [], "why_chosen": ""}  # fmt: skip
    told = {"rule": rule, "criteria": [], "tracks": [], "applications": []}
    return Sheet.objects.create(
        call=world.get("call"), version=1, text=json.dumps(told), digest="0" * 64, at=world.at
    )


# Panels, activities and outcomes.
PANEL = {
    "seat": _make("programmes.Seat", call=_of("call"), user=lambda world: world.users["panel"]),
    "review": _make("programmes.Review", seat=_of("seat"), application=_of("application")),
    "sheet": _sheet,
    "activity": _make("programmes.Activity", unit=_unit, programme=lambda world: world.get("call").programme, kind="training", title_ko="교육", starts_at=_at, ends_at=lambda world: world.at + timedelta(hours=1)),
    "attendance": _make("programmes.Attendance", activity=_of("activity"), application=_of("application")),
    "outcome": _make("programmes.Outcome", unit=_unit, application=_of("application"), kind="jobs", amount=1, on=DAY),
}  # fmt: skip


def _with_service(world: World) -> Any:
    """A provider of the voucher programme, registered for its one service."""
    from gyoryu.programmes.models import Provider

    made = Provider.objects.create(
        unit=world.unit, programme=world.get("voucher programme"),
        organisation=world.get("provider people").organisation, state="registered", state_since=DAY,
    )  # fmt: skip
    made.services.add(world.get("service"))
    return made


def _terms_draft(world: World) -> Any:
    """Terms that lack nothing, so that they could be put in force."""
    from gyoryu.programmes.models import Band, Service, Terms

    terms = Terms.objects.create(
        unit=world.unit, programme=world.get("voucher programme"), year=2026, version=1
    )
    Band.objects.create(terms=terms, scale="sales", rate=70)
    Band.objects.create(terms=terms, scale="exports", most=1000)
    Service.objects.create(terms=terms, code="TR", name_ko="번역")
    return terms


# A voucher of the company of the role company, and an order of the role provider's.
VOUCHERS: dict[str, Callable[[World], Any]] = {
    "voucher programme": _make("programmes.Programme", unit=_unit, number="PR-V", kind="voucher", name_ko="수출바우처", first_year=2025, last_year=2025),
    "voucher call": _make("programmes.Call", unit=_unit, programme=_of("voucher programme"), number="CA-2025-0009", title_ko="바우처", state="decided", state_since=DAY, applicant="company", opens_at=datetime(2025, 1, 1, tzinfo=UTC), closes_at=datetime(2025, 2, 1, tzinfo=UTC)),
    "terms": _make("programmes.Terms", unit=_unit, programme=_of("voucher programme"), year=2025, version=1, in_force_from=DAY),
    "band": _make("programmes.Band", terms=_of("terms"), scale="sales", rate=70),
    "cap": _make("programmes.Band", terms=_of("terms"), scale="exports", most=1000),
    "service": _make("programmes.Service", terms=_of("terms"), code="TR", name_ko="번역"),
    "voucher company": _make("parties.Organisation", unit=_unit, kind="company", name_ko="바우처 기업"),
    "company people": _make("programmes.Representative", user=_company_user, organisation=_of("voucher company"), since=DAY, confirmed_at=_at),
    "provider company": _make("parties.Organisation", unit=_unit, kind="company", name_ko="수행기관"),
    "provider people": _make("programmes.Representative", user=lambda world: world.users["provider"], organisation=_of("provider company"), since=DAY, confirmed_at=_at),
    "voucher line": _make("programmes.Ceiling", level="line", limit=5000, committed=2000),
    "voucher allotment": _make("programmes.Ceiling", level="allotment", parent=_of("voucher line"), limit=2000, drawn=2000, committed=700),
    "voucher ceiling": _make("programmes.Ceiling", level="award", parent=_of("voucher allotment"), limit=1000, drawn=700),
    "heading ceiling": _make("programmes.Ceiling", level="category", parent=_of("voucher ceiling"), limit=1000),
    "voucher award": _make("programmes.Award", unit=_unit, call=_of("voucher call"), organisation=lambda world: world.get("company people").organisation, name="바우처 기업", number="AW-2025-0009", kind="voucher", ceiling=_of("voucher ceiling"), status_since=DAY, awarded_on=DAY, starts_on=DAY, ends_on=date(2025, 11, 30), claims_until=date(2025, 12, 10), report_due_on=date(2026, 1, 31)),
    "voucher": _make("programmes.Voucher", award=_of("voucher award"), terms=lambda world: world.get("band").terms and world.get("cap").terms, sales=0, exports=0, rate=70, subsidy=700, share=300, share_paid_on=DAY),
    "voucher heading": _make("programmes.AwardCategory", award=_of("voucher award"), service=_of("service"), ceiling=_of("heading ceiling")),
    "provider": _with_service,
    "order": _make("programmes.Order", unit=_unit, voucher=_of("voucher"), heading=_of("voucher heading"), provider=_of("provider"), number="OR-2025-0001", title="번역", amount=100, status_since=DAY, quoted_on=DAY, due_on=date(2025, 6, 30)),
    "order accepted": _make("programmes.Order", unit=_unit, voucher=_of("voucher"), heading=_of("voucher heading"), provider=_of("provider"), number="OR-2025-0002", title="번역", amount=100, status="accepted", status_since=DAY, quoted_on=DAY, accepted_on=DAY, due_on=date(2025, 6, 30)),
    "terms draft": _terms_draft,
    "provider applied": _make("programmes.Provider", unit=_unit, programme=_of("voucher programme"), organisation=_of("organisation2"), state="applied", state_since=DAY),
    "ceiling unpaid": _make("programmes.Ceiling", level="award", parent=_of("voucher allotment"), limit=1000, drawn=700),
    "award unpaid": _make("programmes.Award", unit=_unit, call=_of("voucher call"), organisation=_of("voucher company"), name="바우처 기업", number="AW-2025-0010", kind="voucher", ceiling=_of("ceiling unpaid"), status_since=DAY, awarded_on=DAY, starts_on=DAY, ends_on=date(2025, 11, 30), claims_until=date(2025, 12, 10), report_due_on=date(2026, 1, 31)),
    "voucher unpaid": _make("programmes.Voucher", award=_of("award unpaid"), terms=_of("terms"), sales=0, exports=0, rate=70, subsidy=700, share=300),
    "order paper": lambda world: _held(world, "order"),
    "sanction": _make("programmes.Sanction", unit=_unit, organisation=_of("organisation2"), from_on=DAY, until_on=date(2025, 12, 31), reason="x", legal_basis="x"),
    "selected": _make("programmes.Application", unit=_unit, call=_of("voucher call"), organisation=_of("voucher company"), name="바우처 기업", number="AP-2025-0009", status="selected", status_since=DAY, saved_at=_at, submitted_at=_at),
    "signal note": _make("programmes.SignalNote", kind="account", subject=lambda world: f"{world.get('voucher programme').pk}/1-1", note="x", at=_at),
}  # fmt: skip


def _held(world: World, label: str) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gyoryu.evidence import actions

    file = SimpleUploadedFile("o.pdf", b"%PDF-1.7\n% o\n%%EOF\n")
    return actions.hold(world.get(label), kind="other", title="x", file=file, by=None, at=world.at)


def _signal(world: World) -> dict[str, Any]:
    world.get("signal note")
    return {"programme": world.get("voucher programme").pk, "kind": "account", "subject": "1-1"}


# A fair that was held, a deal of its exhibitor with a step that waits, and a follow-up.
DEALS: dict[str, Callable[[World], Any]] = {
    "deal event": _make("trade.Event", unit=_unit, kind="meeting_fair", number="EV-DEAL", title_ko="상담회", state="held", state_since=DAY, starts_on=DAY, ends_on=DAY),
    "deal seller": _make("trade.Participant", unit=_unit, event=_of("deal event"), side="exhibitor", organisation=_of("voucher company"), state="confirmed", state_since=DAY, contact_email="seller@example.test"),
    "deal": lambda world: _deal(world),
    "deal paper": lambda world: _paper_of(world, world.get("deal")),
    "deal step": _make("trade.DealStep", deal=_of("deal"), grade="verified", on=DAY, amount=1, proof="declaration", declaration="4177425000001X", document=_of("deal paper"), noted_at=_at),
    "follow-up": _make("trade.FollowUp", exhibitor=_of("deal seller"), event=_of("deal event"), months=3, due_on=DAY, until=date(2026, 1, 1)),
}  # fmt: skip


def _deal(world: World) -> Any:
    """A deal with the first step that every deal begins with."""
    made = _make(
        "trade.Deal", unit=_unit, number="DE-2025-0001", company=_of("voucher company"),
        buyer=_of("organisation2"), event=_of("deal event"), graded_on=DAY, currency="USD",
    )(world)  # fmt: skip
    _make("trade.DealStep", deal=made, grade="consulted", on=DAY, proof="word", noted_at=_at)(world)
    return made


def _paper_of(world: World, record: Any) -> Any:
    """A paper that is held for a record."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gyoryu.evidence import actions

    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")
    return actions.hold(record, kind="other", title="x", file=file, by=None, at=world.at)


def _of_deal(world: World) -> dict[str, Any]:
    """The deal of the company that the role company is confirmed to act for."""
    world.get("company people")
    world.get("deal step")
    return args(pk="deal")(world)


# A fair under way, its consultations, and what was published of it.
TALKS: dict[str, Callable[[World], Any]] = {
    "talk event": _make("trade.Event", unit=_unit, kind="meeting_fair", number="EV-TALK", title_ko="상담회", state="running", state_since=DAY, starts_on=DAY, ends_on=date(2025, 4, 30)),
    "talk place": _make("trade.Leg", event=_of("talk event"), name_ko="전시장", starts_on=DAY, ends_on=date(2025, 4, 30)),
    "talk seller": _make("trade.Participant", unit=_unit, event=_of("talk event"), side="exhibitor", organisation=_of("voucher company"), state="confirmed", state_since=DAY),
    "talk buyer": _make("trade.Participant", unit=_unit, event=_of("talk event"), side="buyer", organisation=_of("organisation2"), state="confirmed", state_since=DAY),
    "talk": _make("trade.Consultation", unit=_unit, event=_of("talk event"), leg=_of("talk place"), exhibitor=_of("talk seller"), buyer=_of("talk buyer"), at=_at, next_steps=["quote"], logged_at=_at, sent="d" * 64),
    "published": _make("trade.Published", unit=_unit, event=_of("talk event"), on=DAY, consultations=558),
}  # fmt: skip


def _booth(world: World) -> dict[str, Any]:
    """The booth of the company that the role company is confirmed to act for."""
    world.get("company people")
    return args(pk="talk event", company="talk seller")(world)


# The records that addresses are about. A desk that adds an address with arguments adds its record.
def _claim_paper(world: World) -> Any:
    """A document of a claim."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gyoryu.evidence import actions

    file = SimpleUploadedFile("c.pdf", b"%PDF-1.7\n% c\n%%EOF\n")
    return actions.hold(
        world.get("claim"), kind="invoice", title="x", file=file, by=None, at=world.at
    )


def _claim_approved(world: World) -> Any:
    """A claim that waits to be paid, of a company whose bank account is known."""
    from gyoryu.programmes.actions import bank_accounts

    claim = _make(
        "programmes.Claim", unit=_unit, award=_of("award"), heading=_of("heading"),
        number="PC-2025-0002", provider_name="누리전시", invoice="2", invoice_key="2",
        invoice_on=DAY, supply=1, eligible=1, approved=1, status="approved", status_since=DAY,
        submitted_at=_at,
    )(world)  # fmt: skip
    bank_accounts.tell(
        claim.award, bank="한결은행", number="110-234-567890", holder="가온텍", by=None, at=world.at
    )
    return claim


# What is granted to the company of the role company, and a claim of theirs.
GRANTED: dict[str, Callable[[World], Any]] = {
    "allotted": _make("programmes.Ceiling", level="allotment", parent=_of("ceiling"), limit=10, committed=5, drawn=10),
    "granted": _make("programmes.Ceiling", level="award", parent=_of("allotted"), limit=5, drawn=5),
    "capped": _make("programmes.Ceiling", level="category", parent=_of("granted"), limit=5),
    "category": _make("programmes.CostCategory", call=_of("call"), name_ko="임차료"),
    "award": _make("programmes.Award", unit=_unit, call=_of("call"), organisation=lambda world: world.get("representative").organisation, name="가온텍", number="AW-2025-0001", kind="advance", ceiling=_of("granted"), status_since=DAY, awarded_on=DAY, starts_on=DAY, ends_on=DAY, claims_until=DAY, report_due_on=DAY),
    "amendment": _make("programmes.Amendment", award=_of("award"), on=DAY, reason="x", changes={"amount": [5, 4]}, key="x", at=_at),
    "advance": _make("programmes.Advance", award=_of("award"), amount=1, reason="x", key="x", approved_at=_at),
    "heading": _make("programmes.AwardCategory", award=_of("award"), category=_of("category"), ceiling=_of("capped")),
    "claim": _make("programmes.Claim", unit=_unit, award=_of("award"), heading=_of("heading"), number="PC-2025-0001", provider_name="누리전시", invoice="1", invoice_key="1", invoice_on=DAY, supply=1, eligible=1, status="returned", status_since=DAY, submitted_at=_at),
    "claim paper": lambda world: _claim_paper(world),
    "claim approved": _claim_approved,
}  # fmt: skip


# An event with its place, half-day and interpreter; an exhibitor of the role company, and a buyer.
EVENTS: dict[str, Callable[[World], Any]] = {
    "event": _make("trade.Event", unit=_unit, kind="meeting_fair", number="EX-2025-0001", title_ko="상담회", state="open", state_since=DAY, starts_on=DAY, ends_on=date(2025, 5, 1), call=_of("call"), catalogue_since=_at),
    "event alone": _make("trade.Event", unit=_unit, kind="online", number="EX-2025-0002", title_ko="온라인 상담회", state_since=DAY, starts_on=DAY, ends_on=DAY),
    "leg": _make("trade.Leg", event=_of("event"), name_ko="전시장", starts_on=DAY, ends_on=DAY),
    "half-day": _make("trade.HalfDay", leg=_of("leg"), day=DAY, part="morning", begins=time(9, 30), slots=4),
    "interpreter": _make("trade.Interpreter", leg=_of("leg"), name="통역", languages=["ko", "vi"]),
    "exhibitor": _make("trade.Participant", unit=_unit, event=_of("event"), side="exhibitor", organisation=lambda world: world.get("company people").organisation, state_since=DAY),
    "buyer": _make("trade.Participant", unit=_unit, event=_of("event"), side="buyer", organisation=_of("organisation2"), state="invited", state_since=DAY, contact_email="buyer@buyer.example"),
    "shown product": _make("parties.Product", organisation=_of("voucher company"), name_ko="김"),
    "exhibit": _make("trade.Exhibit", participant=_of("exhibitor"), product=_of("shown product")),
}  # fmt: skip


# What is wished, planned and met at that event.
GRID: dict[str, Callable[[World], Any]] = {
    "third": _make("trade.Participant", unit=_unit, event=_of("event"), side="buyer", organisation=_of("organisation"), state_since=DAY),
    "sequence": _make("trade.Sequence", of=_of("exhibitor"), first=_of("buyer"), then=_of("third"), at=_at),
    "meeting": _make("trade.Meeting", leg=_of("leg"), exhibitor=_of("exhibitor"), buyer=_of("buyer"), half_day=_of("half-day"), slot=1, table=1),
    "timetable": _make("trade.Timetable", leg=lambda world: world.get("meeting").leg, version=1, state="published", made_at=_at, published_at=_at),
}  # fmt: skip


def _by_link(world: World) -> dict[str, Any]:
    """The personal link of the buyer."""
    from gyoryu.trade.actions import links

    return {"secret": links.give(world.get("buyer"), by=None, at=world.at)}


# A centre with its enquiry and lead; a mall with a product of the company of the role company.
CENTRES: dict[str, Callable[[World], Any]] = {
    "centre": _make("trade.Centre", unit=_unit, name_ko="센터", opened_on=date(2023, 5, 1), asked_by_all=True),
    "post": _make("trade.Post", centre=_of("centre"), name="한지소", title="소장", since=DAY),
    "lead": _make("trade.Lead", unit=_unit, centre=_of("centre"), organisation=_of("organisation"), found_on=DAY, state_since=DAY),
    "enquiry": _make("trade.Enquiry", unit=_unit, centre=_of("centre"), number="EN-2025-0001", kind="market", subject="질문", received_at=_at, due_on=DAY, state_since=DAY, asked_by=_company_user),
    "channel": _make("trade.Channel", unit=_unit, name_ko="몰", currency="CNY"),
    "goods": _make("parties.Product", organisation=lambda world: world.get("company people").organisation, name_ko="김"),
    "listing": _make("trade.Listing", unit=_unit, channel=_of("channel"), product=_of("goods"), state_since=DAY),
    "campaign": _make("trade.Campaign", unit=_unit, channel=_of("channel"), name_ko="판촉", starts_on=DAY, ends_on=DAY),
    "window": _make("trade.ShopWindow", unit=_unit, slug="goods", title_ko="진열창", open_since=_at),
}  # fmt: skip
RECORDS: dict[str, Callable[[World], Any]] = {
    **GRANTED,
    **EVENTS,
    **GRID,
    **CENTRES,
    "organisation": _make("parties.Organisation", unit=_unit, kind="company", name_ko="가온텍"),
    "person": _make("parties.Person", unit=_unit, name_ko="김도연"),
    "region": _make("parties.Region", kind="country", code="ZZ", name_ko="어딘가", name_en="Somewhere", path="/"),
    "position": _make("parties.Position", person=_of("person"), organisation=_of("organisation"), title_ko="대표"),
    "contact": _make("parties.Contact", organisation=_of("organisation"), kind="phone", value="02-000-0000"),
    "exports": _make("parties.Exports", organisation=_of("organisation"), year=2024, amount=1, currency="USD"),
    "product": _make("parties.Product", organisation=_of("organisation"), name_ko="김"),
    "merge": _make("parties.Merge", unit=_unit, kind="organisation", kept=_key("organisation"), gone=_key("organisation2"), kept_name="가", gone_name="나", at=_at, moved={key: [] for key in ("aliases", "fields", "aside", "ties", "paths")}),
    "double": _make("parties.Double", kind="organisation", one=_key("organisation"), other=_key("organisation2"), reason="name", found_at=_at),
    "organisation2": _make("parties.Organisation", unit=_unit, kind="company", name_ko="가온텍 지사"),
    "agreement": _make("agreements.Agreement", unit=_unit, number="AG-2025-0001", kind="mou", title_ko="협약", status_since=DAY),
    "agreement signed": _make("agreements.Agreement", unit=_unit, number="AG-2025-0002", kind="mou", title_ko="체결된 협약", status="in_force", status_since=DAY, signed_on=DAY),
    "party": _make("agreements.Party", agreement=_of("agreement"), organisation=_of("organisation"), side="theirs"),
    "signatory": _make("agreements.Signatory", party=_of("party"), person=_of("person"), title="대표"),
    "template": _make("agreements.DutyTemplate", unit=_unit, kind="pre_review", name_ko="사전 검토", name_en="Review", basis_ko="제1조", trigger="before_signing"),
    "area": _make("agreements.Area", name_ko="수소", name_en="Hydrogen"),
    "duty": _make("agreements.Duty", agreement=_of("agreement"), template=_of("template"), kind="pre_review", due_on=DAY),
    "body": _make("agreements.Body", unit=_unit, agreement=_of("agreement"), name_ko="협의회"),
    "engagement": _make("agreements.Engagement", unit=_unit, kind="visit", title_ko="방문", starts_on=DAY, ends_on=DAY),
    "engagement planned": _make("agreements.Engagement", unit=_unit, kind="visit", title_ko="방문 예정", starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 1), state="planned"),
    "delegation": _make("agreements.Delegation", engagement=_of("engagement"), side="theirs", organisation=_of("organisation")),
    "participant": _make("agreements.Participant", delegation=_of("delegation"), person=_of("person")),
    "stop": _make("agreements.Stop", engagement=_of("engagement"), order=1, name_ko="공장"),
    "request": _make("agreements.Request", engagement=_of("engagement"), words="요청"),
    "commitment": _make("agreements.Commitment", unit=_unit, number="CM-2025-0001", words="약속", side="ours", agreement=_of("agreement"), status_since=DAY),
    "milestone": _make("agreements.Milestone", commitment=_of("commitment"), name="단계"),
    "source": _source,
    "visit": _make("newsroom.Visit", source=_of("source"), begun_at=_at, ended_at=_at, status=200),
    "article": _article,
    "candidate": _make("newsroom.Candidate", article=_of("article"), unit=_unit, kind="commitment", key="k", start=0, end=10, confidence=0.7, rules="x"),
    "conflict": _make("newsroom.Conflict", article=_of("article"), unit=_unit, kind="counts", key="k"),
    "publication": _publication,
    **APPLYING,
    **PANEL,
    **VOUCHERS,
    **DEALS,
    **TALKS,
    "document": _file,
    "letter": _letter,
    "job": _job,
    "entry": _entry,
    "user": lambda world: world.users["viewer"],
    "batch": _make("imports.Batch", unit=_unit, kind="agreements", status="saved", name="list.csv", sha256="0", document=_of("document"), at=_at, saved_at=_at),
    "batch taken": _make("imports.Batch", unit=_unit, kind="agreements", name="list.csv", sha256="0", document=_of("document"), at=_at),
    "strategy": _make("programmes.Strategy", unit=_unit, name_ko="전략", first_year=2025, last_year=2027),
    "ceiling": _make("programmes.Ceiling", level="line"),
    "budget line": _make("programmes.BudgetLine", unit=_unit, programme=_of("programme"), year=2025, account_code="1", name="보조", fund="own", ceiling=_of("ceiling")),
    "strategy alone": _make("programmes.Strategy", unit=_unit, name_ko="전략", first_year=2025, last_year=2027),
    "programme alone": _make("programmes.Programme", unit=_unit, number="PR-2025-0002", kind="support", name_ko="사업", first_year=2025, last_year=2027),
    "award reported ceiling": _make("programmes.Ceiling", level="award", parent=_of("ceiling"), limit=10, drawn=10),
    "award reported": _make("programmes.Award", unit=_unit, call=_of("call"), organisation=lambda world: world.get("representative").organisation, name="가온텍", number="AW-2025-0002", kind="costs", ceiling=_of("award reported ceiling"), status="running", status_since=DAY, awarded_on=DAY, starts_on=DAY, ends_on=DAY, claims_until=DAY, report_due_on=DAY),
    "award accepted ceiling": _make("programmes.Ceiling", level="award", parent=_of("ceiling"), limit=10, drawn=10),
    "award accepted": _make("programmes.Award", unit=_unit, call=_of("call"), organisation=lambda world: world.get("representative").organisation, name="가온텍", number="AW-2025-0003", kind="costs", ceiling=_of("award accepted ceiling"), status="running", status_since=DAY, awarded_on=DAY, starts_on=DAY, ends_on=DAY, claims_until=DAY, report_due_on=DAY),
    "report": _make("programmes.Report", award=_of("award reported"), status="submitted", submitted_at=_at),
    "report accepted": _make("programmes.Report", award=_of("award accepted"), status="accepted", accepted_at=_at),
    "recovery": _make("programmes.Recovery", award=_of("award"), kind="clawback", amount=5, reason="이유", asked_on=DAY, due_on=DAY),
    "rate": _make("programmes.ExchangeRate", currency="USD", day=DAY, source="고시", rate=1400),
    "unit": _unit,
    "token": _token,
    "change": _make("agreements.DueChange", commitment=_of("commitment"), old_precision="day", new_first=DAY, new_on=DAY, new_precision="day", reason="x", asked_at=_at),
    "membership": _make("accounts.Membership", user=lambda world: world.users["officer"], unit=_unit, role="press"),
}  # fmt: skip


def args(**labels: str) -> Callable[[World], dict[str, Any]]:
    """Take an address's arguments from records of these kinds."""
    return lambda world: {name: world.get(label).pk for name, label in labels.items()}


def fixed(**values: Any) -> Callable[[World], dict[str, Any]]:
    """Give an address these arguments, whatever there is."""
    return lambda world: values


# record -> the addresses whose pk it is
ABOUT = {
    "organisation": "organisation organisation-edit organisation-void organisation-contact organisation-exports organisation-product briefing briefing-pdf",
    "person": "person person-edit person-void person-contact position-new",
    "region": "region region-edit",
    "position": "position-edit position-end",
    "contact": "contact-remove",
    "exports": "exports-remove",
    "product": "product-remove",
    "merge": "merge-done merge-undo",
    "double": "double-dismiss",
    "agreement": "agreement agreement-edit agreement-move agreement-sign agreement-renew agreement-replace agreement-void party-new publication-rule page-withdraw publication-state",
    "publication": "publication publication-correct publication-withdraw",
    "party": "party-remove signatory-new",
    "signatory": "signatory-remove",
    "template": "policy-edit",
    "area": "area-edit area-retire area-restore",
    "duty": "duty-done duty-waive duty-owner",
    "body": "body body-edit body-end session-new",
    "engagement": "engagement engagement-edit engagement-hold engagement-void engagement-tie delegation-new stop-new request-new",
    "engagement planned": "engagement-cancel",
    "agreement signed": "body-new",
    "request": "request-answer request-reopen",
    "commitment": "commitment commitment-edit commitment-move commitment-due commitment-void",
    "document": "document document-file document-void",
    "source": "source source-edit source-pause source-resume source-visit",
    "visit": "visit",
    "article": "article review-article accept-certain",
    "candidate": "candidate-accept candidate-edit candidate-refuse candidate-undo",
    "conflict": "conflict-settle",
    "letter": "letter",
    "job": "job job-progress job-retry job-cancel job-file",
    "entry": "history-record",
    "user": "user user-edit user-close user-reopen user-letter role-grant",
    "membership": "role-revoke",
    "token": "token token-revoke",
    "unit": "unit-edit unit-move",
    "batch": "import import-save import-undo import-stop import-failed",
    "batch taken": "import-columns import-discard",
    "strategy": "strategy strategy-edit",
    "award": "settlement settlement-xlsx settlement-pdf settlement-report recovery-ask award-release my-report award award-sign award-cancel award-account award-amend award-advance claim-new my-award my-account my-claim-new",
    "recovery": "recovery-take-in recovery-waive",
    "rate": "rate-correct rate-drop",
    "programme": "programme programme-edit programme-end budget-line-new programme-outcomes",
    "budget line": "budget-line budget-line-edit budget-line-supplement budget-line-allot budget-line-void",
    "strategy alone": "strategy-void",
    "amendment": "amendment-decide",
    "advance": "advance-pay advance-undo",
    "claim": "claim claim-edit claim-submit claim-drop claim-approve claim-return claim-reject claim-reopen claim-pay claim-reverse my-claim my-claim-edit my-claim-paper my-claim-submit my-claim-take-back my-claim-drop",
    "programme alone": "programme-void",
    "terms": "voucher-terms voucher-terms-renew voucher-terms-copy",
    "terms draft": "voucher-terms-edit voucher-terms-enforce",
    "voucher unpaid": "voucher-share voucher-close",
    "provider applied": "provider-register",
    "order accepted": "order-deliver my-order-deliver",
    "voucher": "voucher order-new my-voucher",
    "selected": "voucher-issue",
    "provider": "provider provider-serve provider-stop provider-account my-provider-account",
    "voucher programme": "provider-new my-provider-apply",
    "order": "order order-cancel my-order my-order-accept my-order-confirm my-order-back my-order-cancel",
    "sanction": "sanction sanction-lift sanction-void",
    "call": "my-apply call-applications call-board application-new call-screen call-pass call-select call-panel seat-new panel-share panel-remind call-ranking ranking-freeze ranking-decide",
    "call draft": "call call-edit call-publish call-cancel call-copy call-form call-preview question-new",
    "call public": "call-extend opening-any",
    "application": "my-application my-application-write my-application-save my-application-submit my-application-withdraw application application-return application-eligible application-ineligible application-withdraw application-screen application-reviews review-assign outcome-new",
    "seat": "seat-leave",
    "review": "my-review my-conflict review-reopen review-recuse review-take-back",
    "sheet": "sheet-json sheet-xlsx sheet-pdf",
    "activity": "activity activity-ics activity-edit activity-cancel activity-attendance activity-ask",
    "attendance": "my-feedback",
    "outcome": "outcome-void",
    "deal": "deal deal-edit deal-ask deal-lose deal-reopen deal-finish deal-void deal-step-new",
    "follow-up": "follow-up follow-up-ask",
    "talk": "consultation consultation-edit consultation-void consultation-done",
    "talk seller": "consultation-of",
    "talk event": "event-published published-new my-talks",
    "published": "published-void",
    "centre": "centre centre-edit centre-close post-new centre-costs centre-costs-edit centre-results centre-ask centre-asked",
    "enquiry": "enquiry enquiry-edit enquiry-answer enquiry-match enquiry-close enquiry-void enquiry-forget my-enquiry",
    "lead": "lead lead-edit lead-move lead-void",
    "channel": "channel channel-edit channel-end channel-propose channel-codes",
    "listing": "listing listing-edit listing-move listing-void my-listing",
    "campaign": "campaign campaign-edit campaign-void",
    "window": "shop-window-desk shop-window-edit shop-window-open shop-window-close",
    "representative": "my-company-end representative-confirm representative-end",
    "admission": "my-admission-let-in my-admission-turn-away admission-let-in admission-turn-away",
    "event": "event-results event event-edit event-step event-copy event-catalogue event-results-confirm leg-new event-participants event-take-over event-invite catalogue-any timetables meetings wishes wish-matrix wishes-import",
    "event alone": "event-void",
    "leg": "leg-edit leg-remove leg-half-days interpreter-new leg-plan leg-mend leg-ics door-list table-cards party-sheets check-in",
    "half-day": "half-day-edit half-day-remove",
    "interpreter": "interpreter-edit interpreter-remove",
    "exhibitor": "participant event-participant-edit participant-step participant-times participant-void exhibit-new my-event my-event-contact my-event-times my-exhibit-new my-wishes my-timetable my-timetable-ics",
    "buyer": "participant-invite participant-link participant-link-renew",
    "exhibit": "exhibit-edit exhibit-remove my-exhibit-edit my-exhibit-remove",
    "timetable": "timetable timetable-unplaced timetable-move timetable-add timetable-take-out timetable-fix timetable-publish timetable-stop timetable-put-away",
    "meeting": "meeting meeting-cancel meeting-held meeting-missed",
    "sequence": "sequence-remove",
    "third": "participant-wishes sequence-new",
}  # fmt: skip
# address -> its arguments
ARGUMENTS: dict[str, Callable[[World], dict[str, Any]]] = {
    **{name: args(pk="call") for name in ("call-awards", "call-amend")},
    **dict.fromkeys(("my-talks-of", "my-talk-new", "my-talk-send"), _booth),
    "my-talk-correct": lambda world: {**_booth(world), "talk": world.get("talk").pk},
    "my-claim-file": args(pk="claim", document="claim paper"),
    **dict.fromkeys(("my-deal", "my-deal-step", "my-deal-next", "my-deal-lose", "my-deal-ask"), _of_deal),
    "my-deal-file": lambda world: {**_of_deal(world), "document": world.get("deal paper").pk},
    **{name: args(pk="deal", step="deal step") for name in ("deal-step-verify", "deal-step-strike")},
    **dict.fromkeys(("confirm", "follow-up-link"), fixed(secret="x")),
    **{name: args(pk=label) for label, listed in ABOUT.items() for name in listed.split()},
    **{name: args(pk="application", part="attachment") for name in ("my-paper", "my-paper-drop")},
    "call-part-new": lambda world: {**args(pk="call draft")(world), "part": "rules"},
    **dict.fromkeys(
        ("call-part-edit", "call-part-remove", "call-part-up"),
        lambda world: {**args(pk="call draft", item="criterion")(world), "part": "criteria"},
    ),
    **dict.fromkeys(
        ("question-edit", "question-remove", "question-up"),
        lambda world: {**args(pk="call draft")(world), "code": "event"},
    ),
    "my-call-letters-end": args(pk="wish"),
    "call-letters-link": _letters_link,
    "openings": fixed(language="ko"),
    "openings-file": fixed(language="ko", kind="atom"),
    **dict.fromkeys(
        ("opening", "opening-calendar", "opening-check"),
        lambda world: {**args(pk="call public")(world), "language": "ko"},
    ),
    "my-review-paper": lambda world: {**args(pk="review")(world), "number": 1},
    "event-participant-new": lambda world: {**args(pk="event")(world), "side": "buyer"},
    "catalogue": lambda world: {**args(pk="event")(world), "language": "ko"},
    **dict.fromkeys(
        ("buyer-link", "buyer-decline", "buyer-wishes", "buyer-timetable", "buyer-timetable-ics"),
        _by_link,
    ),
    "buyer-meeting-cancel": lambda world: {**_by_link(world), "meeting": world.get("meeting").pk},
    "my-meeting-cancel": args(pk="exhibitor", meeting="meeting"),
    "finding-decide": args(pk="application", part="eligibility rule"),
    **{name: lambda world: {"pk": world.get("report").award_id} for name in ("report-return", "report-accept")},
    "award-settle": lambda world: {"pk": world.get("report accepted").award_id},
    "commitment-milestone": args(pk="commitment", step="milestone"),
    **{name: args(pk="engagement", part="delegation") for name in ("delegation-edit", "participant-new")},
    "participant-edit": args(pk="engagement", part="participant"),
    **{name: args(pk="engagement", part="stop") for name in ("stop-edit", "stop-feedback")},
    "engagement-part-remove": lambda world: {**args(pk="engagement", part="stop")(world), "kind": "stop"},
    "engagement-untie": args(pk="engagement", agreement="agreement"),
    "alias-new": lambda world: {"kind": "organisation", **args(pk="organisation")(world)},
    "alias-drop": lambda world: {"kind": "organisation", **args(pk="organisation")(world)},
    "document-add": lambda world: {"model": "agreements.agreement", **args(pk="agreement")(world)},
    "my-order-file": args(pk="order", document="order paper"),
    "my-quote": fixed(number="AW-2025-0009"),
    "signal": _signal,
    "signals-again": lambda world: {"programme": world.get("voucher programme").pk},
    "post-end": args(pk="centre", post="post"),
    "my-enquiry-new": lambda world: {"pk": world.get("goods") and world.get("centre").pk},
    "shop-window": lambda world: {"slug": world.get("window").slug},
    "shop-window-in": lambda world: {"slug": world.get("window").slug, "language": "ko"},
    "api-nothing": fixed(rest="nothing"),
    "publication-policy-edit": lambda world: {"government": world.unit.pk, "kind": "mou"},
    "register-short": lambda world: {"government": world.unit.pk},
    "register-short-to": lambda world: {"government": world.unit.pk, "rest": "2025-02/"},
    "register-governments": fixed(language="ko"),
    **dict.fromkeys(("register-government", "register-feed"), _government),
    "register-month": _month,
    "register-file": lambda world: {**_month(world), "kind": "csv"},
    "register-agreement": lambda world: {**_government(world), "key": "AG-2020-0001"},
    "register-document": _open_document,
    "calendar-feed": fixed(secret="x"),
    "import-template": fixed(kind="agreements"),
    "language": fixed(code="en"),
    "due": fixed(when="late"),
    "account_confirm_email": fixed(key="x"),
    "account_reset_password_from_key": fixed(uidb36="1", key="x-y"),
    "mfa_edit_webauthn": fixed(pk=1),
    "mfa_remove_webauthn": fixed(pk=1),
}  # fmt: skip


# address -> what is asked after its question mark
ASKED: dict[str, Callable[[World], dict[str, Any]]] = {"award-new": _call_granted}
# address -> what is posted to it, where without that nobody gets anywhere
POSTED: dict[str, Callable[[World], dict[str, Any]]] = {
    "payments-file": lambda world: {"claims": world.get("claim approved").pk},
}


def names() -> list[str]:
    """Return the name of every address of the project, in the order of the addresses."""
    from django.urls import URLPattern, get_resolver

    from gyoryu.api import door

    operations = {operation.name for operation in door.operations}

    def walk(patterns: Any) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                # The operations of the API have rows of their own, by method and address.
                if pattern.name not in operations:
                    yield pattern.name or str(pattern.pattern)
            else:
                yield from walk(pattern.url_patterns)

    return list(dict.fromkeys(walk(get_resolver().url_patterns)))


def needing_arguments() -> set[str]:
    """Return the names of the addresses that do not work without arguments."""
    from django.urls import NoReverseMatch, reverse

    found = set()
    for name in names():
        try:
            reverse(name)
        except NoReverseMatch:
            found.add(name)
    return found


def outcome(browser: Any, address: str, posted: dict[str, Any] | None = None) -> str:
    """Ask for an address as somebody and say in one word what came of it; nothing is kept."""
    from django.db import transaction

    with transaction.atomic():
        reply = browser.post(address, posted) if posted else browser.get(address)
        if reply.status_code == 405:
            reply = browser.post(address)
        _close(reply)
        transaction.set_rollback(True)
    if reply.status_code == 302 and "/account/login/" in reply.url:
        return "login"
    return {403: "refused", 404: "not found"}.get(
        reply.status_code, "ok" if reply.status_code < 500 else "broken"
    )


def _close(reply: Any) -> None:
    """Close an answer's file without closing the database, as Django's test client does.

    An answer that is closed says that its request is over, upon which Django drops a connection
    that stands in a transaction. PostgreSQL's was lost by it; SQLite's lives in memory and stays.
    """
    from django.core.signals import request_finished
    from django.db import close_old_connections

    request_finished.disconnect(close_old_connections)
    try:
        reply.close()
    finally:
        request_finished.connect(close_old_connections)


def everything() -> dict[str, list[str]]:
    """Ask for every address and call every operation, in one small government."""
    world = World()
    return {**rows(world), **calls(world)}


def sessions(world: World) -> dict[str, str]:
    """Sign everybody in once; each address is asked with that, and what it changes is undone."""
    from django.conf import settings
    from django.test import Client

    found = {}
    for role, user in world.users.items():
        browser = Client()
        browser.force_login(user)
        found[role] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def rows(world: World) -> dict[str, list[str]]:
    """Ask for every address as nobody and as every role."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    wanted, keys = needing_arguments(), sessions(world)
    found = {}
    for name in sorted(names()):
        if name in wanted and name not in ARGUMENTS:
            found[name] = ["no arguments"]
            continue
        address = reverse(name, kwargs=ARGUMENTS[name](world) if name in wanted else {})
        if name in ASKED:
            address = f"{address}?{urlencode(ASKED[name](world))}"
        posted = POSTED[name](world) if name in POSTED else None
        line = [outcome(Client(), address, posted)]
        for role in ROLES:
            browser = Client()
            browser.cookies[settings.SESSION_COOKIE_NAME] = keys[role]
            line.append(outcome(browser, address, posted))
        found[name] = line
    return found


# operation's address -> the record whose number stands in it, where the first word does not tell
CALLS = {
    "regions": "region", "organisations": "organisation", "people": "person",
    "positions": "position", "contacts": "contact", "exports": "exports", "products": "product",
    "history": "agreement", "doubles": "double", "merges": "merge", "agreements": "agreement", "parties": "party",
    "signatories": "signatory", "policy": "template", "duties": "duty", "bodies": "body",
    "engagements": "engagement", "delegations": "delegation", "participants": "participant",
    "stops": "stop", "requests": "request", "commitments": "commitment", "documents": "document",
    "sources": "source", "articles": "article", "candidates": "candidate", "conflicts": "conflict",
    "areas": "area", "publications": "publication", "governments": "unit", "strategies": "strategy",
    "settlements": "award", "recoveries": "recovery", "rates": "rate", "programmes": "programme",
    "call-tracks": "call track", "call-categories": "call category", "call-criteria": "criterion",
    "call-papers": "call paper", "call-rules": "call condition",
    "calls": "call draft", "voucher-terms": "terms", "vouchers": "voucher", "orders": "order",
    "providers": "provider", "sanctions": "sanction", "budget-lines": "budget line",
    "imports": "batch", "jobs": "job", "applications": "application",
    "representatives": "representative", "awards": "award", "claims": "claim",
    "consultations": "talk", "exhibitors": "talk seller",
    "published": "published", "call-letters": "viewer's wish",
    "centres": "centre", "enquiries": "enquiry", "leads": "lead", "channels": "channel",
    "listings": "listing", "campaigns": "campaign", "shop-windows": "window",
    "deals": "deal", "deal-steps": "deal step", "follow-ups": "follow-up",
    "score-sheets": "sheet", "activities": "activity", "outcomes": "outcome", "events": "event",
    "event-places": "leg", "half-days": "half-day", "interpreters": "interpreter",
    "event-participants": "buyer", "timetables": "timetable", "meetings": "meeting", "exhibits": "exhibit",
}  # fmt: skip


def calls(world: World) -> dict[str, list[str]]:
    """Call every operation of the API without a token, and with one of every role."""
    from gyoryu.api import door

    secrets = {role: _token_of(world, role)[1] for role in ROLES}
    found = {}
    for one in door.operations:
        address = f"/api/v1/{one.path}"
        for name, value in numbers(world, address).items():
            address = address.replace(f"{{{name}}}", str(value))
        found[f"{one.method} /api/v1/{one.path}"] = [
            called(one.method, address, secret) for secret in ("", *secrets.values())
        ]
    return dict(sorted(found.items()))


def numbers(world: World, address: str) -> dict[str, Any]:
    """Return what an operation's address names, from the records of the small government."""
    first, *_rest = address.removeprefix("/api/v1/").split("/")
    told = first == "history" and "{model}" in address
    label = "agreement" if "{model}" in address else CALLS.get(first, "agreement")
    if told:
        # A record of which the history tells something, whatever was asked before.
        world.get("entry")
        label = "organisation"
    of = {"pk": label, "step": "milestone", "change": "change", "agreement": "agreement",
          "rule": "eligibility rule", "amendment": "amendment", "advance": "advance"}  # fmt: skip
    found = {name: world.get(kind).pk for name, kind in of.items() if f"{{{name}}}" in address}
    kind = "agreements" if first == "imports" else "mou"
    model = "parties.organisation" if told else "agreements.agreement"
    words = {"model": model, "when": "late", "kind": kind, "code": "event"}
    return found | {name: word for name, word in words.items() if f"{{{name}}}" in address}


def called(method: str, address: str, secret: str) -> str:
    """Call an operation and say in one word what came of it; nothing is kept."""
    from django.db import transaction
    from django.test import Client

    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    with transaction.atomic():
        reply = Client().generic(
            method, address, data="{}" if method != "GET" else "",
            content_type="application/json", headers=headers,
        )  # fmt: skip
        _close(reply)
        transaction.set_rollback(True)
    words = {401: "no token", 403: "refused", 404: "not found"}
    return words.get(reply.status_code, "ok" if reply.status_code < 500 else "broken")


def table(found: dict[str, list[str]]) -> str:
    """Write the outcomes as a Markdown table."""
    lines = [
        HEAD,
        "| address | nobody | " + " | ".join(ROLES) + " |",
        "|---" * (len(ROLES) + 2) + "|",
    ]
    lines += [f"| {name} | " + " | ".join(line) + " |" for name, line in found.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the table as the site stands, on an empty test database."""
    import tempfile

    os.environ.update(
        DJANGO_SETTINGS_MODULE="gyoryu.settings", GYORYU_TODAY="2025-04-01", GYORYU_DEBUG="1"
    )
    os.environ["GYORYU_DATA"] = tempfile.mkdtemp(prefix="gyoryu-permissions-")
    import django
    from django.db import transaction
    from django.test.utils import setup_databases, setup_test_environment
    from tests import migrated

    django.setup()
    setup_test_environment()
    # What Django says while it makes the database is no part of the table.
    with contextlib.redirect_stdout(sys.stderr):
        migrated.use()
        setup_databases(verbosity=0, interactive=False)
    with transaction.atomic():
        print(table(everything()), end="")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
