"""People: found in any spelling, with positions over time; contacts are the office's."""

from datetime import date

import pytest
from django.urls import reverse

from gyoryu.base.periods import Period, parse
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.parties import actions, queries
from gyoryu.parties.models import Contact, Person, Position

pytestmark = pytest.mark.django_db


def test_a_person_is_added_and_found_in_any_spelling_and_order(signed_in, officer):
    browser = signed_in(officer)
    reply = browser.post(reverse("person-new"), {"name_ko": "김동연", "name_en": "Kim Dong-yeon"})
    made = Person.objects.get()
    assert reply.url == reverse("person", args=[made.pk])
    for text in ("김동연", "동연", "Dong Yeon Kim", "KIM, Dongyeon", "Tongyon Kim", "dongyeon"):
        assert list(queries.called(queries.people(), text)) == [made], text
    for text in ("김연동", "Yeon Dong Kim"):
        assert not queries.called(queries.people(), text).exists(), text
    assert list(Entry.objects.values_list("verb", flat=True)) == ["person.added"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name_ko": "", "name_en": ""}, "name_ko"),
        ({"name_ko": "가" * 10_000}, "name_ko"),
        ({"name_en": "x" * 10_000}, "name_en"),
    ],
)
def test_bad_names_are_answered_at_their_field(signed_in, officer, fields, wrong):
    reply = signed_in(officer).post(reverse("person-new"), fields)
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, [wrong])
    assert not Person.objects.exists()


def test_the_governor_of_a_day_is_who_held_the_office_then(body, somebody, appointed):
    province = body("경기도", name_en="Gyeonggi Province")
    former, present = somebody("나도윤"), somebody("김도연")
    first = appointed(
        former, province, "경기도지사", date(2018, 7, 1), date(2022, 6, 30), "Governor"
    )
    second = appointed(present, province, "경기도지사", date(2022, 7, 1), None, "Governor")
    appointed(somebody("오세라"), province, "경제부지사", date(2022, 7, 15))

    def governor(on):
        return queries.held(province, "Governor", on=on)

    assert governor(parse("2024-09")) == [second]
    assert governor(date(2022, 6, 30)) == [first]
    assert governor(date(2022, 7, 1)) == [second]
    assert governor(parse("2022")) == [first, second]
    assert governor(date(2010, 1, 1)) == []
    assert queries.held(province, "도지사", on=Period.day(date(2024, 9, 1))) == [second]
    assert len(queries.held(province, on=date(2024, 9, 1))) == 2


def test_a_page_answers_who_it_was_then(signed_in, officer, body, somebody, appointed):
    province = body("경기도")
    appointed(somebody("나도윤"), province, "지사", date(2018, 7, 1), date(2022, 6, 30))
    appointed(somebody("김도연"), province, "지사", date(2022, 7, 1))
    browser = signed_in(officer)
    reply = browser.get(province.get_absolute_url(), {"on": "2020-03"})
    assert [row.person.name_ko for row in reply.context["held"]] == ["나도윤"]
    assert browser.get(province.get_absolute_url(), {"on": "2020-13"}).context["held"] is None


def test_two_holders_of_one_office_at_once_are_warned_of(
    signed_in, officer, body, somebody, appointed
):
    province = body("경기도")
    one = appointed(somebody("나도윤"), province, "도지사", date(2018, 7, 1), date(2022, 7, 1))
    two = appointed(somebody("김도연"), province, "지사", date(2022, 7, 1))
    appointed(somebody("오세라"), province, "과장", date(2022, 7, 1))
    appointed(somebody("한가람"), province, "과장", date(2022, 7, 1))
    assert queries.clashes(queries.positions()) == []
    Position.objects.filter(pk=one.pk).update(until=date(2022, 8, 1))
    assert queries.clashes(queries.positions()) == [(one, two)]
    for row in (province, one.person):
        reply = signed_in(officer).get(row.get_absolute_url())
        assert reply.context["clashes"] == [(one, two)]
        assert "나도윤" in reply.content.decode()


def test_a_position_is_added_corrected_and_ended_on_screens(signed_in, officer, body, somebody):
    person, province = somebody("김도연"), body("경기도")
    browser = signed_in(officer)
    fields = {"organisation": "경기도", "title_ko": "지사", "since": "2022-07-01"}
    reply = browser.post(reverse("position-new", args=[person.pk]), fields)
    assert reply.url == person.get_absolute_url()
    position = Position.objects.get()
    browser.post(
        reverse("position-edit", args=[position.pk]),
        {**fields, "organisation": f"경기도 #{province.pk}", "title_en": "Governor"},
    )
    browser.post(reverse("position-end", args=[position.pk]), {"until": "2025-03-31"})
    position.refresh_from_db()
    told = (position.title_ko, position.title_en, position.since, position.until)
    assert told == ("지사", "Governor", date(2022, 7, 1), date(2025, 3, 31))
    verbs = Entry.objects.filter(verb__startswith="person.position").values_list("verb", flat=True)
    assert sorted(verbs) == [
        "person.position_added", "person.position_changed", "person.position_ended",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"until": "2022-06-30"}, "until"),
        ({"title_ko": ""}, "title_ko"),
        ({"since": "2026-02-30"}, "since"),
        ({"organisation": "없는 기관"}, "organisation"),
        ({"title_ko": "가" * 10_000}, "title_ko"),
    ],
)
def test_bad_positions_are_answered_at_their_field(
    signed_in, officer, body, somebody, change, wrong
):
    body("경기도")
    person = somebody("김도연")
    fields = {"organisation": "경기도", "title_ko": "지사", "since": "2022-07-01", **change}
    reply = signed_in(officer).post(reverse("position-new", args=[person.pk]), fields)
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, [wrong])
    assert not Position.objects.exists()


def test_private_addresses_are_not_kept(signed_in, officer, somebody, now):
    person, browser = somebody("김도연"), signed_in(officer)
    address = reverse("person-contact", args=[person.pk])
    for kind, value, wrong in (
        ("email", "dy@gmail.com", "value"),
        ("email", "dy@NAVER.com", "value"),
        ("address", "수원시 팔달구 1", "kind"),
    ):
        reply = browser.post(address, {"kind": kind, "value": value})
        assert list(reply.context["form"].errors) == [wrong]
    browser.post(address, {"kind": "email", "value": "dy@gg.go.kr.example"})
    contact = Contact.objects.get()
    browser.post(reverse("contact-remove", args=[contact.pk]), {})
    assert not Contact.objects.exists()


def test_a_voided_person_gets_no_new_position(body, somebody, appointed, now):
    person = actions.void_person(somebody("김도연"), reason="잘못 적음", by=None, at=now)
    with pytest.raises(Refused):
        appointed(person, body("경기도"), "지사")
    assert not queries.people().exists()


def test_the_list_costs_the_same_at_any_length(officer, body, somebody, appointed, costs_the_same):
    province = body("경기도")

    def add(n):
        appointed(somebody(f"김도연{n}"), province, "과장")

    costs_the_same(officer, reverse("people"), add)


def test_pages_and_creates_stay_within_their_budgets(
    signed_in, officer, body, somebody, appointed, now, django_assert_max_num_queries
):
    province, person = body("경기도"), somebody("김도연", name_en="Kim Do-yeon")
    appointed(person, province, "지사", date(2022, 7, 1))
    actions.add_contact(person, "email", "a@b.example", by=None, at=now)
    browser = signed_in(officer)
    with django_assert_max_num_queries(15):
        assert browser.get(person.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(15):
        fields = {"name_ko": "나도윤", "name_en": "Na Do-yun"}
        assert browser.post(reverse("person-new"), fields).status_code == 302
    with django_assert_max_num_queries(15):
        fields = {"organisation": f"경기도 #{province.pk}", "title_ko": "과장"}
        assert browser.post(reverse("position-new", args=[person.pk]), fields).status_code == 302


def test_lists_are_narrowed_and_options_name_people(signed_in, officer, body, somebody, appointed):
    person = somebody("김도연")
    somebody("나도윤")
    appointed(person, body("경기도"), "지사")
    browser = signed_in(officer)
    found = browser.get(reverse("people"), {"organisation": "경기"}).context["listing"].page
    assert found == [person]
    found = browser.get(reverse("people"), {"region": "없는 곳"}).context["listing"].page
    assert found == []
    assert browser.get(reverse("people"), {"export": "xlsx"}).status_code == 200
    reply = browser.get(reverse("position-options"), {"field": "who", "who": "지사"})
    assert "김도연 · 지사 · 경기도 #" in reply.content.decode()
    reply = browser.get(reverse("person-options"), {"field": "who", "who": "Doyeon Kim"})
    assert f"김도연 #{person.pk}" in reply.content.decode()
