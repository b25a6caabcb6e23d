"""The map of ties counts what is in force, where its partners are, for whoever may see it."""

import re
from datetime import date

import pytest
from babel import Locale
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.agreements.models import Agreement
from gyoryu.insight import tiles
from gyoryu.insight.queries import ties
from gyoryu.insight.views.ties import shade
from gyoryu.parties.models import Region

TODAY = date(2025, 4, 1)


@pytest.fixture
def place(db):
    """Make a region under another."""

    def make(code, name, parent=None):
        region = Region.objects.create(
            kind="city" if not code else "subdivision" if parent else "country",
            code=code, name_ko=name, name_en=name, parent=parent, path="new",
        )  # fmt: skip
        region.path = f"{parent.path if parent else '/'}{region.pk}/"
        region.save()
        return region

    return make


@pytest.fixture
def tie(province):
    """Make an agreement with a place, in force unless said otherwise."""

    def make(region, **values):
        number = f"AG-{Agreement.objects.count()}"
        given = {"kind": "mou", "status": "in_force", "unit": province.division, **values}
        return Agreement.objects.create(
            number=number, title_ko=number, status_since=date(2020, 1, 1),
            signed_first=date(2020, 1, 1), signed_on=date(2020, 1, 1), partner_region=region,
            **given,
        )  # fmt: skip

    return make


def counted(world):
    return [
        (
            one.region.code, one.in_force, one.dormant, one.last,
            [(under.region.name_ko, under.in_force) for under in one.regions],
        )
        for one in world.countries
    ]  # fmt: skip


def test_what_is_in_force_counts_for_its_country_and_its_region(place, tie, officer, province):
    china, usa = place("CN", "중국"), place("US", "미국")
    jiangsu, utah = place("CN-JS", "장쑤성", china), place("US-UT", "유타주", usa)
    yancheng = place("", "옌청시", jiangsu)
    tie(yancheng, last_contact_on=date(2025, 3, 27))
    tie(jiangsu, last_contact_on=date(2024, 5, 1), kind="sisterhood")
    tie(china)
    tie(utah, kind="sisterhood")
    for status in ("draft", "reviewed", "signed", "suspended", "expired", "ended", "replaced"):
        tie(utah, status=status)
    tie(utah, unit=province.other)
    tie(utah, voided_at="2025-01-01T00:00Z", voided_reason="잘못")
    tie(None)
    world = ties.world(TODAY, officer)
    assert counted(world) == [
        ("CN", 3, 1, date(2025, 3, 27), [("장쑤성", 2)]),
        ("US", 1, 1, None, [("유타주", 1)]),
    ]
    assert (world.in_force, world.nowhere) == (4, 1)
    assert counted(ties.world(TODAY, officer, "sisterhood")) == [
        ("US", 1, 1, None, [("유타주", 1)]),
        ("CN", 1, 0, date(2024, 5, 1), [("장쑤성", 1)]),
    ]


def test_each_square_leads_to_the_rows_it_counts_and_the_table_says_the_same(
    place, tie, officer, signed_in
):
    china = place("CN", "중국")
    jiangsu = place("CN-JS", "장쑤성", china)
    for region in (place("", "옌청시", jiangsu), jiangsu, china):
        tie(region)
    tie(china, status="ended")
    browser = signed_in(officer, "en")
    reply = browser.get(reverse("ties"), {"kind": "mou"})
    (square,) = [tile for tile in reply.context["tiles"] if tile.count]
    assert (square.code, square.count, square.shade, len(square.dots)) == ("CN", 3, 2, 1)
    assert len(browser.get(square.href).context["listing"].page) == 3
    html = reply.content.decode()
    assert 'aria-label="중국: 3 agreements in force"' in html
    assert re.search(r'<td class="num" data-label="In force">3</td>', html)


def test_a_tie_with_a_city_alone_leads_to_its_row(place, tie, officer, signed_in):
    china = place("CN", "중국")
    tie(place("", "옌청시", place("CN-JS", "장쑤성", china)))
    browser = signed_in(officer)
    (square,) = [tile for tile in browser.get(reverse("ties")).context["tiles"] if tile.count]
    assert len(browser.get(square.href).context["listing"].page) == 1
    assert browser.get(square.href).context["listing"].applied


def test_a_country_without_a_square_is_named_and_nonsense_is_no_kind(
    place, tie, officer, signed_in
):
    tie(place("NC", "누벨칼레도니"))
    page = signed_in(officer).get(reverse("ties"), {"kind": "?"})
    assert [one.region.code for one in page.context["without_square"]] == ["NC"]
    assert page.context["kind"] == ""


def test_every_square_is_a_country_of_iso_3166_and_none_lies_on_another():
    known = {code for code in Locale("en").territories if len(code) == 2}
    assert set(tiles.PLACES) <= known
    assert len(set(tiles.PLACES.values())) == len(tiles.PLACES) == 203
    assert {len(row) for row in tiles.ROWS} == {26}


def test_shades_run_with_the_number():
    assert [shade(n) for n in (0, 1, 2, 4, 5, 9, 10, 500)] == [0, 1, 2, 2, 3, 3, 4, 4]


def test_the_page_costs_the_same_with_one_country_and_with_many(place, tie, officer, signed_in):
    browser, asked, made = signed_in(officer), [], 0
    for count in (1, 3, 50):
        for code in list(tiles.PLACES)[made:count]:
            country = place(code, code)
            tie(place(f"{code}-1", f"{code}1", country))
        made = count
        browser.get(reverse("ties"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("ties"))
        asked.append(len(captured))
    assert len(set(asked)) == 1
    assert asked[0] <= 8
