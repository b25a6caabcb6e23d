"""Incubation with a partner company: training, mentoring, cases, market entry; and what came of it."""

from decimal import Decimal

from gyoryu.programmes.actions import activities, awards
from gyoryu.programmes.actions.activities import Noted
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.models import Activity, Application, BudgetLine, Call, Programme
from gyoryu.programmes.rules.awards import Grant, Heading
from gyoryu.sample.book import Book, at, on
from gyoryu.sample.programmes import stage
from gyoryu.sample.programmes.cast import FAMILY, GIVEN, STARTUPS, Cast
from gyoryu.sample.programmes.stage import Plan

EACH = 10_000_000
QUESTIONS = [
    {"code": "product", "kind": "long", "label": {"ko": "제품과 고객", "en": "Product and customers"},
     "required": True},
    {"code": "market", "kind": "choice", "label": {"ko": "가려는 시장", "en": "Market to enter"},
     "required": True, "options": [
         {"code": "us", "label": {"ko": "미국", "en": "United States"}},
         {"code": "vn", "label": {"ko": "베트남", "en": "Viet Nam"}},
         {"code": "eu", "label": {"ko": "유럽", "en": "Europe"}}]},
]  # fmt: skip
# kind, titles, day
PLANNED = [
    ("training", "사업 모델 다듬기", "Sharpening the business model", "2024-05-14"),
    ("mentoring", "파트너 기업 전담 멘토링", "Mentoring by the partner company", "2024-06-18"),
    ("cases", "선배 기업 사례 나눔", "Cases of earlier companies", "2024-07-09"),
    ("market", "현지 고객 만나기", "Meeting customers abroad", "2024-09-24"),
    ("presentation", "성과 발표", "Results", "2024-11-20"),
]
# kind, amounts by company, the day it was noted
CAME = [
    ("jobs", (3, 5, 2, 0, 4, 1, 6, 2, 3, 1)), ("patents", (1, 2, 0, 1, 0, 0, 3, 1, 0, 0)),
    ("investment", (0, 300_000_000, 0, 0, 150_000_000, 0, 1_200_000_000, 0, 80_000_000, 0)),
    ("market", (1, 1, 0, 1, 1, 0, 2, 1, 0, 1)),
]  # fmt: skip


def tell(book: Book, people: Cast, programme: Programme, lines: list[BudgetLine]) -> str:
    """Tell a year of incubation, 2024."""
    call = _call(book, programme, lines[0])
    rows = [_apply(book, people, call, number) for number in range(len(STARTUPS))]
    stage.screened(book, rows, "2024-04-02")
    stage.judged(book, call, people.panel[:3], "2024-04-09", seed=2)
    stage.decided(book, call, "2024-04-11")
    won = list(call.applications.filter(status="selected").order_by("number"))
    for row in won:
        _granted(book, call, row)
    for place, planned in enumerate(PLANNED):
        _held(book, call, won, place, planned)
    came = sum(_outcomes(book, row, number) for number, row in enumerate(won))
    return f"incubation: {len(won)} start-ups, {len(PLANNED)} activities, {came} outcomes"


def _call(book: Book, programme: Programme, line: BudgetLine) -> Call:
    plan = Plan(
        values={
            "title_ko": "2024년 파트너 기업 연계 창업 육성 참여기업 모집",
            "title_en": "Incubation with a partner company 2024",
            "summary_ko": "글로벌 기업과 함께 교육, 멘토링, 사례 공유, 시장 진출을 지원한다.",
            "summary_en": "Training, mentoring, cases and market entry together with a global company.",
            "applicant": "company",
            "places": 10,
            "award_most": EACH,
            "blind": True,
        },
        opens=at("2024-03-04", 9),
        closes=at("2024-03-29", 18),
        questions=QUESTIONS,
        parts={
            "categories": [
                {"name_ko": "시제품과 시장 검증", "name_en": "Prototype and validation"}
            ],
            "criteria": [
                {"name_ko": "문제와 해법", "name_en": "Problem and solution", "most": 50},
                {"name_ko": "시장", "name_en": "Market", "most": 50},
            ],
        },
        lines=[(line, 120_000_000)],
    )
    return stage.announce(book, programme, plan, "2024-02-26")


def _apply(book: Book, people: Cast, call: Call, number: int) -> Application:
    company, day = people.startups[number], f"2024-03-{5 + number * 2:02}"
    who = f"{FAMILY[(number * 4 + 2) % len(FAMILY)]}{GIVEN[(number + 9) % len(GIVEN)]}"
    user = stage.representative(book, company, f"startup{number + 1:02}@company.example", who, day)
    content = Content(
        name=company.name_ko,
        asked=EACH,
        answers={
            "product": "기업 고객이 매달 쓰는 도구를 만든다.",
            "market": ("us", "vn", "eu")[number % 3],
        },
    )
    return stage.apply(call, user, company, content, at(day, 11))


def _granted(book: Book, call: Call, row: Application) -> None:
    grant = Grant(
        call=call,
        kind="costs",
        amount=EACH,
        starts_on=on("2024-04-22"),
        ends_on=on("2024-12-13"),
        claims_until=on("2024-12-20"),
        # A performance report is due two months after the end.
        report_due_on=on("2025-02-13"),
        application=row,
        headings=[Heading(call.categories.get(), EACH)],
        key=f"incubation/{row.number}",
    )
    made = awards.award(grant, by=book.approver, at=at("2024-04-19"))
    awards.sign(made, on=on("2024-04-22"), by=book.trader, at=at("2024-04-22"))


def _held(
    book: Book, call: Call, won: list[Application], place: int, planned: tuple[str, str, str, str]
) -> None:
    kind, ko, en, day = planned
    values = {
        "programme": call.programme,
        "call": call,
        "kind": kind,
        "title_ko": ko,
        "title_en": en,
        "starts_at": at(day, 10),
        "ends_at": at(day, 16),
        "place": "판교 창업지원센터",
        "led_by": "파트너 기업 멘토단",
    }
    made: Activity = activities.plan(
        book.units["trade"], values, by=book.trader, at=at("2024-04-25")
    )
    lines = [Noted(row, 2, (2, 2, 1, 2, 0)[(n + place) % 5]) for n, row in enumerate(won)]
    activities.note_attendance(made, lines, by=book.trader, at=at(day, 17))
    for row in made.attendance.filter(present__gt=0).select_related("application__applicant"):
        activities.give_feedback(
            row, 3 + (row.pk + place) % 3, "", by=row.application.applicant, at=at(day, 18)
        )


def _outcomes(book: Book, row: Application, number: int) -> int:
    noted = 0
    for kind, amounts in CAME:
        if amounts[number]:
            activities.note_outcome(
                row, kind, on("2024-12-10"), amount=Decimal(amounts[number]), by=book.trader,
                at=at("2024-12-10"),
            )  # fmt: skip
            noted += 1
    return noted
