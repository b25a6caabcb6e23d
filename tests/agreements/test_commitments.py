"""Commitments: what may be promised, how a promise moves on, and how keeping it is counted."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from promises import NOW, TODAY, agreement, at, body, engagement, kept, pdf, promised

from gyoryu.agreements.actions import commitments
from gyoryu.agreements.models import Commitment
from gyoryu.agreements.queries import commitments as queries
from gyoryu.base.periods import parse
from gyoryu.base.refused import Refused
from gyoryu.evidence.models import Document
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db


def refused(act) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.field


def verbs(row) -> list[str]:
    return list(
        Entry.objects.filter(verb__startswith="commitment", record=row.pk)
        .order_by("pk")
        .values_list("verb", flat=True)
    )


def test_a_promise_is_numbered_kept_in_its_words_and_told_in_the_history(province, officer):
    row = promised(
        province.division, officer, by=officer, due="2025년 봄", said_on=date(2025, 3, 20),
        milestones=[("명단 받기", date(2025, 3, 31)), ("항공권", None)], cost=Decimal(0),
        cost_currency="KRW",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.number, row.words, row.due, row.status, row.status_since, row.cost) == (
        "CM-2025-0001", "대표단 영접 계획을 보내 드리겠습니다", parse("spring 2025"), "open",
        date(2025, 3, 20), Decimal(0),
    )  # fmt: skip
    # Steps without a day come where the database puts them; both are there.
    assert {(step.name, step.due_on) for step in row.milestones.all()} == {
        ("명단 받기", date(2025, 3, 31)),
        ("항공권", None),
    }
    assert verbs(row) == ["commitment.promised"]


@pytest.mark.parametrize("side", ["ours", "joint"])
def test_a_promise_of_ours_needs_an_owner_and_theirs_does_not(province, officer, side):
    assert refused(lambda: promised(province.division, None, side=side)) == "owner"
    assert promised(province.division, None, side="theirs").owner is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"words": ""}, "words"),
        ({"side": "nobody"}, "side"),
        ({"said_on": date(2025, 4, 2)}, "said_on"),
        ({"cost": Decimal(-1), "cost_currency": "KRW"}, "cost"),
        ({"cost": Decimal(1), "cost_currency": ""}, "cost"),
        ({"cost": Decimal(1), "cost_currency": "XXX"}, "cost"),
        ({"due": parse("2020-01-09")}, "due"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(province, officer, values, field):
    signed = agreement(province.division)
    values = {"agreement": signed, **values}
    due = {"due": values.pop("due")} if "due" in values else {}

    def act():
        own = {"words": "보내겠습니다", "side": "ours", "owner": officer, **values, **due}
        commitments.promise(province.division, own, by=officer, at=NOW)

    assert refused(act) == field
    assert not Commitment.objects.exists()


def test_a_cost_without_an_amount_has_no_currency(province, officer):
    row = promised(province.division, officer, cost=None, cost_currency="KRW")
    assert (row.cost, row.cost_currency) == (None, "")


def test_due_in_the_month_of_signing_is_allowed(province, officer):
    row = promised(
        province.division, officer, agreement=agreement(province.division), due="2020-01"
    )
    assert row.due_on == date(2020, 1, 31)


@pytest.mark.parametrize("status", ["ended", "expired", "replaced"])
def test_nothing_new_is_promised_under_an_agreement_that_is_over(province, officer, status):
    over = agreement(province.division, status=status, status_since=date(2024, 6, 1))

    def act(said):
        return promised(province.division, officer, agreement=over, said_on=said)

    assert refused(lambda: act(date(2024, 6, 1))) == "agreement"
    assert refused(lambda: act(None)) == "agreement"
    # What was said while it was in force belongs in the register, even if it is typed in late.
    assert act(date(2024, 5, 31)).agreement == over


def test_a_promise_takes_its_body_agreement_and_day_from_the_engagement(province, officer):
    signed = agreement(province.division)
    council = body(signed)
    meeting = engagement(province.division, kind="session", body=council)
    row = promised(province.division, officer, engagement=meeting, said_on=None)
    assert (row.body, row.agreement, row.status_since) == (council, signed, date(2025, 2, 13))
    only = engagement(province.division, "2025-01-05", agreements=[signed])
    assert promised(province.division, officer, engagement=only).agreement == signed
    other = agreement(province.division, "AG-2020-0002")
    assert (
        refused(lambda: promised(province.division, officer, agreement=other, body=council))
        == "body"
    )


def test_done_needs_a_document_that_still_stands(province, officer):
    row = promised(province.division, officer)

    def done():
        return commitments.move(row, "done", on=date(2025, 3, 1), by=officer, at=NOW)

    assert refused(done) == "file"
    kept(row)
    assert (row.status, row.done_on) == ("done", date(2025, 3, 1))
    commitments.move(row, "in_progress", on=TODAY, reason="다시 확인", by=officer, at=NOW)
    Document.objects.update(voided_at=NOW, voided_reason="잘못 올림")
    row.refresh_from_db()
    assert refused(lambda: commitments.move(row, "done", on=TODAY, by=officer, at=NOW)) == "file"


def test_a_document_that_is_refused_leaves_nothing_half_done(province, officer):
    row = promised(province.division, officer)
    fake = SimpleUploadedFile("회의록.pdf", b"GIF89a not a pdf", "application/pdf")
    values = {"on": date(2025, 3, 1), "file": fake, "file_kind": "minutes"}
    assert refused(lambda: commitments.finish(row, values, by=officer, at=NOW)) == "file"
    # The file was good, the day was not: the document goes with the step.
    values = {"on": date(2025, 4, 2), "file": pdf(), "file_kind": "minutes"}
    assert refused(lambda: commitments.finish(row, values, by=officer, at=NOW)) == "on"
    row.refresh_from_db()
    assert (row.status, Document.objects.count()) == ("open", 0)


def test_a_step_is_not_dated_to_come_nor_before_the_promise_was_made(province, officer):
    row = promised(province.division, officer, said_on=date(2025, 2, 13))

    def begin(on):
        return commitments.move(row, "in_progress", on=on, by=officer, at=NOW)

    assert refused(lambda: begin(date(2025, 4, 2))) == "on"
    assert refused(lambda: begin(date(2025, 2, 12))) == "on"
    assert begin(date(2025, 2, 13)).status == "in_progress"


def test_dropping_and_reopening_need_a_reason_and_are_dated(province, officer):
    row = promised(province.division, officer)
    assert (
        refused(lambda: commitments.move(row, "dropped", on=TODAY, by=officer, at=NOW)) == "reason"
    )
    commitments.move(row, "dropped", on=TODAY, reason="예산 없음", by=officer, at=NOW)
    assert (
        refused(lambda: commitments.move(row, "in_progress", on=TODAY, by=officer, at=NOW))
        == "reason"
    )
    commitments.move(row, "in_progress", on=TODAY, reason="추경", by=officer, at=NOW)
    assert (row.status, row.status_reason, row.done_on) == ("in_progress", "추경", None)
    assert verbs(row) == ["commitment.promised", "commitment.dropped", "commitment.reopened"]


def test_a_closed_promise_goes_nowhere_else_and_is_not_edited(province, officer):
    row = promised(province.division, officer)
    kept(row)
    for to in ("dropped", "superseded", "done"):
        assert (
            refused(
                lambda to=to: commitments.move(row, to, on=TODAY, reason="x", by=officer, at=NOW)
            )
            == "to"
        )
    with pytest.raises(Refused):
        commitments.change(row, {"words": "다른 말"}, by=officer, at=NOW)


def test_superseding_needs_another_promise_that_stands_and_never_runs_round(province, officer):
    one, two = promised(province.division, officer), promised(province.division, officer)

    def supersede(row, by_which):
        return commitments.move(row, "superseded", on=TODAY, successor=by_which, by=officer, at=NOW)

    assert refused(lambda: supersede(one, None)) == "successor"
    assert refused(lambda: supersede(one, one)) == "successor"
    supersede(one, two)
    assert (one.superseded_by, one.status_reason) == (two, two.number)
    one.refresh_from_db()
    assert refused(lambda: supersede(two, one)) == "successor"


def test_another_roles_or_units_people_cannot_promise_or_move(province, officer, person_with):
    row = promised(province.division, officer)
    stranger = person_with("officer", province.other)
    for who in (stranger, person_with("viewer"), person_with("auditor", province.root)):
        with pytest.raises(Refused):
            promised(province.division, officer, by=who)
        with pytest.raises(Refused):
            commitments.move(row, "dropped", on=TODAY, reason="x", by=who, at=NOW)


def test_a_change_is_told_field_by_field_and_saying_the_same_again_is_not(province, officer):
    row = promised(province.division, officer, milestones=[("명단", None), ("버스", None)])
    step = row.milestones.get(name="명단")
    commitments.meet_milestone(step, on=TODAY, by=officer, at=NOW)
    new = {"words": "일정표를 보내겠습니다", "milestones": [("숙소", date(2025, 4, 3))]}
    commitments.change(row, new, by=officer, at=NOW)
    commitments.change(row, new, by=officer, at=NOW)
    entry = Entry.objects.get(verb="commitment.changed")
    assert sorted(entry.changes) == ["milestones", "words"]
    assert entry.changes["milestones"] == ["버스", "숙소 2025-04-03"]
    # A step that was done stays, whatever is typed.
    assert set(row.milestones.values_list("name", "done_on")) == {("명단", TODAY), ("숙소", None)}


def test_a_due_date_is_set_by_an_edit_but_never_moved_by_one(province, officer):
    row = promised(province.division, officer, due="")
    commitments.change(row, {"due": parse("2025-06")}, by=officer, at=NOW)
    row.refresh_from_db()
    assert row.due == parse("2025-06")
    for other in (parse("2025-07"), None):
        assert (
            refused(lambda other=other: commitments.change(row, {"due": other}, by=officer, at=NOW))
            == "due"
        )


def test_an_open_promise_under_an_agreement_that_ended_since_can_still_be_edited(province, officer):
    signed = agreement(province.division)
    row = promised(province.division, officer, agreement=signed)
    commitments.move(row, "in_progress", on=date(2025, 3, 1), by=officer, at=NOW)
    type(signed).objects.update(status="ended", status_since=date(2025, 1, 1))
    row = Commitment.objects.get()
    commitments.change(row, {"words": "고쳐 적습니다"}, by=officer, at=NOW)
    assert row.words == "고쳐 적습니다"


def test_a_step_is_checked_off_once_and_not_in_the_future(province, officer):
    row = promised(province.division, officer, milestones=[("명단", None)])
    step = row.milestones.get()

    def met(on):
        return commitments.meet_milestone(step, on=on, by=officer, at=NOW)

    assert refused(lambda: met(date(2025, 4, 2))) == "on"
    met(TODAY)
    with pytest.raises(Refused):
        met(TODAY)


def test_what_is_taken_back_leaves_every_list_and_needs_a_reason(province, officer):
    row = promised(province.division, officer)
    assert refused(lambda: commitments.void(row, reason="", by=officer, at=NOW)) == "reason"
    commitments.void(row, reason="두 번 적음", by=officer, at=NOW)
    assert not queries.seen_by(officer).exists()
    assert verbs(row)[-1] == "commitment.voided"


def test_late_and_due_soon_count_the_last_day_as_in_time(province, officer):
    days = {
        "어제": "2025-03-31",
        "오늘": "2025-04-01",
        "서른": "2025-05-01",
        "서른하나": "2025-05-02",
    }
    for words, due in days.items():
        promised(province.division, officer, words=words, due=due)
    closed = promised(province.division, officer, words="끝남", due="2025-03-31")
    kept(closed)
    promised(province.other, officer, words="남의 것", due="2025-03-31")

    def told(rows):
        return [row.words for row in rows]

    assert told(queries.late(TODAY, officer)) == ["어제"]
    assert told(queries.due_within(TODAY, 30, officer)) == ["오늘", "서른"]
    assert told(queries.late(TODAY, None)) == ["어제", "남의 것"]


def test_a_joint_promise_counts_for_both_sides(province, officer):
    for side in ("ours", "theirs", "joint"):
        promised(province.division, officer, side=side, due="2025-03-01")
    counted = [
        queries.follow_through(TODAY, officer, 2025, side).came_due for side in ("ours", "theirs")
    ]
    assert counted == [2, 2]


def test_a_promise_whose_evidence_no_longer_stands_is_not_counted_as_kept(province, officer):
    kept(promised(province.division, officer, due="2025-03-01"))
    kept(promised(province.division, officer, due="2025-03-01"))
    Document.objects.filter(pk=Document.objects.earliest("pk").pk).update(
        voided_at=NOW, voided_reason="다른 회의록"
    )
    assert queries.follow_through(TODAY, officer, 2025) == (1, 2)


def test_follow_through_is_one_question(province, officer, django_assert_num_queries):
    kept(promised(province.division, officer, due="2025-03-01"))
    officer.access  # noqa: B018 (read once per request)
    queries.follow_through(TODAY, officer, 2025)
    with django_assert_num_queries(1):
        queries.follow_through(TODAY, officer, 2025)


def test_at_midnight_it_is_the_offices_day_that_counts(province, officer):
    row = promised(province.division, officer)
    # 20:00 UTC on 31 March is 5 in the morning of 1 April in Seoul.
    late_evening = at("2025-03-31").replace(hour=20)
    commitments.move(row, "in_progress", on=TODAY, by=officer, at=late_evening)
    assert row.status_since == TODAY
