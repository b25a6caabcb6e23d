"""Requests: noted with whom they were asked of, waiting until the answer is noted."""

from datetime import date
from uuid import uuid4

import pytest
import register_makers as make
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.agreements.actions import engagements as actions
from gyoryu.agreements.models import Request
from gyoryu.agreements.queries.engagements import requests_to
from gyoryu.base.periods import month
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(province):
    return province.division


@pytest.fixture
def ministry(unit, now):
    return make.organisation(unit, now)


@pytest.fixture
def letter(unit, now):
    return make.engagement(unit, now, kind="letter", title_ko="협조 서한", mode="written")


@pytest.fixture
def browser(signed_in, officer):
    return signed_in(officer)


def ask(letter, organisation, now, **values):
    values = {"words": "자료를 보내 주십시오", "organisation": organisation, **values}
    return actions.ask(letter, values, by=None, at=now)


def test_what_did_the_province_ask_of_the_ministry_and_was_it_answered(
    letter, ministry, unit, officer, now
):
    bureau = make.organisation(unit, now, "산림국", "Forest Bureau", parent=ministry)
    other = make.organisation(unit, now, "무역부", "Ministry of Trade")
    answered = ask(letter, ministry, now)
    waiting = ask(letter, bureau, now, words="방문을 제안합니다")
    ask(letter, other, now)
    ask(letter, ministry, now, asked_by="theirs")
    actions.answer(answered, on=date(2025, 3, 9), answer="보내 드립니다", by=officer, at=now)
    told = [(one.words, one.answered_on) for one in requests_to(ministry, to=officer)]
    assert told == [
        ("자료를 보내 주십시오", date(2025, 3, 9)),
        ("방문을 제안합니다", None),
    ]
    assert waiting.answered_on is None


def test_one_letter_to_ten_addressees_is_one_engagement_with_ten_requests(
    browser, letter, unit, now
):
    lines = []
    for n in range(10):
        made = make.organisation(unit, now, f"제{n}시청", f"City {n}")
        lines.append(f"City {n} #{made.pk}" if n % 2 else f"제{n}시청")
    fields = {
        "asked_by": "ours",
        "organisations": "\r\n".join([*lines, lines[0], ""]),
        "words": "명단을 보내 주십시오",
        "due": "2025-04",
        "once": str(uuid4()),
    }
    for _ in range(2):
        assert browser.post(reverse("request-new", args=[letter.pk]), fields).status_code == 302
    rows = list(Request.objects.order_by("pk"))
    assert len(rows) == 10
    assert {one.engagement for one in rows} == {letter}
    assert {one.due for one in rows} == {month(2025, 4)}
    browser.post(
        reverse("request-answer", args=[rows[3].pk]), {"on": "2025-03-20", "answer": "보냈습니다"}
    )
    left = Request.objects.filter(answered_on=None)
    assert left.count() == 9
    assert rows[3] not in left


def test_an_addressee_that_is_not_known_stops_the_whole_post(browser, letter, ministry):
    fields = {"asked_by": "ours", "organisations": "산림부\n없는 기관", "words": "자료"}
    reply = browser.post(reverse("request-new", args=[letter.pk]), fields)
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, ["organisations"])
    assert "없는 기관" in reply.content.decode()
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": " "}, "words"),
        ({"organisation": None}, "organisations"),
        ({"due": month(2025, 2)}, "due"),
        ({"words": "가" * 30_000}, "words"),
    ],
)
def test_a_wrong_request_is_refused_at_its_field(letter, ministry, now, values, field):
    with pytest.raises(Refused) as no:
        ask(letter, values.pop("organisation", ministry), now, **values)
    assert no.value.field == field


def test_nothing_is_asked_at_what_was_cancelled(unit, ministry, officer, now):
    planned = make.engagement(unit, now, kind="letter", state="planned")
    actions.cancel(planned, reason="보내지 않기로 함", by=officer, at=now)
    with pytest.raises(Refused):
        ask(planned, ministry, now)


@pytest.mark.parametrize(
    ("on", "answer", "field"),
    [
        (date(2025, 3, 2), "예", "on"),
        (date(2025, 4, 2), "예", "on"),
        (date(2025, 3, 9), "  ", "answer"),
    ],
)
def test_an_answer_has_words_and_comes_after_the_request(
    letter, ministry, officer, now, on, answer, field
):
    asked = ask(letter, ministry, now)
    with pytest.raises(Refused) as no:
        actions.answer(asked, on=on, answer=answer, by=officer, at=now)
    assert no.value.field == field
    asked.refresh_from_db()
    assert asked.answered_on is None


def test_a_request_is_answered_once_and_an_answer_taken_back_with_a_reason(
    letter, ministry, officer, now
):
    asked = ask(letter, ministry, now)
    actions.answer(asked, on=date(2025, 3, 9), answer="예", by=officer, at=now)
    with pytest.raises(Refused):
        actions.answer(asked, on=date(2025, 3, 10), answer="또", by=officer, at=now)
    with pytest.raises(Refused):
        actions.remove(asked, reason="잘못", by=officer, at=now)
    actions.reopen(asked, reason="다른 서한의 답", by=officer, at=now)
    asked.refresh_from_db()
    assert (asked.answered_on, asked.answer) == (None, "")
    entry = Entry.objects.get(verb="request.reopened")
    assert (entry.record, entry.reason, entry.changes["answer"]) == (
        letter.pk,
        "다른 서한의 답",
        ["예", ""],
    )


def test_the_database_keeps_no_answer_without_words(letter, ministry, now):
    asked = ask(letter, ministry, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=asked.pk).update(answered_on=date(2025, 3, 9))


def test_what_is_planned_has_not_been_asked_yet(unit, ministry, officer, now):
    planned = make.engagement(unit, now, kind="letter", state="planned")
    asked = ask(planned, ministry, now)
    assert not requests_to(ministry, to=officer).exists()
    with pytest.raises(Refused):
        actions.answer(asked, on=date(2025, 3, 9), answer="예", by=officer, at=now)


# --- the list


def test_tabs_and_conditions_choose_the_rows(browser, letter, ministry, unit, officer, now):
    other = make.organisation(unit, now, "무역부", "Ministry of Trade")
    late = ask(letter, ministry, now, due=month(2025, 3))
    due = ask(letter, other, now, due=month(2025, 5), asked_by="theirs")
    done = ask(letter, ministry, now)
    actions.answer(done, on=date(2025, 3, 9), answer="예", by=officer, at=now)

    def found(**query):
        return [row.pk for row in browser.get(reverse("requests"), query).context["listing"].page]

    assert found() == [late.pk, due.pk, done.pk]
    assert found(tab="unanswered") == [late.pk, due.pk]
    assert found(tab="late") == [late.pk]
    assert found(tab="answered") == [done.pk]
    assert found(q="산림") == [late.pk, done.pk]
    assert found(asked_by="theirs") == [due.pk]
    assert found(year="2024") == []
    text = browser.get(reverse("requests"), {"export": "csv", "tab": "late"}).getvalue().decode()
    assert len(text.strip().splitlines()) == 2


def test_another_units_requests_are_neither_listed_nor_answered(
    letter, ministry, province, person_with, signed_in, now
):
    asked = ask(letter, ministry, now)
    browser = signed_in(person_with("officer", province.other))
    assert browser.get(reverse("requests")).context["listing"].page == []
    assert browser.get(reverse("request-answer", args=[asked.pk])).status_code == 404


def test_the_list_needs_few_queries_and_as_many_for_50_rows_as_for_one(
    browser, letter, ministry, now
):
    counts = []
    for more in (1, 2, 47):
        for _ in range(more):
            ask(letter, ministry, now)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("requests")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2] <= 8


def test_ten_requests_are_noted_in_few_queries(browser, letter, ministry, unit, now):
    rows = [make.organisation(unit, now, f"제{n}시청", f"City {n}") for n in range(10)]
    values = {"words": "자료"}
    with CaptureQueriesContext(connection) as captured:
        actions.ask_each(letter, rows, values, by=None, at=now)
    assert len(captured) <= 5


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(signed_in, officer, letter, ministry, now, language):
    browser = signed_in(officer, language)
    asked, done = ask(letter, ministry, now), ask(letter, ministry, now)
    actions.answer(done, on=date(2025, 3, 9), answer="예", by=officer, at=now)
    pages = [
        reverse("requests"),
        reverse("request-answer", args=[asked.pk]),
        reverse("request-reopen", args=[done.pk]),
        letter.get_absolute_url(),
    ]
    for page in pages:
        assert browser.get(page).status_code == 200, page
    assert browser.get(reverse("request-answer", args=[done.pk])).status_code == 403


def test_what_was_asked_of_many_is_said_once_on_the_page(browser, letter, ministry, unit, now):
    other = make.organisation(unit, now, "무역부", "Ministry of Trade")
    rows = actions.ask_each(letter, [ministry, other], {"words": "명단 요청"}, by=None, at=now)
    page = browser.get(letter.get_absolute_url()).content.decode()
    assert page.count("<blockquote>명단 요청</blockquote>") == 1
    for row in rows:
        assert page.count(f'id="request-{row.pk}"') == 1
        assert reverse("request-answer", args=[row.pk]) in page
