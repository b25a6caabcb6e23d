"""Fifteen teams of four travel for their research, are paid in advance, and are adopted or not."""

import pytest
from tests.scenarios import hands
from tests.scenarios.hands import Hand

pytestmark = pytest.mark.django_db

M, TALK = 1_000_000, 1_750_000
CALL = {
    "title_ko": "2024년 정책연구 국외훈련팀 공개 오디션",
    "summary_ko": "공무원이 팀을 이루어 해외 사례를 조사하고 정책으로 제안한다.",
    "applicant": "team",
    "members_least": "3",
    "members_most": "5",
    "opens_at": "2024-02-19 09:00",
    "closes_at": "2024-03-15 18:00",
    "award_most": "21,750,000",
    "panel_least": "3",
}
QUESTIONS = [("long", {"label_ko": "연구 질문", "code": "question", "required": "on"})]
PARTS = [
    ("tracks", {"name_ko": "지정 과제", "places": "6"}),
    ("tracks", {"name_ko": "자유 과제", "places": "9"}),
    ("categories", {"name_ko": "훈련비", "most": "20,000,000"}),
    ("categories", {"name_ko": "통역비", "most": "1,750,000"}),
    ("criteria", {"name_ko": "연구 계획", "most": "60"}),
    ("criteria", {"name_ko": "정책 반영 가능성", "most": "40"}),
]
BECAME = [
    ("adopted", "2025년 업무계획에 반영"), ("partly", "시범 지역 두 곳에서 먼저 시행"),
    ("not_adopted", "조례 개정이 먼저 필요함"), ("adopted", "2025년 본예산에 편성"),
    ("not_adopted", "국비 사업과 겹침"),
]  # fmt: skip


def _training(place):
    """Fifteen to twenty million won for the training of a team."""
    return (15 + place % 6) * M


GRANTED = sum(_training(place) + TALK for place in range(15))


@pytest.fixture
def story(desk, head, settings):
    """Fifteen teams were selected at an audition on two tracks."""
    officer, chief = Hand(desk.user, settings), Hand(head.user, settings)
    officer.on("2024-02-13")
    under = hands.strategy(chief, "배우는 행정")
    training = hands.programme(officer, under, "training", "정책연구 국외훈련")
    line = hands.line(chief, training, 2024, "350,000,000", fund="own", code="202-05")
    call = hands.call(officer, training, CALL, questions=QUESTIONS, parts=PARTS)
    hands.announce(chief, line, call, "330,000,000", "2024-02-13")
    officer.on("2024-03-04")
    tracks = [one.pk for one in officer.read("call", call).context["parts"].tracks]
    teams = [_applied(settings, call, tracks, place) for place in range(15)]
    officer.on("2024-03-18")
    panel = hands.panel(officer, settings, call, seed="1")
    hands.judged(panel, lambda number, judge, place: (50, 34)[place] - int(number[-4:]) % 7 - judge)
    officer.quick("ranking-freeze", call)
    chief.post("ranking-decide", call)
    return {
        "officer": officer, "chief": chief, "programme": training, "call": call, "teams": teams,
        "line": line,
    }  # fmt: skip


def _applied(settings, call, tracks, place):
    team = hands.outsider(settings, f"team{place}@team.example", f"팀장 {place}")
    hands.apply(
        team,
        call,
        {
            "name": f"연구팀 {place + 1:02}",
            "track": str(tracks[0 if place < 6 else 1]),
            "asked": f"{_training(place) + TALK:,}",
            "members.name": [f"팀원 {place}-{n}" for n in range(4)],
            "members.office": ["도청"] * 4,
            "q.question": "해외 도시는 무엇을 먼저 했는가",
        },
    )
    return team


def test_fifteen_teams_of_four_are_paid_report_and_are_adopted_or_not(story):
    officer, chief, call, teams = (story[name] for name in ("officer", "chief", "call", "teams"))
    rows = officer.exported("call-applications", call)
    assert [row["상태"] for row in rows] == ["선정"] * 15
    tracks = [row["모집 분야"] for row in rows]
    assert (tracks.count("지정 과제"), tracks.count("자유 과제")) == (6, 9)
    awards = _paid_in_advance(officer, chief, call)
    sums = officer.read("call-awards", call).context["sums"]
    assert (sums.limit, sums.advanced) == (GRANTED, GRANTED)

    selected = sorted(_supported(officer, call), key=lambda row: row.number)
    _presented(story, selected)
    _returned(story, awards)
    officer.on("2024-11-15")
    for place, row in enumerate(selected):
        kind, why = BECAME[place % 5]
        assert officer.send("outcome-new", row.pk, kind=kind, on="2024-11-15").status_code == 422
        officer.quick("outcome-new", row.pk, kind=kind, on="2024-11-15", reason=why)

    page = officer.read("programme-outcomes", story["programme"])
    report = page.context["report"]
    assert (report.supported, report.people, report.undecided) == (15, 60, 0)
    assert [n for _words, n in report.adoption] == [6, 3, 6]
    assert "15" in page.text
    assert "60" in page.text
    assert "국비 사업과 겹침" in page.text
    assert [(n, came.expected, came.present) for _kind, n, came in report.by_kind] == [(1, 60, 59)]
    assert len(teams) == 15


def _supported(officer, call):
    return list(officer.read("call-applications", call).context["listing"].page)


def _paid_in_advance(officer, chief, call):
    """Each is granted what its training costs and the interpreting, and paid before it leaves."""
    officer.on("2024-04-08")
    made = []
    waiting = chief.read("call-awards", call).context["selected"]
    for row in sorted(waiting, key=lambda one: one.number):
        pk = chief.make(
            "award-new", query=f"?application={row.pk}", kind="advance", amount=f"{row.asked:,}",
            starts_on="2024-05-01", ends_on="2024-08-31", claims_until="2024-09-30",
            report_due_on="2024-10-31",
        )  # fmt: skip
        officer.quick("award-sign", pk, on="2024-04-08")
        chief.quick("award-advance", pk, amount=f"{row.asked:,}", reason="출국 전 선지급")
        advance = officer.read("award", pk).context["advances"][0]
        assert chief.send_raw("advance-pay", advance.pk, on="2024-04-08").status_code == 422
        officer.quick("advance-pay", advance.pk, on="2024-04-08")
        made.append(pk)
    return made


def _presented(story, selected):
    """In September all present; one person of the last team is missing."""
    officer = story["officer"]
    officer.on("2024-09-12")
    activity = officer.make(
        "activity-new", programme=str(story["programme"]), call=str(story["call"]),
        kind="presentation", title_ko="정책연구 결과 발표회", day="2024-09-11", begins="09:00",
        ends="12:00", place="도청 대강당",
    )  # fmt: skip
    form = officer.read("activity-attendance", activity).context["form"]
    came = {}
    for place, (_row, expected, present) in enumerate(form.lines):
        came |= {expected.html_name: "4", present.html_name: "3" if place == 14 else "4"}
    officer.quick("activity-attendance", activity, **came)
    assert len(form.lines) == len(selected) == 15


def _returned(story, awards):
    """Every team reports; the first has 185,000 won left, with 205 won of interest on it."""
    officer, chief, teams = story["officer"], story["chief"], story["teams"]
    officer.on("2024-10-07")
    by_award = {team.read("my-awards").context["rows"][0].pk: team for team in teams}
    for place, award in enumerate(awards):
        team = by_award[award]
        received = team.read("my-report", award).context["received"]
        left, interest = (185_000, 205) if place == 0 else (0, 0)
        said = {"summary": "현지 기관을 찾아 조사하고 제안서를 냈다.", "unused": str(left)}
        if place == 0:
            # What was used and what is left come to what was received, to the won.
            wrong = team.send("my-report", award, **said, used=f"{received:,}")
            assert wrong.status_code == 422
        used = f"{received - left:,}"
        team.quick("my-report", award, **said, used=used, interest=str(interest))
        chief.quick("report-accept", award, due_on="2024-11-29")
    asked = officer.read("settlement", awards[0]).context["recoveries"]
    assert [(one.amount, one.interest) for one in asked] == [(185_000, 205)]
    assert chief.refused("award-settle", awards[0])
    officer.post("recovery-take-in", asked[0].pk)
    chief.post("award-settle", awards[0])
    rows = officer.exported("recoveries")
    assert [(row["금액(원)"], row["반납액(원)"]) for row in rows] == [("185000", "185000")], rows
    sums = officer.read("portfolio", year=2024).table()
    assert any("185,000" in row[-1] for row in sums), sums
