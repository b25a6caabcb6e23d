"""A token is its owner's, within its scope and until its last day; each use is written down."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.conftest import Program, token_for

from gyoryu.accounts.actions import people, tokens
from gyoryu.accounts.models import Token
from gyoryu.base.refused import Refused
from gyoryu.history import actions as sealing
from gyoryu.history import queries as history
from gyoryu.history.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 1)


def uses():
    rows = Entry.objects.filter(verb="token.used").order_by("pk")
    return [(row.changes["call"][1], row.changes["answer_status"][1]) for row in rows]


def test_without_a_token_that_works_nothing_is_told(program, officer):
    for secret in ("", "x", "gyoryu_" + "A" * 43):
        reply = Program(secret).get("agreements")
        assert (reply.status_code, reply["Content-Type"]) == (401, "application/problem+json")
        assert reply["WWW-Authenticate"].startswith("Bearer")
        assert reply.json()["status"] == 401
    assert uses() == []


def test_a_session_is_no_token(signed_in, officer):
    assert signed_in(officer).get("/api/v1/agreements").status_code == 401


@pytest.mark.parametrize("end", ["revoked", "over", "closed"])
def test_a_token_that_is_over_works_no_more(end, officer, now, settings):
    token, secret = token_for(officer, now, ends_on=TODAY)
    assert Program(secret).get("me").status_code == 200
    if end == "revoked":
        tokens.revoke(token, by=officer, at=now)
    elif end == "over":
        settings.TODAY = "2025-04-02"
    else:
        people.close(officer, reason="moved", by=None, at=now)
    assert Program(secret).get("me").status_code == 401


def test_only_the_digest_is_kept(officer, now):
    token, secret = token_for(officer, now)
    kept = {str(value) for value in Token.objects.filter(pk=token.pk).values()[0].values()}
    assert not any(secret in value or secret.removeprefix("gyoryu_") in value for value in kept)
    assert not Entry.objects.filter(changes__icontains=secret[10:30]).exists()


def test_a_scope_to_read_reads_and_its_area_alone(program, officer):
    reading = program(officer, ["agreements.read"])
    assert reading.get("agreements").status_code == 200
    assert reading.post("agreements", {"kind": "mou", "title_ko": "가"}).status_code == 403
    assert reading.get("organisations").status_code == 403


def test_nobody_makes_a_token_that_reaches_further_than_they_do(person_with, now):
    viewer = person_with("viewer")
    with pytest.raises(Refused) as refused:
        token_for(viewer, now, ["agreements.read", "agreements.write"])
    assert refused.value.field == "scopes"
    with pytest.raises(Refused):
        token_for(viewer, now, [])


@pytest.mark.parametrize("days", [-1, 367])
def test_a_token_ends_within_a_year(officer, now, days):
    with pytest.raises(Refused) as refused:
        token_for(officer, now, ends_on=TODAY + timedelta(days=days))
    assert refused.value.field == "ends_on"


def test_a_role_that_is_taken_away_is_taken_from_the_token_too(program, officer, now, province):
    writing = program(officer)
    people.grant(officer, "viewer", province.division, by=None, at=now)
    people.revoke(officer.memberships.get(role="officer"), by=None, at=now)
    assert writing.get("agreements").status_code == 200
    assert writing.post("agreements", {"kind": "mou", "title_ko": "가"}).status_code == 403


def test_every_use_is_in_the_history_without_what_was_asked(program, officer):
    asking = program(officer)
    asking.get("people?q=김도연")
    asking.get("people/999")
    asking.post("agreements", {"kind": "mou", "title_ko": "가"})
    asking.post("agreements", {"kind": "nothing"})
    assert uses() == [
        ("GET /api/v1/people", 200),
        ("GET /api/v1/people/999", 404),
        ("POST /api/v1/agreements", 201),
        ("POST /api/v1/agreements", 422),
    ]
    used = Entry.objects.filter(verb="token.used")
    assert {(row.by_id, row.name) for row in used} == {(officer.pk, "연계")}
    assert not used.filter(changes__icontains="김도연").exists()


def test_uses_are_sealed_with_the_rest(program, officer, now):
    asking = program(officer)
    for _ in range(3):
        asking.get("me")
    sealing.seal(by=None, at=now)
    assert not Entry.objects.filter(seal=None).exists()
    assert list(history.faults()) == []


def test_a_minute_allows_so_many_calls(program, officer, settings):
    settings.API_CALLS = 2
    asking, other = program(officer), program(officer)
    answers = [asking.get("me").status_code for _ in range(3)]
    late = asking.get("me")
    assert answers == [200, 200, 429]
    assert 0 < int(late["Retry-After"]) <= 60
    assert late["Content-Type"] == "application/problem+json"
    assert other.get("me").status_code == 200


def test_me_tells_whose_token_it_is(program, officer, province):
    told = program(officer, ["agreements.write", "home.read"]).get("me").json()
    assert told == {
        "user": {"id": officer.pk, "name": "officer Hong"},
        "token": {"id": Token.objects.get().pk, "name": "연계"},
        "scopes": ["agreements.write", "home.read"],
        "ends_on": "2025-12-31",
        "departments": [{"id": province.division.pk, "name": "International Cooperation Division"}],
    }


# The screens


def make(browser, **fields):
    typed = {"name": "통계", "scopes": ["agreements.read"], "ends_on": "2025-06-30", **fields}
    return browser.post("/tokens/new/", typed)


def test_the_secret_is_shown_once_and_works(signed_in, officer):
    browser = signed_in(officer, "en")
    once = "5b1f0d7a-0000-4000-8000-000000000001"
    shown = make(browser, once=once)
    secret = shown.context["secret"]
    token = Token.objects.get()
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert secret in shown.content.decode()
    assert Program(secret).get("agreements").status_code == 200
    again = make(browser, once=once)
    page = browser.get(again.headers["Location"])
    assert secret not in page.content.decode()
    assert list(Token.objects.all()) == [token]


def test_wrong_wishes_are_told_at_their_fields(signed_in, officer):
    reply = make(signed_in(officer, "en"), ends_on="2027-01-01", scopes=[])
    assert reply.status_code == 422
    assert reply.context["form"].errors.keys() == {"scopes"}
    reply = make(signed_in(officer, "en"), ends_on="2027-01-01")
    assert reply.context["form"].errors == {"ends_on": ["A token works for a year at most."]}
    assert "통계" in reply.content.decode()


def test_only_what_one_may_do_is_offered(signed_in, person_with):
    offered = signed_in(person_with("viewer")).get("/tokens/new/").context["form"].fields["scopes"]
    assert "agreements.write" not in dict(offered.choices)
    assert "agreements.read" in dict(offered.choices)


def test_administrators_see_and_revoke_the_tokens_of_their_units(
    signed_in, officer, person_with, province, now
):
    token, secret = token_for(officer, now)
    colleague = signed_in(person_with("officer"))
    stranger = signed_in(person_with("administrator", province.other))
    administrator = signed_in(person_with("administrator", province.root))
    address = f"/tokens/{token.pk}/"
    answers = [one.get(address).status_code for one in (colleague, stranger, administrator)]
    assert answers == [404, 404, 200]
    assert administrator.post(f"{address}revoke/").status_code == 302
    assert Program(secret).get("me").status_code == 401
    assert [entry.verb for entry in history.of_record(token)] == ["token.revoked", "token.made"]


def test_a_list_of_tokens_asks_eight_questions_at_most(signed_in, officer, now):
    browser, counts = signed_in(officer), []
    for wanted in (1, 3, 50):
        while Token.objects.count() < wanted:
            token_for(officer, now, ["agreements.read"])
        browser.get("/tokens/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/tokens/")
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 8


def test_who_needs_a_second_factor_sets_it_up_before_making_one(signed_in, officer, settings):
    settings.SECOND_FACTOR = "required"
    reply = make(signed_in(officer))
    assert (reply.status_code, reply["Location"]) == (302, "/account/2fa/")
    assert not Token.objects.exists()
