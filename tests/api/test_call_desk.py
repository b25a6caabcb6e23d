"""A program prepares a call, builds its parts and announces it by the same rules as a person."""

from datetime import timedelta

import pytest
from tests.programmes import calls_makers as makers

from gyoryu.history.models import Entry
from gyoryu.programmes.models import Call
from gyoryu.programmes.queries import parts

pytestmark = pytest.mark.django_db


def test_a_call_is_prepared_completed_and_announced(program, approver, province) -> None:
    of = makers.programme(province.division)
    calling = program(approver)
    body = {
        "programme": of.pk,
        "title_ko": "2025년 도자 박람회 참가기업 모집",
        "summary_ko": "약 20개사",
        "contact": "문화통상과",
        "opens_at": "2025-04-02T00:00:00+00:00",
        "closes_at": "2025-04-20T09:00:00+00:00",
        "places": 20,
        "reviewed": False,
    }
    made = calling.post("calls", body)
    assert made.status_code == 201, made.content
    call = Call.objects.get()
    own = f"calls/{call.pk}"
    for part, fields in (
        ("categories", {"name_ko": "숙박", "in_kind": True}),
        ("rules", {"kind": "size", "sizes": ["small", "medium"], "source": "지침 제5조"}),
        ("papers", {"name_ko": "사업자등록증"}),
    ):
        assert calling.post(f"{own}/{part}", fields).status_code == 200
    refused = calling.post(f"{own}/publish")
    assert (refused.status_code, "The form has no question." in refused.content.decode()) == (
        409,
        True,
    )
    Call.objects.filter(pk=call.pk).update(questions=makers.FORM)
    assert calling.post(f"{own}/publish").status_code == 200
    told = calling.get(own).json()
    assert (told["state"], told["missing"], told["rules"][0]["asks"]) == (
        "published",
        [],
        "Size of the company: Small enterprise, Medium enterprise",
    )
    changed = calling.patch(own, {"places": 25})
    assert (changed.status_code, list(changed.json()["errors"])) == (422, ["reason"])
    assert calling.patch(own, {"places": 25, "reason": "예산 추가"}).status_code == 200
    (row,) = calling.get("calls").json()["items"]
    assert (row["places"], row["allotted"], row["applied"]) == (25, 0, 0)


def test_a_program_is_refused_at_the_field_a_person_would_be(program, approver, province) -> None:
    call = makers.complete(province.division)
    calling = program(approver)
    wrong = calling.patch(f"calls/{call.pk}", {"closes_at": "2025-04-01T00:00:00+00:00"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["closes_at"])
    none = calling.post(f"calls/{call.pk}/rules", {"kind": "age"})
    assert (none.status_code, list(none.json()["errors"])) == (422, ["least"])
    assert (
        calling.post(
            f"calls/{call.pk}/extend", {"closes_at": "2025-05-01", "reason": "x"}
        ).status_code
        == 409
    )


def test_questions_are_added_changed_moved_and_taken_away(program, approver, province) -> None:
    call = makers.prepared(province.division)
    calling, own = program(approver), f"calls/{call.pk}/questions"
    for body in (
        {"kind": "text", "label_ko": "전시회", "code": "event", "required": True},
        {"kind": "choice", "label_ko": "권역", "options": "아시아 | Asia\n유럽 | Europe"},
        {"kind": "table", "label_ko": "실적", "column_0_ko": "연도", "column_0_kind": "number"},
    ):
        made = calling.post(own, body)
        assert made.status_code == 200, made.content
    changed = calling.patch(f"{own}/q1", {"label_en": "Region", "options": "아시아\n미주"})
    assert changed.status_code == 200, changed.content
    assert calling.post(f"{own}/q2/up").status_code == 200
    assert calling.post(f"{own}/event/remove").status_code == 200
    told = calling.get(f"calls/{call.pk}").json()["questions"]
    assert [(one["code"], one["kind"]) for one in told] == [("q2", "table"), ("q1", "choice")]
    assert told[1]["label"] == {"ko": "권역", "en": "Region"}
    assert [one["label"]["ko"] for one in told[1]["options"]] == ["아시아", "미주"]
    assert calling.patch(f"{own}/nothing", {"label_ko": "x"}).status_code == 404


def test_a_question_is_refused_at_its_field(program, approver, province) -> None:
    call = makers.prepared(province.division)
    calling, own = program(approver), f"calls/{call.pk}/questions"
    for body, field in (
        ({"kind": "choice", "label_ko": "권역", "options": "아시아"}, "options"),
        ({"kind": "text", "label_ko": "전시회", "code": "1x"}, "code"),
        ({"kind": "money", "label_ko": "매출", "least": "5", "most": "3"}, "most"),
        ({"kind": "poem", "label_ko": "시"}, "kind"),
        ({"kind": "text"}, "label_ko"),
    ):
        refused = calling.post(own, body)
        assert (refused.status_code, list(refused.json()["errors"])) == (422, [field])
    call.refresh_from_db()
    assert call.questions == []


def test_while_people_apply_only_words_and_higher_limits_change(program, approver, province, now):
    call = makers.complete(province.division)
    Call.objects.filter(pk=call.pk).update(
        state="published", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9)
    )
    calling, criterion = program(approver), call.criteria.first()
    paper = call.papers.create(name_ko="사업자등록증")
    code, reason = call.questions[0]["code"], {"reason": "오기 정정"}
    at = f"calls/{call.pk}/questions/{code}"
    none = calling.patch(at, {"label_ko": "다른 말"})
    assert (none.status_code, list(none.json()["errors"])) == (422, ["reason"])
    assert calling.patch(at, {"label_ko": "다른 말", **reason}).status_code == 200
    harder = calling.patch(at, {"required": not call.questions[0]["required"], **reason})
    assert harder.status_code == 409
    assert calling.post(f"{at}/remove", reason).status_code == 409
    added = {"kind": "text", "label_ko": "x", **reason}
    assert calling.post(f"calls/{call.pk}/questions", added).status_code == 409
    named = calling.patch(f"call-papers/{paper.pk}", {"name_en": "Licence", **reason})
    assert named.status_code == 200, named.content
    lower = calling.patch(f"call-criteria/{criterion.pk}", {"most": criterion.most - 1, **reason})
    assert (lower.status_code, list(lower.json()["errors"])) == (422, ["most"])
    assert calling.post(f"call-criteria/{criterion.pk}/remove", reason).status_code == 409


def test_each_part_is_changed_moved_and_taken_away(program, approver, person_with, province):
    call = makers.complete(province.division)
    calling = program(approver)
    for part, fields in (
        ("tracks", {"name_ko": "공통", "places": 3}),
        ("categories", {"name_ko": "항공료", "most": "2000000"}),
        ("criteria", {"name_ko": "파급력", "most": 40}),
        ("papers", {"name_ko": "통장 사본", "reveals": False}),
        ("rules", {"kind": "size", "sizes": ["small"]}),
    ):
        calling.post(f"calls/{call.pk}/{part}", fields)
        row = parts.of(call, part).last()
        name = {} if part == "rules" else {"name_en": "Words"}
        changed = calling.patch(f"call-{part}/{row.pk}", name or {"source": "지침 제5조"})
        assert changed.status_code == 200, changed.content
        assert calling.post(f"call-{part}/{row.pk}/up").status_code == 200
        row.refresh_from_db()
        assert (row.source if part == "rules" else row.name_en) in {"Words", "지침 제5조"}
        stranger = program(person_with("approver", province.other))
        assert stranger.patch(f"call-{part}/{row.pk}", name).status_code == 404
        assert calling.post(f"call-{part}/{row.pk}/remove").status_code == 200
        assert not type(row).objects.filter(pk=row.pk).exists()
    assert Entry.objects.filter(verb="call.part_removed", record=call.pk).count() == 5
