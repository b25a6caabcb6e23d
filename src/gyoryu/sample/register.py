"""The public register of the sample: five months, a correction, and what changed since."""

from datetime import date

from gyoryu.agreements.actions import agreements
from gyoryu.agreements.models import Agreement
from gyoryu.register import actions
from gyoryu.register.queries import publications
from gyoryu.sample.book import Book, at

# month, and the day it was published
MONTHS = [("2024-11", "2025-01-03"), ("2024-12", "2025-01-06"), ("2025-01", "2025-02-04"),
          ("2025-02", "2025-03-04"), ("2025-03", "2025-04-01")]  # fmt: skip
WRONG, RIGHT = "Gyeonggi–Utah Actionplan", "Gyeonggi–Utah Action Plan"


def publish(book: Book) -> str:
    """Publish month after month; one is corrected, and one agreement changes after the last."""
    government = book.units["gg"]
    plan = Agreement.objects.get(title_en=RIGHT)
    agreements.change(plan, {"title_en": WRONG}, by=book.officer, at=at("2025-01-04"))
    met = 0
    for month, day in MONTHS:
        if month == "2025-02":
            _rules(book)
        made = actions.publish(
            government, date.fromisoformat(f"{month}-01"), by=book.approver, at=at(day, 8)
        )
        met += made.count
        if month == "2025-02":
            _correct(book, plan)
    _change_after(book)
    return f"{len(MONTHS)} publications of the register, one corrected, with {met} rows"


def _rules(book: Book) -> None:
    """Withhold one agreement, on a ground."""
    for one in Agreement.objects.filter(kind="mou", voided_at=None).order_by("-pk")[:1]:
        actions.set_rule(
            one,
            "withheld",
            ground="9-1-5",
            reason="부속 계약의 협의가 끝날 때까지",
            by=book.officer,
            at=at("2025-02-20"),
        )


def _correct(book: Book, plan: Agreement) -> None:
    """Correct a title that was misspelt since January, and the February register with it."""
    agreements.change(plan, {"title_en": RIGHT}, by=book.officer, at=at("2025-03-10"))
    newest = publications.newest(book.units["gg"])
    assert newest
    actions.correct(
        newest,
        reason="협약 영문 제목의 오기를 바로잡음",
        by=book.approver,
        at=at("2025-03-11", 9),
    )


def _change_after(book: Book) -> None:
    """Change an agreement after its newest publication."""
    one = Agreement.objects.filter(kind="sisterhood", title_en="Gyeonggi–Utah sisterhood").get()
    agreements.change(
        one, {"title_en": "Gyeonggi–Utah Sisterhood"}, by=book.officer, at=at("2025-04-01", 9)
    )
