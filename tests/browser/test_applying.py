"""A whole application on a telephone: the net goes away, a button is pressed twice."""

import re
from contextlib import suppress

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import OperationalError
from tests.browser.test_every_page import faults
from tests.programmes import applying_makers as make
from tests.programmes.applying_makers import AT

from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.models import Application, Step

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390


@pytest.fixture
def unit(transactional_db, province):
    return province.division


def wait(condition, page, rounds=60):
    for _round in range(rounds):
        # The server that writes shares SQLite's tables in memory, and locks them meanwhile.
        with suppress(OperationalError):
            if condition():
                return
        page.wait_for_timeout(250)
    raise AssertionError("it did not come to pass in time")


def test_an_application_is_written_on_a_telephone_while_the_net_comes_and_goes(
    unit, window, tmp_path
):
    call = make.call(unit)
    paper = make.paper(call)
    user, _company = make.representative(unit)
    file = tmp_path / "등록증.pdf"
    file.write_bytes(b"%PDF-1.7\n%%EOF\n")
    page = window(user, "en", PHONE)
    page.goto(f"/my/apply/{call.pk}/")
    page.click("button:has-text('Begin')")
    page.wait_for_url(re.compile(r"/write/$"))
    page.fill("[name='q.plan']", "베트남 전시회에 나간다.")
    page.wait_for_selector("[data-saved]:has-text('Saved at')")
    page.context.set_offline(True)
    page.fill("[name='asked']", "8,000,000")
    page.fill("[name='q.staff']", "12")
    page.wait_for_selector("[data-saved]:has-text('no connection')")
    assert "asked" not in Application.objects.get().typed or not any(
        Application.objects.get().typed["asked"]
    )
    page.context.set_offline(False)
    wait(lambda: Application.objects.get().typed.get("asked") == ["8,000,000"], page)
    page.reload()
    assert page.input_value("[name='q.plan']") == "베트남 전시회에 나간다."
    page.check("[name='q.agree']")
    page.set_input_files(f"[name='paper.{paper.pk}']", str(file))
    assert not faults(page, Axe(), "my-application-write", ("en", PHONE))
    page.click("button:has-text('Check and submit')")
    page.wait_for_url(re.compile(r"/submit/$"))
    assert not faults(page, Axe(), "my-application-submit", ("en", PHONE))
    page.dblclick("button:has-text('Submit')")
    page.wait_for_url(re.compile(r"/my/applications/\d+/$"))
    page.wait_for_selector("text=AP-2025-0001")
    assert (Step.objects.count(), Application.objects.get().answers) == (1, make.ANSWERS)


TABLE = {
    "code": "budget", "kind": "table", "label": {"ko": "예산"},
    "columns": [
        {"code": "item", "kind": "text", "label": {"ko": "비목"}},
        {"code": "won", "kind": "number", "label": {"ko": "금액"}},
    ],
}  # fmt: skip


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_cells_of_a_team_and_of_a_table_are_wide_enough_to_type_in(unit, window, width):
    call, user = make.call(unit, "team", questions=[TABLE]), make.somebody()
    row = actions.begin(call, None, by=user, at=AT)
    page = window(user, "ko", width)
    page.goto(f"/my/applications/{row.pk}/write/")
    for name in ("members.name", "members.office", "q.budget.item", "q.budget.won"):
        box = page.locator(f"[name='{name}']").first.bounding_box()
        assert box["width"] >= 100, (name, box)


def test_the_same_goes_without_a_script(unit, window):
    call = make.call(unit)
    user, _company = make.representative(unit)
    page = window(user, "en", PHONE, script=False)
    page.goto("/")
    assert page.url.endswith("/my/")
    page.goto(f"/my/apply/{call.pk}/")
    page.click("button:has-text('Begin')")
    page.fill("[name='q.plan']", "베트남 전시회에 나간다.")
    page.click("button:text-is('Save')")
    page.fill("[name='asked']", "8,000,000")
    page.fill("[name='q.staff']", "12")
    page.check("[name='q.agree']")
    page.click("button:has-text('Check and submit')")
    page.click("button:text-is('Submit')")
    assert "AP-2025-0001" in page.content()


def test_no_page_of_applying_has_a_serious_fault_or_is_too_wide(unit, window, officer):
    call = make.call(unit, "team", members_least=3, members_most=4, questions=[
        *make.QUESTIONS,
        {"code": "costs", "kind": "table", "label": {"ko": "비용"}, "columns": [
            {"code": "item", "kind": "text", "label": {"ko": "항목"}},
            {"code": "won", "kind": "money", "label": {"ko": "금액"}},
        ]},
        {"code": "file", "kind": "file", "label": {"ko": "발표 자료"}},
    ])  # fmt: skip
    make.paper(call)
    track = make.track(call)
    lead = make.somebody()
    row = actions.begin(call, None, by=lead, at=AT)
    actions.add_paper(row, make.pdf(), question="file", by=lead, at=AT)
    actions.add_paper(row, make.pdf(), paper=call.papers.get(), by=lead, at=AT)
    company, _organisation = make.representative(unit)
    others = make.call(unit)
    make.submitted(unit, others, make.NUMBERS[1], "다른 회사")
    own = [
        "/my/", "/letters/", "/my/companies/", "/my/companies/new/", f"/my/applications/{row.pk}/",
        f"/my/applications/{row.pk}/write/?check=1", f"/my/applications/{row.pk}/submit/",
    ]  # fmt: skip
    sent = Application.objects.get(number="AP-2025-0001")
    desk = [
        "/applications/", f"/calls/{others.pk}/applications/",
        f"/calls/{others.pk}/applications/board/", f"/calls/{others.pk}/applications/new/",
        f"/applications/{sent.pk}/", f"/applications/{sent.pk}/return/", "/representatives/",
    ]  # fmt: skip
    wrong, axe = [], Axe()
    walks = [(None, ["/join/", "/join/sent/"]), (lead, own), (company, ["/my/"]), (officer, desk)]
    for language, width in (("ko", 1280), ("en", PHONE)):
        for user, addresses in walks:
            page = window(user, language, width)
            for address in addresses:
                reply = page.goto(address)
                assert reply.status == 200, f"{address} answers {reply.status}"
                wrong += faults(page, axe, address, (language, width))
    assert track.pk
    assert not wrong, "\n".join(wrong)
