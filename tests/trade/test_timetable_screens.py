"""The screens of wishes, plans and meetings: opened by who may, within their questions."""

import icalendar
import pytest
import trade_makers as make
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.programmes.models import Representative
from gyoryu.trade.actions import edits, links, timetables, wishes
from gyoryu.trade.actions.wishes import Wanted
from gyoryu.trade.models import Meeting, Wish
from gyoryu.trade.queries import meetings as queries
from gyoryu.trade.queries.wishes import suggestions
from gyoryu.trade.sheets import wishes as sheets

pytestmark = pytest.mark.django_db
SAID = make.SAID
LIST, PAGE = 8, 15


@pytest.fixture
def meeting_fair(fair):
    """Two companies and two buyers, who all want each other and meet."""
    sellers = [make.exhibitor(fair, name, hs_codes=["1902"]) for name in ("해담식품", "바른두유")]
    buyers = [make.buyer(fair, name, hs_codes=["190230"]) for name in ("사이공푸드", "씨암마트")]
    for one in sellers:
        wishes.keep(one, [Wanted(other, 5) for other in buyers], **SAID)
    place = fair.legs.get()
    row = timetables.ask(place, seconds=20, **SAID)
    run_waiting()
    row.refresh_from_db()
    timetables.publish(row, **SAID)
    row.refresh_from_db()
    own = {"event": fair, "leg": place, "plan": row, "sellers": sellers, "buyers": buyers}
    return type("MeetingFair", (), own)


def pages(world):
    meeting = Meeting.objects.order_by("pk").first()
    pair = f"{meeting.exhibitor_id}-{meeting.buyer_id}"
    of_event = {"args": [world.event.pk]}
    of_leg, of_plan = {"args": [world.leg.pk]}, {"args": [world.plan.pk]}
    return [
        reverse("timetables", **of_event),
        reverse("wishes", **of_event),
        reverse("wish-matrix", **of_event),
        reverse("wishes-import", **of_event),
        reverse("meetings", **of_event),
        reverse("participant-wishes", args=[world.sellers[0].pk]),
        reverse("leg-plan", **of_leg),
        reverse("leg-mend", **of_leg),
        reverse("door-list", **of_leg),
        reverse("table-cards", **of_leg),
        reverse("party-sheets", **of_leg),
        reverse("check-in", **of_leg),
        f"{reverse('timetable', **of_plan)}?who={meeting.buyer_id}",
        reverse("timetable-unplaced", **of_plan),
        f"{reverse('timetable-move', **of_plan)}?pair={pair}",
        f"{reverse('timetable-fix', **of_plan)}?pair={pair}",
        reverse("timetable-add", **of_plan),
        reverse("meeting", args=[meeting.pk]),
        reverse("meeting-cancel", args=[meeting.pk]),
    ]


def test_every_page_opens_within_its_questions(
    meeting_fair, officer, signed_in, django_assert_max_num_queries
):
    browser = signed_in(officer)
    browser.get("/")
    for address in pages(meeting_fair):
        with django_assert_max_num_queries(PAGE):
            answer = browser.get(address)
        assert answer.status_code == 200, address


def test_more_meetings_cost_no_more_questions(meeting_fair, officer, signed_in):
    browser = signed_in(officer)
    addresses = [reverse(name, args=[meeting_fair.event.pk]) for name in ("wishes", "meetings")]
    addresses.append(reverse("timetable", args=[meeting_fair.plan.pk]))
    counts = []
    for turn in range(2):
        for address in addresses:
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                browser.get(address)
            counts.append(len(asked))
        if not turn:
            late = make.buyer(meeting_fair.event, "늦은상사")
            wishes.keep(late, [Wanted(one, 5) for one in meeting_fair.sellers], **SAID)
            half_day = meeting_fair.leg.half_days.order_by("-begins").first()
            for slot, one in enumerate(meeting_fair.sellers, start=3):
                place = (half_day.pk, slot, 6)
                edits.add(meeting_fair.plan, (one.pk, late.pk), place, **SAID)
    assert counts[:3] == counts[3:]
    assert (max(counts[:2]) <= LIST, counts[2] <= PAGE) == (True, True), counts


def test_a_move_is_told_first_then_made_and_nothing_typed_is_lost(meeting_fair, officer, signed_in):
    browser = signed_in(officer, "en")
    one, other = Meeting.objects.filter(exhibitor=meeting_fair.sellers[0]).order_by("pk")
    address = reverse("timetable-move", args=[meeting_fair.plan.pk])
    pair = f"{one.exhibitor_id}-{one.buyer_id}"
    when = f"{other.half_day_id}-{other.slot}"
    asked = {"pair": pair, "when": when, "table": str(other.table)}
    told = browser.get(address, {**asked, "part": "1"}).content.decode()
    assert "is in another meeting then" in told
    refused = browser.post(address, asked)
    assert refused.status_code == 422
    assert f'value="{when}" selected' in refused.content.decode()
    free = next(
        (half_day.pk, slot)
        for half_day in meeting_fair.leg.half_days.order_by("-begins")
        for slot in range(1, half_day.slots + 1)
        if not Meeting.objects.filter(half_day=half_day, slot=slot).exists()
    )
    place = {"pair": pair, "when": f"{free[0]}-{free[1]}", "table": "6"}
    assert "data-ready" in browser.get(address, {**place, "part": "1"}).content.decode()
    assert browser.post(address, place).status_code == 302
    one.refresh_from_db()
    assert (one.half_day_id, one.slot, one.table) == (*free, 6)


def test_check_in_is_one_tap_and_can_be_taken_back(meeting_fair, officer, signed_in):
    browser = signed_in(officer)
    party = meeting_fair.buyers[0]
    first = queries.of_party(party)[0]
    address = f"{reverse('check-in', args=[meeting_fair.leg.pk])}?half_day={first.half_day_id}"
    browser.post(address, {"participant": party.pk, "here": "1"})
    first.refresh_from_db()
    assert first.came_buyer is not None
    browser.post(address, {"participant": party.pk, "here": "0"})
    first.refresh_from_db()
    assert first.came_buyer is None
    found = browser.get(f"{address}&q=사이공").content.decode()
    assert "사이공푸드" in found
    assert "씨암마트" not in found


def test_a_company_sees_and_cancels_its_own_meetings_and_nobody_elses(
    meeting_fair, person_with, signed_in, now
):
    of = meeting_fair.sellers[0]
    user = person_with("company")
    Representative.objects.create(
        user=user, organisation=of.organisation, since=now.date(), confirmed_at=now
    )
    browser = signed_in(user)
    page = browser.get(reverse("my-timetable", args=[of.pk]))
    assert "사이공푸드" in page.content.decode()
    other = meeting_fair.sellers[1]
    assert browser.get(reverse("my-timetable", args=[other.pk])).status_code == 404
    own, theirs = (Meeting.objects.filter(exhibitor=one).first() for one in (of, other))
    cancel = reverse("my-meeting-cancel", args=[of.pk, own.pk])
    assert browser.post(cancel, {"reason": "공장 사정"}).status_code == 302
    own.refresh_from_db()
    assert (own.state, own.cancelled_by) == ("cancelled", "exhibitor")
    foreign = reverse("my-meeting-cancel", args=[of.pk, theirs.pk])
    assert browser.post(foreign, {"reason": "x"}).status_code == 404
    # After publication the office changes wishes.
    answer = browser.post(reverse("my-wishes", args=[of.pk]), {})
    assert answer.status_code == 422
    calendar = browser.get(reverse("my-timetable-ics", args=[of.pk])).content
    found = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    assert sorted(one["status"] for one in found) == ["CANCELLED", "CONFIRMED"]


def test_a_buyer_reads_and_cancels_by_its_link_in_its_language(meeting_fair, client):
    of = meeting_fair.buyers[0]
    secret = links.give(of, **SAID)
    page = client.get(reverse("buyer-timetable", args=[secret]) + "?in=en")
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "My timetable" in page.content.decode()
    row = Meeting.objects.filter(buyer=of).first()
    address = reverse("buyer-meeting-cancel", args=[secret, row.pk])
    # Nothing is spent by opening a link: mail scanners do.
    assert client.get(address).status_code == 200
    row.refresh_from_db()
    assert row.state == "set"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Flight cancelled"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.cancelled_by) == ("cancelled", "buyer")
    theirs = Meeting.objects.filter(buyer=meeting_fair.buyers[1]).first()
    wrong = client.post(reverse("buyer-meeting-cancel", args=[secret, theirs.pk]), {"reason": "x"})
    assert wrong.status_code == 403


def test_a_buyer_says_its_wishes_by_its_link_before_the_plan(fair, client):
    seller, of = make.exhibitor(fair), make.buyer(fair)
    address = reverse("buyer-wishes", args=[links.give(of, **SAID)])
    sent = {f"worth_{seller.pk}": "4", f"part_{seller.pk}": "morning"}
    assert client.post(address, sent).status_code == 302
    wish = Wish.objects.get(by=of)
    assert (wish.to_id, wish.worth, wish.part) == (seller.pk, 4, "morning")
    wrong = client.post(address, {f"worth_{seller.pk}": "9"})
    assert wrong.status_code == 422


def test_same_goods_are_suggested_with_the_reason(meeting_fair, in_english):
    stranger = make.buyer(meeting_fair.event, "다른상사", hs_codes=["8703"])
    told = suggestions(meeting_fair.sellers[0], [*meeting_fair.buyers, stranger])
    assert told == {one.pk: "Same goods: HS 1902" for one in meeting_fair.buyers}


@pytest.mark.parametrize("apart", ["\t", ","])
def test_wishes_come_from_a_spreadsheet_all_or_none(fair, officer, signed_in, apart):
    make.exhibitor(fair, "해담식품"), make.buyer(fair, "사이공푸드"), make.buyer(fair, "씨암마트")
    browser = signed_in(officer, "en")
    address = reverse("wishes-import", args=[fair.pk])
    wrong = "기업\t희망\t점수\t시간\n해담식품\t사이공푸드\t5\t오전\n해담식품\t없는상사\t9\t\n"
    answer = browser.post(address, {"rows": wrong})
    assert answer.status_code == 422
    assert "Row 3" in answer.content.decode()
    assert not Wish.objects.exists()
    right = "해담식품,사이공푸드,5,오전\n씨암마트,해담식품,안 함,\n".replace(",", apart)
    assert browser.post(address, {"rows": right}).status_code == 302
    told = [
        (str(one.by.organisation.name_ko), one.worth, one.part)
        for one in Wish.objects.order_by("pk")
    ]
    assert told == [("해담식품", 5, "morning"), ("씨암마트", 0, "any")]


def test_a_row_says_what_is_wrong_with_it(fair, in_english):
    seller, buying = make.exhibitor(fair, "해담식품"), make.buyer(fair, "사이공푸드")
    text = "해담식품\t사이공푸드\t3\n해담식품\t사이공푸드\t4\n해담식품\t해담식품\t1\n해담식품\t사이공푸드\t6\n"
    found, wrong = sheets.read(text, [seller, buying])
    assert found == [sheets.Line(1, seller, buying, 3, "any")]
    assert [one.number for one in wrong] == [2, 3, 4]
