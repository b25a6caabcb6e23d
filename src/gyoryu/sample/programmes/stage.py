"""The short ways of the five programmes: a call is announced, applied to, screened and judged."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.accounts.actions import people as accounts
from gyoryu.accounts.models import User
from gyoryu.parties.models import Organisation
from gyoryu.programmes import questions
from gyoryu.programmes.actions import (
    applications,
    calls,
    panel,
    parts,
    portal,
    portfolio,
    results,
    reviews,
    screening,
)
from gyoryu.programmes.actions.handing_in import Content
from gyoryu.programmes.models import (
    Application,
    BudgetLine,
    Call,
    Programme,
    Representative,
    Review,
)
from gyoryu.sample import paper, people
from gyoryu.sample.book import Book, at

CONTACT = "국제통상과 통상지원팀 (sample)"
CONSENT = {
    "code": "true",
    "kind": "consent",
    "label": {"ko": "적은 내용이 사실과 같습니다", "en": "What is said here is true"},
    "required": True,
}


@dataclass
class Plan:
    """What a call asks, pays and judges. Parts are rows of values by field name."""

    values: dict[str, Any]
    opens: datetime
    closes: datetime
    questions: list[dict[str, Any]]
    parts: dict[str, list[dict[str, Any]]]
    lines: list[tuple[BudgetLine, int]] = field(default_factory=list)


def announce(book: Book, programme: Programme, plan: Plan, day: str) -> Call:
    """Prepare a call with all its parts, set money apart for it, and announce it."""
    by, moment = book.trader, at(day)
    values = {
        "contact": CONTACT,
        "opens_at": plan.opens,
        "closes_at": plan.closes,
        **plan.values,
    }
    call = calls.prepare(programme, values, by=by, at=moment)
    for part, rows in plan.parts.items():
        for row in rows:
            parts.add(call, part, row, by=by, at=moment)
    parts.set_form(call, list(questions.load([*plan.questions, CONSENT])), by=by, at=moment)
    for line, won in plan.lines:
        portfolio.allot(
            line,
            call=call,
            amount=won,
            on=at(day).date(),
            reason="공고 재원",
            by=book.approver,
            at=at(day, 11),
        )
    return calls.publish(call, by=book.approver, at=at(day, 14))


def representative(book: Book, company: Organisation, email: str, name: str, day: str) -> User:
    """Let somebody invented act for a company; an officer has seen their papers."""
    user = outsider(email, name, day)
    row = portal.represent(
        company.business_number, company.name_ko, company.unit, by=user, at=at(day)
    )
    assert isinstance(row, Representative), "nobody acts for a new company yet"
    portal.confirm(row, by=book.trader, at=at(day, 15))
    return user


def outsider(email: str, name: str, day: str) -> User:
    """Add somebody from outside, without a role; those a newcomer is told of can sign in."""
    password = people.PASSWORD if email in people.OUTSIDERS else None
    return accounts.add_user(email, {"name_ko": name}, password=password, by=None, at=at(day))


def apply(
    call: Call, user: User, company: Organisation | None, content: Content, moment: datetime
) -> Application:
    """Hand in an application, whole in one sitting."""
    begun = applications.begin(call, company, by=user, at=moment, name=content.name)
    for asked in call.papers.all():
        file = SimpleUploadedFile(f"{asked.name_ko}.pdf", paper.pdf(str(asked)), "application/pdf")
        applications.add_paper(begun, file, paper=asked, by=user, at=moment)
    answers = questions.check(questions.load(call.questions), {**content.answers, "true": True})
    content = replace(content, answers=answers.values)
    return applications.submit(begun, content, by=user, at=moment)


def screened(book: Book, rows: Sequence[Application], day: str) -> None:
    """Examine the conditions of all, and call eligible whom nothing keeps from it."""
    screening.screen(rows, by=book.trader, at=at(day, 9))
    for row in rows:
        for finding in row.findings.exclude(outcome="met").select_related("rule"):
            screening.overrule(
                row,
                finding.rule,
                outcome="met",
                reason="제출한 증빙으로 확인함",
                by=book.trader,
                at=at(day, 10),
            )
        screening.mark_eligible(row, by=book.trader, at=at(day, 11))


def judged(book: Book, call: Call, judges: Sequence[User], day: str, seed: int = 0) -> None:
    """Let every judge score every applicant; points fall slowly from the first to the last."""
    for number, judge in enumerate(judges):
        names = {"name_ko": judge.name_ko, "name_en": judge.name_en}
        panel.invite(call, judge.email, names, chairs=not number, by=book.trader, at=at(day, 9))
    panel.distribute(call, len(judges), seed, by=book.trader, at=at(day, 10))
    criteria = list(call.criteria.all())
    rows = Review.objects.filter(seat__call=call).select_related("seat__user", "application")
    for review in rows.order_by("application__number", "pk"):
        _score(review, criteria, at(day, 15))


def _score(review: Review, criteria: Sequence[Any], moment: datetime) -> None:
    own = review.seat.user
    declared = reviews.declare(review, Review.Conflict.NONE, by=own, at=moment)
    place = int(review.application.number[-4:])
    lost = Decimal((place * 7 + own.pk * 3) % 23 + 4) / 100
    points = {row.pk: (row.most * (1 - lost)).quantize(Decimal("0.5")) for row in criteria}
    reviews.submit(declared, points, "", by=own, at=moment)


def decided(book: Book, call: Call, day: str) -> None:
    """Freeze the score sheet and decide about everybody as it says."""
    results.freeze(call, by=book.approver, at=at(day, 10))
    results.decide(call, by=book.approver, at=at(day, 11))
    call.refresh_from_db()
