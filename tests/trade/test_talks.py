"""Consultations are logged once, by who may, say what they must, and are taken back with a reason."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.trade import talk_makers as talk
from tests.trade import trade_makers as make

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.evidence.models import Document
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.parties.actions import organisations
from gyoryu.parties.models import Organisation
from gyoryu.trade.actions import consultations as actions
from gyoryu.trade.actions import events, reminders
from gyoryu.trade.actions.consultations import WalkIn
from gyoryu.trade.models import Consultation, Participant, Tally
from gyoryu.trade.queries import consultations as queries
from gyoryu.trade.queries import tallies
from gyoryu.trade.rules.consultations import SentBefore

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16 + b"IEND\xaeB`\x82"


@pytest.fixture
def open_fair(province):
    return talk.fair(province.division)


@pytest.fixture
def seller(open_fair):
    return make.exhibitor(open_fair)


@pytest.fixture
def buying(open_fair):
    return make.buyer(open_fair)


@pytest.fixture
def person(person_with, seller):
    user = person_with("company")
    talk.represents(user, seller)
    return user


def test_a_talk_is_logged_counted_and_told_of_without_its_amount(seller, buying, officer, now):
    said = talk.values(buying, amount=Decimal(120_000), currency="USD")
    row = actions.log(seller, said, by=officer, at=now)
    row.refresh_from_db()
    told = (row.unit, row.event, row.country.code, row.amount, row.currency, row.interest)
    assert told == (seller.unit, seller.event, "VN", Decimal(120_000), "USD", "high")
    assert tallies.faults() == {}
    assert [one.count for one in seller.event.tallies.all()] == [1]
    changed = actions.change(
        row, talk.values(buying, amount=Decimal(0), currency="USD"), by=officer, at=now
    )
    assert changed.amount == 0
    assert tallies.faults() == {}
    entry = Entry.objects.get(verb="consultation.changed")
    # That the amount was changed is told; what a company spoke of is not, to every reader.
    assert entry.changes == {"amount": []}
    actions.void(changed, reason="두 번 적음", by=officer, at=now)
    assert tallies.faults() == {}
    with pytest.raises(Refused):
        actions.change(changed, talk.values(buying), by=officer, at=now)


def test_the_same_key_again_is_the_same_row_and_other_content_is_told_apart(
    seller, buying, person, officer, now
):
    key = uuid4()
    one = actions.log(seller, talk.values(buying), key=key, sent="a" * 64, by=person, at=now)
    two = actions.log(seller, talk.values(buying), key=key, sent="a" * 64, by=person, at=now)
    assert one == two
    for sent, by in (("b" * 64, person), ("a" * 64, officer)):
        with pytest.raises(SentBefore):
            actions.log(seller, talk.values(buying), key=key, sent=sent, by=by, at=now)
    assert Consultation.objects.count() == 1
    # Also at another event, whose rows are written without waiting for this one's.
    elsewhere = talk.fair(seller.unit)
    other, their = make.exhibitor(elsewhere, "다른식품"), make.buyer(elsewhere, "걸프케어")
    with pytest.raises(SentBefore):
        actions.log(other, talk.values(their), key=key, sent="c" * 64, by=officer, at=now)


def test_only_confirmed_people_of_the_company_and_officers_log(
    seller, buying, person, person_with, province, now
):
    actions.log(seller, talk.values(buying), by=person, at=now)
    hopeful = person_with("company")
    talk.represents(hopeful, seller, confirmed=False)
    strangers = [hopeful, person_with("viewer"), person_with("officer", province.other)]
    for one in strangers:
        with pytest.raises(NotAllowed):
            actions.log(seller, talk.values(buying), by=one, at=now)
    rival = make.exhibitor(seller.event, "다른식품")
    with pytest.raises(NotAllowed):
        actions.log(rival, talk.values(buying), by=person, at=now)
    row = Consultation.objects.get()
    with pytest.raises(NotAllowed):
        actions.change(row, talk.values(buying), by=person, at=now)
    with pytest.raises(NotAllowed):
        actions.void(row, reason="x", by=person, at=now)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": Decimal(1)}, "currency"),
        ({"currency": "USD"}, "amount"),
        ({"amount": Decimal(-1), "currency": "USD"}, "amount"),
        ({"next_steps": ["dance"]}, "next_steps"),
        ({"next_due": date(2025, 4, 25)}, "next_steps"),
        ({"next_steps": ["quote"], "next_due": date(2025, 3, 1)}, "next_due"),
        ({"at": make.NOW + timedelta(minutes=1)}, "day"),
        ({"at": make.NOW - timedelta(days=9)}, "day"),
        ({"note": "가" * 4001}, "note"),
        ({"about": "가" * 201}, "about"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(seller, buying, officer, now, said, field):
    with pytest.raises(Refused) as refusal:
        actions.log(seller, talk.values(buying, **said), by=officer, at=now)
    assert refusal.value.field == field
    assert not Consultation.objects.exists()


def test_a_meeting_a_place_and_a_product_of_others_are_refused(seller, buying, officer, now):
    other = make.exhibitor(seller.event, "다른식품")
    elsewhere = talk.fair(seller.unit)
    stranger = make.buyer(elsewhere, "걸프케어")
    wrong = (
        {"meeting": talk.meeting(other, buying)},
        {"leg": elsewhere.legs.first()},
        {"product": talk.product(other)},
        {"buyer": stranger},
        {"buyer": other},
    )
    for said in wrong:
        with pytest.raises(Refused):
            actions.log(seller, talk.values(buying, **said), by=officer, at=now)
    met = talk.meeting(seller, buying, slot=2)
    own = talk.product(seller)
    row = actions.log(
        seller, talk.values(buying, meeting=met, product=own, about=""), by=officer, at=now
    )
    assert (row.meeting, row.about, row.hs_code) == (met, "조미김", "200899")


def test_a_walk_in_is_looked_for_before_they_are_entered(seller, buying, person, now):
    land, gulf = make.country(), make.country("AE", "아랍에미리트", "UAE")
    fields = {
        "kind": "company",
        "name_ko": "하노이리테일",
        "name_en": "Hanoi Retail",
        "region": land,
    }
    known = organisations.add_organisation(seller.unit, fields, by=None, at=now)
    walked = actions.log(
        seller, talk.values(buying, buyer=WalkIn("hanoi retail Co., Ltd.", land)), by=person, at=now
    )
    assert (walked.buyer.organisation, walked.country) == (known, land)
    # The same name in another country is somebody else.
    for _again in range(2):
        told = WalkIn("Gulf Care Trading", gulf)
        actions.log(seller, talk.values(buying, buyer=told), by=person, at=now)
    actions.log(seller, talk.values(buying, buyer=WalkIn("Hanoi Retail", gulf)), by=person, at=now)
    assert Organisation.objects.filter(name_en="Hanoi Retail").count() == 2
    new = Organisation.objects.get(name_en="Gulf Care Trading")
    assert (new.kind, new.region.code) == ("company", "AE")
    entered = Participant.objects.get(organisation=new)
    assert (entered.side, entered.state, entered.event) == ("buyer", "registered", seller.event)
    assert Consultation.objects.filter(buyer=entered).count() == 2
    for bad in (WalkIn("", land), WalkIn("Somebody", None)):
        with pytest.raises(Refused):
            actions.log(seller, talk.values(buying, buyer=bad), by=person, at=now)


def test_a_photo_of_a_card_is_seen_only_with_the_capability(seller, buying, person, now):
    card = SimpleUploadedFile("card.png", PNG, "image/png")
    row = actions.log(seller, talk.values(buying, card=card), by=person, at=now)
    held = Document.objects.get()
    assert (held.kind, held.seen_with, held.unit) == ("photo", "trade.dealings", row.unit)
    paper = SimpleUploadedFile("card.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    with pytest.raises(Refused) as refusal:
        actions.log(seller, talk.values(buying, card=paper), by=person, at=now)
    assert refusal.value.field == "card"
    assert Consultation.objects.count() == 1


def test_next_steps_are_told_of_before_and_after_their_day_once_each(
    seller, buying, person, officer, now
):
    said = {"next_steps": ["quote"], "next_due": date(2025, 4, 4)}
    row = actions.log(seller, talk.values(buying, **said), by=person, at=now)
    again = talk.values(buying, next_steps=["samples"], next_due=date(2025, 4, 4))
    actions.log(seller, again, by=person, at=now)
    assert reminders.remind(on=date(2025, 3, 31), by=None, at=now) == 0
    assert reminders.remind(on=date(2025, 4, 1), by=None, at=now) == 2
    assert reminders.remind(on=date(2025, 4, 3), by=None, at=now) == 0
    # Both stand in one letter, to who acts for the company.
    assert [one.to for one in Letter.objects.all()] == [person]
    actions.note_done(row, on=date(2025, 4, 1), by=person, at=now)
    assert reminders.remind(on=date(2025, 4, 30), by=None, at=now) == 1
    assert Letter.objects.count() == 2
    late = queries.open_steps(queries.standing())
    assert [one.next_steps for one in late] == [["samples"]]
    with pytest.raises(Refused):
        actions.note_done(row, on=date(2025, 4, 1), by=officer, at=now)


def test_without_people_of_the_company_the_events_owner_is_told(seller, buying, officer, now):
    seller.event.owner = officer
    seller.event.save()
    said = {"next_steps": ["quote"], "next_due": date(2025, 4, 2)}
    actions.log(seller, talk.values(buying, **said), by=None, at=now)
    reminders.remind(on=date(2025, 4, 1), by=None, at=now)
    assert [one.to for one in Letter.objects.all()] == [officer]


def test_a_company_corrects_what_it_sent_until_results_are_confirmed(
    seller, buying, person, person_with, officer, now
):
    event, digest = seller.event, "d" * 64
    key = uuid4()
    said = {"by": person, "at": now}
    first = {"amount": Decimal(100), "currency": "USD"}
    row = actions.log(seller, talk.values(buying, **first), key=key, sent=digest, **said)
    before = figures(event)
    mended = talk.values(buying, amount=Decimal(250), currency="USD", about="김스낵")
    assert actions.correct(row, mended, **said).pk == row.pk
    row.refresh_from_db()
    assert (Consultation.objects.count(), row.amount, row.about) == (1, Decimal(250), "김스낵")
    assert (before, figures(event)) == ([(1, Decimal(100))], [(1, Decimal(250))])
    told = Entry.objects.get(verb="consultation.changed", record=row.pk)
    # Who may read the history may not read what single companies talked of.
    assert (told.by_id, told.changes["amount"]) == (person.pk, [])
    # The phone's first sending again changes nothing back.
    again = actions.log(seller, talk.values(buying, **first), key=key, sent=digest, **said)
    assert (again.pk, again.amount) == (row.pk, Decimal(250))
    stranger = person_with("company")
    with pytest.raises(NotAllowed):
        actions.correct(row, mended, by=stranger, at=now)
    ours = actions.log(seller, talk.values(buying), by=officer, at=now)
    with pytest.raises(NotAllowed):
        actions.correct(ours, mended, **said)
    events.confirm_results(held(event), by=officer, at=now)
    with pytest.raises(Refused):
        actions.correct(row, talk.values(buying, **first), **said)
    assert figures(event)[0][1] == Decimal(250)
    with pytest.raises(Refused):
        events.confirm_results(event, by=officer, at=now)
    with pytest.raises(Refused):
        events.confirm_results(event, "", confirmed=False, by=officer, at=now)
    events.confirm_results(event, "두 건이 잘못 적힘", confirmed=False, by=officer, at=now)
    actions.correct(row, talk.values(buying, **first), **said)
    assert figures(event)[0][1] == Decimal(100)


def held(event):
    event.state = "held"
    event.save()
    return event


def figures(event):
    assert tallies.faults() == {}
    rows = Tally.objects.filter(event=event).exclude(currency="")
    return [(one.count, one.amount) for one in rows]
