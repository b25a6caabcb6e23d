"""Reminders: every step once, the latest one always, whatever happens to the worker."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from promises import NOW, TODAY, agreement, at, body, engagement, kept, promised

from gyoryu.agreements.actions import commitments, reminders
from gyoryu.agreements.models import Duty, DutyTemplate, Request
from gyoryu.agreements.rules.reminders import STEPS, step
from gyoryu.base.periods import parse
from gyoryu.outbox.models import Letter

db = pytest.mark.django_db
DUE = date(2025, 4, 7)


def run(on: str) -> int:
    day = date.fromisoformat(on)
    return reminders.remind(on=day, by=None, at=at(on))


def keys(to=None) -> list[str]:
    rows = Letter.objects.order_by("pk")
    return [letter.key for letter in (rows.filter(to=to) if to else rows)]


def test_the_steps_are_those_of_the_brief():
    asked = [-31, -30, -8, -7, -1, 0, 1, 2, 6, 7, 36, 37, 66, 67, 3000]
    assert [step(DUE, DUE + timedelta(days=days)) for days in asked] == [
        None, -30, -30, -7, -7, 0, 1, 1, 1, 7, 7, 37, 37, 67, 2977,
    ]  # fmt: skip


def all_steps(until: int) -> list[int]:
    return [*STEPS, *range(37, until + 1, 30)]


@given(st.lists(st.integers(-60, 200), min_size=1, max_size=40))
@settings(deadline=None, max_examples=200)
def test_whatever_days_the_worker_was_up_the_latest_step_is_sent_and_none_twice(days):
    """The letters are the set of the steps found on the days it ran: that is what a key does."""
    sent = []
    for day in sorted(days):
        found = step(DUE, DUE + timedelta(days=day))
        if found is not None and found not in sent:
            sent.append(found)
        latest = [one for one in all_steps(day) if one <= day]
        assert (sent[-1] if sent else None) == (latest[-1] if latest else None)
    assert sent == sorted(set(sent))
    assert set(sent) <= set(all_steps(200))


@db
@given(days=st.lists(st.integers(-40, 80), min_size=1, max_size=8))
@settings(deadline=None, max_examples=15)
def test_any_pattern_of_outages_queues_each_step_once(days):
    from django.db import transaction

    from gyoryu.accounts.models import Unit, User

    with transaction.atomic():
        unit = Unit.objects.create(name_ko="도", kind="government", path="x")
        unit.path = f"/{unit.pk}/"
        unit.save()
        user = User.objects.create(email="o@example.test", name_ko="담당")
        row = promised(unit, user, due=DUE.isoformat())
        for day in sorted(days):
            on = DUE + timedelta(days=day)
            reminders.remind(on=on, by=None, at=NOW)
        wanted = {step(DUE, DUE + timedelta(days=day)) for day in days} - {None}
        told = [f"commitment:{row.pk}:2025-04-07:{one:+d}" for one in sorted(wanted)]
        assert sorted(keys()) == sorted(told)
        transaction.set_rollback(True)


@db
def test_the_owner_is_written_to_and_from_seven_days_after_the_approver_too(
    province, officer, person_with
):
    near, far = person_with("approver", province.bureau), person_with("approver", province.root)
    row = promised(province.division, officer, due="2025-04-07")
    assert run("2025-03-07") == 0
    assert [run(day) for day in ("2025-03-08", "2025-03-31", "2025-04-07", "2025-04-08")] == [1] * 4
    assert keys() == keys(officer)
    assert run("2025-04-14") == 2
    last = f"commitment:{row.pk}:2025-04-07:+7"
    assert (keys(officer)[-1], keys(near), keys(far)) == (last, [last], [])


@db
def test_running_twice_adds_nothing_and_after_a_week_off_one_letter_goes(province, officer):
    promised(province.division, officer, due="2025-04-07")
    assert [run("2025-03-31"), run("2025-03-31")] == [1, 0]
    # Off from the 1st to the 13th: the steps 0 and +1 were missed; only the later one is sent.
    assert [run("2025-04-13"), run("2025-04-13")] == [1, 0]
    assert [key.rpartition(":")[2] for key in keys()] == ["-7", "+1"]


@db
def test_a_moved_date_starts_anew_and_a_closed_promise_is_silent(province, officer):
    row = promised(province.division, officer, due="2025-04-07")
    run("2025-04-01")
    asked = commitments.ask_due_change(row, due=parse("2025-04-05"), reason="x", by=None, at=NOW)
    commitments.decide_due_change(asked, approve=True, by=None, at=NOW)
    assert run("2025-04-01") == 1
    assert keys()[-1] == f"commitment:{row.pk}:2025-04-05:-7"
    row.refresh_from_db()
    kept(row)
    assert run("2025-05-30") == 0


@db
def test_a_letter_is_in_its_readers_language_and_tells_what_when_and_whose(province, person_with):
    reader = person_with("officer")
    type(reader).objects.filter(pk=reader.pk).update(language="en")
    words = "Send the\nplan of the visit"
    row = promised(province.division, reader, words=words, due="2025-05")
    run("2025-05-25")
    letter = Letter.objects.get()
    assert letter.subject == "[Commitment] 6 days left: Send the plan of the visit"
    assert letter.body == (
        "Send the\nplan of the visit\n\nDue: May 2025 (6 days left)\n"
        "Unit: International Cooperation Division\nOwner: officer Hong"
    )
    assert (letter.link, letter.record) == (row.get_absolute_url(), row.pk)


@db
def test_a_letter_in_korean(province, officer):
    promised(province.division, officer, due="2025-04-07")
    run("2025-04-08")
    letter = Letter.objects.get()
    assert letter.subject == "[이행과제] 1일 지남: 대표단 영접 계획을 보내 드리겠습니다"
    assert "기한: 2025-04-07 (월) (1일 지남)" in letter.body


@db
def test_who_is_gone_is_not_written_to_and_the_approver_hears_at_once(province, officer, approver):
    promised(province.division, officer, due="2025-04-07")
    promised(province.division, None, side="theirs", due="2025-04-07")
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    assert run("2025-03-31") == 2
    assert len(keys(approver)) == 2


@db
def test_duties_answers_and_sessions_are_reminded_of_until_they_are_closed(province, officer):
    signed = agreement(province.division, owner=officer)
    template = DutyTemplate.objects.create(
        unit=province.root, kind="evaluation", name_ko="평가회의", name_en="Evaluation",
        basis_ko="조례 제12조", trigger="every", months=12,
    )  # fmt: skip
    duty = Duty.objects.create(agreement=signed, template=template, kind="evaluation", due_on=DUE)
    meeting = engagement(province.division, agreements=[signed], kind="letter", owner=officer)
    asked = Request.objects.create(
        engagement=meeting, words="답을 주십시오", answer_due=DUE, answer_first=DUE
    )
    council = body(signed, next_due_on=DUE)
    assert run("2025-03-31") == 3
    assert sorted(key.rsplit(":", 2)[0] for key in keys(officer)) == [
        f"answer:{asked.pk}", f"duty:{duty.pk}", f"session:{council.pk}",
    ]  # fmt: skip
    Duty.objects.update(waived_on=TODAY, waived_reason="해당 없음")
    Request.objects.update(answered_on=TODAY, answer="예")
    council.ended_on, council.ended_reason = TODAY, "통합"
    council.save()
    assert run("2025-04-08") == 0


@db
def test_a_run_with_nothing_new_asks_as_little_with_many_as_with_one(
    province, officer, django_assert_num_queries
):
    promised(province.division, officer)
    run("2025-04-01")
    for _ in range(30):
        promised(province.division, officer)
    run("2025-04-01")
    with django_assert_num_queries(8):
        assert run("2025-04-01") == 0


@db
def test_only_the_system_or_whoever_keeps_the_policy_sends_reminders(officer, approver):
    from gyoryu.base.refused import Refused

    with pytest.raises(Refused):
        reminders.remind(on=TODAY, by=officer, at=NOW)
    assert reminders.remind(on=TODAY, by=approver, at=NOW) == 0
