"""Start-ups are trained and mentored with a partner company; what came of it is kept by kind."""

import pytest
from tests.scenarios import hands
from tests.scenarios.hands import Hand

pytestmark = pytest.mark.django_db

CALL = {
    "title_ko": "2024년 파트너 기업 연계 창업 육성 참여기업 모집",
    "summary_ko": "글로벌 기업과 함께 교육, 멘토링, 사례 공유, 시장 진출을 지원한다.",
    "opens_at": "2024-03-04 09:00",
    "closes_at": "2024-03-29 18:00",
    "places": "4",
    "award_most": "10,000,000",
    "blind": "on",
    "panel_least": "3",
}
QUESTIONS = [
    ("choice", {
        "label_ko": "가려는 시장", "code": "market", "required": "on",
        "options": "미국\n베트남\n유럽",
    }),
]  # fmt: skip
PARTS = [
    ("categories", {"name_ko": "시제품과 시장 검증"}),
    ("criteria", {"name_ko": "문제와 해법", "most": "50"}),
    ("criteria", {"name_ko": "시장", "most": "50"}),
]
PLANNED = [
    ("training", "사업 모델 다듬기", "2024-05-14"),
    ("mentoring", "파트너 기업 전담 멘토링", "2024-06-18"),
    ("cases", "선배 기업 사례 나눔", "2024-07-09"),
    ("market", "현지 고객 만나기", "2024-09-24"),
]
# kind, the number of each start-up, what they come to
CAME = [
    ("jobs", (3, 5, 2, 0)), ("patents", (1, 2, 0, 1)),
    ("investment", (0, 300_000_000, 0, 150_000_000)),
]  # fmt: skip


@pytest.fixture
def story(desk, head, settings):
    """Four start-ups were selected by a panel that was not told who they are."""
    officer, chief = Hand(desk.user, settings), Hand(head.user, settings)
    officer.on("2024-02-26")
    under = hands.strategy(chief, "함께 크는 창업")
    growing = hands.programme(officer, under, "incubation", "파트너 기업 연계 창업 육성")
    line = hands.line(chief, growing, 2024, "150,000,000")
    call = hands.call(officer, growing, CALL, questions=QUESTIONS, parts=PARTS)
    hands.announce(chief, line, call, "120,000,000", "2024-02-26")
    officer.on("2024-03-11")
    starters = [_applied(officer, settings, call, place) for place in range(5)]
    officer.on("2024-04-02")
    panel = hands.panel(officer, settings, call, seed="2")
    assert "새싹기업" not in panel[0].read("my-reviews").text
    hands.judged(panel, lambda number, judge, place: 48 - 2 * int(number[-4:]) - judge)
    officer.quick("ranking-freeze", call)
    chief.post("ranking-decide", call)
    return {
        "officer": officer, "programme": growing, "call": call, "starters": starters[:4],
        "reserve": starters[4],
    }  # fmt: skip


def _applied(officer, settings, call, place):
    starter = hands.outsider(settings, f"start{place}@company.example", f"대표 {place}")
    name = f"새싹기업 {place + 1}"
    hands.act_for(officer, starter, hands.business_number(place + 201), name)
    hands.apply(starter, call, {"name": name, "asked": "10,000,000", "q.market": "o2"})
    return starter


def test_what_they_attended_thought_and_reached_is_counted_by_kind(story):
    officer, programme = story["officer"], story["programme"]
    rows = officer.exported("call-applications", story["call"])
    assert sorted(row["상태"] for row in rows) == ["선정"] * 4 + ["예비 선정"]
    for place, (kind, title, day) in enumerate(PLANNED):
        officer.on("2024-04-25")
        pk = officer.make(
            "activity-new", programme=str(programme), call=str(story["call"]), kind=kind,
            title_ko=title, day=day, begins="00:10", ends="00:20", place="창업지원센터",
            led_by="파트너 기업 멘토단",
        )  # fmt: skip
        officer.on(f"{day[:8]}{int(day[8:]) + 1:02}")
        form = officer.read("activity-attendance", pk).context["form"]
        # Two are expected of each; of the last nobody came to the mentoring.
        came = {}
        for number, (_row, expected, present) in enumerate(form.lines):
            missing = kind == "mentoring" and number == 3
            came |= {expected.html_name: "2", present.html_name: "0" if missing else "2"}
        officer.quick("activity-attendance", pk, **came)
        _fed_back(story["starters"], place)
    # Who was not supported has no sheet to say anything about.
    assert not story["reserve"].read("my-activities").context["rows"]

    officer.on("2024-12-10")
    _noted(officer, story["call"])
    page = officer.read("programme-outcomes", programme)
    report = page.context["report"]
    assert report.supported == 4
    assert [(n, came.expected, came.present, came.rated) for _k, n, came in report.by_kind] == [
        (1, 8, 8, 4), (1, 8, 8, 4), (1, 8, 6, 3), (1, 8, 8, 4),
    ]  # fmt: skip
    figures = page.table("종류별 수치")
    assert [row[1:] for row in figures] == [["3", "10"], ["3", "4"], ["2", "450,000,000"]], figures
    # Jobs, patents and won have no sum together.
    assert "450,000,014" not in page.text


def _fed_back(starters, place):
    for starter in starters:
        for row in starter.read("my-activities").context["rows"]:
            if row.rating is None and row.present:
                starter.quick(
                    "my-feedback", row.pk, rating=str(3 + place % 3), feedback="도움이 됨"
                )


def _noted(officer, call):
    listed = officer.read("call-applications", call, tab="selected").context["listing"].page
    for number, row in enumerate(sorted(listed, key=lambda one: one.number)):
        for kind, amounts in CAME:
            if amounts[number]:
                said = {"kind": kind, "on": "2024-12-10", "amount": str(amounts[number])}
                officer.quick("outcome-new", row.pk, **said)
