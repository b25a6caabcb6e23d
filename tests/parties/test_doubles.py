"""Suspected doubles: each with its reason, found without comparing all with all."""

from datetime import date

import pytest
from django.urls import reverse

from gyoryu.history.models import Entry
from gyoryu.parties import actions
from gyoryu.parties.models import Double, Organisation, Region
from gyoryu.parties.queries import doubles

pytestmark = pytest.mark.django_db


def found(kind):
    return {(one, other): reason for (one, other), reason in doubles.found(kind).items()}


@pytest.fixture
def suwon(db):
    return Region.objects.create(kind="country", name_ko="대한민국", name_en="Korea", path="/9/")


def test_each_pair_of_organisations_has_its_reason(body, suwon):
    a, b = body("(주)가온텍", kind="company"), body("가온텍 주식회사", kind="company")
    c = body("", name_en="Gaontek Co., Ltd.", kind="company")
    d, e = body("경기도"), body("", name_en="Province of Gyeonggi")
    f = body("", name_en="University of Utah", kind="university")
    g = body("", name_en="Utah University", kind="university")
    h = body("한빛정밀화학", kind="company", region=suwon)
    i = body("한빛정밀화약", kind="company", region=suwon)
    body("한빛정밀화합", kind="company")
    body("한빛정밀1공장", kind="company", region=suwon)
    body("한빛정밀2공장", kind="company", region=suwon)
    j = body("가나다", kind="company", website="https://www.example.test/ko/")
    k = body("라마바", kind="company", website="http://example.test/ko")
    assert found("organisation") == {
        (a.pk, b.pk): "name",
        (a.pk, c.pk): "words",
        (b.pk, c.pk): "words",
        (d.pk, e.pk): "place",
        (f.pk, g.pk): "words",
        (h.pk, i.pk): "close",
        (j.pk, k.pk): "website",
    }


def test_places_of_the_same_name_in_two_regions_are_no_doubles(body, suwon):
    other = Region.objects.create(kind="country", name_ko="일본", name_en="Japan", path="/8/")
    body("광주시청", region=suwon)
    body("광주광역시", region=other)
    assert found("organisation") == {}


def test_each_pair_of_people_has_its_reason(body, somebody, appointed):
    a, b = somebody("김도연"), somebody("", name_en="Doyeon Kim")
    c, d = somebody("나도윤"), somebody("나도윤")
    somebody("김연도")
    place = body("유타주")
    e, f = somebody("스펜서 콕스"), somebody("", name_en="Spencer Cox")
    appointed(e, place, "주지사", date(2021, 1, 4), None)
    appointed(f, place, "", date(2021, 1, 4), None, "Governor")
    assert found("person") == {
        (a.pk, b.pk): "words",
        (c.pk, d.pk): "name",
        (e.pk, f.pk): "position",
    }


def test_a_very_common_name_is_suspected_only_at_one_organisation(body, somebody, appointed):
    crowd = [somebody("김민수") for _ in range(doubles.CROWD + 1)]
    assert found("person") == {}
    place = body("경기도")
    for person in crowd[:2]:
        appointed(person, place, "주무관")
    assert found("person") == {(crowd[0].pk, crowd[1].pk): "name"}


def test_what_is_named_like_another_is_suspected_at_once_and_said_on_its_page(
    signed_in, approver, body
):
    first, second = body("가온텍"), body("(주)가온텍")
    assert Double.objects.values_list("kind", "one", "other", "reason").get() == (
        "organisation", first.pk, second.pk, "name",
    )  # fmt: skip
    page = signed_in(approver).get(first.get_absolute_url()).content.decode()
    assert f"kept={first.pk}&amp;gone={second.pk}" in page


def test_looking_again_forgets_what_is_suspected_no_longer_and_keeps_what_was_told_apart(
    signed_in, approver, officer, body, now
):
    one, other = body("가온텍"), body("(주)가온텍")
    body("한빛"), body("(주)한빛")
    double = Double.objects.get(one=one.pk)
    address = reverse("double-dismiss", args=[double.pk])
    assert signed_in(officer).post(address, {}).status_code == 403
    signed_in(approver).post(address, {"remark": "다른 회사"})
    double.refresh_from_db()
    assert (double.dismissed_by, double.dismissed_at.date(), double.remark) == (
        approver, now.date(), "다른 회사",
    )  # fmt: skip
    told = Entry.objects.filter(verb="organisation.told_apart").values_list("record", flat=True)
    assert sorted(told) == [one.pk, other.pk]
    Organisation.objects.filter(name_ko="한빛").update(name_ko="다른이름")
    assert actions.look_for_doubles(by=approver, at=now) == 0
    assert list(Double.objects.all()) == [double]
    assert actions.look_for_doubles(by=approver, at=now) == 0


def test_the_list_costs_the_same_at_any_length(approver, body, somebody, costs_the_same):
    somebody("나도윤"), somebody("나도윤")

    def add(n):
        body(f"기관 {n}"), body(f"(주)기관 {n}")

    reply = costs_the_same(approver, reverse("doubles"), add)
    assert reply.context["listing"].count == 51
    assert all(row.first.pk < row.second.pk for row in reply.context["rows"])


def test_the_register_is_looked_through_by_a_button(signed_in, approver, officer, body):
    body("", name_en="Gaontek", kind="company"), body("가온텍", kind="company")
    assert not Double.objects.exists()
    assert signed_in(officer).post(reverse("doubles-look"), {}).status_code == 403
    reply = signed_in(approver).post(reverse("doubles-look"), {})
    assert reply.url == reverse("doubles")
    assert Double.objects.get().reason == "words"
