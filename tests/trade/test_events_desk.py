"""Programs plan events and keep participants by the same rules as people."""

import json

import pytest
import trade_makers as make
from django.test import Client
from test_participants import invited
from trade_makers import NOW

from gyoryu.accounts.actions import tokens
from gyoryu.accounts.models import Token
from gyoryu.trade.models import Absence, Event, HalfDay, Participant

pytestmark = pytest.mark.django_db


def calling(user):
    """A program of somebody's, which reads English."""
    reached = [one for one in Token.Scope if user.access.reaches(one)]
    _token, secret = tokens.make(
        "x", reached, NOW.date().replace(month=12), on=NOW.date(), by=user, at=NOW
    )
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}

    def call(method, path, body=None):
        return Client().generic(
            method, f"/api/v1/{path}", data=json.dumps(body or {}),
            content_type="application/json", headers=headers,
        )  # fmt: skip

    return call


def test_a_program_plans_an_event_and_lays_it_out(officer) -> None:
    call = calling(officer)
    body = {
        "kind": "mission",
        "title_ko": "무역사절단",
        "starts_on": "2025-06-02",
        "ends_on": "2025-06-06",
    }
    made = call("POST", "events", body)
    assert made.status_code == 201, made.content
    of = Event.objects.get()
    wrong = call("PATCH", f"events/{of.pk}", {"ends_on": "2025-06-01"})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["ends_on"])
    place = {"name_ko": "하노이", "starts_on": "2025-06-02", "ends_on": "2025-06-03", "tables": 8}
    assert call("POST", f"events/{of.pk}/places", place).status_code == 200
    leg = of.legs.get()
    days = {"first": "2025-06-02", "last": "2025-06-03", "minutes": 20, "morning_begins": "09:00",
            "morning_slots": 6}  # fmt: skip
    assert call("POST", f"event-places/{leg.pk}/half-days", days).status_code == 200
    people = {"name": "최누리", "languages": ["ko", "vi"]}
    assert call("POST", f"event-places/{leg.pk}/interpreters", people).status_code == 200
    assert call("POST", f"events/{of.pk}/step", {"state": "open"}).status_code == 200
    told = call("GET", f"events/{of.pk}").json()
    assert (told["state"], told["exhibitors"], told["places"][0]["interpreters"][0]["languages"]) == (
        "open", 0, ["ko", "vi"],
    )  # fmt: skip
    assert [(one["part"], one["slots"]) for one in told["places"][0]["half_days"]] == [
        ("morning", 6)
    ] * 2


def test_a_program_adds_a_buyer_says_when_it_has_time_and_invites_it(
    fair, officer, person_with
) -> None:
    call = calling(officer)
    body = {"name": "Hanoi Mart", "contact_email": "minh@buyer.example", "languages": ["vi"],
            "hs_codes": "3304.99"}  # fmt: skip
    made = call("POST", f"events/{fair.pk}/buyers", body)
    assert made.status_code == 201, made.content
    row = Participant.objects.get()
    own = f"event-participants/{row.pk}"
    assert made.json()["href"] == f"/api/v1/{own}"
    morning = HalfDay.objects.get(part="morning")
    times = call("POST", f"{own}/times", {f"half_{morning.pk}": ["1", "2"]})
    assert times.status_code == 200, times.content
    assert list(Absence.objects.values_list("slot", flat=True)) == [3, 4]
    assert call("POST", f"{own}/invite").status_code == 200
    told = call("GET", own).json()
    assert (told["state"], told["hs_codes"], len(told["absences"])) == ("invited", ["330499"], 2)
    assert "contact_email" not in told
    assert call("GET", f"{own}/contact").json()["contact_email"] == "minh@buyer.example"
    reader = calling(person_with("viewer"))
    assert reader("GET", own).status_code == 200
    assert reader("GET", f"{own}/contact").status_code == 403
    changed = call("PATCH", own, {"most": 6})
    assert changed.status_code == 200, changed.content
    row.refresh_from_db()
    assert (row.most, row.contact_email) == (6, "minh@buyer.example")


def test_its_lists_ask_the_same_for_one_and_for_fifty(
    fair, officer, django_assert_max_num_queries
) -> None:
    call = calling(officer)
    for count in (1, 50):
        while fair.participants.count() < count:
            invited(fair, f"바이어 {fair.participants.count()}")
            make.event(fair.unit)
        for path in ("events", f"events/{fair.pk}/participants"):
            # Of these five are the token's: who it is, what it may, how often, and that it was used.
            with django_assert_max_num_queries(13):
                assert len(call("GET", path).json()["items"]) >= count
