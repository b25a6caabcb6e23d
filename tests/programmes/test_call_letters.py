"""Letters about newly opened calls: who asked gets one, by account or address, and ends it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.programmes import applying_makers as makers

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.programmes.actions import subscriptions as actions
from gyoryu.programmes.models import Programme, Strategy, Subscription
from gyoryu.programmes.rules.subscriptions import secret_of

pytestmark = pytest.mark.django_db
AT = makers.AT
ASKED = "/openings/letters/"


def programme(province, number, kind="support", strategy=None):
    return Programme.objects.create(
        unit=province.division, number=number, kind=kind, strategy=strategy,
        name_ko="지원", first_year=2025, last_year=2025,
    )  # fmt: skip


@pytest.fixture
def strategy(province):
    return Strategy.objects.create(
        unit=province.division, name_ko="수출 확대", first_year=2025, last_year=2027
    )


@pytest.fixture
def calls(province, strategy):
    """An open call of the strategy, one of vouchers, one not open yet, one closed already."""

    def call(of, **window):
        return makers.call(province.division, programme=of, published_at=AT, **window)

    return [
        call(programme(province, "P-1", strategy=strategy)),
        call(programme(province, "P-2", kind="voucher")),
        call(programme(province, "P-3"), opens_at=AT + timedelta(days=1)),
        call(programme(province, "P-4"), closes_at=AT),
    ]


def told():
    rows = Letter.objects.filter(key__startswith="call.opened:").order_by("pk")
    return [(one.addressee, int(one.key.partition(":")[2])) for one in rows]


def test_each_opened_call_is_told_of_once_to_who_wants_it(strategy, calls) -> None:
    every, of_it, vouchers = (makers.somebody(name) for name in ("가", "나", "다"))
    actions.ask(None, "", by=every, at=AT)
    actions.ask(strategy, "", by=every, at=AT)
    actions.ask(strategy, "", by=of_it, at=AT)
    actions.ask(None, "voucher", by=vouchers, at=AT)
    assert actions.tell(by=None, at=AT) == 5
    first, second, later, _closed = (call.pk for call in calls)
    assert sorted(told()) == sorted(
        [(str(every), first), (str(of_it), first), (str(every), second), (str(vouchers), second)]
    )
    assert actions.tell(by=None, at=AT) == 0
    actions.tell(by=None, at=AT + timedelta(days=2))
    assert told()[-1:] == [(str(every), later)]
    assert len(told()) == 5


def test_who_comes_later_or_has_ended_gets_none(strategy, calls) -> None:
    one, other = makers.somebody("가"), makers.somebody("나")
    actions.end(actions.ask(None, "", by=one, at=AT), by=one, at=AT)
    actions.tell(by=None, at=AT)
    actions.ask(None, "", by=other, at=AT)
    assert actions.tell(by=None, at=AT) == 0
    assert told() == []
    with pytest.raises(Refused):
        actions.ask(None, "", by=other, at=AT)


def test_an_account_asks_and_ends_on_its_page(signed_in, strategy) -> None:
    user, other = makers.somebody(), makers.somebody("박하늘")
    client = signed_in(user)
    page = "/my/call-letters/"
    assert client.post(page, {"strategy": strategy.pk, "kind": "", "once": "a"}).status_code == 302
    row = Subscription.objects.get()
    assert (row.user, row.strategy, row.confirmed_at is not None) == (user, strategy, True)
    assert str(strategy) in client.get(page).content.decode()
    again = client.post(page, {"strategy": strategy.pk, "kind": "", "once": "b"})
    assert again.status_code == 422
    assert signed_in(other).get(f"{page}{row.pk}/end/").status_code == 404
    assert client.post(f"{page}{row.pk}/end/", {"once": "c"}).status_code == 302
    row.refresh_from_db()
    assert row.ended_at is not None
    verbs = Entry.objects.filter(verb__startswith="subscription.").order_by("pk")
    assert [one.verb for one in verbs] == ["subscription.asked", "subscription.ended"]


def test_an_address_says_yes_before_it_gets_any(calls) -> None:
    browser = Client(headers={"accept-language": "en"})
    posted = {"email": "Owner@Firm.test", "strategy": "", "kind": "voucher"}
    assert browser.post(ASKED, posted)["Location"] == f"{ASKED}sent/"
    # Asked again, the same is answered and nothing is sent.
    assert browser.post(ASKED, posted)["Location"] == f"{ASKED}sent/"
    row, first = Subscription.objects.get(), Letter.objects.get()
    assert (row.address, first.address, row.confirmed_at) == ("owner@firm.test",) * 2 + (None,)
    assert actions.tell(by=None, at=AT) == 0
    # Opening the link changes nothing; a post does.
    assert browser.get(first.link).status_code == 200
    row.refresh_from_db()
    assert row.confirmed_at is None
    # A browser that tells no site where it was says of a form, too, that it comes from nowhere.
    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert strict.post(first.link, {"confirm": "1"}).status_code == 200
    Letter.objects.exclude(pk=first.pk).delete()
    calls[1].opening_told.delete()
    assert actions.tell(by=None, at=AT) == 1
    (letter,) = Letter.objects.filter(key=f"call.opened:{calls[1].pk}")
    ending = f"{ASKED}by/{secret_of(row)}/"
    assert ending in letter.body
    assert browser.get(ending).status_code == 200
    row.refresh_from_db()
    assert row.ended_at is None
    browser.post(ending, {"end": "1"})
    row.refresh_from_db()
    assert (row.address, row.ended_at is not None) == ("", True)
    assert "owner@firm.test" not in str(list(Entry.objects.values()))
    assert browser.post(ending, {"confirm": "1"}).context["refused"]
    assert mail.outbox == []


def test_an_address_that_says_nothing_is_forgotten(province) -> None:
    row = actions.ask_for("x@firm.test", "ko", None, "", by=None, at=AT)
    actions.tell(by=None, at=AT + timedelta(days=6))
    assert Subscription.objects.filter(pk=row.pk).exists()
    with pytest.raises(Refused):
        actions.confirm(row, by=None, at=AT + timedelta(days=7))
    actions.tell(by=None, at=AT + timedelta(days=7))
    assert not Subscription.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("secret", ["1", "1:x", "x", "0:"])
def test_a_link_that_was_not_made_here_opens_nothing(secret, province) -> None:
    actions.ask_for("x@firm.test", "ko", None, "", by=None, at=AT)
    reply = Client().post(f"{ASKED}by/{secret}/", {"confirm": "1"})
    assert (reply.status_code, reply["Cache-Control"]) == (404, "no-store")


def test_a_wrong_address_is_told_beside_its_field(province) -> None:
    reply = Client().post(ASKED, {"email": "owner at firm", "strategy": "999", "kind": "x"})
    assert reply.status_code == 422
    assert set(reply.context["form"].errors) == {"email", "strategy", "kind"}
    assert not Subscription.objects.exists()
