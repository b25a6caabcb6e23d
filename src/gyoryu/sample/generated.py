"""Generated rows in the hundreds, so that lists, boards and figures look like a working office.

Drawn from a fixed seed: everybody's sample is the same. The regions are real; the agreements with
them, the people and the dates here are made up.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from gyoryu.agreements.actions import agreements, commitments, duties
from gyoryu.agreements.models import Agreement, Area, Commitment, Duty, Status
from gyoryu.parties.models import Region
from gyoryu.sample.book import Book, at, on

TODAY = on("2025-04-01")
PARTNERS = [
    "CN-LN",
    "CN-GD",
    "CN-SD",
    "CN-HE",
    "CN-TJ",
    "CN-CQ",
    "CN-ZJ",
    "CN-SC",
    "CN-HL",
    "JP-14",
    "JP-23",
    "JP-40",
    "JP-13",
    "JP-27",
    "JP-01",
    "VN-HN",
    "VN-SG",
    "VN-DN",
    "VN-HP",
    "ID-JB",
    "ID-JT",
    "IN-MH",
    "IN-TN",
    "IN-DL",
    "TH-10",
    "PH-00",
    "MY-10",
    "UZ-TK",
    "KZ-ALA",
    "MN-1",
    "RU-PRI",
    "RU-SAM",
    "DE-BW",
    "DE-HE",
    "DE-BY",
    "FR-IDF",
    "FR-NOR",
    "IT-25",
    "ES-CT",
    "ES-MD",
    "GB-ENG",
    "PL-MZ",
    "TR-34",
    "TR-06",
    "CA-BC",
    "CA-ON",
    "CA-QC",
    "US-CA",
    "US-VA",
    "US-MI",
    "US-FL",
    "US-TX",
    "US-WA",
    "US-NY",
    "AU-NSW",
    "AU-VIC",
    "AU-QLD",
    "BR-SP",
    "MX-JAL",
]
KINDS = [("mou", 9), ("friendship", 4), ("loi", 2), ("sisterhood", 2), ("declaration", 1)]
THEMES = [
    ("경제통상", "trade", "통상"),
    ("청년 교류", "youth exchange", "청소년 교류"),
    ("스마트농업", "smart farming", "농업기술"),
    ("기후 대응", "climate action", "기후·환경"),
    ("보건의료", "healthcare", "보건의료"),
    ("첨단산업", "advanced industry", "첨단산업"),
    ("관광", "tourism", "관광"),
    ("문화예술", "culture", "문화·체육"),
    ("대학 간 교육", "higher education", "교육"),
]
KIND_NAMES = {
    "mou": ("업무협약", "memorandum"),
    "friendship": ("우호협력", "friendship"),
    "loi": ("의향서", "letter of intent"),
    "sisterhood": ("자매결연", "sisterhood"),
    "declaration": ("공동선언", "joint declaration"),
}
WORDS = [
    ("실무 연락관을 정해 알려 드리겠습니다", "문서"),
    ("공동 세미나를 열겠습니다", "세미나 결과 보고"),
    ("유망 기업 열 곳의 자료를 보내겠습니다", "기업 자료"),
    ("연수생 다섯 명을 초청하겠습니다", "초청장"),
    ("박람회에 전시 공간을 마련하겠습니다", "공간 배정서"),
    ("정책 사례집을 번역해 나누겠습니다", "사례집"),
    ("다음 회의 의제 초안을 보내겠습니다", "의제 초안"),
    ("대표단 방문 일정을 확정하겠습니다", "방문 일정표"),
]
MEETINGS = [
    ("visit", "대표단 방문", "Visit of a delegation"),
    ("meeting", "실무회의", "Working meeting"),
    ("video_conference", "화상회의", "Video conference"),
    ("courtesy_call", "예방", "Courtesy call"),
    ("training", "공무원 연수", "Training of officials"),
    ("letter", "서한 교환", "Exchange of letters"),
]
AREAS = [
    ("청소년 교류", "Youth exchange"),
    ("농업기술", "Agricultural technology"),
    ("보건의료", "Healthcare"),
    ("기후·환경", "Climate and environment"),
    ("기업 교류", "Company exchange"),
    ("통상", "Trade"),
    ("관광", "Tourism"),
    ("첨단산업", "Advanced industry"),
    ("문화·체육", "Culture and sport"),
    ("교육", "Education"),
    ("이민사회", "Immigrant community"),
    ("인공지능", "Artificial intelligence"),
]


@dataclass
class Draw:
    """The drawing of one agreement and of what happened under it."""

    book: Book
    chance: random.Random
    region: Region
    key: str

    def agreement(self) -> tuple[Agreement, date]:
        """Draft and sign one agreement with this region's government."""
        names, weights = zip(*KINDS, strict=True)
        kind = self.chance.choices(names, weights)[0]
        theme = self.chance.choice(THEMES)
        signed = date(self.chance.randint(1999, 2024), self.chance.randint(1, 12), 1)
        signed += timedelta(days=self.chance.randint(0, 27))
        about = ("", "") if kind in {"sisterhood", "friendship"} else theme[:2]
        made = self.book.draft(
            "2025-01-02",
            {
                "kind": kind,
                "title_ko": " ".join(
                    filter(None, (f"경기도–{self.region.name_ko}", about[0], KIND_NAMES[kind][0]))
                ),
                "title_en": " ".join(
                    filter(None, (f"Gyeonggi–{self.region.name_en}", about[1], KIND_NAMES[kind][1]))
                ),
                "partner_region": self.region,
                "areas": list(Area.objects.filter(name_ko=theme[2])),
                "owner": self.book.users[
                    self.chance.choice(["officer@gyoryu.example", "trade@gyoryu.example"])
                ],
            },
            ["gg", self.key],
        )
        self.book.sign(made, signed.isoformat(), method="in_person")
        return made, signed

    def engagements(self, agreement: Agreement, signed: date) -> None:
        """Hold a few engagements; the last of a dormant agreement lies years back."""
        last = TODAY - timedelta(days=self.chance.choice([20, 60, 150, 400, 900, 1500]))
        for back in range(self.chance.randint(0, 3)):
            day = last - timedelta(days=back * self.chance.randint(90, 400))
            if day > signed:
                self._engagement(agreement, day)

    def _engagement(self, agreement: Agreement, day: date) -> None:
        kind, ko, en = self.chance.choice(MEETINGS)
        made = self.book.engagement(
            day.isoformat(),
            {
                "kind": kind,
                "title_ko": f"{self.region.name_ko} {ko}",
                "title_en": f"{en}: {self.region.name_en}",
                "region": self.region if kind == "visit" else None,
                "mode": {"video_conference": "video", "letter": "written"}.get(kind, "in_person"),
                "initiative": self.chance.choice(["ours", "theirs"]),
                "agreements": [agreement],
            },
        )
        for _ in range(self.chance.randint(0, 2)):
            words, paper = self.chance.choice(WORDS)
            side = self.chance.choice(["ours", "ours", "theirs", "joint"])
            due = day + timedelta(days=self.chance.randint(20, 300))
            promise = self.book.promise(
                day.isoformat(),
                words,
                side,
                due.isoformat(),
                agreement=agreement,
                engagement=made,
                organisation=self.book.parties[self.key],
            )
            kept = due + timedelta(days=self.chance.choice([-15, -5, -1, 25]))
            if day < kept < TODAY and self.chance.random() < 0.8:
                self.book.keep(promise, kept.isoformat(), paper)
            elif due < TODAY - timedelta(days=300):
                self._give_up(promise, due + timedelta(days=200))

    def _give_up(self, promise: Commitment, on: date) -> None:
        commitments.move(
            promise,
            Commitment.Status.DROPPED,
            on=on,
            reason="상대 쪽 담당 조직이 바뀌어 함께 접기로 함",
            by=self.book.officer,
            at=at(on),
        )

    def fate(self, agreement: Agreement, signed: date) -> None:
        """Suspend or let expire some of the older ones, each with its reason."""
        if signed.year > 2021 or self.chance.random() > 0.3:
            return
        to, reason = self.chance.choice(
            [
                (Status.SUSPENDED, "왕래가 어려워 두 쪽이 멈추기로 함"),
                (Status.EXPIRED, "기간이 끝났고 갱신하지 않음"),
                (Status.SUSPENDED, "상대 쪽 조직 개편으로 창구가 없음"),
            ]
        )
        day = max(signed + timedelta(days=400), on("2022-04-01"))
        if open_promises(agreement):
            to, reason = Status.SUSPENDED, "왕래가 어려워 두 쪽이 멈추기로 함"
        agreements.move(
            agreement, to, on=day, reason=reason, by=self.book.approver, at=at("2025-01-03")
        )

    def evaluate(self, agreement: Agreement) -> None:
        """Hold most of the evaluation meetings that came due, until one is missed."""
        while self.chance.random() < 0.85 and (duty := first_late(agreement, "evaluation")):
            held = min(duty.due_on + timedelta(days=self.chance.randint(-20, 60)), TODAY)
            self._settle(duty, held, "평가회의 개최, 결과 보고서로 갈음")
            report = first_late(agreement, "committee_report")
            if report and self.chance.random() < 0.8:
                self._settle(report, report.due_on, "상임위원회 서면 보고")

    def _settle(self, duty: Duty, on: date, note: str) -> None:
        duties.done(duty, on=on, note=note, by=self.book.officer, at=at(TODAY, 1))


def first_late(agreement: Agreement, kind: str) -> Duty | None:
    """Return the oldest duty of a kind that is late."""
    late = agreement.duties.filter(kind=kind, done_on=None, waived_on=None, due_on__lt=TODAY)
    return late.order_by("due_on").first()


def open_promises(agreement: Agreement) -> bool:
    """Tell whether anything promised under the agreement is still open."""
    return agreement.commitments.filter(status__in=["open", "in_progress"]).exists()


def draw(book: Book, rounds: int = 2) -> str:
    """Draw agreements with every partner region; return what was made."""
    chance = random.Random(20250401)  # noqa: S311 (a drawing, not a secret)
    regions = {region.code: region for region in Region.objects.filter(code__in=PARTNERS)}
    made = 0
    for code in PARTNERS:
        region = regions.get(code)
        if region is None:
            continue
        book.organisation(
            code, "government", region.name_ko, f"Government of {region.name_en}", code
        )
        for _ in range(chance.randint(1, rounds)):
            one = Draw(book, chance, region, code)
            agreement, signed = one.agreement()
            one.engagements(agreement, signed)
            one.evaluate(agreement)
            one.fate(agreement, signed)
            made += 1
    return f"{made} generated agreements with {len(regions)} regions, and what happened under them"
