"""Regions: every country, the provinces people deal with, found by any of their names."""

from collections import Counter

import pytest
from django.urls import reverse

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.parties import actions, queries
from gyoryu.parties.models import Alias, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def installed(db, now):
    actions.install_regions(by=None, at=now)


def one(text):
    [found] = queries.meant(queries.regions(), text)
    return found


def test_every_country_and_province_is_installed_once_in_few_queries(
    now, django_assert_max_num_queries
):
    with django_assert_max_num_queries(90):
        made = actions.install_regions(by=None, at=now)
    kinds = dict.fromkeys(Region.Kind.values, 0)
    for kind in Region.objects.values_list("kind", flat=True):
        kinds[kind] += 1
    assert kinds["country"] == 249
    assert made == sum(kinds.values()) == Entry.objects.filter(verb="region.installed").count()
    before = list(Region.objects.order_by("pk").values())
    aliases = Alias.objects.count()
    assert actions.install_regions(by=None, at=now) == 0
    assert list(Region.objects.order_by("pk").values()) == before
    assert Alias.objects.count() == aliases


COUNTS = {
"KR": 17, "CN": 34, "US": 51, "JP": 47, "DE": 16, "CA": 13, "AU": 8,
     "GB": 4, "VN": 63, "IN": 36, "ID": 38, "MN": 22, "FR": 13, "IT": 20, "ES": 19}  # fmt: skip


def test_a_country_has_all_its_subdivisions(installed):
    below = Region.objects.filter(kind="subdivision").values_list("parent__code", flat=True)
    counted = Counter(below)
    assert {code: counted[code] for code in COUNTS} == COUNTS


SPELLINGS = {
        "산둥": "CN-SD", "산동": "CN-SD", "산동성": "CN-SD", "Shandong": "CN-SD",
        "shandong province": "CN-SD", "山東": "CN-SD", "山东省": "CN-SD",
        "장쑤": "CN-JS", "강소성": "CN-JS", "江苏省": "CN-JS", "Province of Jiangsu": "CN-JS",
        "유타주": "US-UT", "유타": "US-UT", "Utah": "US-UT", "State of Utah": "US-UT",
        "경기": "KR-41", "Gyeonggi-do": "KR-41", "京畿道": "KR-41", "kr-41": "KR-41",
        "가나가와": "JP-14", "神奈川県": "JP-14", "Kanagawa Prefecture": "JP-14",
        "호주": "AU", "오스트레일리아": "AU", "터키": "TR", "남아공": "ZA",
        "베트남": "VN", "Vietnam": "VN", "대한민국": "KR", "한국": "KR", "USA": "US",
        "연해주": "RU-PRI", "BC주": "CA-BC", "Baden-Wurttemberg": "DE-BW",
    }  # fmt: skip


def test_a_region_is_found_by_any_of_its_names(installed):
    assert {text: one(text).code for text in SPELLINGS} == SPELLINGS


def test_the_cities_of_gyeonggi_and_well_known_partners_are_there(installed):
    assert Region.objects.filter(parent__code="KR-41", kind="city").count() == 31
    assert one("수원").parent.code == "KR-41"
    assert [one(name).parent.code for name in ("옌청", "옌지", "Yanji", "연길", "盐城市")] == [
        "CN-JS", "CN-JL", "CN-JL", "CN-JL", "CN-JS",
    ]  # fmt: skip
    assert one("상하이").code == "CN-SH"


def test_paths_hold_the_ids_from_the_country_down(installed):
    city = one("수원시")
    assert city.path == f"/{city.parent.parent_id}/{city.parent_id}/{city.pk}/"


def test_a_city_is_added_and_moved_by_an_approver_and_by_nobody_else(
    installed, signed_in, approver, officer, now
):
    fields = {"parent": "장쑤", "name_ko": "쑤첸시", "name_en": "Suqian", "name_native": "宿迁市"}
    assert signed_in(officer).post(reverse("region-new"), fields).status_code == 403
    reply = signed_in(approver).post(reverse("region-new"), fields)
    made = one("쑤첸")
    assert reply.url == reverse("region", args=[made.pk])
    assert made.parent.code == "CN-JS"
    again = signed_in(approver).post(reverse("region-new"), fields)
    assert again.status_code == 422
    assert f"#{made.pk}" in again.content.decode()
    values = {"parent": one("CN-SD"), "name_ko": "쑤첸시", "name_en": "Suqian", "name_native": ""}
    actions.change_city(made, values, by=approver, at=now)
    assert made.path.startswith(one("CN-SD").path)
    with pytest.raises(Refused):
        actions.change_city(one("US-UT"), values, by=approver, at=now)


def test_the_list_opens_in_both_languages_and_as_a_file(
    installed, signed_in, officer, django_assert_max_num_queries
):
    name = "regions"
    browser, china = signed_in(officer), one("CN").get_absolute_url()
    with django_assert_max_num_queries(8):
        assert browser.get(reverse(name)).status_code == 200
    with django_assert_max_num_queries(15):
        assert browser.get(china).status_code == 200
    for language in ("ko", "en"):
        browser = signed_in(officer, language)
        assert "CN-SD" in browser.get(reverse(name), {"q": "산둥"}).content.decode()
    assert browser.get(reverse(name), {"export": "xlsx"}).status_code == 200
    country = one("CN")
    reply = browser.get(reverse(name), {"country": country.pk, "kind": "subdivision"})
    assert reply.context["listing"].count == 34
