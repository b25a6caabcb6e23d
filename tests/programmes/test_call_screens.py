"""The desk of calls through its screens: lists, forms that lose nothing, the builder, the steps."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.programmes import calls_makers as makers
from tests.programmes.calls_makers import AT, SAID

from gyoryu.programmes.actions import parts
from gyoryu.programmes.models import Call

pytestmark = pytest.mark.django_db
TYPED = {
    "title_ko": "2025년 정책연수 공개 오디션",
    "title_en": "",
    "summary_ko": "도와 시군 공무원 팀이 과제를 제안합니다.",
    "summary_en": "",
    "contact": "국제협력과 031-000-0000",
    "event": "",
    "applicant": "team",
    "members_least": "3",
    "members_most": "5",
    "opens_at": "2025-04-07 09:00",
    "closes_at": "2025-04-21T18:00:00",
    "places": "15",
    "award_most": "20,000,000",
    "ask_amount": "on",
    "reviewed": "on",
    "method": "trimmed",
    "threshold": "60",
    "panel_least": "5",
    "spread_most": "20",
    "tie": "criteria",
}


@pytest.fixture
def browser(signed_in, approver):
    return signed_in(approver, "en")


@pytest.fixture
def call(province):
    return makers.complete(province.division)


def post(browser, name, fields, *args, **query):
    address = reverse(name, args=args) + (
        "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
    )
    return browser.post(address, fields)


def queries_of(browser, address, django_assert_max_num_queries, most):
    browser.get(address)
    with django_assert_max_num_queries(most) as counted:
        assert browser.get(address).status_code == 200
    return len(counted)


def test_a_call_is_typed_in_with_times_by_the_servers_clock(browser, province) -> None:
    of = makers.programme(province.division)
    reply = post(browser, "call-new", {**TYPED, "programme": of.pk})
    made = Call.objects.get()
    assert reply.url == made.get_absolute_url()
    assert (made.number, made.applicant, made.members_most, made.award_most, made.state) == (
        "CL-2025-0001",
        "team",
        5,
        20_000_000,
        "draft",
    )
    assert [at.isoformat() for at in (made.opens_at, made.closes_at)] == [
        "2025-04-07T00:00:00+00:00",
        "2025-04-21T09:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("closes_at", "2025-04-07 09:00", "It closes before it opens"),
        ("closes_at", "내일", "Write the day and the time"),
        ("award_most", "-1", "not below zero"),
        ("award_most", "9" * 18, "more than can be kept"),
        ("members_most", "2", "At least 3 and at most 50"),
        ("panel_least", "2", "at least 3 reviewers"),
        ("title_ko", "", "This field is required"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(
    browser, province, field, value, said
) -> None:
    of = makers.programme(province.division)
    reply = post(browser, "call-new", {**TYPED, "programme": of.pk, field: value})
    form = reply.context["form"]
    assert (reply.status_code, Call.objects.count()) == (422, 0)
    assert said in str(form.errors[field])
    assert TYPED["summary_ko"] in reply.content.decode()


def test_the_list_takes_as_many_queries_at_fifty_as_at_one(
    browser, province, django_assert_max_num_queries
) -> None:
    of = makers.programme(province.division)
    found = []
    for count in (1, 2, 47):
        for _n in range(count):
            makers.prepared(province.division, of)
        found.append(queries_of(browser, reverse("calls"), django_assert_max_num_queries, 8))
    assert found[0] == found[1] == found[2]


def test_a_calls_page_and_its_form_stay_within_their_queries(
    browser, call, django_assert_max_num_queries
) -> None:
    for kind, terms in (("size", {"sizes": ["small"]}), ("sanction", {})):
        parts.add(call, "rules", {"kind": kind, "terms": terms}, **SAID)
    queries_of(browser, call.get_absolute_url(), django_assert_max_num_queries, 15)
    queries_of(browser, reverse("call-form", args=[call.pk]), django_assert_max_num_queries, 8)
    queries_of(browser, reverse("call-preview", args=[call.pk]), django_assert_max_num_queries, 8)


def test_a_form_is_built_question_by_question_without_a_script(browser, call) -> None:
    choice = {
        "label_ko": "희망 시장", "label_en": "Market", "help_ko": "", "help_en": "", "required": "on",
        "options": "중국 | China\n베트남 | Vietnam\n", "code": "market",
    }  # fmt: skip
    table = {
        "label_ko": "예산", "label_en": "", "help_ko": "", "help_en": "", "least": "1", "most": "5", "code": "",
        "column_0_ko": "항목", "column_0_kind": "text", "column_0_required": "on",
        "column_2_ko": "금액", "column_2_en": "Amount", "column_2_kind": "money",
    }  # fmt: skip
    assert post(browser, "question-new", choice, call.pk, kind="choice").status_code == 302
    assert post(browser, "question-new", table, call.pk, kind="table").status_code == 302
    renamed = {**choice, "options": "중국 본토 | China\n베트남\n태국"}
    assert post(browser, "question-edit", renamed, call.pk, "market").status_code == 302
    assert post(browser, "question-up", {}, call.pk, "market").status_code == 302
    assert post(browser, "question-remove", {}, call.pk, "costs").status_code == 302
    call.refresh_from_db()
    assert [one["code"] for one in call.questions] == ["event", "sales", "market", "true", "q1"]
    assert [(one["code"], one["label"]["ko"]) for one in call.questions[2]["options"]] == [
        ("o1", "중국 본토"),
        ("o2", "베트남"),
        ("o3", "태국"),
    ]
    assert call.questions[4] == {
        "code": "q1", "kind": "table", "label": {"ko": "예산", "en": ""}, "help": {"ko": "", "en": ""},
        "required": False, "reveals": False, "least": "1", "most": "5",
        "columns": [
            {"code": "c1", "kind": "text", "label": {"ko": "항목", "en": ""}, "required": True, "least": "", "most": ""},
            {"code": "c2", "kind": "money", "label": {"ko": "금액", "en": "Amount"}, "required": False, "least": "", "most": ""},
        ],
    }  # fmt: skip


def test_a_question_that_cannot_be_says_why_beside_its_field(browser, call) -> None:
    fields = {"label_ko": "시장", "options": "중국", "code": "Market!"}
    reply = post(browser, "question-new", fields, call.pk, kind="choice")
    assert reply.status_code == 422
    assert dict(reply.context["form"].errors) == {
        "options": ["Give 2 to 60 options, a line each."],
        "code": ["A code is a small letter and then letters, digits or _, 30 at most."],
    }
    taken = {"label_ko": "매출", "code": "sales", "least": "", "most": ""}
    reply = post(browser, "question-new", taken, call.pk, kind="money")
    assert reply.context["form"].errors == {"code": ["Two of them have the code “sales”."]}


def test_the_preview_speaks_both_languages(browser, call) -> None:
    address = reverse("call-preview", args=[call.pk])
    korean, english = (
        browser.get(f"{address}?language={one}").content.decode() for one in ("ko", "en")
    )
    assert ("참가 전시회" in korean, "Exhibition<" in english) == (True, True)


@pytest.mark.parametrize(
    ("kind", "fields", "terms"),
    [
        ("size", {"sizes": ["small", "medium"]}, {"sizes": ["small", "medium"]}),
        ("sales", {"below": "12000000000", "question": "sales"}, {"below": "12000000000", "question": "sales"}),
        ("exports", {"least": "100000.5", "year": "2024"}, {"least": "100000.5", "year": 2024}),
        ("age", {"below": "7"}, {"below": "7"}),
        ("sanction", {"affiliates": "on"}, {"affiliates": True}),
        ("double", {"event": "on", "category": "on", "years": "3", "allowed": "2"}, {"event": True, "category": True, "years": 3, "most": 2}),
        ("answer", {"question": "costs", "options": "booth, freight"}, {"question": "costs", "options": ["booth", "freight"]}),
        ("declared", {"question": "true"}, {"question": "true"}),
    ],
)  # fmt: skip
def test_conditions_are_typed_kind_by_kind(browser, call, kind, fields, terms) -> None:
    reply = post(
        browser,
        "call-part-new",
        {"kind": kind, "source": "지침 제5조", **fields},
        call.pk,
        "rules",
        kind=kind,
    )
    assert reply.status_code == 302
    rule = call.rules.get()
    assert (rule.kind, rule.terms, rule.source) == (kind, terms, "지침 제5조")
    again = browser.get(reverse("call-part-edit", args=[call.pk, "rules", rule.pk]))
    form = again.context["form"]
    typed = {
        name: form[name].value()
        for name in form.fields
        if form[name].value() not in (None, "", False)
    }
    assert post(browser, "call-part-edit", typed, call.pk, "rules", rule.pk).status_code == 302
    rule.refresh_from_db()
    assert rule.terms == terms


def test_a_condition_without_bounds_is_refused_at_its_field(browser, call) -> None:
    reply = post(browser, "call-part-new", {"kind": "age"}, call.pk, "rules", kind="age")
    assert reply.context["form"].errors == {"least": ["Give at least one bound."]}


def test_an_approver_announces_extends_and_calls_off_through_the_screens(
    browser, call, province
) -> None:
    Call.objects.filter(pk=call.pk).update(opens_at=AT - timedelta(hours=1))
    assert post(browser, "call-publish", {}, call.pk).status_code == 302
    reply = post(
        browser, "call-extend", {"closes_at": "2025-04-01 08:00", "reason": "연장"}, call.pk
    )
    assert "It closes at 2025-04-16 09:30 as it is" in str(
        reply.context["form"].errors["closes_at"]
    )
    assert (
        post(
            browser, "call-extend", {"closes_at": "2025-05-01 18:00", "reason": "연장"}, call.pk
        ).status_code
        == 302
    )
    assert post(browser, "call-cancel", {"reason": ""}, call.pk).status_code == 422
    assert post(browser, "call-cancel", {"reason": "전시회 취소"}, call.pk).status_code == 302
    call.refresh_from_db()
    assert (call.state, call.extensions.get().reason) == ("cancelled", "연장")


def test_what_is_not_complete_is_not_announced_and_the_page_says_what_is_missing(
    browser, province
) -> None:
    bare = makers.prepared(province.division, contact="")
    page = browser.get(bare.get_absolute_url()).content.decode()
    assert "Nobody is named whom applicants can ask." in page
    reply = browser.get(reverse("call-publish", args=[bare.pk]))
    assert (reply.status_code, Call.objects.get().state) == (403, "draft")


def test_an_officer_of_another_government_finds_nothing(
    call, province, person_with, signed_in
) -> None:
    stranger = signed_in(person_with("approver", province.other))
    for name in ("call", "call-edit", "call-form", "call-preview", "call-publish"):
        assert stranger.get(reverse(name, args=[call.pk])).status_code == 404
    assert str(call) not in stranger.get(reverse("calls")).content.decode()


def test_the_list_is_exported_as_it_is_shown(browser, call) -> None:
    text = b"".join(browser.get(reverse("calls") + "?export=csv")).decode("utf-8-sig")
    head, line = text.strip().splitlines()
    assert head.startswith("Number,Title in Korean")
    assert line.split(",")[0] == call.number
    assert line.endswith(",26,8000000,500000000,0")


def test_last_years_call_is_prepared_again_through_its_screen(browser, call) -> None:
    form = browser.get(reverse("call-copy", args=[call.pk])).context["form"]
    typed = {name: form[name].value() for name in form.fields}
    assert typed == {
        "programme": call.programme_id,
        "opens_at": "2026-04-02 09:30",
        "closes_at": "2026-04-16 09:30",
    }
    assert post(browser, "call-copy", typed, call.pk).status_code == 302
    assert sorted(Call.objects.values_list("title_ko", flat=True)) == [
        "2025년 해외전시회 개별참가 지원",
        "2026년 해외전시회 개별참가 지원",
    ]
