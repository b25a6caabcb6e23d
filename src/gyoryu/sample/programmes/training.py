"""Policy-research training: 15 teams of four, paid in advance, settled, adopted or not."""

from datetime import date, timedelta

from gyoryu.programmes.actions import activities, advances, awards, settlement
from gyoryu.programmes.actions.activities import Noted
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.models import Activity, Application, Award, BudgetLine, Call, Programme
from gyoryu.programmes.rules.awards import Grant, Heading
from gyoryu.sample.book import Book, at, on
from gyoryu.sample.programmes import cast, stage
from gyoryu.sample.programmes.cast import TEAMS, Cast
from gyoryu.sample.programmes.stage import Plan

TRAINING_MOST, INTERPRETING_MOST = 20_000_000, 1_750_000
QUESTIONS = [
    {"code": "question", "kind": "long", "label": {"ko": "연구 질문", "en": "Question to be answered"},
     "required": True},
    {"code": "places", "kind": "text", "label": {"ko": "방문할 곳", "en": "Where you would go"},
     "required": True},
]  # fmt: skip
TRACKS = [
    {"name_ko": "지정 과제", "name_en": "Designated tasks", "places": 6},
    {"name_ko": "자유 과제", "name_en": "Free tasks", "places": 9},
]
CATEGORIES = [
    {"name_ko": "훈련비", "name_en": "Training", "most": TRAINING_MOST},
    {"name_ko": "통역비", "name_en": "Interpretation", "most": INTERPRETING_MOST},
]
CRITERIA = [
    {"name_ko": "과제의 필요성", "name_en": "Need", "most": 40},
    {"name_ko": "연구 계획", "name_en": "Plan", "most": 40},
    {"name_ko": "정책 반영 가능성", "name_en": "Chance of adoption", "most": 20},
]
# By team: what became of its proposal, and why.
ADOPTED = [
    ("adopted", "2025년 업무계획에 반영"), ("partly", "시범 지역 두 곳에서 먼저 시행"),
    ("not_adopted", "조례 개정이 먼저 필요함"), ("adopted", "2025년 본예산에 편성"),
    ("not_adopted", "국비 사업과 겹침"),
]  # fmt: skip


def tell(book: Book, people: Cast, programme: Programme, lines: list[BudgetLine]) -> str:
    """Tell it from the audition in spring to what was adopted in autumn 2024."""
    call = _call(book, programme, lines[0])
    rows = [_apply(call, number) for number in range(len(TEAMS))]
    stage.screened(book, rows, "2024-03-18")
    stage.judged(book, call, people.panel, "2024-03-25")
    stage.decided(book, call, "2024-03-28")
    won = list(call.applications.filter(status="selected").order_by("number"))
    made = [_granted(book, call, row, number) for number, row in enumerate(won)]
    _met(book, programme, call, won)
    _settled(book, made)
    for number, row in enumerate(won):
        kind, why = ADOPTED[number % len(ADOPTED)]
        activities.note_outcome(
            row, kind, on("2024-11-15"), reason=why, by=book.trader, at=at("2024-11-15")
        )
    people_sent = sum(row.members.count() for row in won)
    return f"policy research: {len(won)} teams, {people_sent} people"


def _call(book: Book, programme: Programme, line: BudgetLine) -> Call:
    plan = Plan(
        values={
            "title_ko": "2024년 정책연구 국외훈련팀 공개 오디션",
            "title_en": "Open audition for policy-research teams 2024",
            "summary_ko": "도와 시군 공무원이 팀을 이루어 해외 사례를 조사하고 정책으로 제안한다.",
            "summary_en": "Teams of civil servants study cases abroad and propose policies.",
            "applicant": "team",
            "members_least": 3,
            "members_most": 5,
            "award_most": TRAINING_MOST + INTERPRETING_MOST,
            "panel_least": 5,
        },
        opens=at("2024-02-19", 9),
        closes=at("2024-03-15", 18),
        questions=QUESTIONS,
        parts={"tracks": TRACKS, "categories": CATEGORIES, "criteria": CRITERIA},
        lines=[(line, 330_000_000)],
    )
    return stage.announce(book, programme, plan, "2024-02-13")


def _apply(call: Call, number: int) -> Application:
    name, task, designated = TEAMS[number]
    members = cast.members(number)
    day = f"2024-03-{1 + number % 12:02}"
    user = stage.outsider(f"team{number + 1:02}@team.example", members[0], day)
    tracks = {track.name_en: track for track in call.tracks.all()}
    content = Content(
        name=name,
        asked=_training(number) + INTERPRETING_MOST,
        answers={
            "question": f"{task}에서 무엇을 배워 올 것인가",
            "places": "독일과 네덜란드의 도시",
        },
        track=tracks["Designated tasks" if designated else "Free tasks"],
        members=tuple((who, "도청" if place % 2 else "시청") for place, who in enumerate(members)),
    )
    return stage.apply(call, user, None, content, at(day, 15))


def _training(number: int) -> int:
    """Training costs 15 to 20 million won a team."""
    return 15_000_000 + number % 6 * 1_000_000


def _granted(book: Book, call: Call, row: Application, number: int) -> Award:
    training, interpreting = call.categories.all()
    cost = _training(number)
    grant = Grant(
        call=call,
        kind="advance",
        amount=cost + INTERPRETING_MOST,
        starts_on=on("2024-05-01"),
        ends_on=on("2024-08-31"),
        claims_until=on("2024-09-30"),
        report_due_on=on("2024-10-31"),
        application=row,
        headings=[Heading(training, cost), Heading(interpreting, INTERPRETING_MOST)],
        key=f"training/{row.number}",
    )
    made = awards.award(grant, by=book.approver, at=at("2024-04-08"))
    awards.sign(made, on=on("2024-04-15"), by=book.trader, at=at("2024-04-15"))
    paid = advances.approve(
        made, amount=cost + INTERPRETING_MOST, reason="출국 전 선지급", by=book.approver,
        at=at("2024-04-22"),
    )  # fmt: skip
    advances.pay(paid, on=on("2024-04-24"), by=book.trader, at=at("2024-04-24"))
    return made


def _met(book: Book, programme: Programme, call: Call, won: list[Application]) -> None:
    for kind, ko, en, day in (
        ("training", "국외훈련 사전 교육", "Training before leaving", "2024-04-26"),
        ("presentation", "정책연구 결과 발표회", "Results presented", "2024-09-12"),
    ):
        values = {
            "programme": programme,
            "call": call,
            "kind": kind,
            "title_ko": ko,
            "title_en": en,
            "starts_at": at(day, 14),
            "ends_at": at(day, 17),
            "place": "도청 대강당",
        }
        made: Activity = activities.plan(
            book.units["trade"], values, by=book.trader, at=at("2024-04-18")
        )
        lines = [Noted(row, 4, 3 if place % 7 == 6 else 4) for place, row in enumerate(won)]
        activities.note_attendance(made, lines, by=book.trader, at=at(day, 18))
        for row in made.attendance.select_related("application__applicant").order_by("pk"):
            activities.give_feedback(
                row, 3 + row.pk % 3, "", by=row.application.applicant, at=at(day, 19)
            )


def _settled(book: Book, made: list[Award]) -> None:
    """Let teams report; what was left comes back with its interest, but for one that is late."""
    for number, award in enumerate(made):
        award.refresh_from_db()
        left, day = number % 4 * 185_000, date(2024, 10, 7) + timedelta(days=number)
        values = {
            "summary": "현지 기관을 찾아 사례를 조사하고 제안서를 냈다.",
            "used": award.ceiling.limit - left,
            "unused": left,
            "interest": left // 900,
        }
        report = settlement.submit(award, values, by=book.trader, at=at(day))
        settlement.accept(
            report, due_on=on("2024-11-29"), by=book.approver, at=at(day + timedelta(days=3))
        )
        for asked in award.recoveries.all():
            if number == len(made) - 2:
                continue
            settlement.take_in(
                asked, amount=asked.amount, interest=asked.interest, on=on("2024-11-20"),
                by=book.trader, at=at("2024-11-20"),
            )  # fmt: skip
