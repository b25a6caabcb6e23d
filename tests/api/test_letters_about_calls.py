"""A program asks for letters about new calls to its owner's account, lists and ends them."""

import pytest

from gyoryu.history.models import Entry
from gyoryu.programmes.actions import subscriptions
from gyoryu.programmes.models import Strategy, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy(province):
    return Strategy.objects.create(
        unit=province.division, name_ko="수출 확대", first_year=2025, last_year=2027
    )


def test_letters_are_asked_for_listed_and_ended_for_the_tokens_owner(
    program, person_with, strategy, now
) -> None:
    reader, other = person_with("viewer"), person_with("officer")
    subscriptions.ask(None, "", by=other, at=now)
    calling, key = program(reader), {"Idempotency-Key": "1"}
    body = {"strategy": str(strategy.pk), "kind": "voucher"}
    made = [calling.post("call-letters", body, **key) for _time in range(2)]
    assert [one.status_code for one in made] == [201, 201], made[0].content
    row = Subscription.objects.get(user=reader)
    told = calling.get(made[0]["Location"]).json()
    assert calling.get("call-letters").json() == {"items": [told], "next": None}
    assert {name: told[name] for name in ("id", "strategy", "kind", "name")} == {
        "id": row.pk, "strategy": {"id": strategy.pk, "name": str(strategy)}, "kind": "voucher",
        "name": str(row),
    }  # fmt: skip
    again = calling.post("call-letters", body)
    assert (again.status_code, again.json()["errors"]) == (
        409, {"": ["You get these letters already."]},
    )  # fmt: skip
    ending = f"call-letters/{row.pk}/end"
    # Nobody ends somebody else's, nor what is ended already.
    assert program(other).post(ending).status_code == 404
    assert [calling.post(ending, {}, **{"Idempotency-Key": "2"}).status_code for _n in "12"] == [
        200, 200,
    ]  # fmt: skip
    assert calling.post(ending).status_code == 404
    assert calling.get("call-letters").json()["items"] == []
    verbs = Entry.objects.filter(verb__startswith="subscription.", by=reader).order_by("pk")
    assert [one.verb for one in verbs] == ["subscription.asked", "subscription.ended"]


def test_what_there_is_not_is_refused_at_its_field_and_reading_does_not_write(
    program, officer, province
) -> None:
    wrong = program(officer).post("call-letters", {"strategy": "999", "kind": "lottery"})
    assert (wrong.status_code, set(wrong.json()["errors"])) == (422, {"strategy", "kind"})
    reads = program(officer, ["programmes.read"])
    assert reads.get("call-letters").status_code == 200
    assert reads.post("call-letters", {}).status_code == 403
    elsewhere = program(officer, ["agreements.write"])
    assert elsewhere.get("call-letters").status_code == 403
    assert not Subscription.objects.exists()
    told = program(officer).get("openapi.json").json()["paths"]
    assert set(told["/api/v1/call-letters"]) == {"get", "post"}
    assert set(told["/api/v1/call-letters/{pk}/end"]) == {"post"}
