"""Events are planned, laid out, moved on and planned again; each refusal says why."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import trade_makers as make
from django.urls import reverse
from django.utils.translation import override
from trade_makers import NOW, SAID

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.parties.models import Region
from gyoryu.trade.actions import events, legs
from gyoryu.trade.actions.legs import Session
from gyoryu.trade.models import Absence, Event, HalfDay, Meeting
from gyoryu.trade.queries import events as queries
from gyoryu.trade.rules import events as rules
from gyoryu.web.templatetags.history import changed

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")
VALUES = {
    "kind": "mission", "title_ko": "2025 제3회 중남미 무역사절단", "title_en": "Latin America 2025",
    "starts_on": date(2025, 5, 12), "ends_on": date(2025, 5, 20), "cost": 240_000_000,
}  # fmt: skip
SESSIONS = [Session("morning", time(9, 30), 30, 5), Session("afternoon", time(13, 30), 30, 7)]


def planned(unit, **fields):
    return events.add(unit, {**VALUES, **fields}, **SAID)


def mission(unit, **fields):
    """A mission of three cities, each for three days."""
    of = planned(unit, **fields)
    for n, (name, zone) in enumerate(
        [
            ("멕시코시티", "America/Mexico_City"),
            ("리마", "America/Lima"),
            ("보고타", "America/Bogota"),
        ]
    ):
        first = of.starts_on + timedelta(days=3 * n)
        values = {"name_ko": name, "starts_on": first, "ends_on": first + timedelta(days=2),
                  "timezone": zone, "tables": 10}  # fmt: skip
        legs.add_leg(of, values, **SAID)
    return of


def verbs(of):
    return list(
        Entry.objects.filter(record=of.pk, model__model="event")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_a_mission_is_planned_with_its_cities_and_numbered_by_its_year(province) -> None:
    of = mission(province.division)
    assert (of.number, of.state, str(of)) == ("EV-2025-0001", "planned", VALUES["title_ko"])
    assert [(leg.position, leg.name_ko, leg.starts_on) for leg in of.legs.all()] == [
        (1, "멕시코시티", date(2025, 5, 12)),
        (2, "리마", date(2025, 5, 15)),
        (3, "보고타", date(2025, 5, 18)),
    ]
    assert verbs(of) == ["event.added", *["event.place_added"] * 3]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title_ko": " "}, "title_ko"),
        ({"ends_on": date(2025, 5, 11)}, "ends_on"),
        ({"ends_on": date(2027, 5, 11)}, "ends_on"),
        ({"register_until": datetime(2025, 5, 21, 0, 1, tzinfo=SEOUL)}, "register_until"),
        ({"cost": -1}, "cost"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(province, fields, field) -> None:
    with pytest.raises(Refused) as refused:
        planned(province.division, **fields)
    assert refused.value.field == field
    assert Event.objects.count() == 0


def test_the_days_of_an_event_hold_its_places(province) -> None:
    of = mission(province.division)
    with pytest.raises(Refused) as refused:
        events.change(of, {"ends_on": date(2025, 5, 19)}, **SAID)
    assert refused.value.field == "ends_on"
    outside = {"name_ko": "산티아고", "starts_on": date(2025, 5, 20), "ends_on": date(2025, 5, 21)}
    with pytest.raises(Refused) as refused:
        legs.add_leg(of, outside, **SAID)
    assert refused.value.field == "ends_on"
    with pytest.raises(Refused) as refused:
        legs.add_leg(of, {**outside, "ends_on": date(2025, 5, 20), "timezone": "Mars/Base"}, **SAID)
    assert refused.value.field == "timezone"


def test_days_are_laid_out_at_once_and_keep_what_is_there(province) -> None:
    of = mission(province.division)
    leg = of.legs.first()
    first = date(2025, 5, 12)
    legs.lay_out(leg, first, first, [Session("morning", time(10), 20, 6)], **SAID)
    made = legs.lay_out(leg, first, date(2025, 5, 14), SESSIONS, **SAID)
    rows = [(one.day.day, one.part, one.minutes, one.slots) for one in leg.half_days.all()]
    assert rows == [
        (12, "morning", 20, 6), (12, "afternoon", 30, 7),
        (13, "morning", 30, 5), (13, "afternoon", 30, 7),
        (14, "morning", 30, 5), (14, "afternoon", 30, 7),
    ]  # fmt: skip
    assert len(made) == 5
    assert queries.slots(leg.half_days.first())[-1] == (6, "11:40")
    assert legs.lay_out(leg, first, date(2025, 5, 14), SESSIONS, **SAID) == []
    legs.remove_half_day(made[0], **SAID)
    place, entry = str(leg), Entry.objects.filter(verb="event.half_day_removed").get()
    for language, words in (("ko", "오후"), ("en", "Afternoon")):
        with override(language):
            told = [one.before for one in changed(entry)]
        assert told == [f"{place}: 2025-05-12 {words}"]


@pytest.mark.parametrize(
    ("session", "field"),
    [
        (Session("morning", time(9), 30, 10), "begins"),
        (Session("morning", time(9), 4, 2), "minutes"),
        (Session("morning", time(9), 30, 0), "slots"),
        (Session("morning", time(23), 30, 4), "slots"),
    ],
)
def test_slots_neither_overlap_nor_run_past_midnight(province, session, field) -> None:
    of = mission(province.division)
    leg = of.legs.first()
    with pytest.raises(Refused) as refused:
        legs.lay_out(leg, leg.starts_on, leg.ends_on, [SESSIONS[1], session], **SAID)
    assert (refused.value.field, HalfDay.objects.count()) == (field, 0)


def test_slots_in_which_meetings_stand_stay(fair) -> None:
    place, morning = fair.legs.get(), HalfDay.objects.get(part="morning")
    seller, buying = make.exhibitor(fair), make.buyer(fair)
    Meeting.objects.create(
        leg=place, exhibitor=seller, buyer=buying, half_day=morning, slot=3, table=2
    )
    Absence.objects.create(participant=buying, half_day=morning, slot=4)
    changed = {"begins": time(9), "minutes": 30, "slots": 3}
    legs.change_half_day(morning, changed, **SAID)
    assert not Absence.objects.exists()
    for wrong in (
        lambda: legs.change_half_day(morning, {"slots": 2}, **SAID),
        lambda: legs.remove_half_day(morning, **SAID),
        lambda: legs.remove_leg(place, **SAID),
        lambda: legs.change_leg(place, {"tables": 1}, **SAID),
    ):
        with pytest.raises(Refused):
            wrong()
    morning.refresh_from_db()
    assert (morning.slots, morning.begins) == (3, time(9))


def test_an_event_goes_its_way_and_steps_back_only_with_a_reason(province) -> None:
    of = planned(province.division, starts_on=date(2025, 4, 1), ends_on=date(2025, 4, 1))
    with pytest.raises(Refused) as refused:
        events.move(of, "open", **SAID)
    assert refused.value.field == "state"
    day = {"name_ko": "전시장", "starts_on": of.starts_on, "ends_on": of.ends_on}
    legs.add_leg(of, day, **SAID)
    for state in ("open", "running", "held"):
        of = events.move(of, state, **SAID)
        assert of.state == state
    with pytest.raises(Refused) as refused:
        events.move(of, "running", **SAID)
    assert refused.value.field == "reason"
    of = events.move(of, "running", "하루 더 열렸다", **SAID)
    with pytest.raises(Refused):
        events.move(of, "planned", "건너뛴다", **SAID)
    assert verbs(of)[2:] == ["event.open", "event.running", "event.held", "event.taken_back"]


def test_nothing_is_held_before_it_has_ended(province) -> None:
    of = mission(province.division)
    of = events.move(of, "open", **SAID)
    with pytest.raises(Refused):
        events.move(of, "running", **SAID)
    began = {"by": None, "at": datetime(2025, 5, 12, 9, tzinfo=SEOUL)}
    of = events.move(of, "running", **began)
    with pytest.raises(Refused):
        events.move(of, "held", **began)
    ended = {"by": None, "at": datetime(2025, 5, 20, 20, tzinfo=SEOUL)}
    assert events.move(of, "held", **ended).state == "held"


def test_what_was_cancelled_is_neither_advertised_nor_changed(fair) -> None:
    events.show_catalogue(fair, opened=True, **SAID)
    off = events.move(fair, "cancelled", "감염병", **SAID)
    assert (off.state, off.state_reason, off.catalogue_since) == ("cancelled", "감염병", None)
    with pytest.raises(Refused):
        events.change(off, {"title_ko": "바뀐 이름"}, **SAID)
    with pytest.raises(Refused):
        events.show_catalogue(off, opened=True, **SAID)


def test_the_next_edition_brings_places_and_half_days_along(province) -> None:
    of = mission(province.division)
    leg = of.legs.first()
    legs.lay_out(leg, leg.starts_on, leg.ends_on, SESSIONS, **SAID)
    legs.add_interpreter(leg, "최누리", ["ko", "es"], **SAID)
    make.exhibitor(of)
    vietnam = make.country()
    city = Region.objects.create(
        kind="city", name_ko="하노이", name_en="Hanoi", parent=vietnam, path=f"{vietnam.path}9/"
    )
    for name, region in (
        ("가", vietnam),
        ("나", city),
        ("다", make.country("JP", "일본", "Japan")),
    ):
        make.buyer(of, name, region=region)
    made = events.copy(
        of,
        {"title_ko": rules.next_title(of.title_ko, 1), "title_en": "Latin America 2026",
         "starts_on": date(2026, 5, 11), "ends_on": date(2026, 5, 18)},
        **SAID,
    )  # fmt: skip
    assert (made.number, made.follows, made.title_ko, made.cost) == (
        "EV-2026-0001", of, "2026 제4회 중남미 무역사절단", None,
    )  # fmt: skip
    assert [(leg.name_ko, leg.starts_on, leg.ends_on) for leg in made.legs.all()] == [
        ("멕시코시티", date(2026, 5, 11), date(2026, 5, 13)),
        ("리마", date(2026, 5, 14), date(2026, 5, 16)),
        ("보고타", date(2026, 5, 17), date(2026, 5, 18)),
    ]
    twin = made.legs.first()
    assert [(one.day, one.part) for one in twin.half_days.all()][::5] == [
        (date(2026, 5, 11), "morning"),
        (date(2026, 5, 13), "afternoon"),
    ]
    assert [one.languages for one in twin.interpreters.all()] == [["ko", "es"]]
    assert made.participants.count() == 0
    own, before = queries.editions(made)
    assert (own.exhibitors, own.buyers, own.countries) == (0, 0, 0)
    assert (before.event, before.exhibitors, before.buyers, before.countries) == (of, 1, 3, 2)


def test_an_edition_follows_an_earlier_one(province) -> None:
    of = planned(province.division)
    later = planned(province.division, starts_on=date(2025, 6, 1), ends_on=date(2025, 6, 2))
    with pytest.raises(Refused) as refused:
        events.change(of, {"follows": later}, **SAID)
    assert refused.value.field == "follows"


def test_an_event_with_companies_is_cancelled_and_not_voided(fair, officer) -> None:
    make.exhibitor(fair)
    with pytest.raises(Refused):
        events.void(fair, "잘못 넣음", **SAID)
    empty = make.event(fair.unit)
    events.void(empty, "두 번 넣음", by=officer, at=NOW)
    assert list(queries.seen_by(officer)) == [fair]


def test_only_officers_of_the_unit_change_an_event(fair, person_with, province) -> None:
    for by in (person_with("viewer"), person_with("officer", province.other)):
        with pytest.raises(NotAllowed):
            events.change(fair, {"title_ko": "바뀐 이름"}, by=by, at=NOW)


# Screens


def typed(**fields):
    own = {"kind": "mission", "title_ko": "베트남 무역사절단", "starts_on": "2025-06-02",
           "ends_on": "2025-06-06", "cost": "82,000,000", "register_until": "2025-05-20 18:00"}  # fmt: skip
    return {**own, **fields}


def test_an_officer_plans_an_event_on_screen(officer, signed_in, province) -> None:
    browser = signed_in(officer, "en")
    wrong = browser.post(reverse("event-new"), typed(ends_on="2025-05-01"))
    assert wrong.status_code == 422
    assert "82,000,000" in wrong.content.decode()
    made = browser.post(reverse("event-new"), typed())
    row = Event.objects.get()
    assert made.url == row.get_absolute_url()
    assert (row.unit, row.cost) == (province.division, 82_000_000)
    assert row.register_until == datetime(2025, 5, 20, 18, tzinfo=SEOUL)
    place = {"name_ko": "호찌민", "starts_on": "2025-06-02", "ends_on": "2025-06-04",
             "timezone": "Asia/Ho_Chi_Minh", "tables": "12"}  # fmt: skip
    assert browser.post(reverse("leg-new", args=[row.pk]), place).status_code == 302
    leg = row.legs.get()
    nothing = {"first": "2025-06-02", "last": "2025-06-03", "minutes": "30"}
    asked = browser.post(reverse("leg-half-days", args=[leg.pk]), nothing)
    assert "Say when the morning or the afternoon begins." in asked.content.decode()
    days = {**nothing, "morning_begins": "09:30", "morning_slots": "5", "afternoon_begins": ""}
    assert browser.post(reverse("leg-half-days", args=[leg.pk]), days).status_code == 302
    assert leg.half_days.count() == 2
    page = browser.get(row.get_absolute_url()).content.decode()
    assert "Asia/Ho_Chi_Minh" in page
    assert "12 tables" in page
    opened = browser.post(reverse("event-step", args=[row.pk]), {"state": "open", "reason": ""})
    assert opened.status_code == 302
    copied = browser.get(reverse("event-copy", args=[row.pk])).content.decode()
    assert 'value="2026-06-01"' in copied


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_of_an_event_costs_no_more_with_more_on_it(
    fair, officer, signed_in, language, django_assert_max_num_queries
) -> None:
    browser = signed_in(officer, language)
    events.show_catalogue(fair, opened=True, **SAID)
    for n in range(3):
        make.exhibitor(fair, f"기업 {n}")
        make.half_day(make.leg(fair))
    browser.get(fair.get_absolute_url())
    with django_assert_max_num_queries(15):
        assert browser.get(fair.get_absolute_url()).status_code == 200


def test_the_list_asks_the_same_for_one_and_for_fifty(
    province, officer, signed_in, django_assert_max_num_queries
) -> None:
    browser, address = signed_in(officer), reverse("events")
    of = make.event(province.division)
    browser.get(address)
    for count in (1, 50):
        while Event.objects.count() < count:
            make.exhibitor(make.event(province.division), f"기업 {Event.objects.count()}")
        with django_assert_max_num_queries(8):
            page = browser.get(address)
        assert len(page.context["listing"].page) == count
    found = browser.get(address, {"q": of.number}).context["listing"].page
    assert found == [of]
    none = browser.get(address, {"year": "2024"}).context["listing"].page
    assert none == []
    file = browser.get(address, {"export": "csv"})
    assert b"".join(file.streaming_content).decode().count("EV-2025-") == 50


def test_events_of_another_government_are_not_seen(fair, person_with, province, signed_in) -> None:
    other = signed_in(person_with("officer", province.other))
    assert other.get(reverse("events")).context["listing"].page == []
    assert other.get(fair.get_absolute_url()).status_code == 404
