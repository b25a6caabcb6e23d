"""The desk: conditions are examined, officers decide what is open, applicants read what became."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.programmes import applying_makers as make
from tests.programmes.applying_makers import AT, NUMBERS

from gyoryu.base.refused import Refused
from gyoryu.outbox.models import Letter
from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.actions import screening as desk
from gyoryu.programmes.models import Application, EligibilityRule, Finding, Sanction
from gyoryu.programmes.queries.screening import conditions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def call(unit):
    made = make.call(unit)
    EligibilityRule.objects.create(call=made, kind="sanction", order=1)
    EligibilityRule.objects.create(call=made, kind="size", terms={"sizes": ["small"]}, order=2)
    return made


def said(row):
    return [(one.finding.outcome, one.said) for one in conditions(row)]


def test_conditions_are_examined_and_what_is_not_known_is_decided_with_a_reason(
    unit, call, officer
):
    row = make.submitted(unit, call)
    with pytest.raises(Refused, match="Examine the conditions first"):
        desk.mark_eligible(row, by=officer, at=AT)
    assert desk.screen_all(call, by=officer, at=AT) == 1
    assert said(row) == [
        ("met", "No exclusion from support is in force."),
        ("not_known", "The size of the company is not known."),
    ]
    with pytest.raises(Refused, match="not known yet: 1"):
        desk.mark_eligible(row, by=officer, at=AT)
    size = call.rules.get(kind="size")
    for outcome, reason in (("met", " "), ("not_known", "까닭")):
        with pytest.raises(Refused):
            desk.overrule(row, size, outcome=outcome, reason=reason, by=officer, at=AT)
    desk.overrule(row, size, outcome="met", reason="중소기업확인서를 봄", by=officer, at=AT)
    desk.screen([row], by=officer, at=AT)
    kept = Finding.objects.get(rule=size)
    assert (kept.outcome, kept.reason, kept.decided_by) == ("met", "중소기업확인서를 봄", officer)
    assert desk.mark_eligible(row, by=officer, at=AT).status == "eligible"


def test_a_company_under_a_sanction_is_called_not_eligible_and_reads_why(unit, call, officer):
    row = make.submitted(unit, call)
    Sanction.objects.create(
        unit=unit, organisation=row.organisation, from_on=date(2025, 1, 1),
        until_on=date(2025, 12, 31), reason="허위 정산",
    )  # fmt: skip
    desk.screen([row], by=officer, at=AT)
    assert said(row)[0] == (
        "not_met", "Excluded from support from 1 Jan 2025 to 31 Dec 2025.",
    )  # fmt: skip
    with pytest.raises(Refused, match="Give the reason"):
        desk.mark_ineligible(row, reason="", by=officer, at=AT)
    desk.mark_ineligible(row, reason="2025년 참여 제한", by=officer, at=AT)
    assert "2025년 참여 제한" in Letter.objects.filter(to=row.applicant).first().body


def test_a_returned_application_is_completed_until_its_moment_and_keeps_its_number(
    unit, call, officer
):
    row = make.submitted(unit, call)
    until = AT + timedelta(days=30)
    with pytest.raises(Refused, match="still to come"):
        desk.return_for_completion(row, reason="통장 사본", until=AT, by=officer, at=AT)
    desk.return_for_completion(row, reason="통장 사본", until=until, by=officer, at=AT)
    with pytest.raises(Refused, match="could be completed until"):
        actions.submit(row, make.content(), by=row.applicant, at=until)
    late = call.closes_at + timedelta(days=1)
    assert late < until, "completed after the call closed, within the time given"
    done = actions.submit(row, make.content(asked=7_000_000), by=row.applicant, at=late)
    done.refresh_from_db()
    assert (done.number, done.asked, done.complete_until, done.submitted_at) == (
        "AP-2025-0001", 7_000_000, None, AT,
    )  # fmt: skip
    verbs = [str(step) for step in done.steps.all()]
    assert verbs == ["Submitted", "Returned for completion", "Submitted"]


def test_all_that_meet_every_condition_pass_in_one_action(unit, call, officer):
    rows = [make.submitted(unit, call, number, f"회사{i}") for i, number in enumerate(NUMBERS[:3])]
    for row in rows[:2]:
        row.organisation.size = "small"
        row.organisation.save()
    desk.screen_all(call, by=officer, at=AT)
    assert desk.mark_all_met(call, by=officer, at=AT) == 2
    assert [Application.objects.get(pk=row.pk).status for row in rows] == [
        "eligible", "eligible", "submitted",
    ]  # fmt: skip


def test_an_application_on_paper_counts_from_when_it_came(unit, call, officer, signed_in):
    company = make.company(unit)
    address = reverse("application-new", args=[call.pk])
    fields = {
        **{name: texts[0] for name, texts in make.TYPED.items()},
        "business_number": f"{NUMBERS[0][:3]}-{NUMBERS[0][3:5]}-{NUMBERS[0][5:]}",
        "received_on": "2025-03-20",
        "received_at": "10:30",
    }
    client = signed_in(officer, "en")
    wrong = client.post(address, {**fields, "received_on": "2025-02-01"})
    assert "what came outside does not count" in wrong.content.decode()
    assert Application.objects.count() == 0
    unknown = client.post(address, {**fields, "business_number": NUMBERS[3]})
    assert "No organisation has this business number" in unknown.content.decode()
    done = client.post(address, fields)
    row = Application.objects.get()
    assert done.url == row.get_absolute_url()
    assert (row.status, row.applicant, row.organisation, row.answers) == (
        "submitted", None, company, make.ANSWERS,
    )  # fmt: skip
    assert row.submitted_at.isoformat() == "2025-03-20T01:30:00+00:00"


def test_who_may_not_see_applicants_sees_none_of_the_desk(unit, call, person_with, signed_in):
    row = make.submitted(unit, call)
    own = [reverse("applications"), reverse("representatives"), row.get_absolute_url()]
    own += [reverse(name, args=[call.pk]) for name in ("call-applications", "call-board")]
    for role, code in (("viewer", 403), ("press", 403), ("auditor", 200), ("officer", 200)):
        client = signed_in(person_with(role))
        assert {client.get(address).status_code for address in own} == {code}
    auditor = signed_in(person_with("auditor"))
    assert auditor.get(reverse("application-eligible", args=[row.pk])).status_code == 403


def test_an_officer_of_another_government_finds_no_application(
    unit, call, province, person_with, signed_in
):
    row = make.submitted(unit, call)
    client = signed_in(person_with("officer", province.other))
    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.number not in client.get(reverse("applications")).content.decode()


def test_a_list_costs_the_same_however_long_it_is(unit, call, officer, signed_in):
    client = signed_in(officer, "en")
    addresses = [
        reverse("applications"), reverse("call-applications", args=[call.pk]),
        reverse("call-board", args=[call.pk]),
    ]  # fmt: skip
    counted = {}
    for most in (1, 3, 50):
        have = Application.objects.count()
        for number in range(have, most):
            Application.objects.create(
                unit=unit, call=call, name=f"회사{number}", number=f"AP-2025-{number + 1:04}",
                status="submitted", status_since=AT.date(), saved_at=AT, submitted_at=AT,
            )  # fmt: skip
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            counted.setdefault(address, set()).add(len(queries))
    assert all(len(found) == 1 and max(found) <= 8 for found in counted.values()), counted


def test_a_file_is_exactly_the_list_and_no_cell_is_a_formula(unit, call, officer, signed_in):
    make.submitted(unit, call, name="=1+1")
    client = signed_in(officer, "en")
    address = reverse("call-applications", args=[call.pk])
    reply = client.get(f"{address}?tab=new&export=csv")
    lines = b"".join(reply.streaming_content).decode("utf-8-sig").splitlines()
    assert "'=1+1" in lines[1]
    assert len(lines) == 2
    book = client.get(f"{address}?export=xlsx")
    assert io.BytesIO(book.content).read(2) == b"PK"


def test_the_page_of_an_application_shows_all_and_says_why_not(
    unit, call, officer, signed_in, django_assert_max_num_queries
):
    row = make.submitted(unit, call)
    desk.screen([row], by=officer, at=AT)
    client = signed_in(officer, "en")
    client.get(row.get_absolute_url())
    with django_assert_max_num_queries(15):
        text = client.get(row.get_absolute_url()).content.decode()
    for words in (
        "베트남 전시회에 나간다.", "acts for the company at their word",
        "The size of the company is not known.", "It cannot be called eligible yet.",
    ):  # fmt: skip
        assert words in text
