# ruff: noqa: E501 (a table of cases reads best a row a line)
"""Whether a promise was kept: one table of cases, and every surface that counts says the same."""

from datetime import date

import pytest
from django.urls import reverse
from promises import NOW, TODAY, agreement, at

from gyoryu.agreements.models import Agreement, Commitment, DueChange, Party
from gyoryu.agreements.queries import agreements, briefing, commitments
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document
from gyoryu.insight.queries import figures
from gyoryu.parties.models import Organisation

pytestmark = pytest.mark.django_db
DUE = date(2025, 3, 15)
# what happened: what the row says, whether it is shown, when a move of its date was approved;
# and whether it came due and was kept, as of 1 April 2025
CASES = {
    "done on its day": ({"done": "2025-03-15"}, True, True),
    "done before its day": ({"done": "2025-02-01"}, True, True),
    "done a day late": ({"done": "2025-03-16"}, True, False),
    "done, but nothing shows it": ({"done": "2025-03-15", "shown": ""}, True, False),
    "done, but what showed it was void": ({"done": "2025-03-15", "shown": "void"}, True, False),
    "not done": ({}, True, False),
    "in progress": ({"status": "in_progress"}, True, False),
    "its day is today": ({"due_on": TODAY}, False, False),
    "done, and its day is still to come": ({"due_on": date(2025, 5, 1), "done": "2025-03-01"}, False, False),
    "no day was said": ({"due_on": None, "done": "2025-03-01"}, False, False),
    "dropped before its day": ({"status": "dropped", "since": "2025-03-14"}, False, False),
    "dropped on its day": ({"status": "dropped", "since": "2025-03-15"}, False, False),
    "dropped after its day": ({"status": "dropped", "since": "2025-03-16"}, True, False),
    "superseded before its day": ({"status": "superseded", "since": "2025-03-14"}, False, False),
    "superseded after its day": ({"status": "superseded", "since": "2025-03-16"}, True, False),
    "moved in time, done by the new day": ({"moved": "2025-03-14", "done": "2025-03-20"}, True, True),
    "moved too late, done by the new day": ({"moved": "2025-03-16", "done": "2025-03-20"}, True, False),
    "void": ({"done": "2025-03-15", "void": True}, False, False),
    "theirs": ({"side": "theirs", "done": "2025-03-15"}, True, True),
    "joint": ({"side": "joint", "done": "2025-03-15"}, True, True),
}  # fmt: skip


@pytest.fixture
def tied(province, officer):
    """An agreement in force with a partner, so that the partner's briefing counts its promises."""
    made = agreement(province.division)
    partner = Organisation.objects.create(
        unit=province.division, kind="government", name_ko="장쑤성 인민정부"
    )
    Party.objects.create(agreement=made, organisation=partner, side="theirs")
    return made


@pytest.fixture
def promise(tied, officer):
    def make(*, done="", shown="yes", since="", moved="", void=False, due_on=DUE, **values):
        status = "done" if done else values.pop("status", "open")
        row = Commitment.objects.create(
            unit=tied.unit, agreement=tied, number=f"CM-{Commitment.objects.count()}", words="약속",
            **{"side": "ours", **values}, owner=officer, due_first=due_on,
            due_on=date(2025, 3, 25) if moved else due_on, status=status,
            missed_on=DUE if moved > str(DUE) else None,
            status_since=since or done or "2025-01-01", done_on=done or None, status_reason="사유",
            **({"voided_at": NOW, "voided_reason": "잘못"} if void else {}),
        )  # fmt: skip
        if moved:
            DueChange.objects.create(
                commitment=row, old_first=DUE, old_on=DUE, old_precision="day",
                new_first=row.due_on, new_on=row.due_on, new_precision="day", reason="사정",
                asked_at=at("2025-03-01"), asked_by=officer, state="approved",
                decided_at=at(moved), decided_by=None,
            )  # fmt: skip
        if done and shown:
            file = evidence.hold(
                row, kind="receipt", title="증빙", link="https://a.example/", by=None, at=NOW
            )
            if shown == "void":
                Document.objects.filter(pk=file.pk).update(voided_at=NOW, voided_reason="잘못")
        return row

    return make


def told(tied, officer, browser):
    """Return (came due, kept) as each surface tells it: lists, pages, the first page, briefings."""
    year = commitments.follow_through(TODAY, officer, 2025)
    row = agreements.follow_through(Agreement.objects.all(), TODAY).get()
    page = browser.get(tied.get_absolute_url()).context
    listed = browser.get(reverse("agreements")).context["listing"].page[0]
    first = figures.kept_by_year(TODAY, officer)[0]
    partner = tied.parties.get().organisation
    sides = briefing.kept(partner, TODAY, officer)
    return {
        "year": (year.came_due, year.in_time),
        "query": (row.n_due, row.n_kept),
        "list": (listed.n_due, listed.n_kept),
        "page": (page["n_due"], page["n_kept"]),
        "first page": (first.due, first.kept),
        "briefing": max((one.came_due, one.in_time) for one in sides.values()),
    }


@pytest.mark.parametrize("case", CASES)
def test_every_surface_tells_the_same_of_a_promise(tied, promise, officer, signed_in, case):
    values, came_due, kept = CASES[case]
    promise(**values)
    expected = (int(came_due), int(kept))
    assert told(tied, officer, signed_in(officer)) == dict.fromkeys(
        ["year", "query", "list", "page", "first page", "briefing"], expected
    )


def test_together_they_count_as_one_by_one(tied, promise, officer, signed_in):
    for values, _due, _kept in CASES.values():
        promise(**values)
    due = sum(came_due for _values, came_due, _kept in CASES.values())
    kept = sum(kept for _values, _due, kept in CASES.values())
    counted = told(tied, officer, signed_in(officer))
    del counted["briefing"]  # told by side
    assert set(counted.values()) == {(due, kept)}
