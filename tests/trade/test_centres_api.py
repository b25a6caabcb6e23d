"""Programs read and write centres and malls as screens do, and are told nothing more."""

import json
from datetime import date

import centre_makers as own
import pytest
import trade_makers as make
from django.test import Client

from gyoryu.accounts.actions import tokens
from gyoryu.accounts.models import Token
from gyoryu.trade.models import Enquiry, Listing, Sale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LISTS = ("centres", "enquiries", "leads", "channels", "listings", "campaigns", "sales", "shop-windows")  # fmt: skip


@pytest.fixture
def program(now):
    """Call by a token of somebody's, let into all that they may do."""

    def make_one(user):
        scopes = [one for one in Token.Scope if user.access.reaches(one)]
        _token, secret = tokens.make(
            "연계", scopes, date(2025, 12, 31), on=now.date(), by=user, at=now
        )
        headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}

        def ask(path, body=None):
            method = "GET" if body is None else "POST"
            more = {} if body is None else {"data": json.dumps(body)}
            return Client().generic(
                method, f"/api/v1/{path}", headers=headers, content_type="application/json", **more
            )

        return ask

    return make_one


def test_an_enquiry_is_entered_answered_and_read_without_who_asked(
    province, officer, person_with, program
):
    centre, ask = own.centre(province.division), program(officer)
    given = {**own.WORDS, "centre": str(centre.pk), "contact_email": "lin@daha.example"}
    made = ask("enquiries", given)
    assert made.status_code == 201
    row = Enquiry.objects.get()
    wrong = ask(f"enquiries/{row.pk}/answer", {"answer": ""})
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["answer"])
    assert ask(f"enquiries/{row.pk}/answer", {"answer": "Yes."}).status_code == 200
    told = ask(f"enquiries/{row.pk}").json()
    assert (told["state"], told["in_time"], told["answer"]) == ("answered", True, "Yes.")
    assert "lin@daha" not in json.dumps(told)
    assert ask(f"centres/{centre.pk}/results").json()["deals"] == []
    viewer = program(person_with("viewer"))
    assert [viewer(path).status_code for path in ("enquiries", "leads")] == [403, 200]


def test_products_are_proposed_by_their_numbers_all_or_none(province, officer, program):
    mall, ask = own.channel(province.division), program(officer)
    made = own.product(make.organisation(province.division, "해담식품"))
    wrong = ask(f"channels/{mall.pk}/propose", {"products": f"{made.pk}, 999999"})
    assert (wrong.status_code, Listing.objects.count()) == (422, 0)
    assert ask(f"channels/{mall.pk}/propose", {"products": str(made.pk)}).status_code == 200
    row = Listing.objects.get()
    moved = ask(f"listings/{row.pk}/move", {"state": "live", "on": "2025-04-01"})
    assert moved.status_code == 422


@pytest.mark.parametrize("count", [1, 3, 50])
def test_lists_of_the_api_ask_the_same_for_many(
    province, officer, program, count, django_assert_max_num_queries
):
    centre, mall = own.centre(province.division), own.channel(province.division)
    company = make.organisation(province.division, "해담식품")
    for n in range(count):
        own.enquiry(centre, organisation=company)
        own.lead(centre, f"바이어 {n}")
        row = own.listing(mall, own.product(company, f"제품 {n}"), code=str(n))
        Sale.objects.create(
            unit=row.unit, listing=row, order=str(n), on=date(2025, 3, 3), quantity=1, amount=1,
            currency="CNY",
        )  # fmt: skip
    ask = program(officer)
    for path in LISTS:
        with django_assert_max_num_queries(8):
            assert ask(path).status_code == 200
