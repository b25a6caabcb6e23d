"""What the tests of commitments stand on: an agreement, a meeting, and promises made there."""

from datetime import UTC, date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from gyoryu.agreements.actions import commitments
from gyoryu.agreements.models import Agreement, Body, Engagement
from gyoryu.base.periods import parse

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
TODAY = date(2025, 4, 1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def at(day: str) -> datetime:
    """Nine in the morning in Seoul on a day."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)


def pdf(name="회의록.pdf"):
    return SimpleUploadedFile(name, PDF, "application/pdf")


def agreement(unit, number="AG-2020-0001", **fields):
    own = {
        "kind": "mou", "title_ko": "한결도–BC주 업무협약", "title_en": "Hangyeol–BC MOU",
        "status": "in_force", "status_since": date(2020, 1, 10), "signed_first": date(2020, 1, 10),
        "signed_on": date(2020, 1, 10),
    }  # fmt: skip
    return Agreement.objects.create(unit=unit, number=number, **{**own, **fields})


def body(of, **fields):
    return Body.objects.create(
        **{"unit": of.unit, "agreement": of, "name_ko": "한–BC 공동협의회", **fields}
    )


def engagement(unit, day="2025-02-13", *, agreements=(), **fields):
    on = date.fromisoformat(day)
    own = {"kind": "meeting", "title_ko": "실무회의", "starts_on": on, "ends_on": on}
    made = Engagement.objects.create(unit=unit, **{**own, **fields})
    made.agreements.set(agreements)
    return made


def promised(unit, owner, *, due="2025-04-07", by=None, when=NOW, **values):
    own = {
        "words": "대표단 영접 계획을 보내 드리겠습니다", "side": "ours", "owner": owner,
        "due": parse(due) if due else None, "said_on": date(2020, 2, 1),
    }  # fmt: skip
    return commitments.promise(unit, {**own, **values}, by=by, at=when)


def kept(row, on="2025-03-01", *, by=None, when=NOW):
    values = {"on": date.fromisoformat(on), "file": pdf(), "file_kind": "minutes"}
    return commitments.finish(row, values, by=by, at=when)
