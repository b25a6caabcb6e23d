"""Records of every kind, all about one word, for what finds them."""

from datetime import UTC, date, datetime

from gyoryu.agreements.models import (
    Agreement,
    Body,
    Commitment,
    Duty,
    DutyTemplate,
    Engagement,
    Request,
)
from gyoryu.evidence.models import Document, Tie
from gyoryu.newsroom.models import Article, Source
from gyoryu.parties.actions import add_organisation, add_person
from gyoryu.parties.models import Region
from gyoryu.search.models import Kind

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
DAY = date(2025, 3, 3)


def organisation(unit, name_ko, name_en="", **more):
    values = {"kind": "agency", "name_ko": name_ko, "name_en": name_en, **more}
    return add_organisation(unit, values, by=None, at=NOW)


def person(unit, name_ko, name_en="", **more):
    return add_person(unit, {"name_ko": name_ko, "name_en": name_en, **more}, by=None, at=NOW)


def region(name_ko, name_en):
    made = Region.objects.create(kind="city", name_ko=name_ko, name_en=name_en, path="/")
    made.path = f"/{made.pk}/"
    made.save()
    return made


def agreement(unit, title_ko, number="AG-2025-0001", **more):
    values = {"kind": "mou", "status_since": DAY, "signed_on": DAY, "status": "in_force", **more}
    return Agreement.objects.create(unit=unit, title_ko=title_ko, number=number, **values)


def engagement(unit, title_ko, **more):
    values = {"kind": "visit", "starts_on": DAY, "ends_on": DAY, **more}
    return Engagement.objects.create(unit=unit, title_ko=title_ko, **values)


def commitment(unit, words, number="CM-2025-0001", **more):
    values = {"side": "ours", "status_since": DAY, **more}
    return Commitment.objects.create(unit=unit, words=words, number=number, **values)


def document(unit, title, *records):
    from django.contrib.contenttypes.models import ContentType

    made = Document.objects.create(
        unit=unit, title=title, kind="minutes", link="https://paper.example.test", added_at=NOW
    )
    for record in records:
        model = ContentType.objects.get_for_model(record)
        Tie.objects.create(document=made, model=model, record=record.pk)
    return made


def article(unit, title, body="", **more):
    source, _ = Source.objects.get_or_create(unit=unit, kind="upload", name="손으로 넣은 기사")
    values = {"published": NOW, "taken_in_at": NOW, "changed_at": NOW, "language": "ko", **more}
    return Article.objects.create(
        source=source, unit=unit, government=unit, identity=title, title=title, body=body,
        digest="0" * 64, **values,
    )  # fmt: skip


def of_every_kind(unit, word, number="1"):
    """Make a record of each kind that belongs to a department, all with the word in them."""
    paper = agreement(unit, f"{word} 업무협약", f"AG-{number}")
    rule = DutyTemplate.objects.create(
        unit=unit, kind="evaluation", name_ko="평가회의", name_en="Evaluation", basis_ko="제1조",
        trigger="every", months=12,
    )  # fmt: skip
    visit = engagement(unit, f"{word} 방문")
    asked = Request.objects.create(engagement=visit, words=f"{word} 자료를 청합니다")
    made = {
        Kind.AGREEMENT: paper,
        Kind.DUTY: Duty.objects.create(agreement=paper, template=rule, kind=rule.kind, due_on=DAY),
        Kind.BODY: Body.objects.create(unit=unit, agreement=paper, name_ko=f"{word} 협의회"),
        Kind.ENGAGEMENT: visit,
        Kind.REQUEST: asked,
        Kind.COMMITMENT: commitment(unit, f"{word} 자료를 보내겠습니다", f"CM-{number}"),
        Kind.DOCUMENT: document(unit, f"{word} 회의록"),
        Kind.ARTICLE: article(unit, f"{word} 소식"),
    }
    return {(kind, row.pk): row for kind, row in made.items()}
