"""Meetings moved in a real browser: by dragging, and by keyboard without a script."""

import pytest
from tests.trade import trade_makers as make

from gyoryu.trade.actions import edits, timetables
from gyoryu.trade.models import Timetable

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def public_plan(province):
    """A fair with one public meeting in its first slot."""
    of = make.event(province.division)
    place = make.leg(of, tables=2)
    first = make.half_day(place)
    seller, buying = make.exhibitor(of), make.buyer(of)
    row = Timetable.objects.create(leg=place, version=1, state="draft", made_at=make.NOW)
    edits.add(row, (seller.pk, buying.pk), (first.pk, 1, 1), **make.SAID)
    row.refresh_from_db()
    timetables.publish(row, **make.SAID)
    row.refresh_from_db()
    return row


def where(row):
    meeting = row.leg.meetings.get()
    return meeting.slot, meeting.table


def test_a_meeting_is_dragged_and_moved_back_by_keyboard(public_plan, officer, window):
    page = window(officer)
    page.goto(public_plan.get_absolute_url())
    half_day = public_plan.leg.half_days.get().pk
    target = page.locator(f'td[data-place="{half_day}-3"][data-table="2"]')
    with page.expect_navigation():
        page.locator("td[data-pair]").drag_to(target)
    assert where(public_plan) == (3, 2)
    assert target.locator("b").inner_text() == "해담식품"

    plain = window(officer, script=False)
    plain.goto(public_plan.get_absolute_url())
    plain.locator("td[data-pair] a").focus()
    plain.keyboard.press("Enter")
    plain.get_by_role("link", name="이동").focus()
    plain.keyboard.press("Enter")
    plain.locator("#id_when").select_option(f"{half_day}-1")
    plain.locator("#id_table").fill("1")
    plain.get_by_role("button", name="이동").press("Enter")
    plain.wait_for_url("**/timetables/**day=**")
    assert where(public_plan) == (1, 1)
