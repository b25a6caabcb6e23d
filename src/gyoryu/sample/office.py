"""What is on the office's desk on the sample's day: drafts, a moved date, reminders."""

from gyoryu.accounts.models import User
from gyoryu.agreements.actions import commitments, reminders
from gyoryu.agreements.models import Commitment
from gyoryu.base import periods
from gyoryu.outbox import actions as outbox
from gyoryu.sample.book import Book, at, on, place

TODAY = "2025-04-01"
DRAFTS = [
    ("friendship", "경기도–안후이성 우호협력", "Gyeonggi–Anhui friendship", "CN-AH", "안후이성", "Anhui Province"),
    ("mou", "경기도–나가노현 산림 업무협약", "Gyeonggi–Nagano memorandum on forests", "JP-20", "나가노현", "Nagano Prefecture"),
]  # fmt: skip


def live(book: Book) -> str:
    """Prepare two agreements, ask for another date, remind everybody."""
    for kind, ko, en, code, name_ko, name_en in DRAFTS:
        book.organisation(code, "government", name_ko, name_en, code)
        values = {"kind": kind, "title_ko": ko, "title_en": en, "partner_region": place(code)}
        book.draft("2025-03-24", values, ["gg", code])
    promise = Commitment.objects.filter(words__startswith="참가할 도내 기업").first()
    if promise:
        commitments.ask_due_change(
            promise,
            due=periods.parse("2025-04-18"),
            reason="추천 기업 두 곳의 서류를 기다리고 있음",
            by=book.officer,
            at=at("2025-03-31"),
        )
    letters = reminders.remind(on=on(TODAY), by=None, at=at(TODAY, 1))
    _read(most=5)
    return f"{len(DRAFTS)} drafts, {letters} reminders"


def _read(most: int) -> None:
    """Let everybody have read their letters but the last few."""
    for user in User.objects.all():
        for letter in user.letters.filter(read_at=None).order_by("-pk")[most:]:
            outbox.mark_read(letter, by=user, at=at(TODAY, 1))
