"""The calendar feed: a private address, everything due for its reader and nothing else."""

from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from promises import NOW, TODAY, agreement, body, engagement, kept, promised

from gyoryu.accounts.models import User
from gyoryu.agreements.models import Commitment, Duty, DutyTemplate, Request
from gyoryu.agreements.queries import feeds

pytestmark = pytest.mark.django_db
DUE = date(2025, 4, 7)


def feed(user, **headers):
    return Client().get(reverse("calendar-feed", args=[feeds.token(user)]), headers=headers)


def events(user) -> list[icalendar.Event]:
    reply = feed(user)
    assert (reply.status_code, reply["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(icalendar.Calendar.from_ical(reply.content).walk("VEVENT"))


def told(user) -> list[str]:
    return [str(event["summary"]) for event in events(user)]


def everything(unit, owner):
    signed = agreement(unit, owner=owner, ends_on=DUE)
    template = DutyTemplate.objects.create(
        unit=unit, kind="evaluation", name_ko="평가회의", name_en="Evaluation meeting",
        basis_ko="조례 제12조", trigger="every", months=12,
    )  # fmt: skip
    Duty.objects.create(agreement=signed, template=template, kind="evaluation", due_on=DUE)
    meeting = engagement(unit, agreements=[signed], kind="letter", owner=owner)
    Request.objects.create(engagement=meeting, words="답을 주십시오", answer_due=DUE)
    body(signed, next_due_on=DUE)
    promised(unit, owner, due="2025-04-07", agreement=signed)
    return signed


def test_it_holds_everything_due_of_every_kind_in_the_readers_language(province, officer):
    everything(province.division, officer)
    assert told(officer) == [
        "[답신 기한] 답을 주십시오 · 실무회의",
        "[이행과제] 대표단 영접 계획을 보내 드리겠습니다",
        "[의무사항] 평가회의 · 한결도–BC주 업무협약",
        "[협약 만료] 한결도–BC주 업무협약",
        "[협의체 회의] 한–BC 공동협의회",
    ]
    User.objects.update(language="en")
    assert "[Duty] Evaluation meeting · Hangyeol–BC MOU" in told(officer)


def test_an_event_takes_all_day_rings_twice_and_keeps_its_name(province, officer):
    row = promised(
        province.division, officer, due="2025년 봄", words="첫째 줄\n둘째; 줄, 그리고 \\"
    )
    event = events(officer)[0]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2025, 5, 31), date(2025, 6, 1))
    assert str(event["summary"]) == "[이행과제] 첫째 줄 둘째; 줄, 그리고 \\"
    assert "2025년 봄" in str(event["description"])
    assert str(event["url"]).endswith(row.get_absolute_url())
    alarms = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
    assert alarms == [timedelta(days=-7, hours=9), timedelta(hours=9)]
    name = str(event["uid"])
    Commitment.objects.update(due_on=date(2025, 7, 1), words="다른 말")
    assert str(events(officer)[0]["uid"]) == name


def test_it_shows_only_what_is_open_and_what_its_reader_answers_for_and_may_see(
    province, officer, person_with
):
    mine = promised(province.division, officer, words="내 것")
    kept(promised(province.division, officer, words="끝난 것"))
    colleague = person_with("officer")
    promised(province.division, colleague, words="동료의 것")
    promised(province.division, None, side="theirs", words="주인 없는 것")
    promised(province.division, officer, words="날짜 없는 것", due="")
    # Owned, but of a unit whose rows its owner may not see any more.
    promised(province.other, officer, words="남의 부서")
    assert told(officer) == ["[이행과제] 내 것", "[이행과제] 주인 없는 것"]
    assert len(told(person_with("approver", province.root))) == 3
    assert told(person_with("viewer", province.root)) == []
    Commitment.objects.filter(pk=mine.pk).update(voided_at=NOW, voided_reason="잘못")
    assert told(officer) == ["[이행과제] 주인 없는 것"]


def test_a_forged_cut_or_foreign_address_leads_nowhere(officer, person_with):
    other = person_with("officer")
    good = feeds.token(officer)
    bad = [
        "", ".", "1", f"{officer.pk}.", good[:-1], good + "x",
        f"{other.pk}.{good.partition('.')[2]}",
        "²." + good, "9" * 40 + ".x", f"{officer.pk}.{feeds.token(other).partition('.')[2]}",
    ]  # fmt: skip
    for secret in bad:
        assert feeds.user_of(secret) is None
        assert Client().get(f"/calendar/{secret}.ics").status_code == 404
    assert feeds.user_of(good) == officer


def test_a_new_password_and_a_closed_account_end_the_address(officer):
    before = feeds.token(officer)
    officer.set_password("another horse")
    officer.save()
    assert feeds.user_of(before) is None
    now = feeds.token(officer)
    officer.is_active = False
    officer.save()
    assert feeds.user_of(now) is None


def test_renewing_gives_a_new_address_and_ends_only_ones_own(officer, person_with, signed_in):
    other = person_with("officer")
    before, others = feeds.token(officer), feeds.token(other)
    browser = signed_in(officer)
    assert before in browser.get(reverse("calendar")).content.decode()
    assert browser.post(reverse("calendar")).url == reverse("calendar")
    assert feeds.user_of(before) is None
    assert feeds.user_of(feeds.token(officer)) == officer
    assert feeds.user_of(others) == other


def test_what_has_not_changed_is_not_sent_again(province, officer):
    row = promised(province.division, officer)
    first = feed(officer)
    again = feed(officer, if_none_match=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert feed(officer, if_none_match=f'W/"x", {first["ETag"]}').status_code == 304
    Commitment.objects.filter(pk=row.pk).update(words="바뀐 말")
    changed = feed(officer, if_none_match=first["ETag"])
    assert changed.status_code == 200
    assert "private" in changed["Cache-Control"]


def test_the_feed_is_read_only(officer):
    address = reverse("calendar-feed", args=[feeds.token(officer)])
    assert Client().head(address).status_code == 200
    assert Client(enforce_csrf_checks=False).post(address).status_code == 405


def test_the_feed_asks_no_more_with_many_than_with_one(
    province, officer, django_assert_max_num_queries
):
    everything(province.division, officer)
    feed(officer)
    for _ in range(20):
        promised(province.division, officer)
    with django_assert_max_num_queries(10):
        assert len(events(officer)) == 25


def test_the_page_shows_what_is_late_and_ahead_in_both_languages(
    province, officer, signed_in, django_assert_max_num_queries
):
    promised(province.division, officer, words="늦은 것", due="2025-03-01")
    promised(province.division, officer, words="앞의 것", due="2025-04-30")
    browser = signed_in(officer)
    browser.get(reverse("calendar"))
    with django_assert_max_num_queries(15):
        page = browser.get(reverse("calendar"))
    assert [[due.title for due in page.context[part]] for part in ("late", "ahead")] == [
        ["늦은 것"], ["앞의 것"],
    ]  # fmt: skip
    assert "비공개 주소" in page.content.decode()
    english = signed_in(officer, "en").get(reverse("calendar")).content.decode()
    assert "Your private address" in english


def test_an_empty_calendar_teaches(officer, signed_in):
    assert events(officer) == []
    assert signed_in(officer).get(reverse("calendar")).status_code == 200
    assert date(2025, 4, 1) == TODAY
