"""A program prepares a call, builds its parts and announces it by the same rules as a person."""

import pytest
from tests.programmes import calls_makers as makers

from gyoryu.programmes.models import Call

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
