"""A list narrowed to one call or programme: chosen where there are few, named where there are many."""

import pytest
from django.urls import reverse
from tests.programmes.claims_makers import award, call, company

from gyoryu.web import among

pytestmark = pytest.mark.django_db


@pytest.fixture
def fairs(province, signed_in, approver):
    """Two calls with an award each, one call of another government, and a reader's browser."""
    division = province.division
    first, second = call(division, "CL-2025-0001"), call(division, "CL-2025-0002")
    second.title_ko, second.title_en = "도자 전시 참가자 모집", "Ceramics fair 2025"
    second.save()
    granted = [
        award(first, company(division, "가온", "1248100998")),
        award(second, company(division, "누리", "2208162517")),
    ]
    far = call(province.other, "CL-2025-0003")
    return type("Fairs", (), {
        "calls": (first, second), "granted": granted, "far": far,
        "browser": signed_in(approver, "en"),
    })  # fmt: skip


def listed(fairs, typed):
    """Return the awards a condition leaves, what is wrong with it, and what it is told as."""
    listing = fairs.browser.get(reverse("awards"), {"call": typed}).context["listing"]
    told = [(label, words) for label, words, _href in listing.applied]
    return [row.pk for row in listing.page], listing.filter.form.errors.get("call", []), told


@pytest.mark.parametrize("few", [60, 1])
def test_an_address_with_a_number_narrows_the_list_however_many_there_are(fairs, few, monkeypatch):
    monkeypatch.setattr(among, "FEW", few)
    second = fairs.calls[1]
    assert listed(fairs, second.pk) == ([fairs.granted[1].pk], [], [("Call", "Ceramics fair 2025")])


def test_few_are_offered_and_the_chosen_one_stays_chosen(fairs):
    page = fairs.browser.get(reverse("awards"), {"call": fairs.calls[1].pk}).content.decode()
    drawn = page[page.index('<select name="call"') :]
    first, second = fairs.calls
    assert drawn[drawn.index("<option") : drawn.index("</select>")] == (
        '<option value="">All</option>'
        f'<option value="{second.pk}" selected>Ceramics fair 2025</option>'
        f'<option value="{first.pk}">Trade shows 2025</option>'
    )


def test_of_many_one_is_named_and_stands_there_with_its_number(fairs, monkeypatch):
    monkeypatch.setattr(among, "FEW", 1)
    second = fairs.calls[1]
    page = fairs.browser.get(reverse("awards"), {"call": "ceramics"}).content.decode()
    assert f'value="Ceramics fair 2025 #{second.pk}"' in page
    assert 'placeholder="All"' in page
    for typed in ("ceramics", "CL-2025-0002", f"whatever #{second.pk}"):
        assert listed(fairs, typed)[:2] == ([fairs.granted[1].pk], []), typed


def test_what_is_not_there_or_may_be_several_lists_nothing_and_says_so(fairs, monkeypatch):
    monkeypatch.setattr(among, "FEW", 1)
    first, second = fairs.calls
    nothing = "Nothing is called “{}”. Add it first, or choose from the list."
    several = (
        f"Several may be meant: Ceramics fair 2025 #{second.pk} / Trade shows 2025 #{first.pk}. "
        "Choose one from the list."
    )
    assert listed(fairs, "haneda") == ([], [nothing.format("haneda")], [])
    assert listed(fairs, "CL-2025-000") == ([], [several], [])
    # Another government's call is as little known as none at all.
    assert listed(fairs, str(fairs.far.pk))[0] == []
    assert listed(fairs, str(fairs.far.pk))[1] == [nothing.format(fairs.far.pk)]


def test_suggestions_are_those_one_may_see(fairs):
    first, second = fairs.calls
    asked = [
        ("call-options", "call", "CL-2025", [second, first]),
        ("call-options", "call", "c", []),
        ("programme-options", "programme", "PG-CL-2025-0002", [second.programme]),
    ]
    for name, field, text, expected in asked:
        drawn = fairs.browser.get(reverse(name), {"field": field, field: text}).content.decode()
        lines = [f'<option value="{one} #{one.pk}"></option>' for one in expected]
        assert drawn.strip() == "".join(lines), (name, text)


def test_a_department_is_suggested_to_whoever_reads(province, fairs):
    found = fairs.browser.get(reverse("unit-options"), {"field": "unit", "unit": "Division"})
    assert found.content.decode().strip() == (
        f'<option value="International Cooperation Division #{province.division.pk}"></option>'
    )
    far = fairs.browser.get(reverse("unit-options"), {"field": "unit", "unit": "Other Prov"})
    assert far.content.decode().strip() == ""
