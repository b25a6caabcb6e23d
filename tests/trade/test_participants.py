"""Who takes part: taken over from a call, added, invited by a link, answering without an account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import trade_makers as make
from django.test import Client
from django.urls import reverse
from trade_makers import NOW, SAID, TODAY

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.outbox.models import Letter
from gyoryu.parties.models import Product
from gyoryu.programmes.models import Application, Call, Programme, Representative
from gyoryu.trade.actions import events, exhibits, invitations, links, participants
from gyoryu.trade.models import Absence, HalfDay, Participant
from gyoryu.trade.queries import links as link_queries
from gyoryu.trade.queries import participants as queries

pytestmark = pytest.mark.django_db
CLOSES = datetime(2025, 4, 10, 9, tzinfo=UTC)


def invited(of, name="사이공푸드 유통", email="lan@buyer.example", **fields):
    own = {"state": "invited", "contact_email": email, "contact_name": "Lan", "language": "en"}
    return make.buyer(of, name, **{**own, **fields})


def answer(**fields):
    own = {"contact_name": "Lan", "contact_email": "lan@buyer.example", "language": "en",
           "languages": ["vi", "en"], "interests": "laver", "hs_codes": ["121221"],
           "most": None, "most_a_day": None}  # fmt: skip
    return {**own, **fields}


def acting_for(row, name="김누리"):
    from gyoryu.accounts.models import User

    user = User(email=f"{row.pk}@company.test", name_ko=name, language="ko")
    user.set_unusable_password()
    user.save()
    Representative.objects.create(
        user=user, organisation=row.organisation, since=TODAY, confirmed_at=NOW
    )
    return user


def with_call(of, chosen):
    """A call of the event's with companies of these statuses, each with a product."""
    programme = Programme.objects.create(
        unit=of.unit,
        number="PR-1",
        kind="support",
        name_ko="전시회",
        first_year=2025,
        last_year=2025,
    )
    of.call = Call.objects.create(
        unit=of.unit, programme=programme, number="CL-1", title_ko="참가기업 모집", state="decided",
        state_since=TODAY, applicant="company", opens_at=NOW - timedelta(days=60),
        closes_at=NOW - timedelta(days=30),
    )  # fmt: skip
    of.save()
    for n, status in enumerate(chosen):
        company = make.organisation(of.unit, f"도자기업 {n:02}")
        Product.objects.create(organisation=company, hs="691200", name_ko=f"찻잔 {n}")
        Application.objects.create(
            unit=of.unit, call=of.call, organisation=company, name=str(company),
            number=f"AP-2025-{n:04}", status=status, status_since=TODAY, saved_at=NOW,
            submitted_at=NOW,
        )  # fmt: skip


def test_a_call_hands_over_those_it_has_chosen_in_one_step_and_only_once(fair) -> None:
    # The trade show's call: 26 were selected, others were not.
    with_call(fair, ["selected"] * 20 + ["running"] * 6 + ["rejected", "reserve", "submitted"])
    first = make.participant(
        fair,
        "exhibitor",
        "",
        organisation=Application.objects.get(number="AP-2025-0000").organisation,
    )
    user = acting_for(make.exhibitor(make.event(fair.unit), "다른 기업"))
    last = Application.objects.get(number="AP-2025-0025").organisation
    Representative.objects.create(user=user, organisation=last, since=TODAY, confirmed_at=NOW)
    made = participants.take_over(fair, **SAID)
    assert len(made) == 25
    assert participants.take_over(fair, **SAID) == []
    rows = queries.of_event(fair).filter(side="exhibitor")
    assert (rows.count(), rows.filter(application__isnull=False).count()) == (26, 25)
    one = rows.get(application__number="AP-2025-0025")
    assert (one.state, one.in_catalogue, one.hs_codes) == ("confirmed", True, ["691200"])
    assert [str(shown.product) for shown in one.exhibits.all()] == ["찻잔 25"]
    assert first.application is None
    letter = Letter.objects.get(to=user)
    assert letter.link == reverse("my-event", args=[one.pk])
    assert Entry.objects.filter(verb="participant.added").count() == 25


def test_who_may_not_see_applicants_takes_nobody_over(fair, person_with) -> None:
    with_call(fair, ["selected"])
    with pytest.raises(NotAllowed):
        participants.take_over(fair, by=person_with("viewer"), at=NOW)
    with pytest.raises(Refused):
        participants.take_over(make.event(fair.unit), **SAID)


def test_nobody_takes_part_twice_on_one_side(fair) -> None:
    company = make.organisation(fair.unit, "누리무역")
    participants.add(fair, "buyer", company, {}, **SAID)
    participants.add(fair, "exhibitor", company, {}, **SAID)
    with pytest.raises(Refused) as refused:
        participants.add(fair, "buyer", company, {}, **SAID)
    assert refused.value.field == "organisation"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"most": 0}, "most"),
        ({"most": 5, "most_a_day": 6}, "most_a_day"),
        ({"languages": ["xx"]}, "languages"),
        ({"language": "ja"}, "language"),
        ({"hs_codes": [f"{n:04}" for n in range(100, 131)]}, "hs_codes"),
    ],
)
def test_what_a_participant_cannot_be_is_refused(fair, fields, field) -> None:
    company = make.organisation(fair.unit, "누리무역")
    with pytest.raises(Refused) as refused:
        participants.add(fair, "buyer", company, fields, **SAID)
    assert refused.value.field == field


def test_steps_follow_and_a_withdrawal_gives_its_reason(fair) -> None:
    row, buying = make.exhibitor(fair), invited(fair)
    with pytest.raises(Refused) as refused:
        participants.move(row, "withdrawn", **SAID)
    assert refused.value.field == "reason"
    row = participants.move(row, "withdrawn", "생산 차질", **SAID)
    assert (row.state, row.state_reason) == ("withdrawn", "생산 차질")
    with pytest.raises(Refused):
        participants.move(row, "declined", "거절", **SAID)
    assert participants.move(row, "confirmed", "다시 참가", **SAID).state == "confirmed"
    assert participants.move(buying, "confirmed", **SAID).state == "confirmed"
    told = Letter.objects.get(address="lan@buyer.example")
    assert told.subject == "Confirmed: Spring export meeting fair"


# The link


def test_a_link_is_its_participants_alone_and_ends(fair) -> None:
    one, other = invited(fair), invited(fair, "하노이마트", "minh@buyer.example")
    secret, second = links.give(one, **SAID), links.give(other, **SAID)
    assert links.give(one, **SAID) == secret == link_queries.secret_of(one)
    assert link_queries.participant_of(secret) == one
    assert link_queries.participant_of(second) == other
    assert secret not in Participant.objects.get(pk=one.pk).link_mark
    renewed = links.renew(one, **SAID)
    assert link_queries.participant_of(secret) is None
    assert link_queries.participant_of(renewed) == one
    participants.move(other, "withdrawn", "폐업", **SAID)
    assert link_queries.participant_of(second) is None
    events.move(fair, "cancelled", "감염병", **SAID)
    assert link_queries.participant_of(renewed) is None
    for nothing in ("", "x", "x" * 43, "가" * 43):
        assert link_queries.participant_of(nothing) is None


def test_a_link_outlives_a_change_of_the_deployments_key(fair, settings) -> None:
    one = invited(fair)
    secret = links.give(one, **SAID)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new key"
    assert link_queries.secret_of(one) == secret
    settings.SECRET_KEY_FALLBACKS = []
    assert link_queries.secret_of(one) == ""
    assert link_queries.participant_of(secret) == one
    newer = links.give(one, **SAID)
    assert link_queries.participant_of(newer) == one
    assert link_queries.participant_of(secret) is None


def test_buyers_are_invited_once_reminded_once_and_not_after_they_answered(fair) -> None:
    fair.register_until = CLOSES
    fair.save()
    one, other = invited(fair), invited(fair, "하노이마트", "minh@buyer.example", language="ko")
    invited(fair, "주소 없음", "")
    assert invitations.invite_all(fair, **SAID) == 2
    # A double click: nobody is left to be asked, and each is written to once.
    assert invitations.invite_all(fair, **SAID) == 0
    assert queries.letters(fair) == queries.Letters(0, 2)
    assert not Letter.objects.exists()
    assert invitations.invite_some(fair, **SAID) == 0
    run_waiting()
    assert queries.letters(fair) == queries.Letters(0, 0)
    assert Letter.objects.count() == 2
    letter = Letter.objects.get(address="lan@buyer.example")
    one.refresh_from_db()
    assert letter.link == link_queries.address_of(one)
    assert letter.subject == "Your invitation: Spring export meeting fair"
    assert "Please answer by 10 Apr 2025." in letter.body
    assert "봄 수출상담회" in Letter.objects.get(address="minh@buyer.example").subject
    later = {"on": TODAY, "by": None, "at": datetime(2025, 4, 4, tzinfo=UTC)}
    assert invitations.remind(on=TODAY, by=None, at=NOW) == 0
    invitations.register(
        other, answer(contact_email="minh@buyer.example"), [], consent=True, **SAID
    )
    assert invitations.remind(**later) == 1
    assert invitations.remind(**later) == 0
    assert Letter.objects.filter(subject__startswith="Reminder").count() == 1
    assert invitations.remind(on=TODAY, by=None, at=CLOSES) == 0


def visit(row):
    secret = links.give(row, **SAID)
    return Client(enforce_csrf_checks=True), reverse("buyer-link", args=[secret])


def form_of(page):
    """What a browser would send of a form: what is filled in and ticked."""
    html = page.content.decode()
    boxes = re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]+)"[^>]* checked', html)
    sent: dict = {}
    for name, value in boxes:
        sent.setdefault(name, []).append(value)
    return sent


def test_a_buyer_registers_by_its_link_without_an_account(fair) -> None:
    row = invited(fair)
    browser, address = visit(row)
    morning = HalfDay.objects.get(part="morning")
    page = browser.get(address, {"in": "en"})
    assert page.status_code == 200
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    row.refresh_from_db()
    assert row.state == "invited"
    sent = form_of(page) | answer(hs_codes="1212.21", most="", most_a_day="3")
    assert sent[f"half_{morning.pk}"] == ["1", "2", "3", "4"]
    sent[f"half_{morning.pk}"] = ["1", "4"]
    afternoon = HalfDay.objects.get(part="afternoon")
    del sent[f"half_{afternoon.pk}"]
    # A browser that was asked to tell no address tells no origin either.
    hidden = {"headers": {"Origin": "null"}}
    refused = browser.post(f"{address}?in=en", sent, **hidden)
    assert refused.status_code == 422
    assert "Without your consent we cannot register you." in refused.content.decode()
    assert "laver" in refused.content.decode()
    done = browser.post(f"{address}?in=en", {**sent, "consent": "on"}, **hidden)
    assert done.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.hs_codes, row.most_a_day, row.languages) == (
        "registered", ["121221"], 3, ["vi", "en"],
    )  # fmt: skip
    assert (row.answered_at is None, row.consented_at is None) == (False, False)
    away = set(Absence.objects.values_list("half_day", "slot"))
    assert away == {(morning.pk, 2), (morning.pk, 3), (afternoon.pk, 0)}
    again = browser.get(done.url).content.decode()
    assert "You are registered" in again
    changes = Entry.objects.filter(verb="participant.registered").get().changes
    assert changes["contact_email"] == [] if "contact_email" in changes else True
    assert "lan@buyer.example" not in str(changes)


def test_a_buyer_declines_and_may_change_its_mind_until_registration_closes(fair) -> None:
    row = invited(fair)
    browser, address = visit(row)
    assert browser.get(f"{address}decline/").status_code == 200
    row.refresh_from_db()
    assert row.state == "invited"
    assert browser.post(f"{address}decline/?in=ko", {"reason": "출장 겹침"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.state_reason) == ("declined", "출장 겹침")
    assert "거절" in browser.get(f"{address}?in=ko").content.decode()
    sent = answer(hs_codes="", most="", most_a_day="", consent="on")
    assert browser.post(address, sent).status_code == 302
    row.refresh_from_db()
    assert row.state == "registered"
    fair.register_until = NOW - timedelta(days=2)
    fair.save()
    closed = browser.post(address, sent)
    assert closed.status_code == 422
    assert browser.post(f"{address}decline/", {}).status_code == 403


def test_wrong_and_ended_links_look_alike_and_cannot_be_tried_by_the_thousand(
    fair, settings, tmp_path
) -> None:
    settings.DATA = tmp_path
    row = invited(fair)
    browser, address = visit(row)
    links.renew(row, **SAID)
    ended = browser.get(address, {"in": "en"})
    unknown = browser.get(reverse("buyer-link", args=["x" * 43]), {"in": "en"})
    assert ended.status_code == unknown.status_code == 404
    assert "This link does not work" in ended.content.decode()
    bare = [
        re.sub(r'server time.*|href="[^"]*"', "", page.content.decode())
        for page in (ended, unknown)
    ]
    assert bare[0] == bare[1]
    settings.REGISTER_READS = 40
    statuses = [browser.get(reverse("buyer-link", args=["y" * 43])).status_code for _n in range(6)]
    assert statuses[-1] == 429


def test_an_officer_hands_a_link_over_and_that_is_written_down(fair, officer, signed_in) -> None:
    row = invited(fair, email="")
    browser, address = signed_in(officer, "en"), reverse("participant-link", args=[row.pk])
    assert "/t/" not in browser.get(address).content.decode()
    shown = browser.post(address).content.decode()
    secret = re.search(r"/t/([^/]+)/", shown)[1]
    assert link_queries.participant_of(secret) == row
    assert Entry.objects.filter(verb="participant.link_shown", by=officer).count() == 1


def test_all_who_were_asked_hear_that_an_event_is_off(fair) -> None:
    one = invited(fair, invited_at=NOW)
    invited(fair, "아직 안 부름", "later@buyer.example")
    user = acting_for(make.exhibitor(fair))
    make.exhibitor(fair, "물러난 기업", state="withdrawn", state_reason="사정")
    events.move(fair, "cancelled", "감염병", **SAID)
    told = {letter.email for letter in Letter.objects.filter(key__startswith="event-cancelled")}
    assert told == {one.contact_email, user.email}
    assert "감염병" in Letter.objects.get(to=user).body


# The exhibitor's own pages


def test_only_its_confirmed_people_act_for_an_exhibitor(fair, signed_in, person_with) -> None:
    row = make.exhibitor(fair)
    user, stranger = acting_for(row), acting_for(make.exhibitor(fair, "다른 기업"))
    browser = signed_in(user, "en")
    assert "Spring export meeting fair" in browser.get(reverse("my-events")).content.decode()
    assert browser.get(reverse("my-event", args=[row.pk])).status_code == 200
    product = {"name_ko": "조미김", "hs": "2008.99", "price": "12.5", "currency": "USD", "product": "",
               "name_en": "Seasoned laver", "about_ko": "", "about_en": "Crisp"}  # fmt: skip
    made = browser.post(reverse("my-exhibit-new", args=[row.pk]), product)
    assert made.status_code == 302
    one = row.exhibits.get()
    assert (one.product.hs, str(one.price), one.currency) == ("200899", "12.50", "USD")
    assert one.product.organisation == row.organisation
    other = signed_in(stranger, "en")
    assert other.get(reverse("my-event", args=[row.pk])).status_code == 404
    assert other.post(reverse("my-exhibit-remove", args=[one.pk])).status_code == 404
    for by in (stranger, person_with("viewer")):
        with pytest.raises(Refused):
            participants.change(row, {"booth": "A1"}, by=by, at=NOW)
    Representative.objects.filter(user=user).update(confirmed_at=None)
    assert browser.get(reverse("my-event", args=[row.pk])).status_code == 404


def test_a_company_shows_its_own_products_once(fair) -> None:
    row = make.exhibitor(fair)
    own = Product.objects.create(organisation=row.organisation, hs="3304", name_ko="크림")
    others = Product.objects.create(organisation=make.organisation(fair.unit, "남"), name_ko="비누")
    exhibits.add(row, {"product": own}, **SAID)
    for values, field in (
        ({"product": own}, "product"),
        ({"product": others}, "product"),
        ({"name_ko": "새 제품", "price": 3}, "currency"),
    ):
        with pytest.raises(Refused) as refused:
            exhibits.add(row, values, **SAID)
        assert refused.value.field == field


# The officer's screens


def test_an_officer_adds_a_buyer_nobody_knew(fair, officer, signed_in) -> None:
    vietnam = make.country()
    browser = signed_in(officer, "en")
    address = reverse("event-participant-new", args=[fair.pk, "buyer"])
    nobody = browser.post(address, {"organisation": "", "name": ""})
    assert "Choose an organisation, or name a new one." in nobody.content.decode()
    new = {"name": "Saigon Food", "country": f"x #{vietnam.pk}", "contact_email": "a@b.example",
           "language": "en", "hs_codes": "1212, 3304.99", "languages": ["vi"]}  # fmt: skip
    made = browser.post(address, new)
    assert made.status_code == 302, made.content.decode()
    row = Participant.objects.get()
    assert (row.state, row.organisation.name_en, row.organisation.region) == (
        "invited", "Saigon Food", vietnam,
    )  # fmt: skip
    assert row.hs_codes == ["1212", "330499"]
    wrong = browser.post(reverse("event-participant-edit", args=[row.pk]), {"hs_codes": "12a"})
    assert "“12a” is no HS code." in wrong.content.decode()
    assert browser.post(reverse("participant-invite", args=[row.pk])).status_code == 302
    assert Letter.objects.filter(address="a@b.example").count() == 1


def test_the_list_of_participants_costs_the_same_and_is_narrowed(
    fair, officer, person_with, signed_in, django_assert_max_num_queries
) -> None:
    browser, address = signed_in(officer), reverse("event-participants", args=[fair.pk])
    fair.legs.update(region=make.country())
    browser.get(address)
    for count in (1, 3, 50):
        while fair.participants.count() < count:
            n = fair.participants.count()
            make.buyer(
                fair,
                f"바이어 {n:02}",
                hs_codes=["330499"] if n % 2 else [],
                contact_email="a@b.example",
            )
        with django_assert_max_num_queries(8):
            page = browser.get(address)
        assert len(page.context["listing"].page) == count
    near = [len(browser.get(address, {"hs": code}).context["listing"].page) for code in
            ("33", "3304", "330499", "3304991000", "34")]  # fmt: skip
    assert near == [25, 25, 25, 25, 0]
    file = b"".join(browser.get(address, {"export": "csv"}).streaming_content).decode()
    assert file.count("a@b.example") == 50
    reader = signed_in(person_with("viewer"))
    told = b"".join(reader.get(address, {"export": "csv"}).streaming_content).decode()
    assert "a@b.example" not in told
    assert "바이어 07" in told


@pytest.mark.parametrize("side", ["exhibitor", "buyer"])
def test_the_page_of_a_participant_holds_its_budget(
    fair, officer, signed_in, side, django_assert_max_num_queries
) -> None:
    row = make.participant(fair, side, "누리무역")
    exhibits.add(row, {"name_ko": "조미김"}, **SAID)
    browser = signed_in(officer)
    browser.get(row.get_absolute_url())
    with django_assert_max_num_queries(15):
        assert browser.get(row.get_absolute_url()).status_code == 200


# The catalogue


def test_the_catalogue_is_open_only_once_opened_and_names_nobody(
    fair, officer, django_assert_max_num_queries
) -> None:
    row = make.exhibitor(fair, in_catalogue=True, contact_name="김누리", contact_email="k@c.test")
    make.exhibitor(fair, "안 보이는 기업", contact_name="이모레")
    make.buyer(fair, in_catalogue=True)
    exhibits.add(row, {"name_ko": "조미김", "name_en": "Seasoned laver", "hs": "200899"}, **SAID)
    browser, address = Client(), reverse("catalogue", args=["en", fair.pk])
    assert browser.get(address).status_code == 404
    events.show_catalogue(fair, opened=True, by=officer, at=NOW)
    with django_assert_max_num_queries(8):
        page = browser.get(address)
    told = page.content.decode()
    assert ("Seasoned laver" in told, "HS 2008.99" in told) == (True, True)
    for hidden in ("김누리", "k@c.test", "안 보이는", "이모레", "사이공푸드"):
        assert hidden not in told
    assert page["Cache-Control"] == "public, max-age=60"
    assert not page.cookies
    assert "Vary" not in page
    assert browser.get(address, headers={"If-None-Match": page["ETag"]}).status_code == 304
    shown = [
        len(re.findall("<section", browser.get(address, asked).content.decode()))
        for asked in (
            {"q": "laver"},
            {"q": "비누"},
            {"hs": "20"},
            {"hs": "2008991000"},
            {"hs": "33"},
        )
    ]
    assert shown == [1, 0, 1, 1, 0]
    assert browser.get(address, {"hs": "zz"}).status_code == 400
    events.show_catalogue(fair, opened=False, by=officer, at=NOW)
    assert browser.get(address).status_code == 404
