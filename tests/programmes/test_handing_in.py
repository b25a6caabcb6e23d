"""An application from its first word to a decision that its applicant can read."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.programmes import applying_makers as make
from tests.programmes.applying_makers import AT, NUMBERS

from gyoryu.accounts.rules import NotAllowed
from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.programmes import questions
from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.actions import portal
from gyoryu.programmes.forms import answers
from gyoryu.programmes.models import Application, Step
from gyoryu.programmes.queries import applications as queries
from gyoryu.programmes.rules.applications import MOVES, Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SECOND = timedelta(seconds=1)


def test_an_application_gets_its_number_its_receipt_and_its_line_in_the_timeline(unit):
    row = make.submitted(unit, make.call(unit))
    row.refresh_from_db()
    assert (row.number, row.status, row.asked, row.business_number, row.submitted_at) == (
        "AP-2025-0001", "submitted", 8_000_000, NUMBERS[0], AT,
    )  # fmt: skip
    assert row.answers == make.ANSWERS
    assert [(step.status, step.by) for step in row.steps.all()] == [("submitted", row.applicant)]
    letter = Letter.objects.filter(to=row.applicant).get()
    assert letter.subject == "AP-2025-0001: 제출됨"
    assert letter.link == f"/my/applications/{row.pk}/"


def test_the_window_closes_to_the_second_by_the_clock_that_is_given(unit):
    call = make.call(unit)
    row = make.begun(unit, call)
    with pytest.raises(Refused, match=r"closed at 2025-04-10 09:30:00; it was 2025-04-10 09:30:00"):
        actions.submit(row, make.content(), by=row.applicant, at=call.closes_at)
    with pytest.raises(Refused, match="opens at"):
        actions.submit(row, make.content(), by=row.applicant, at=call.opens_at - SECOND)
    done = actions.submit(row, make.content(), by=row.applicant, at=call.closes_at - SECOND)
    assert done.status == "submitted"


def test_a_second_application_of_a_business_number_is_refused_and_names_the_first(unit):
    call = make.call(unit)
    first = make.begun(unit, call)
    other = make.somebody("박다온")
    portal.let_in(
        portal.represent(NUMBERS[0], "", unit, by=other, at=AT), by=first.applicant, at=AT
    )
    second = actions.begin(call, first.organisation, by=other, at=AT)
    assert second.pk != first.pk, "who is not confirmed sees nobody else's draft"
    actions.submit(first, make.content(), by=first.applicant, at=AT)
    with pytest.raises(Refused, match="applied to this call already: AP-2025-0001"):
        actions.submit(second, make.content(), by=other, at=AT)
    actions.withdraw(first, by=first.applicant, at=AT)
    assert actions.submit(second, make.content(), by=other, at=AT).number == "AP-2025-0002"


def test_a_submission_twice_is_one(unit):
    row = make.submitted(unit, make.call(unit))
    stale = Application.objects.get(pk=row.pk)
    stale.status = "draft"
    with pytest.raises(Refused, match="submitted already, as AP-2025-0001"):
        actions.submit(stale, make.content(), by=row.applicant, at=AT)
    assert Step.objects.count() == 1


def test_a_required_paper_is_looked_into_and_its_title_never_names_the_applicant(unit):
    call = make.call(unit)
    asked = make.paper(call)
    row = make.begun(unit, call)
    with pytest.raises(Refused, match="papers are missing: 사업자등록증"):
        actions.submit(row, make.content(), by=row.applicant, at=AT)
    disguised = SimpleUploadedFile("가온텍.pdf", b"MZ this is a program")
    with pytest.raises(Refused, match="Only PDF"):
        actions.add_paper(row, disguised, paper=asked, by=row.applicant, at=AT)
    held = actions.add_paper(row, make.pdf("가온텍.pdf"), paper=asked, by=row.applicant, at=AT)
    assert (held.document.title, held.document.seen_with) == (
        "사업자등록증", "programmes.applicants",
    )  # fmt: skip
    assert actions.submit(row, make.content(), by=row.applicant, at=AT).status == "submitted"
    with pytest.raises(Refused, match="nothing can be changed"):
        actions.drop_paper(held, by=row.applicant, at=AT)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"asked": None}, "how much you ask for"),
        ({"asked": 10_000_001}, "At most 10,000,000 KRW"),
        ({"name": "  "}, "Give the name"),
        ({"answers": {"plan": "계획"}}, "do not fit the questions"),
        ({"answers": {**make.ANSWERS, "more": "x"}}, "do not fit the questions"),
    ],
)
def test_what_does_not_fit_the_call_is_not_submitted(unit, values, reason):
    row = make.begun(unit, make.call(unit))
    with pytest.raises(Refused, match=reason):
        actions.submit(row, make.content(**values), by=row.applicant, at=AT)
    assert Application.objects.get().status == "draft"


def test_a_team_has_as_many_members_as_the_call_says_and_history_tells_none_of_them(unit):
    call = make.call(unit, "team", members_least=3, members_most=4, award_most=20_000_000)
    track = make.track(call)
    lead = make.somebody()
    row = actions.begin(call, None, by=lead, at=AT)
    team = (("김누리", "국제협력과"), ("박다온", "기획과"))
    with pytest.raises(Refused, match="Choose the track"):
        actions.submit(row, make.content(members=team), by=lead, at=AT)
    with pytest.raises(Refused, match="3 to 4 members; there are 2"):
        actions.submit(row, make.content(members=team, track=track), by=lead, at=AT)
    whole = make.content(members=(*team, ("이가람", "")), track=track, asked=18_000_000)
    actions.submit(row, whole, by=lead, at=AT)
    assert [(m.name, m.office, m.leads) for m in row.members.all()] == [
        ("김누리", "국제협력과", True), ("박다온", "기획과", False), ("이가람", "", False),
    ]  # fmt: skip
    assert not [e for e in Entry.objects.all() if "박다온" in f"{e.name}{e.changes}"]


def test_every_step_that_the_table_does_not_hold_is_refused_with_a_reason(unit):
    row = make.submitted(unit, make.call(unit))
    for status in Application.Status:
        for to in Application.Status:
            if to in MOVES[status]:
                continue
            row.status = status
            with pytest.raises(Refused, match="cannot go from"):
                actions.step(row, to, reason="까닭", by=None, at=AT)


def test_decisions_are_made_together_within_the_places_and_the_reserve_moves_up(unit):
    call = make.call(unit, places=1)
    rows = [make.submitted(unit, call, number, f"회사{i}") for i, number in enumerate(NUMBERS)]
    for row in rows:
        actions.step(row, "eligible", by=None, at=AT)
    one, two, three, four = rows
    wanted = [Decision(one, "selected", 1), Decision(two, "selected", 2)]
    with pytest.raises(Refused, match="2 are selected, but there are only 1 places"):
        actions.decide(call, wanted, by=None, at=AT)
    assert set(Application.objects.values_list("status", flat=True)) == {"eligible"}
    with pytest.raises(Refused, match="needs a rank"):
        actions.decide(call, [Decision(two, "reserve")], by=None, at=AT)
    actions.decide(
        call,
        [
            Decision(one, "selected", 1), Decision(three, "reserve", 3),
            Decision(two, "reserve", 2), Decision(four, "rejected", 4, reason="점수 미달"),
        ],
        by=None,
        at=AT,
    )  # fmt: skip
    call.refresh_from_db()
    assert call.state == "decided"
    one.refresh_from_db()
    actions.withdraw(one, by=one.applicant, at=AT)
    standing = dict(Application.objects.values_list("name", "status"))
    assert standing == {
        "회사0": "withdrawn", "회사1": "selected", "회사2": "reserve", "회사3": "rejected",
    }  # fmt: skip
    told = list(Letter.objects.filter(to=two.applicant).values_list("subject", flat=True))
    assert len(told) == 4, "submitted, eligible, on the reserve list, selected"


def test_whatever_the_engine_finds_wrong_with_an_answer_has_its_words():
    folder = Path(questions.__file__).parent
    codes = set()
    for name in ("answers.py", "values.py"):
        codes |= set(re.findall(r'Wrong\("(\w+)"', (folder / name).read_text()))
    for what in ("chosen", "rows", "files"):
        codes |= {f"too_many_{what}", f"too_few_{what}"}
    assert len(codes) > 15
    assert codes <= set(answers.WORDS)


def test_nobody_decides_without_the_capability(unit, officer):
    call = make.call(unit)
    row = make.submitted(unit, call)
    actions.step(row, "eligible", by=None, at=AT)
    with pytest.raises(NotAllowed):
        actions.decide(call, [Decision(row, "selected")], by=officer, at=AT)


def test_a_draft_takes_anything_and_history_keeps_nothing_of_it(unit):
    row = make.begun(unit, make.call(unit))
    before = Entry.objects.count()
    typed = {"name": [""], "asked": ["여덟백만"], "q.plan": ["x" * 5000]}
    actions.keep(row, typed, by=row.applicant, at=AT)
    assert Application.objects.get().typed == typed
    assert Entry.objects.count() == before


def test_others_see_and_write_nothing(unit):
    call = make.call(unit)
    row = make.begun(unit, call)
    other, _company = make.representative(unit, NUMBERS[1], "다른 회사", sure=True)
    assert list(queries.mine(other)) == []
    for act in (
        lambda: actions.keep(row, {}, by=other, at=AT),
        lambda: actions.add_paper(row, make.pdf(), by=other, at=AT),
        lambda: actions.submit(row, make.content(), by=other, at=AT),
    ):
        with pytest.raises(Refused, match="not yours"):
            act()
    with pytest.raises(NotAllowed):
        actions.withdraw(row, by=other, at=AT)
