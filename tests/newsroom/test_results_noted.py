# ruff: noqa: E501 (a line of Korean counts double)
"""Results read in the news find their event, enter as told with their grade, and are taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from gyoryu.base.refused import Refused
from gyoryu.evidence import queries as evidence
from gyoryu.newsroom.actions import deciding
from gyoryu.newsroom.queries import proposals
from gyoryu.parties.models import Region
from gyoryu.trade.models import Event, Leg, Published, Tally

pytestmark = pytest.mark.django_db
TITLE = "한결도, 다낭 식품전시회서 상담 558건"
TEXT = (
    "한결도는 17일부터 20일까지 베트남 다낭에서 열린 다낭 국제식품전시회에 도내 식품기업 26개사와 함께 참가했다고 24일 밝혔다. "
    "참가기업은 바이어와 558건의 상담을 진행해 상담액 1억 6608만 달러를 기록했으며, 이 가운데 145건 5678만 달러의 계약을 추진하고 있다."
)


def event(unit, title, first, last, city="다낭"):
    made = Event.objects.create(
        unit=unit, kind="exhibition", number=f"EV-{Event.objects.count()}", title_ko=title,
        state="held", state_since=last, starts_on=first, ends_on=last,
    )  # fmt: skip
    there, _new = Region.objects.get_or_create(
        code=f"VN-{city}"[:12],
        defaults={"kind": "city", "name_ko": city, "name_en": city, "path": "/1/"},
    )
    Leg.objects.create(event=made, name_ko=city, region=there, starts_on=first, ends_on=last)
    return made


@pytest.fixture
def fair(province):
    return event(
        province.division, "다낭 국제식품전시회 참가", date(2025, 3, 17), date(2025, 3, 20)
    )


@pytest.fixture
def article(take_in, parties):
    return take_in(TEXT, title=TITLE)


def result(article):
    return article.candidates.get(kind="result", state="waiting")


def test_the_event_is_found_with_reasons_and_the_figures_are_noted_as_told(
    fair, article, province, officer, now
):
    event(province.division, "하노이 뷰티 상담회", date(2025, 2, 1), date(2025, 2, 2), "하노이")
    candidate = result(article)
    proposed = proposals.of(candidate)
    assert proposed["event"] == fair
    assert proposed["reasons"]
    deciding.accept(candidate, by=officer, at=now)
    made = Published.objects.get()
    told = (made.event, made.edition, made.companies, made.consultations, made.consulted, made.deals,
            made.pursued, made.currency, made.source)  # fmt: skip
    assert told == (fair, 0, 26, 558, Decimal(166_080_000), 145, Decimal(56_780_000), "USD", "read")
    assert [one.link for one in evidence.of_record(made)] == [article.address]
    # It counts in no report.
    assert Tally.objects.count() == 0
    deciding.undo(candidate, by=officer, at=now)
    made.refresh_from_db()
    assert made.voided_at is not None
    assert result(article).match == "new"


def test_without_an_event_that_stands_out_a_person_chooses(article, province, officer, now):
    with pytest.raises(Refused) as refusal:
        deciding.accept(result(article), by=officer, at=now)
    assert refusal.value.field == "event"
    assert proposals.held_by(result(article), proposals.of(result(article))) == ["event"]
    far = event(province.division, "가구 박람회", date(2024, 9, 1), date(2024, 9, 2), "도쿄")
    chosen = {"event": far, "consultations": 541}
    candidate = deciding.accept(result(article), chosen, by=officer, at=now)
    assert candidate.state == "edited"
    assert Published.objects.get().consultations == 541


def test_the_same_story_told_again_is_the_same_telling(fair, article, take_in, officer, now):
    deciding.accept(result(article), by=officer, at=now)
    again = take_in(f"{TEXT} 도는 사후 관리를 이어 간다.", title=f"{TITLE} (종합)",
                    address="https://news.example.test/again")  # fmt: skip
    other = again.candidates.filter(kind="result").first()
    assert other.match == "same"
    deciding.accept(other, by=officer, at=now)
    assert Published.objects.count() == 1


def test_the_review_screen_offers_the_event_and_the_form_takes_another(
    fair, article, signed_in, officer
):
    browser, candidate = signed_in(officer), result(article)
    page = browser.get(reverse("review-article", args=[article.pk])).content.decode()
    assert "다낭 국제식품전시회 참가" in page
    where = reverse("candidate-edit", args=[candidate.pk])
    assert browser.get(where).status_code == 200
    posted = {"event": fair.pk, "edition": "-1", "on": "2025-03-24", "consultations": "349"}
    assert browser.post(where, {**posted, "event": ""}).status_code == 422
    assert browser.post(where, posted).status_code == 302
    made = Published.objects.get()
    assert (made.edition, made.consultations, made.on) == (-1, 349, date(2025, 3, 24))
    assert made.consulted is None
