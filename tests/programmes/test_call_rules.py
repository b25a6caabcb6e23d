"""Calls are prepared, checked, announced, and change only as far as applicants may rely on them."""

from datetime import timedelta

import pytest
from tests.programmes import calls_makers as makers
from tests.programmes.calls_makers import AT, CLOSES, OPENS, SAID

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.programmes.actions import calls, copying, parts
from gyoryu.programmes.models import Call, Extension
from gyoryu.programmes.queries import calls as queries
from gyoryu.programmes.queries import parts as part_queries
from gyoryu.programmes.questions import dump, load
from gyoryu.programmes.rules import applications as applying
from gyoryu.programmes.rules import calls as rules
from gyoryu.programmes.rules import publishing
from gyoryu.programmes.rules.calls import Phase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SECOND = timedelta(seconds=1)


def missing(call: Call) -> list[str]:
    return publishing.missing(publishing.checklist(call, queries.parts(call), at=AT))


def verbs(call: Call) -> list[str]:
    return list(
        Entry.objects.filter(record=call.pk, verb__startswith="call.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_the_check_list_names_what_is_missing_until_nothing_is(province) -> None:
    bare = makers.prepared(
        province.division, summary_ko="", contact="", places=None, award_most=5_000_000
    )
    assert missing(bare) == [
        "The summary in Korean is not written.",
        "Nobody is named whom applicants can ask.",
        "No money is set apart for this call.",
        "No category of cost and no benefit is named.",
        "Neither the call nor each of its tracks says how many are selected.",
        "The criteria come to 0 points, not to 100.",
        "The form has no question.",
    ]
    with pytest.raises(Refused, match="still missing: The summary in Korean is not written"):
        calls.publish(bare, **SAID)
    other = makers.programme(province.division, "PG-2025-0002")
    assert missing(makers.complete(province.division, other)) == []


def test_a_condition_that_reads_no_question_holds_the_call_back(province) -> None:
    call = makers.complete(province.division)
    parts.add(call, "rules", {"kind": "declared", "terms": {"question": "clean"}}, **SAID)
    assert missing(call) == ["A condition reads a question that the form does not ask: clean."]


def test_benefits_alone_need_no_money_and_places_may_be_the_tracks(province) -> None:
    call = makers.prepared(province.division, award_most=None, places=None, reviewed=False)
    parts.add(call, "categories", {"name_ko": "숙박", "in_kind": True}, **SAID)
    parts.add(call, "tracks", {"name_ko": "지정과제 1", "places": 1}, **SAID)
    parts.set_form(call, list(load(makers.FORM)), **SAID)
    call.refresh_from_db()
    assert missing(call) == []


@pytest.mark.parametrize(
    ("at", "phase", "said"),
    [
        (OPENS - SECOND, Phase.UPCOMING, "This call opens at 2025-04-02 09:30:00 by the server's clock."),
        (OPENS, Phase.OPEN, ""),
        (CLOSES - SECOND, Phase.OPEN, ""),
        (CLOSES, Phase.CLOSED, "This call closed at 2025-04-16 09:30:00; it was 2025-04-16 09:30:00 by the server's clock. What you have written stays readable, but it can no longer be submitted."),
    ],
)  # fmt: skip
def test_the_window_is_the_servers_clock_to_the_second(province, at, phase, said) -> None:
    call = makers.published(province.division)
    assert rules.phase(call, at=at) == phase
    for which in (Phase.UPCOMING, Phase.OPEN, Phase.CLOSED):
        assert Call.objects.filter(rules.in_phase(which, at=at)).exists() == (which == phase)
    if said:
        with pytest.raises(Refused) as refused:
            applying.check_open(call, at)
        assert str(refused.value) == said
    else:
        applying.check_open(call, at)


def test_a_call_that_is_not_announced_takes_nothing_whatever_its_window(province) -> None:
    call = makers.complete(province.division)
    with pytest.raises(Refused, match="does not take applications"):
        applying.check_open(call, OPENS)


def test_before_it_opens_everything_changes_with_a_reason(province) -> None:
    call = makers.published(province.division)
    with pytest.raises(Refused, match="Give the reason"):
        calls.change(call, {"places": 20}, **SAID)
    changed = calls.change(call, {"places": 20, "method": "mean"}, reason="예산 조정", **SAID)
    assert (changed.places, changed.method, changed.changed_at) == (20, "mean", AT)
    parts.add(call, "tracks", {"name_ko": "식품", "places": 5}, reason="부문을 나눔", **SAID)
    assert verbs(call)[-2:] == ["call.changed", "call.part_added"]


@pytest.mark.parametrize(
    ("values", "refused"),
    [
        ({"title_ko": "2025년 해외전시회 참가 지원"}, ""),
        ({"award_most": 12_000_000}, ""),
        ({"award_most": 7_999_999}, "only be raised"),
        ({"places": 25}, "only be raised"),
        ({"method": "median"}, "stays as it was announced"),
        ({"blind": True}, "stays as it was announced"),
        ({"closes_at": CLOSES + timedelta(days=1)}, "stays as it was announced"),
    ],
)
def test_while_people_apply_only_words_change_and_limits_rise(province, values, refused) -> None:
    call = makers.published(province.division)
    said = {"by": None, "at": OPENS, "reason": "정정"}
    if not refused:
        calls.change(call, values, **said)
        assert Call.objects.filter(pk=call.pk, **values).exists()
        return
    with pytest.raises(Refused, match=refused):
        calls.change(call, values, **said)
    assert not Call.objects.filter(pk=call.pk, **values).exists()


def test_while_people_apply_parts_stay_and_only_their_words_change(province) -> None:
    call = makers.published(province.division)
    said = {"by": None, "at": OPENS, "reason": "정정"}
    freight = call.categories.get(name_ko="운송비")
    with pytest.raises(Refused, match="nothing is added to the call or taken away"):
        parts.add(call, "papers", {"name_ko": "사업자등록증"}, **said)
    with pytest.raises(Refused, match="nothing is added"):
        parts.remove(freight, "categories", **said)
    with pytest.raises(Refused, match="only be raised"):
        parts.change(freight, "categories", {"most": 2_000_000}, **said)
    freight.refresh_from_db()
    parts.change(freight, "categories", {"most": 4_000_000, "name_en": "Freight"}, **said)
    freight.refresh_from_db()
    assert (freight.most, freight.name_en) == (4_000_000, "Freight")


def test_while_people_apply_a_question_may_be_put_in_other_words_alone(province) -> None:
    call = makers.published(province.division)
    said = {"by": None, "at": OPENS, "reason": "정정"}
    clearer = [{**makers.FORM[0], "label": {"ko": "참가할 전시회", "en": ""}}, *makers.FORM[1:]]
    parts.set_form(call, list(load(clearer)), **said)
    call.refresh_from_db()
    assert call.questions == dump(load(clearer))
    harder = [{**clearer[0], "most": "10"}, *clearer[1:]]
    for other in (harder, clearer[1:]):
        with pytest.raises(Refused, match="only the words of a question"):
            parts.set_form(call, list(load(other)), **said)


def test_an_open_window_is_extended_and_a_closed_one_is_not(province) -> None:
    call = makers.published(province.division)
    later, last = CLOSES + timedelta(days=7), CLOSES - SECOND
    for at, until, reason, said in [
        (OPENS - SECOND, later, "연장", "Only an open window"),
        (CLOSES, later, "연장", "Only an open window"),
        (last, later, " ", "Give the reason"),
        (last, CLOSES, "연장", "It closes at 2025-04-16 09:30 as it is"),
    ]:
        with pytest.raises(Refused, match=said):
            calls.extend(call, closes_at=until, reason=reason, by=None, at=at)
    calls.extend(call, closes_at=later, reason="신청이 적어 연장", by=None, at=last)
    call.refresh_from_db()
    assert (call.closes_at, call.changed_at) == (later, last)
    assert list(Extension.objects.values_list("before", "after", "reason")) == [
        (CLOSES, later, "신청이 적어 연장")
    ]
    assert rules.phase(call, at=CLOSES) == Phase.OPEN


def test_a_cancelled_call_says_why_and_is_left_alone(province) -> None:
    call = makers.published(province.division)
    calls.cancel(call, reason="전시회 취소", **SAID)
    call.refresh_from_db()
    assert (call.state, call.state_reason) == ("cancelled", "전시회 취소")
    with pytest.raises(Refused, match="This call is over: Cancelled"):
        calls.change(call, {"places": 3}, reason="x", **SAID)


def test_a_call_with_awards_is_not_cancelled(province) -> None:
    call = makers.published(province.division)
    makers.awarded(call, makers.company(province.division, "한빛전자"))
    with pytest.raises(Refused, match="Cancel the awards first"):
        calls.cancel(call, reason="취소", **SAID)


def test_only_an_approver_announces(province, officer, person_with) -> None:
    call = makers.complete(province.division)
    with pytest.raises(NotAllowed):
        calls.publish(call, by=officer, at=AT)
    with pytest.raises(NotAllowed):
        calls.change(call, {"places": 3}, by=person_with("viewer"), at=AT)


def test_last_years_call_is_copied_with_its_parts_for_another_window(province) -> None:
    call = makers.complete(province.division)
    parts.add(call, "papers", {"name_ko": "사업자등록증", "name_en": ""}, **SAID)
    parts.add(call, "tracks", {"name_ko": "식품", "places": 5}, **SAID)
    for terms in ({"year": 2024, "below": "1"}, {"years_back": 1, "below": "1"}):
        parts.add(call, "rules", {"kind": "sales", "terms": terms}, **SAID)
    made = copying.copy(
        call,
        call.programme,
        opens_at=rules.shifted(OPENS, 1),
        closes_at=rules.shifted(CLOSES, 1),
        **SAID,
    )
    assert (made.title_ko, made.title_en, made.state, made.number) == (
        "2026년 해외전시회 개별참가 지원",
        "Support for exhibitions abroad 2026",
        "draft",
        "CL-2025-0002",
    )
    assert rules.moment(made.opens_at) == "2026-04-02 09:30"
    assert made.questions == call.questions
    for part in ("tracks", "categories", "criteria", "papers"):
        rows = [
            [
                {k: v for k, v in vars(row).items() if k not in {"_state", "id", "call_id"}}
                for row in part_queries.of(of, part)
            ]
            for of in (call, made)
        ]
        assert rows[0] == rows[1] != []
    assert [row.terms for row in part_queries.of(made, "rules")] == [
        {"year": 2025, "below": "1"},
        {"years_back": 1, "below": "1"},
    ]
    assert (made.allotments.count(), call.criteria.count()) == (0, 3)


def test_parts_move_and_go_by_their_order(province) -> None:
    call = makers.complete(province.division)
    first, second, third = part_queries.of(call, "criteria")
    parts.move(third, "criteria", up=True, **SAID)
    parts.move(first, "criteria", up=True, **SAID)
    assert list(part_queries.of(call, "criteria")) == [first, third, second]
    parts.remove(third, "criteria", **SAID)
    assert list(part_queries.of(call, "criteria")) == [first, second]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title_ko": " "}, "title_ko"),
        ({"closes_at": OPENS}, "closes_at"),
        ({"applicant": "team", "members_least": 4, "members_most": 3}, "members_most"),
        ({"applicant": "team", "members_least": 0, "members_most": 3}, "members_least"),
        ({"award_most": 0}, "award_most"),
        ({"threshold": 101}, "threshold"),
        ({"method": "trimmed", "panel_least": 2}, "panel_least"),
    ],
)
def test_a_call_that_cannot_be_is_refused_at_its_field(province, values, field) -> None:
    with pytest.raises(Refused) as refused:
        makers.prepared(province.division, **values)
    assert (refused.value.field, Call.objects.count()) == (field, 0)
