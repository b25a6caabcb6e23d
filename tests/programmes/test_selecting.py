"""A call without a panel: who is selected, what becomes of the others, and what is refused."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from tests.programmes.claims_makers import company
from tests.scenarios.hands import business_number

from gyoryu.base.refused import Refused
from gyoryu.programmes.actions import selecting
from gyoryu.programmes.models import Application, Call, Programme

pytestmark = pytest.mark.django_db

AFTER = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def fair(province, approver):
    programme = Programme.objects.create(
        unit=province.division, number="PG-1", kind="fair", name_ko="박람회",
        first_year=2025, last_year=2025,
    )  # fmt: skip
    return Call.objects.create(
        unit=province.division, programme=programme, number="CL-1", title_ko="참가업체 모집",
        state="published", state_since=AFTER.date(), applicant="company", reviewed=False,
        places=2, opens_at=datetime(2025, 3, 3, tzinfo=UTC),
        closes_at=datetime(2025, 3, 21, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def rows(fair, officer):
    return [_applied(fair, officer, place) for place in range(3)]


def _applied(call, user, place, status="eligible"):
    number = business_number(800 + place)
    return Application.objects.create(
        unit=call.unit, call=call, number=f"AP-{place}", name=f"도예 {place}", applicant=user,
        organisation=company(call.unit, f"도예 {place}", number), business_number=number,
        status=status, status_since=AFTER.date(),
        saved_at=AFTER, submitted_at=datetime(2025, 3, 10 + place, tzinfo=UTC),
    )  # fmt: skip


def standing(call):
    return list(call.applications.order_by("number").values_list("status", "rank"))


def test_as_many_as_there_are_places_are_ticked_and_the_rest_stands_in_line(
    fair, rows, approver, signed_in
):
    browser = signed_in(approver)
    address = reverse("call-select", args=[fair.pk])
    ticked = browser.get(address).context["form"]["chosen"].value()
    assert ticked == [str(row.pk) for row in rows[:2]]
    said = {"chosen": ticked, "others": "reserve", "reason": "접수 순"}
    assert browser.post(address, said).status_code == 302
    assert standing(fair) == [("selected", None), ("selected", None), ("reserve", 1)]
    fair.refresh_from_db()
    assert fair.state == "decided"


@pytest.mark.parametrize("said", [{}, {"others": "rejected"}, {"reason": "접수 순"}])
def test_nobody_is_left_out_without_a_reason_and_nothing_typed_is_lost(
    fair, rows, approver, signed_in, said
):
    reply = signed_in(approver).post(
        reverse("call-select", args=[fair.pk]), {"chosen": [rows[1].pk], **said}
    )
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == ["reason" if "others" in said else "others"]
    assert reply.context["form"]["chosen"].value() == [str(rows[1].pk)]
    assert {status for status, _rank in standing(fair)} == {"eligible"}


def test_more_than_there_are_places_for_are_not_selected(fair, rows):
    with pytest.raises(Refused, match="2"):
        selecting.select(fair, {row.pk for row in rows}, by=None, at=AFTER)
    assert {status for status, _rank in standing(fair)} == {"eligible"}


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"reviewed": True}, AFTER),
        ({"state": "decided"}, AFTER),
        ({}, datetime(2025, 3, 20, tzinfo=UTC)),
    ],
)
def test_a_panels_call_an_open_one_and_a_decided_one_are_refused(fair, rows, values, at):
    Call.objects.filter(pk=fair.pk).update(**values)
    with pytest.raises(Refused):
        selecting.select(
            fair, {rows[0].pk, rows[1].pk}, others="rejected", reason="-", by=None, at=at
        )


def test_who_is_not_screened_yet_keeps_the_call_open(fair, rows, officer):
    _applied(fair, officer, 7, status="submitted")
    with pytest.raises(Refused, match="1"):
        selecting.select(fair, {rows[0].pk}, others="rejected", reason="-", by=None, at=AFTER)


def test_only_who_approves_selects(fair, rows, officer, signed_in):
    assert signed_in(officer).get(reverse("call-select", args=[fair.pk])).status_code == 403
