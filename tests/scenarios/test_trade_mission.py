"""A mission to three cities: planned from wishes, published, held, asked after 3 months later."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.scenarios import fairs
from tests.scenarios.hands import Hand

from gyoryu.jobs.tasks.worker import run_waiting
from gyoryu.outbox.models import Letter
from gyoryu.trade.actions import follow_ups
from gyoryu.web import clock

pytestmark = pytest.mark.django_db

OURS = [f"사절기업 {place:02}" for place in range(1, 11)]
MISSION = {
    "kind": "mission",
    "title_ko": "2024 중남미 무역사절단",
    "title_en": "Trade mission to Latin America 2024",
    "starts_on": "2024-11-04",
    "ends_on": "2024-11-13",
    "cost": "214,000,000",
}
HALF_DAYS = {
    "morning_begins": "09:30",
    "morning_slots": "6",
    "afternoon_begins": "14:00",
    "afternoon_slots": "6",
}
# Korean, English, region, country, first and last day, clock, buyers, how many meetings.
CITIES = [
    ("멕시코시티", "Mexico City", "MX", "멕시코", "2024-11-04", "2024-11-05",
     "America/Mexico_City", 12, 54),
    ("리마", "Lima", "PE", "페루", "2024-11-07", "2024-11-08", "America/Lima", 14, 71),
    ("보고타", "Bogota", "CO", "콜롬비아", "2024-11-11", "2024-11-13", "America/Bogota", 12, 61),
]  # fmt: skip


def test_186_meetings_are_planned_held_and_asked_after(desk, office, settings):
    officer = Hand(desk.user, settings)
    officer.on("2024-09-02")
    fairs.companies(office.division, *OURS)
    mission = fairs.planned(officer, [_place(*city) for city in CITIES], **MISSION)
    legs = [one.pk for one in officer.read("event", mission).context["row"].legs.all()]
    _taken_in(officer, mission)
    pairs = [_wanted(city) for city in CITIES]
    rows = "\n".join(f"{one}\t{other}\t{worth}" for some in pairs for one, other, worth in some)
    officer.make("wishes-import", mission, rows=rows)
    officer.on("2024-10-21")
    for leg in legs:
        _planned(officer, leg)
    _mended(officer, mission, legs[2], pairs[2])
    listed = officer.exported("meetings", mission)
    standing = [row for row in listed if row["상태"] != "취소"]
    assert [[row["장소"] for row in standing].count(city[0]) for city in CITIES] == [54, 71, 61]

    fairs.held(officer, mission, MISSION["starts_on"], MISSION["ends_on"])
    officer.on("2024-11-15")
    _held(officer, legs)
    _written_down(officer, mission, standing)
    _reported(officer, mission)
    _asked_after(officer, mission, settings)


def _place(ko, en, code, _land, first, last, zone, _buyers, _count):
    return {
        "name_ko": ko, "name_en": en, "region": code, "timezone": zone, "tables": "10",
        "starts_on": first, "ends_on": last,
    }  # fmt: skip


def _buyers(city):
    return [f"{city[1]} Comercial {place:02}" for place in range(1, city[7] + 1)]


def _taken_in(officer, mission):
    """Both sides as the agency lists them; a company is written to at its own address."""
    rows = [["참가기업", "담당자", "이메일"]]
    rows += [[name, f"담당 {n}", f"ours{n}@company.example"] for n, name in enumerate(OURS)]
    fairs.handed_in(officer, "exhibitors", rows, event=str(mission))
    rows = [["바이어", "국가", "참가상태"]]
    rows += [[name, city[3], "확정"] for city in CITIES for name in _buyers(city)]
    fairs.handed_in(officer, "buyers", rows, event=str(mission))
    pages = officer.read("event", mission)
    for leg, city in zip(pages.context["row"].legs.all(), CITIES, strict=True):
        officer.make("leg-half-days", leg.pk, **HALF_DAYS)
        assert leg.name_ko == city[0]


def _wanted(city):
    """Everybody of ours wishes to meet as many buyers of a city, give or take one."""
    buyers = _buyers(city)
    pairs = [(who, turn) for turn in range(len(buyers)) for who in range(10)][: city[8]]
    return [(OURS[who], buyers[(who + turn) % len(buyers)], 5 - turn % 3) for who, turn in pairs]


def _planned(officer, leg):
    officer.make("leg-plan", leg)
    run_waiting()
    (plan,) = _plans(officer, leg)
    assert plan.state == "draft", plan.reason
    page = officer.read("timetable", plan.pk)
    assert page.context["share"] == "100.00", page.text[:400]
    officer.make("timetable-publish", plan.pk)


def _plans(officer, leg):
    places = officer.read("timetables", _event_of(officer, leg)).context["places"]
    return next(plans for one, plans, _public in places if one.pk == leg)


def _event_of(officer, leg):
    return officer.read("door-list", leg).context["event"].pk


def _mended(officer, mission, leg, pairs):
    """A buyer cancels one meeting; another is found for the company, and nobody is moved."""
    before = officer.exported("meetings", mission, leg=leg)
    company, buyer, _worth = pairs[4]
    row = next(
        one
        for one in officer.read("meetings", mission, leg=leg, q=buyer).context["listing"].page
        if (str(one.exhibitor), str(one.buyer)) == (company, buyer)
    )
    officer.make("meeting-cancel", row.pk, reason="바이어 출장 일정 변경")
    other = next(one for one in _buyers(CITIES[2]) if (company, one) not in {p[:2] for p in pairs})
    officer.make("wishes-import", mission, rows=f"{company}\t{other}\t5")
    officer.make("leg-mend", leg)
    run_waiting()
    plan = _plans(officer, leg)[0]
    assert (plan.state, plan.mends, plan.proven) == ("draft", True, True), plan.reason
    officer.make("timetable-publish", plan.pk)

    after = officer.exported("meetings", mission, leg=leg)
    stood = [one for one in before if (one["참가기업"], one["바이어"]) != (company, buyer)]
    assert len(stood) == 60
    assert [one for one in stood if one not in after] == []
    (new,) = [one for one in after if one not in before and one["상태"] != "취소"]
    assert (new["참가기업"], new["바이어"]) == (company, other)


def _held(officer, legs):
    """All are checked in at the first door, and every meeting is noted as it took place."""
    doors = [
        (leg, half_day.pk)
        for leg in legs
        for half_day in officer.read("door-list", leg).context["half_days"]
    ]
    first, half_day = doors[0]
    for one in officer.read("check-in", first, half_day=half_day).context["arrivals"]:
        address = f"{reverse('check-in', args=[first])}?half_day={half_day}"
        reply = officer.client.post(address, {"participant": one.party.pk, "here": "1"})
        assert reply.status_code == 302
    door = officer.read("check-in", first, half_day=half_day).context
    assert door["here"] == len(door["arrivals"]) > 0
    for leg, half_day in doors:
        page = officer.read("door-list", leg, half_day=half_day)
        for row in [one for _time, rows in page.context["slots"] for one in rows]:
            officer.quick("meeting-held", row.pk)


def _written_down(officer, mission, standing):
    """The agency's lists: amounts in thousands of dollars."""
    rows = [["참가기업", "바이어", "상담장소", "상담일자", "상담시간", "상담액(천불)"]]
    amounts = fairs.shared(35_220, len(standing))
    for row, amount in zip(standing, amounts, strict=True):
        when = (row["날짜"], row["시각"])
        rows.append([row["참가기업"], row["바이어"], row["장소"], *when, amount])
    fairs.handed_in(officer, "consultations", rows, event=str(mission), scale="1000")
    rows = [["기업명", "바이어", "추진현황", "추진일", "계약추진액(천불)"]]
    for row, amount in zip(standing[:160], fairs.shared(15_530, 160), strict=True):
        rows.append([row["참가기업"], row["바이어"], "계약추진", "2024-11-14", amount])
    fairs.handed_in(officer, "deals", rows, at_event=str(mission), scale="1000")


def _reported(officer, mission):
    told = fairs.report(officer, mission)
    assert told["참가 현황"][:4] == [
        ["참가기업", 10],
        ["바이어", 38],
        ["열린 상담", 186],
        ["불발된 상담", 0],
    ], told["참가 현황"]
    assert told["등급별"][:2] == [
        ["상담", 186, 0, 0, "USD", 35_220_000],
        ["계약추진", 160, 0, 0, "USD", 15_530_000],
    ], told["등급별"]
    places = [row[:3] for row in told["장소별"] if row[1] == "상담" and row[2]]
    assert places == [["멕시코시티", "상담", 54], ["리마", "상담", 71], ["보고타", "상담", 61]], (
        places
    )


def _asked_after(officer, mission, settings):
    """Three months later the clock asks all ten; one answers by the link and needs no account."""
    officer.on("2025-02-14")
    assert follow_ups.ask(on=clock.today(), by=None, at=clock.now()) == 10
    assert follow_ups.ask(on=clock.today(), by=None, at=clock.now()) == 0
    link = Letter.objects.get(address="ours0@company.example").link
    company = Client()
    company.cookies["language"] = "ko"
    page = company.get(link)
    assert page.status_code == 200
    lines = [line for line in page.context["form"].lines if line.deal]
    said = {f"{line.key}_what": "talking" for line in lines[1:]}
    said |= {f"{lines[0].key}_what": "lost", f"{lines[0].key}_reason": "가격 차이"}
    assert company.post(link, {**said, "send": "1"}).status_code == 302
    rows = officer.read("follow-ups", event=mission).context["listing"].page
    assert sorted(row.state for row in rows) == ["answered", *["asked"] * 9]
    assert fairs.report(officer, mission)["등급별"][1] == [
        "계약추진", 160, 1, 0, "USD", 15_530_000,
    ]  # fmt: skip
