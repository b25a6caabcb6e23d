"""Lists: every row on exactly one page, in the order asked for; files hold what is listed."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gyoryu.parties import actions as organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def companies(province, officer, now):
    names = ["나루", "가온", "다솜", "가온", "라온", "", "마루"]
    for number, name in enumerate(names):
        values = {"kind": "company", "name_ko": name, "name_en": f"=Company {number}"}
        organisations.add_organisation(province.division, values, by=officer, at=now)
    return names


def walk(browser, address, link):
    """Follow the link to the next (or previous) page until it ends; return all names met."""
    met = []
    while address:
        page = browser.get(reverse("organisations") + address)
        assert page.status_code == 200
        listing = page.context["listing"]
        met.append([(row.name_ko, row.pk) for row in listing.page])
        last, address = address, getattr(listing, link)
    return met, last


@pytest.mark.parametrize("sort", ["name", "-name", "kind", "-name_en"])
def test_every_row_is_on_exactly_one_page_forwards_and_backwards(
    signed_in, officer, companies, sort
):
    browser = signed_in(officer)
    whole, _ = walk(browser, f"?sort={sort}", "next")
    pages, last = walk(browser, f"?sort={sort}&size=3", "next")
    assert [row for page in pages for row in page] == whole[0]
    assert [len(page) for page in pages] == [3, 3, 1]
    back, _ = walk(browser, last, "previous")
    assert [row for page in reversed(back) for row in page] == whole[0]


def test_a_page_address_of_another_order_is_refused_with_the_reason(signed_in, officer, companies):
    browser = signed_in(officer, "en")
    following = browser.get(reverse("organisations"), {"size": 3}).context["listing"].next
    page = browser.get(reverse("organisations") + following + "&sort=-name")
    assert page.status_code == 403
    assert "another list or order" in page.content.decode()
    assert browser.get(reverse("organisations") + "?after=nonsense").status_code == 403


def test_counting_stops_where_a_list_is_too_long_to_count(
    signed_in, officer, companies, province, now, monkeypatch
):
    values = {"kind": "government", "name_ko": "한결시"}
    organisations.add_organisation(province.division, values, by=officer, at=now)

    def counts():
        page = signed_in(officer).get(reverse("organisations"))
        listing = page.context["listing"]
        return listing.counts, ">5+<" in page.content.decode()

    exact = {"": 8, "governments": 1, "companies": 7, "providers": 0, "others": 0}
    assert counts() == (exact, False)
    monkeypatch.setattr("gyoryu.web.counting.MANY", 5)
    assert counts() == ({**exact, "": 6, "companies": 6}, True)


def test_a_page_of_a_million_rows_is_cut_to_the_most(signed_in, officer, companies):
    page = signed_in(officer).get(reverse("organisations"), {"size": "1000000"})
    assert page.context["listing"].size == 200


def test_the_files_hold_exactly_what_is_listed_and_no_formula(signed_in, officer, companies):
    browser = signed_in(officer, "en")
    asked = {"q": "가온", "export": "csv"}
    reply = browser.get(reverse("organisations"), asked)
    text = b"".join(reply.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Name in Korean"] for row in rows] == ["가온", "가온"]
    assert [row["Name in English"] for row in rows] == ["'=Company 1", "'=Company 3"]
    book = browser.get(reverse("organisations"), {**asked, "export": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0)
    assert [row[0] for row in sheet.to_python()] == ["Name in Korean", "가온", "가온"]
