"""The duty board, settling a duty, and the policy, on screen."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gyoryu.agreements.actions import duties
from gyoryu.agreements.models import DutyTemplate
from gyoryu.history.models import Entry

pytest_plugins = ["agreement_stages"]
pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 1)


@pytest.fixture
def made(province, in_force, now):
    duties.install_policy(province.root, by=None, at=now)
    return in_force("2024-03-10")


@pytest.fixture
def browser(signed_in, officer):
    return signed_in(officer, "en")


def kinds(reply):
    return [(row.kind, row.due_on.isoformat()) for row in reply.context["listing"].page]


def test_the_board_splits_what_is_late_soon_open_and_settled(browser, made, officer, now):
    def tab(name):
        return kinds(browser.get(reverse("duties"), {"tab": name}))

    assert ("evaluation", "2025-03-10") in tab("late")
    evaluation = made.duties.get(kind="evaluation")
    duties.done(evaluation, on=date(2025, 3, 31), note="회의", by=officer, at=now)
    assert tab("soon") == [("committee_report", "2025-04-30")]
    assert tab("done") == [("evaluation", "2025-03-10")]
    assert ("evaluation", "2026-03-31") in tab("open")
    assert tab("waived") == []


def test_the_board_is_narrowed_and_exported_as_it_is_shown(browser, made, officer, province):
    for condition in (
        {"kind": "evaluation"}, {"kind": "evaluation", "agreement_kind": "sisterhood"},
        {"kind": "evaluation", "unit": province.division.pk}, {"kind": "evaluation", "q": "장쑤"},
    ):  # fmt: skip
        assert kinds(browser.get(reverse("duties"), condition)) == [("evaluation", "2025-03-10")]
    assert kinds(browser.get(reverse("duties"), {"agreement_kind": "mou"})) == []
    reply = browser.get(reverse("duties"), {"kind": "evaluation", "export": "csv"})
    text = b"".join(reply.streaming_content).decode()
    assert text.count("\n") == 2
    assert "2025-03-10" in text


def test_the_board_answers_for_a_past_day(browser, made, officer, now):
    duties.done(
        made.duties.get(kind="evaluation"), on=date(2025, 3, 20), note="회의", by=officer, at=now
    )

    def late(day):
        return kinds(browser.get(reverse("duties"), {"kind": "evaluation", "on": day}))

    assert late("2025-03-19") == [("evaluation", "2025-03-10")]
    assert late("2025-03-20") == []
    reply = browser.get(reverse("duties"), {"on": "어제"})
    assert (reply.status_code, kinds(reply)) == (200, [])
    assert list(reply.context["listing"].filter.form.errors) == ["on"]
    assert 'id="id_on_error"' in reply.content.decode()
    assert reply.context["listing"].applied == []
    for kind in ("xlsx", "csv"):
        assert browser.get(reverse("duties"), {"on": "어제", "export": kind}).status_code == 200


def test_a_duty_is_set_done_with_its_file_in_one_go_and_once(browser, made):
    row = made.duties.get(kind="evaluation")
    address = reverse("duty-done", args=[row.pk])
    nothing = browser.post(address, {"on": "2025-04-01"})
    assert list(nothing.context["form"].errors) == ["note"]
    disguised = SimpleUploadedFile("회의록.pdf", b"MZ not a PDF")
    reply = browser.post(address, {"on": "2025-04-01", "file": disguised})
    assert list(reply.context["form"].errors) == ["file"]
    assert browser.post(address, {"on": "2025-04-02", "note": "회의"}).status_code == 422
    minutes = SimpleUploadedFile("회의록.pdf", b"%PDF-1.7 %%EOF")
    reply = browser.post(address, {"on": "2025-04-01", "file": minutes})
    assert reply.url == reverse("agreement", args=[made.pk])
    row.refresh_from_db()
    assert (row.done_on, row.evidence.original_name) == (TODAY, "회의록.pdf")
    again = browser.post(address, {"on": "2025-04-01", "note": "다시"})
    assert again.status_code == 422
    assert "already done" in browser.get(address).content.decode()


def test_a_held_document_of_the_agreement_serves_as_evidence(browser, made, officer, now):
    from gyoryu.evidence import actions as evidence

    held = evidence.hold(
        made, kind="minutes", title="제1차 회의록", link="https://a.example/", by=officer, at=now
    )
    row = made.duties.get(kind="evaluation")
    browser.post(reverse("duty-done", args=[row.pk]), {"on": "2025-03-31", "document": held.pk})
    row.refresh_from_db()
    assert row.evidence == held


def test_an_approver_waives_and_an_officer_is_told_no(browser, made, signed_in, approver):
    row = made.duties.get(kind="evaluation")
    address = reverse("duty-waive", args=[row.pk])
    assert browser.get(address).status_code == 403
    assert address not in browser.get(reverse("agreement", args=[made.pk])).content.decode()
    chief = signed_in(approver, "en")
    assert address in chief.get(reverse("agreement", args=[made.pk])).content.decode()
    assert chief.post(address, {"on": "2025-04-01", "reason": ""}).status_code == 422
    assert chief.post(address, {"on": "2025-04-01", "reason": "상대 지역 재난"}).status_code == 302


def test_one_publication_settles_the_duty_of_every_agreement(
    browser, made, in_force, province, officer
):
    in_force("2024-04-10", title_ko="둘째")
    fields = {"unit": province.division.pk, "on": "2025-04-01", "note": "2025년 3월 대장"}
    assert browser.post(reverse("duties-published"), {**fields, "note": ""}).status_code == 422
    assert browser.post(reverse("duties-published"), fields).status_code == 302
    assert kinds(browser.get(reverse("duties"), {"kind": "publication", "tab": "open"})) == [
        ("publication", "2025-05-05"), ("publication", "2025-05-05"),
    ]  # fmt: skip


def test_the_owner_of_a_duty_changes_hands(browser, made, person_with):
    row, colleague = made.duties.get(kind="evaluation"), person_with("officer")
    browser.post(reverse("duty-owner", args=[row.pk]), {"owner": colleague.pk})
    row.refresh_from_db()
    assert row.owner == colleague


def test_another_governments_duty_is_not_there(made, person_with, province, signed_in):
    stranger = signed_in(person_with("approver", province.other))
    row = made.duties.first()
    for name in ("duty-done", "duty-waive", "duty-owner"):
        assert stranger.get(reverse(name, args=[row.pk])).status_code == 404
    assert kinds(stranger.get(reverse("duties"))) == []


def test_the_policy_is_installed_changed_with_a_reason_and_keeps_its_history(
    signed_in, person_with, province
):
    browser = signed_in(person_with("administrator", province.root), "en")
    assert "No rule yet" in browser.get(reverse("policy")).content.decode()
    browser.post(reverse("policy-install"), {"unit": province.root.pk})
    assert DutyTemplate.objects.count() == 7
    rule = DutyTemplate.objects.get(kind="evaluation")
    fields = {
        "kind": "evaluation", "name_ko": "평가회의", "name_en": "Evaluation meeting",
        "basis_ko": "교류 조례 제12조, 6개월마다", "trigger": "every", "months": "6", "days": "0",
        "active": "on", "since": "2025-01-01",
    }  # fmt: skip
    address = reverse("policy-edit", args=[rule.pk])
    assert browser.post(address, fields).status_code == 422  # no reason
    wrong = browser.post(address, {**fields, "months": "0", "reason": "개정"})
    assert list(wrong.context["form"].errors) == ["months"]
    assert browser.post(address, {**fields, "reason": "조례 개정"}).status_code == 302
    entry = Entry.objects.filter(verb="policy.changed").get()
    assert (entry.reason, entry.changes["months"]) == ("조례 개정", [12, 6])
    assert "조례 개정" in browser.get(address).content.decode()


def test_an_officer_reads_the_policy_and_an_approver_changes_that_of_the_own_department(
    browser, made, signed_in, approver, province
):
    page = browser.get(reverse("policy"))
    assert page.status_code == 200
    assert "why-not" in page.content.decode()
    rule = DutyTemplate.objects.first()
    chief = signed_in(approver, "en")
    assert chief.get(reverse("policy-edit", args=[rule.pk])).status_code == 403
    fields = {
        "unit": province.division.pk, "kind": "evaluation", "name_ko": "중간평가",
        "name_en": "Interim evaluation", "basis_ko": "업무 지침 3호", "trigger": "after_signing",
        "months": "6", "days": "0", "active": "on", "reason": "지침 제정",
        "agreement_kinds": ["sisterhood"],
    }  # fmt: skip
    assert chief.post(reverse("policy-new"), fields).status_code == 302
    assert made.duties.filter(template__name_ko="중간평가").get().due_on == date(2024, 9, 10)


def test_among_all_duties_the_open_ones_come_first_and_soonest(
    signed_in, officer, province, in_force, now
):
    duties.install_policy(province.root, by=None, at=now)
    made = in_force("2024-03-10")
    browser = signed_in(officer)
    oldest = made.duties.order_by("due_on").first()
    duties.done(oldest, on=date(2025, 3, 20), note="회의", by=officer, at=now)
    page = browser.get(reverse("duties")).context["listing"].page
    owed = [row for row in page if row.open]
    assert page == [*sorted(owed, key=lambda row: (row.due_on, row.pk)), page[-1]]
    assert page[-1].pk == oldest.pk
    second = browser.get(reverse("duties"), {"size": 2}).context["listing"]
    rest = browser.get(reverse("duties") + second.next).context["listing"].page
    assert rest == page[2:4]
