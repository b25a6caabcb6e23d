"""A batch is saved whole or not at all, carries its source, and is undone as one."""

import pytest
from tests.imports.sheets import PLAIN, checked, errors, saved, taken, upload, workbook

from gyoryu.agreements.actions import agreements as agreement_actions
from gyoryu.agreements.actions import duties
from gyoryu.agreements.models import Agreement, Commitment, Duty, Engagement
from gyoryu.base.refused import Refused
from gyoryu.evidence.models import Document
from gyoryu.history.models import Entry
from gyoryu.imports.actions import batches
from gyoryu.imports.models import Batch
from gyoryu.parties import actions as parties
from gyoryu.parties.models import Organisation, Person, Position

pytestmark = pytest.mark.django_db


def undone(batch, by, at):
    return batches.undo(batches.begin(batch, "undoing", by=by, at=at), by=by, at=at)


def test_what_an_import_makes_carries_its_source_history_and_file(
    province, officer, now, places, ours
):
    batch = saved(
        taken(province, officer, now, workbook(PLAIN), ours=ours.pk, name="협약.xlsx"), officer, now
    )
    row = Agreement.objects.order_by("pk")[0]
    assert (row.source, row.source_note, row.unit) == (
        "imported",
        "협약.xlsx · 2",
        province.division,
    )
    assert [(s.status, str(s.on), s.reason) for s in row.course.all()] == [
        ("signed", "2019-05-17", "협약.xlsx · 2"),
        ("in_force", "2019-05-17", "협약.xlsx · 2"),
    ]
    verbs = Entry.objects.filter(record=row.pk, verb__startswith="agreement.")
    assert [(e.verb, e.by, e.reason) for e in verbs] == [
        ("agreement.entered", officer, "협약.xlsx · 2")
    ]
    document = Document.objects.get()
    assert (batch.document, batch.sha256) == (document, document.sha256)
    partner = Organisation.objects.get(name_ko="가나시 인민정부")
    assert (partner.source, partner.kind) == ("imported", "government")


def test_duties_are_planned_as_for_one_that_was_typed(
    province, officer, approver, now, places, ours
):
    duties.install_policy(province.root, by=None, at=now)
    saved(taken(province, officer, now, workbook(PLAIN), ours=ours.pk), officer, now)
    rows = Agreement.objects.order_by("pk")
    before = [(d.agreement_id, d.kind, d.due_on) for d in Duty.objects.order_by("pk")]
    assert before
    for row in rows:
        assert row.next_duty_on == min(due for pk, _, due in before if pk == row.pk)
        # Planning again, one at a time, finds nothing that the import left out.
        assert duties.plan(row, on=now.date(), by=None, at=now) == []


def test_the_same_file_again_changes_nothing(province, officer, now, places, ours):
    saved(taken(province, officer, now, workbook(PLAIN), ours=ours.pk), officer, now)
    again = taken(province, officer, now, workbook(PLAIN), ours=ours.pk)
    assert (again.new, again.same, again.changed, again.wrong) == (0, 3, 0, 0)
    with pytest.raises(Refused, match="새로운 내용이 없습니다"):
        batches.begin(again, "saving", by=officer, at=now)
    assert Batch.objects.filter(sha256=again.sha256).count() == 2


def test_a_changed_row_is_shown_with_both_values_and_restored_by_undo(
    province, officer, now, places, ours
):
    saved(taken(province, officer, now, workbook(PLAIN), ours=ours.pk), officer, now)
    rows = [[*PLAIN[0], "영문명"], *[[*row, f"Agreement {row[0]}"] for row in PLAIN[1:]]]
    batch = taken(province, officer, now, workbook(rows), ours=ours.pk)
    assert (batch.new, batch.changed) == (0, 3)
    told = batch.lines.order_by("row")[0].changes["title_en"]
    assert told == [{"ko": "", "en": ""}, {"ko": "Agreement 1", "en": "Agreement 1"}]
    batch = saved(batch, officer, now)
    assert sorted(Agreement.objects.values_list("title_en", flat=True)) == [
        "Agreement 1", "Agreement 2", "Agreement 3",
    ]  # fmt: skip
    undone(batch, officer, now)
    assert set(Agreement.objects.values_list("title_en", "voided_at")) == {("", None)}


def test_undo_voids_what_was_made_and_the_file_can_come_again(province, officer, now, places, ours):
    first = saved(taken(province, officer, now, workbook(PLAIN), ours=ours.pk), officer, now)
    batch = undone(first, officer, now)
    assert batch.status == "undone"
    assert Agreement.objects.filter(voided_at=None).count() == 0
    assert list(Organisation.objects.filter(voided_at=None)) == [ours]
    again = taken(province, officer, now, workbook(PLAIN), ours=ours.pk)
    assert again.new == 3
    saved(again, officer, now)
    assert Agreement.objects.filter(voided_at=None).count() == 3


def test_undo_is_refused_where_a_row_was_changed_or_used_since(
    province, officer, now, places, ours
):
    batch = saved(taken(province, officer, now, workbook(PLAIN), ours=ours.pk), officer, now)
    first, second, _third = Agreement.objects.order_by("pk")
    agreement_actions.change(first, {"summary": "더 적음"}, by=officer, at=now)
    Commitment.objects.create(
        unit=province.division, number="CM-1", words="약속", side="theirs", agreement=second,
        status_since=now.date(),
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        undone(batch, officer, now)
    assert "2행" in str(refusal.value)
    assert "3행" in str(refusal.value)
    assert Agreement.objects.filter(voided_at=None).count() == 3
    assert Batch.objects.get(pk=batch.pk).status == "saved"


def test_nothing_is_saved_when_one_row_fails_in_the_middle(
    province, officer, now, places, ours, monkeypatch
):
    batch = taken(province, officer, now, workbook(PLAIN), ours=ours.pk)
    batch = batches.begin(batch, "saving", by=officer, at=now)
    count = (Entry.objects.count(), Organisation.objects.count())
    from gyoryu.agreements.actions import batches as agreement_batches

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(agreement_batches, "_write_course", broken)
    with pytest.raises(RuntimeError):
        batches.enter(batch, by=officer, at=now)
    assert Agreement.objects.count() == 0
    assert (Entry.objects.count(), Organisation.objects.count()) == count


def test_given_numbers_are_never_given_out_again(province, officer, now, places, ours):
    rows = [["관리번호", "협정명", "체결일"], ["AG-2025-0007", "가나시 우호협력", "2025-02"]]
    saved(taken(province, officer, now, workbook(rows), ours=ours.pk), officer, now)
    made = agreement_actions.draft(
        province.division, {"kind": "mou", "title_ko": "다음 협약"}, by=officer, at=now
    )
    assert made.number == "AG-2025-0008"


def test_organisations_match_by_number_and_by_names(province, officer, now, places):
    known = parties.add_organisation(
        province.division,
        {"kind": "company", "name_ko": "가온소재(주)", "business_number": "1248100998"},
        by=officer, at=now,
    )  # fmt: skip
    rows = [
        ["기관명", "구분", "국가", "사업자등록번호", "홈페이지"],
        ["가온 소재", "기업", "", "124-81-00998", "gaon.example"],
        ["주식회사 다온", "기업", "", "124-81-00999", ""],
        ["라온협회", "협회", "중국", "", ""],
        ["라온협회", "협회", "중국", "", ""],
    ]
    batch = taken(province, officer, now, workbook(rows), kind="organisations")
    assert (batch.new, batch.changed, batch.wrong) == (1, 1, 2)
    assert errors(batch) == [
        (3, "business_number", "사업자등록번호가 아닙니다. 마지막 자리가 맞지 않습니다."),
        (5, "name_ko", "4행과 같은 대상입니다."),
    ]
    saved(batch, officer, now, only_good=True)
    known.refresh_from_db()
    assert (known.name_ko, known.website) == ("가온 소재", "https://gaon.example")
    assert Organisation.objects.get(name_ko="라온협회").region == places["CN"]


def test_people_come_with_positions_and_are_known_in_any_spelling(province, officer, now):
    there = parties.add_organisation(
        province.division, {"kind": "company", "name_ko": "다온상사"}, by=officer, at=now
    )
    known = parties.add_person(province.division, {"name_en": "Han Do-yun"}, by=officer, at=now)
    parties.add_position(known, there, {"title_ko": "과장"}, by=officer, at=now)
    rows = [
        ["성명", "소속", "직위", "부임일"],
        ["한도윤", "다온상사", "부장", "2024-01-02"],
        ["노을빛", "새로상사", "대표", ""],
    ]
    batch = taken(province, officer, now, workbook(rows), kind="people", partner_kind="company")
    assert errors(batch) == []
    assert (batch.new, batch.changed) == (1, 1)
    batch = saved(batch, officer, now)
    assert {(str(p.person), p.title_ko, str(p.organisation)) for p in Position.objects.all()} == {
        ("한도윤", "과장", "다온상사"),
        ("한도윤", "부장", "다온상사"),
        ("노을빛", "대표", "새로상사"),
    }
    undone(batch, officer, now)
    assert {(str(p.person), p.title_ko) for p in Position.objects.all()} == {
        ("Han Do-yun", "과장"),
        ("노을빛", "대표"),
    }
    assert list(Person.objects.filter(voided_at=None)) == [known]


def test_engagements_and_commitments_find_their_agreement(province, officer, now, places, ours):
    saved(taken(province, officer, now, workbook(PLAIN), ours=ours.pk), officer, now)
    agreement = Agreement.objects.order_by("pk")[0]
    rows = [
        ["행사명", "구분", "기간", "상대기관", "관련협약"],
        ["가나시 대표단 방문", "대표단", "2024-05-18 ~ 21", "가나시 인민정부", agreement.number],
        ["가나시 정례회의", "정례회의", "2024-06-01", "", ""],
    ]
    batch = taken(province, officer, now, workbook(rows), kind="engagements")
    assert errors(batch) == [(3, "kind", "협의체 회의는 협의체 화면에서 기록합니다.")]
    saved(batch, officer, now, only_good=True)
    row = Engagement.objects.get()
    assert (str(row.starts_on), str(row.ends_on), row.state) == ("2024-05-18", "2024-05-21", "held")
    agreement.refresh_from_db()
    assert (str(agreement.last_contact_on), list(row.agreements.all())) == (
        "2024-05-21", [agreement],
    )  # fmt: skip
    rows = [
        ["약속내용", "주체", "관련협약", "기한", "상태"],
        ["청소년 20명을 보낸다.", "우리측", agreement.title_ko, "2025년 가을", "진행중"],
        ["도서를 보낸다.", "상대측", "없는 협약", "2025", ""],
        ["전시를 연다.", "상대측", agreement.number, "2025", "완료"],
    ]
    batch = taken(province, officer, now, workbook(rows), kind="commitments")
    assert [(row, field) for row, field, _ in errors(batch)] == [(3, "agreement"), (4, "status")]
    saved(batch, officer, now, only_good=True)
    one = Commitment.objects.get(source="imported")
    assert (one.status, one.due_precision, str(one.due_on), one.owner) == (
        "in_progress", "season", "2025-11-30", officer,
    )  # fmt: skip


def test_another_department_cannot_touch_the_batch(province, officer, person_with, now, places):
    batch = batches.take(
        province.division, "agreements", upload(workbook(PLAIN)), by=officer, at=now
    )
    stranger = person_with("officer", unit=province.other)
    with pytest.raises(Refused):
        checked(batch, stranger, now)
    with pytest.raises(Refused):
        batches.discard(batch, by=stranger, at=now)
