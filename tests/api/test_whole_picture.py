"""What the screens show of the whole, programs read too: proofs, a briefing, ties, what is due."""

from datetime import date

import icalendar
import pytest
from django.db import connection
from tests.agreements import register_makers as makers

from gyoryu.agreements.models import Engagement
from gyoryu.history import actions as history
from gyoryu.history import queries
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ties(province, officer, now):
    """A partner with an agreement in force, and a promise of ours that is late."""
    unit = province.division
    partner = makers.organisation(unit, now, "난징시", "Nanjing City")
    row = makers.agreement(unit, partner, number="AG-7", owner=officer)
    makers.commitment(
        unit, "CM-7", agreement=row, owner=officer, side="ours", due_on=date(2025, 3, 1),
        due_first=date(2025, 3, 1), due_precision="day",
    )  # fmt: skip
    return partner, row


def test_a_program_proves_the_whole_history_and_its_run_is_noted(program, person_with, ties, now):
    _partner, row = ties
    history.record("agreement.changed", row, by=None, at=now)
    calling = program(person_with("auditor"))
    told = calling.get("history/verification").json()
    while not told["done"]:
        told = calling.get(f"history/verification?mark={told['mark']}").json()
    assert (told["fault_count"], told["faults"], told["entries"] > 0) == (0, [], True)
    noted = Entry.objects.filter(verb="history.verified").get()
    assert told["digest"] in str(noted.changes)


def test_a_program_proves_the_history_of_one_record_and_is_told_what_was_changed(
    program, person_with, ties, now
):
    _partner, row = ties
    for reason in ("one", "two"):
        history.record("agreement.changed", row, by=None, at=now, reason=reason)
    calling = program(person_with("auditor"))
    address = f"history/agreements.agreement/{row.pk}/verification"
    whole = calling.get(address).json()
    assert (whole["entries"] >= 2, whole["faults"]) == (True, [])
    entry = queries.of_record(row).first()
    _tampered(entry.pk)
    assert {(one["kind"], one["number"]) for one in calling.get(address).json()["faults"]} >= {
        ("changed", entry.pk)
    }
    assert (
        calling.get(f"history/agreements.agreement/{row.pk + 99}/verification").status_code == 404
    )
    assert calling.get(f"history/nothing.there/{row.pk}/verification").status_code == 404


def _tampered(pk):
    """Change an entry as somebody would who may do anything in the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='history_entry'"
            ).fetchall()
            for (name,) in names:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("ALTER TABLE history_entry DISABLE TRIGGER USER")
        cursor.execute("UPDATE history_entry SET reason = 'other' WHERE id = %s", [pk])


def test_who_may_not_verify_is_refused(program, officer, ties):
    calling = program(officer)
    for address in (
        "history/verification",
        f"history/agreements.agreement/{ties[1].pk}/verification",
    ):
        assert calling.get(address).status_code == 403


def test_the_briefing_says_what_its_screen_says(program, officer, ties, province, now):
    partner, row = ties
    makers.engagement(province.division, now, agreements=[row], organisation=partner)
    told = program(officer).get(f"organisations/{partner.pk}/briefing").json()
    assert told["organisation"] == {"id": partner.pk, "name": "Nanjing City"}
    assert [one["id"] for one in told["agreements"]] == [row.pk]
    held = [one["id"] for one in told["last"] + told["coming"]]
    assert held == [Engagement.objects.get().pk]
    assert [one["kind"] for one in told["points"] if one["record"] == "commitment"] == ["ours_late"]
    assert {one["side"] for one in told["kept"]} == {"ours", "theirs"}
    assert program(officer).get("organisations/999999/briefing").status_code == 404


def test_the_map_counts_what_is_in_force_by_country(program, officer, ties):
    calling = program(officer)
    told = calling.get("ties").json()
    assert told["in_force"] + told["nowhere"] == 1
    assert calling.get("ties?kind=nothing").status_code == 422
    assert calling.get("ties?colour=red").status_code == 422
    other = calling.get("ties?kind=declaration").json()
    assert (other["in_force"], other["nowhere"], other["countries"]) == (0, 0, [])


def test_the_calendar_is_read_as_rows_and_as_icalendar(program, officer, ties):
    calling = program(officer)
    told = calling.get("calendar").json()["items"]
    assert [(one["kind"], one["on"], one["late"]) for one in told] == [
        ("commitment", "2025-03-01", True)
    ]
    reply = calling.get("calendar/ics")
    assert reply["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(reply.content).walk("VEVENT")
    names = {one["name"].replace(":", "-") for one in told}
    assert {str(event["uid"]).partition("@")[0] for event in events} == names
    assert names


def test_a_long_document_is_held_and_fetched_in_pieces(program, officer, ties, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    calling, content = program(officer), b"%PDF-1.7\n" + b"x" * 7_000_000 + b"\n%%EOF\n"
    file = SimpleUploadedFile("long.pdf", content, "application/pdf")
    headers = {"Authorization": f"Bearer {calling.secret}"}
    made = calling.client.post(
        f"/api/v1/documents/add/agreements.agreement/{ties[1].pk}",
        {"kind": "signed_text", "title": "long", "file": file}, headers=headers,
    )  # fmt: skip
    assert made.status_code == 201, made.content
    reply = calling.get(f"{made['Location']}/file")
    assert (reply.status_code, reply.streaming, reply["Content-Length"]) == (
        200, True, str(len(content)),
    )  # fmt: skip
    pieces = list(reply.streaming_content)
    assert len(pieces) > 100
    assert b"".join(pieces) == content
