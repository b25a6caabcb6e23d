"""Organisations: named once, found by any of their names, changed with a history."""

import unicodedata
from decimal import Decimal

import pytest
from django.urls import reverse

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.parties import actions, queries
from gyoryu.parties.business_number import check_digit
from gyoryu.parties.models import Contact, Exports, Organisation, Product, Region

pytestmark = pytest.mark.django_db
NUMBER = "123456789" + str(check_digit("123456789"))


@pytest.fixture
def add(province, now):
    def make(name_ko="(주)가온텍", **values):
        values = {"kind": "company", "name_ko": name_ko, **values}
        return actions.add_organisation(province.division, values, by=None, at=now)

    return make


@pytest.fixture
def place(db):
    def make(code, name_ko, name_en, parent=None):
        kind = "subdivision" if parent else "country"
        made = Region.objects.create(
            code=code, name_ko=name_ko, name_en=name_en, kind=kind, parent=parent, path="-"
        )
        made.path = f"{parent.path if parent else '/'}{made.pk}/"
        made.save()
        actions.aliases.write_names(made, by=None)
        return made

    return make


def test_an_organisation_is_added_listed_and_found_by_part_of_its_name(signed_in, officer):
    browser = signed_in(officer)
    fields = {"kind": "company", "name_ko": "(주)가온텍", "name_en": "Gaontek Co., Ltd."}
    reply = browser.post(reverse("organisation-new"), fields)
    made = Organisation.objects.get()
    assert reply.url == reverse("organisation", args=[made.pk])
    assert "(주)가온텍" in browser.get(reverse("organisations"), {"q": "가온"}).content.decode()
    assert list(Entry.objects.values_list("verb", "by")) == [("organisation.added", officer.pk)]
    assert browser.get(reply.url).status_code == 200


def test_a_wrong_business_number_is_answered_at_its_field_and_nothing_typed_is_lost(
    signed_in, officer
):
    fields = {"kind": "company", "name_ko": "가온텍", "business_number": "123-45-67890"}
    reply = signed_in(officer).post(reverse("organisation-new"), fields)
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == ["business_number"]
    assert "가온텍" in reply.content.decode()
    assert not Organisation.objects.exists()


def test_a_business_number_that_is_taken_names_its_owner(signed_in, officer, add):
    owner = add("한빛전자", business_number=NUMBER)
    fields = {"kind": "company", "name_ko": "다른 회사", "business_number": NUMBER}
    reply = signed_in(officer).post(reverse("organisation-new"), fields)
    [error] = reply.context["form"].errors["business_number"]
    assert "한빛전자" in error
    assert f"#{owner.pk}" in error
    assert Organisation.objects.count() == 1


def test_a_business_number_is_shown_as_people_write_it(signed_in, officer, add):
    made = add(business_number=NUMBER)
    page = signed_in(officer).get(reverse("organisation", args=[made.pk])).content.decode()
    assert f"123-45-6789{NUMBER[-1]}" in page
    found = signed_in(officer).get(reverse("organisations"), {"q": f"123-45-6789{NUMBER[-1]}"})
    assert "(주)가온텍" in found.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_ko", "가" * 10_000),
        ("name_en", "x" * 10_000),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.test/"),
        ("business_number", "abc"),
        ("region", "어디에도 없는 곳"),
        ("parent", "없는 기관"),
        ("kind", "pirate"),
        ("size", "enormous"),
    ],
)
def test_bad_input_is_answered_at_its_field_with_nothing_saved(signed_in, officer, field, value):
    fields = {"kind": "company", "name_ko": "가온텍", field: value}
    reply = signed_in(officer).post(reverse("organisation-new"), fields)
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == [field]
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"name_ko": "가" * 10_000},
        {"name_ko": "", "name_en": ""},
        {"website": "javascript:alert(1)"},
        {"business_number": "1234567890"},
    ],
)
def test_the_action_refuses_what_the_form_refuses(add, values):
    with pytest.raises(Refused):
        add(**{"name_ko": "가온텍", **values})
    assert not Organisation.objects.exists()


def test_decomposed_hangul_is_composed_and_found(signed_in, officer):
    typed = unicodedata.normalize("NFD", "한빛전자")
    signed_in(officer).post(reverse("organisation-new"), {"kind": "company", "name_ko": typed})
    assert Organisation.objects.get().name_ko == "한빛전자"
    assert queries.called(queries.organisations(), typed).exists()


def test_a_double_click_makes_one(signed_in, officer):
    browser = signed_in(officer)
    once = browser.get(reverse("organisation-new")).context["form"].once
    fields = {"kind": "company", "name_ko": "가온텍", "once": str(once)}
    replies = [browser.post(reverse("organisation-new"), fields) for _ in range(2)]
    assert Organisation.objects.count() == 1
    assert replies[0].url == replies[1].url


def test_an_organisation_never_stands_under_itself(add, now):
    top, middle, low = add("위"), add("가운데"), add("아래")
    actions.change_organisation(middle, {"parent": top}, by=None, at=now)
    actions.change_organisation(low, {"parent": middle}, by=None, at=now)
    for above in (top, low):
        with pytest.raises(Refused) as refusal:
            actions.change_organisation(top, {"parent": above}, by=None, at=now)
        assert refusal.value.field == "parent"


def test_voiding_needs_a_reason_and_takes_it_out_of_lists_but_not_its_page(signed_in, officer, add):
    made, browser = add(), signed_in(officer)
    assert browser.post(reverse("organisation-void", args=[made.pk]), {}).status_code == 422
    browser.post(reverse("organisation-void", args=[made.pk]), {"reason": "폐업"})
    made.refresh_from_db()
    assert made.voided_reason == "폐업"
    assert not queries.organisations().exists()
    assert "폐업" in browser.get(made.get_absolute_url()).content.decode()
    assert browser.get(reverse("organisation-edit", args=[made.pk])).status_code == 404


def test_another_government_reads_but_does_not_change(signed_in, person_with, province, add):
    made = add()
    stranger = signed_in(person_with("officer", province.other))
    page = stranger.get(made.get_absolute_url()).content.decode()
    assert "why-not" in page
    fields = {"kind": "company", "name_ko": "빼앗김"}
    reply = stranger.post(reverse("organisation-edit", args=[made.pk]), fields)
    assert reply.status_code == 422
    made.refresh_from_db()
    assert made.name_ko == "(주)가온텍"


def test_exports_are_kept_by_year_and_currency_and_zero_is_not_missing(signed_in, officer, add):
    made, browser = add(), signed_in(officer)
    address = reverse("organisation-exports", args=[made.pk])
    browser.post(address, {"year": "2023", "currency": "USD", "amount": "1,250,000"})
    browser.post(address, {"year": "2024", "currency": "USD", "amount": "0"})
    browser.post(address, {"year": "2023", "currency": "USD", "amount": "1,300,000"})
    rows = Exports.objects.order_by("year").values_list("year", "currency", "amount")
    assert list(rows) == [(2023, "USD", Decimal(1_300_000)), (2024, "USD", Decimal(0))]
    page = signed_in(officer, "en").get(made.get_absolute_url()).content.decode()
    assert "USD 1,300,000" in page
    assert "USD 0" in page
    for bad in ({"year": "2031"}, {"amount": "-1"}, {"amount": "many"}, {"currency": "XXX"}):
        fields = {"year": "2022", "currency": "USD", "amount": "1", **bad}
        reply = browser.post(address, fields)
        assert (reply.status_code, list(reply.context["form"].errors)) == (422, list(bad))
    browser.post(reverse("exports-remove", args=[Exports.objects.get(year=2024).pk]), {})
    assert not Exports.objects.filter(year=2024).exists()


def test_products_have_hs_codes_of_even_length(signed_in, officer, add):
    made, browser = add(), signed_in(officer)
    address = reverse("organisation-product", args=[made.pk])
    browser.post(address, {"hs": "8517.13", "name_ko": "휴대전화"})
    assert Product.objects.values_list("hs", "name_ko").get() == ("851713", "휴대전화")
    reply = browser.post(address, {"hs": "85171", "name_ko": "휴대전화"})
    assert list(reply.context["form"].errors) == ["hs"]
    browser.post(reverse("product-remove", args=[Product.objects.get().pk]), {})
    assert not Product.objects.exists()


def test_contacts_are_checked_and_kept_once(signed_in, officer, add):
    made, browser = add(), signed_in(officer)
    address = reverse("organisation-contact", args=[made.pk])
    for _ in range(2):
        browser.post(address, {"kind": "email", "value": "trade@gaontek.example"})
    assert Contact.objects.values_list("kind", "value").get() == ("email", "trade@gaontek.example")
    for kind, value in (("email", "not an address"), ("phone", "call me")):
        reply = browser.post(address, {"kind": kind, "value": value})
        assert list(reply.context["form"].errors) == ["value"]


def test_given_names_find_it_and_renaming_keeps_them(signed_in, officer, add, now):
    made = add("옌청시 인민정부", name_en="Yancheng Municipal People's Government")
    reply = signed_in(officer).post(
        reverse("alias-new", args=["organisation", made.pk]), {"name": "盐城市人民政府"}
    )
    assert reply.url == made.get_absolute_url()
    actions.change_organisation(made, {"name_ko": "옌청시정부"}, by=None, at=now)
    for text in ("盐城市", "옌청시정부", "Yancheng"):
        assert list(queries.called(queries.organisations(), text)) == [made]
    assert not queries.called(queries.organisations(), "옌청시인민").exists()
    again = {"name": "盐城市人民政府"}
    reply = signed_in(officer).post(reverse("alias-new", args=["organisation", made.pk]), again)
    assert reply.status_code == 422
    drop = reverse("alias-drop", args=["organisation", made.pk])
    assert drop in signed_in(officer).get(made.get_absolute_url()).content.decode()
    signed_in(officer).post(f"{drop}?name=盐城市人民政府", {})
    assert not queries.called(queries.organisations(), "盐城市").exists()


def test_the_list_is_narrowed_by_country_region_kind_and_size(signed_in, officer, add, place):
    china = place("CN", "중국", "China")
    jiangsu = place("CN-JS", "장쑤성", "Jiangsu", china)
    japan = place("JP", "일본", "Japan")
    add("가", region=jiangsu, size="small")
    add("나", region=china)
    add("다", region=japan, kind="government")
    browser = signed_in(officer)

    def found(**query):
        page = browser.get(reverse("organisations"), query)
        return [row.name_ko for row in page.context["listing"].page]

    assert found() == ["가", "나", "다"]
    assert found(country=china.pk) == ["가", "나"]
    assert found(region="장쑤성") == ["가"]
    assert found(company_size="small") == ["가"]
    assert found(tab="governments") == ["다"]
    assert found(tab="companies", sort="-name") == ["나", "가"]


def test_the_picked_region_is_kept_and_an_ambiguous_one_is_answered_with_the_choices(
    signed_in, officer, place
):
    korea = place("KR", "대한민국", "Korea")
    one, two = place("KR-29", "광주", "Gwangju", korea), place("", "광주", "Gwangju", korea)
    fields = {"kind": "company", "name_ko": "가", "region": "광주"}
    reply = signed_in(officer).post(reverse("organisation-new"), fields)
    assert f"#{one.pk}" in reply.context["form"].errors["region"][0]
    signed_in(officer).post(reverse("organisation-new"), {**fields, "region": f"광주 #{two.pk}"})
    assert Organisation.objects.get().region == two


def test_the_list_costs_the_same_at_any_length(officer, add, place, costs_the_same):
    china = place("CN", "중국", "China")
    costs_the_same(officer, reverse("organisations"), lambda n: add(f"기관 {n}", region=china))


def test_a_page_and_a_create_stay_within_their_budgets(
    signed_in, officer, add, place, now, django_assert_max_num_queries
):
    made = add(business_number=NUMBER, region=place("CN", "중국", "China"))
    add("지사", parent=made)
    person = actions.add_person(made.unit, {"name_ko": "김도연"}, by=None, at=now)
    actions.add_position(person, made, {"title_ko": "대표"}, by=None, at=now)
    actions.declare_exports(made, 2024, Decimal(5), "USD", by=None, at=now)
    browser = signed_in(officer)
    with django_assert_max_num_queries(15):
        assert browser.get(made.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(15):
        reply = browser.post(
            reverse("organisation-new"), {"kind": "company", "name_ko": "새 회사", "name_en": "New"}
        )
    assert reply.status_code == 302


def test_options_and_files_answer(signed_in, officer, add):
    add()
    browser = signed_in(officer)
    reply = browser.get(reverse("organisation-options"), {"field": "parent", "parent": "가온"})
    assert "(주)가온텍 #" in reply.content.decode()
    csv = b"".join(browser.get(reverse("organisations"), {"export": "csv"}).streaming_content)
    assert "가온텍" in csv.decode()
