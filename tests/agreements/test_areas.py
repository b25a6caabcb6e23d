"""Areas of co-operation: added, renamed, retired and taken up again; nothing filed is lost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.agreements.actions import areas as actions
from gyoryu.agreements.models import Agreement, Area, Body, Engagement
from gyoryu.agreements.queries import areas as queries
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 1)


@pytest.fixture
def admin(person_with):
    return person_with("administrator")


@pytest.fixture
def area(now):
    def make(name_ko="수소", name_en="Hydrogen"):
        return actions.add_area({"name_ko": name_ko, "name_en": name_en}, by=None, at=now)

    return make


@pytest.fixture
def filed(province):
    """File an agreement, a body and an engagement under an area."""

    def make(area):
        unit = province.division
        agreement = Agreement.objects.create(
            unit=unit, number="AG-1", kind="mou", title_ko="협약", status_since=DAY
        )
        body = Body.objects.create(unit=unit, agreement=agreement, name_ko="협의회")
        met = Engagement.objects.create(
            unit=unit, kind="visit", title_ko="방문", starts_on=DAY, ends_on=DAY
        )
        for row in (agreement, body, met):
            row.areas.add(area)
        return agreement, body, met

    return make


def told():
    return list(Entry.objects.order_by("pk").values_list("verb", "changes", "reason"))


def test_an_area_is_added_renamed_retired_and_taken_up_again_and_history_tells(signed_in, admin):
    browser = signed_in(admin)
    browser.post(reverse("area-new"), {"name_ko": "수소", "name_en": "Hydrogen"})
    area = Area.objects.get()
    names = {"name_ko": "수소 경제", "name_en": "Hydrogen economy"}
    assert browser.post(reverse("area-edit", args=[area.pk]), names).url == reverse("areas")
    browser.post(reverse("area-retire", args=[area.pk]), {"reason": "에너지로 합침"})
    browser.post(reverse("area-restore", args=[area.pk]), {"reason": "다시 나눔"})
    assert told() == [
        ("area.added", {}, ""),
        (
            "area.renamed",
            {"name_ko": ["수소", "수소 경제"], "name_en": ["Hydrogen", "Hydrogen economy"]},
            "",
        ),
        ("area.retired", {"retired_on": [None, "2025-04-01"]}, "에너지로 합침"),
        ("area.restored", {"retired_on": ["2025-04-01", None]}, "다시 나눔"),
    ]
    page = browser.get(reverse("areas")).content.decode()
    assert "수소 경제" in page
    assert "사용 중" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name_ko": "", "name_en": "Water"}, "name_ko"),
        ({"name_ko": "물", "name_en": ""}, "name_en"),
        ({"name_ko": "수소", "name_en": "Water"}, "name_ko"),
        ({"name_ko": "물", "name_en": "hydrogen"}, "name_en"),
        ({"name_ko": "물" * 81, "name_en": "Water"}, "name_ko"),
    ],
)
def test_a_name_that_is_missing_taken_or_too_long_is_refused_at_its_field(
    signed_in, admin, area, typed, field
):
    area()
    reply = signed_in(admin).post(reverse("area-new"), typed)
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == [field]
    assert typed["name_en"] in reply.content.decode()
    assert Area.objects.count() == 1


def test_a_retired_area_is_offered_only_where_it_is_filed_already(area, filed, now):
    old, other = area(), area("산림", "Forests")
    records = filed(old)
    actions.retire_area(old, reason="합침", by=None, at=now)
    assert list(queries.offered()) == [other]
    for record in records:
        assert set(queries.offered(record)) == {old, other}
    assert set(queries.offered(Agreement())) == {other}


def test_a_record_keeps_its_retired_area_when_its_form_is_saved(
    signed_in, officer, area, filed, now
):
    old = area()
    met = filed(old)[2]
    actions.retire_area(old, reason="합침", by=None, at=now)
    address = reverse("engagement-edit", args=[met.pk])
    typed = {"kind": "visit", "title_ko": "답방", "starts_on": "2025-03-01", "mode": "in_person"}
    typed |= {"initiative": "ours", "areas": [old.pk]}
    assert signed_in(officer).post(address, typed).status_code == 302
    met.refresh_from_db()
    assert (met.title_ko, list(met.areas.all())) == ("답방", [old])


def test_what_is_filed_is_counted_and_the_void_is_not(area, filed, now):
    hydrogen, empty = area(), area("산림", "Forests")
    agreement = filed(hydrogen)[0]
    counts = {a.pk: (a.n_agreements, a.n_engagements, a.n_bodies) for a in queries.counted()}
    assert counts == {hydrogen.pk: (1, 1, 1), empty.pk: (0, 0, 0)}
    Agreement.objects.filter(pk=agreement.pk).update(voided_at=now, voided_reason="잘못")
    assert queries.counted().get(pk=hydrogen.pk).n_agreements == 0


@pytest.mark.parametrize("role", ["viewer", "officer", "approver", "auditor"])
def test_others_than_administrators_read_the_areas_and_are_told_why(
    signed_in, person_with, area, role, now
):
    hydrogen, user = area(), person_with(role)
    page = signed_in(user).get(reverse("areas")).content.decode()
    assert "관리자" in page
    assert reverse("area-edit", args=[hydrogen.pk]) not in page
    with pytest.raises(Refused):
        actions.retire_area(hydrogen, reason="x", by=user, at=now)


def test_retiring_twice_or_taking_up_what_is_in_use_is_refused(area, now):
    hydrogen = area()
    with pytest.raises(Refused):
        actions.restore_area(hydrogen, reason="x", by=None, at=now)
    actions.retire_area(hydrogen, reason="x", by=None, at=now)
    with pytest.raises(Refused):
        actions.retire_area(hydrogen, reason="x", by=None, at=now)


def test_the_list_costs_the_same_however_long_it_is(signed_in, admin, area):
    browser, asked, rows = signed_in(admin), [], 0
    for count in (1, 3, 50):
        for n in range(rows, count):
            area(f"분야{n}", f"Area {n}")
        rows = count
        browser.get(reverse("areas"))
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("areas"))
        asked.append(len(captured))
    assert len(set(asked)) == 1
    assert asked[0] <= 8
