"""Exhibitors are asked what became of their talks for a year, by a link that needs no account."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal as D

import deal_makers
import pytest
import trade_makers as make
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.base.refused import Refused
from gyoryu.outbox.models import Letter
from gyoryu.trade.actions import follow_ups as actions
from gyoryu.trade.actions import tallies as counting
from gyoryu.trade.models import Deal, DealStep, FollowUp
from gyoryu.trade.queries import deals as deal_queries
from gyoryu.trade.queries import follow_ups as queries
from gyoryu.trade.queries import tallies
from gyoryu.trade.rules import follow_ups as rules
from gyoryu.trade.rules.follow_ups import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def clock(day):
    at = datetime.fromisoformat(f"{day}T00:30:00+00:00")
    return {"on": at.date(), "by": None, "at": at}


@pytest.fixture
def ended(province):
    """A fair that ended on 31 December 2024: its first round is due on 31 March 2025."""
    of = make.event(
        province.division, starts_on=date(2024, 12, 30), ends_on=date(2024, 12, 31), state="held"
    )
    make.leg(of)
    return of


@pytest.fixture
def seller(ended):
    return make.exhibitor(ended, contact_email="kim@haedam.example", language="en")


@pytest.fixture
def asked(ended, seller):
    """The exhibitor's first follow-up, asked, with its link."""
    actions.ask(**clock("2025-04-01"))
    return FollowUp.objects.get()


def link():
    return Letter.objects.latest("pk").link


def text(reply):
    return reply.content.decode()


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_rounds_follow_each_other_without_a_gap(ended_on) -> None:
    windows = [rules.window(ended_on, months) for months in rules.ROUNDS]
    assert [until + timedelta(days=1) for _due, until in windows[:2]] == [
        due for due, _until in windows[1:]
    ]
    assert [(due.year * 12 + due.month) - (ended_on.year * 12 + ended_on.month)
            for due, _until in windows] == [3, 6, 12]  # fmt: skip
    assert all(due <= until for due, until in windows)


@given(st.builds(
    Told, what=st.sampled_from(rules.What.values), amount=st.none() | st.decimals(0, 10**9, places=2),
    currency=st.sampled_from(["", "USD"]), on=st.none() | st.dates(), declaration=st.text(max_size=9),
    reason=st.text(max_size=9), buyer=st.text(max_size=9), about=st.text(max_size=9),
))  # fmt: skip
def test_what_was_said_is_kept_as_it_was_given(told) -> None:
    assert rules.read(told.kept()) == told


def test_everybody_is_asked_reminded_twice_and_then_left_in_peace(ended, seller) -> None:
    make.exhibitor(ended, "한빛")  # nobody can be reached
    make.exhibitor(ended, "철수", state="withdrawn", state_reason="ill")
    assert actions.ask(**clock("2025-03-30")) == 0
    assert FollowUp.objects.count() == 0
    days = ["2025-03-31", "2025-03-31", "2025-04-10", "2025-04-14", "2025-04-20", "2025-04-28",
            "2025-05-11", "2025-05-12", "2025-06-01"]  # fmt: skip
    letters = [actions.ask(**clock(day)) for day in days]
    assert letters == [1, 0, 0, 1, 0, 1, 0, 0, 0]
    row = FollowUp.objects.get(exhibitor=seller)
    assert (row.state, row.chased, row.months, row.until) == ("silent", 2, 3, date(2025, 6, 29))
    assert FollowUp.objects.exclude(pk=row.pk).get().state == "due"
    # Each letter has the same link, which works although nobody answered in time.
    assert len(set(Letter.objects.values_list("link", flat=True))) == 1
    assert queries.of_link(link().split("/")[2], date(2025, 6, 29)) == row
    assert queries.of_link(link().split("/")[2], date(2025, 6, 30)) is None
    assert actions.ask(**clock("2025-06-30")) == 1
    assert sorted(FollowUp.objects.values_list("months", "state")) == [
        (3, "silent"), (3, "silent"), (6, "asked"), (6, "due"),
    ]  # fmt: skip


def test_an_old_event_is_left_alone_and_a_cancelled_one_too(ended, seller) -> None:
    assert actions.ask(**clock("2026-04-01")) == 0
    ended.state, ended.state_reason = "cancelled", "storm"
    ended.save()
    assert actions.ask(**clock("2025-04-01")) == 0
    assert FollowUp.objects.count() == 0


def test_the_rounds_are_offered_in_the_readers_language(officer, signed_in) -> None:
    pages = [
        text(signed_in(officer, language).get(reverse("follow-ups"))) for language in ("ko", "en")
    ]
    told = [["3개월 후" in page, "After 3 months" in page] for page in pages]
    assert told == [[True, False], [False, True]]


def test_an_exhibitor_answers_each_talk_in_plain_words(
    ended, seller, client, officer, signed_in
) -> None:
    unit, company = ended.unit, seller.organisation
    buyers = [make.buyer(ended, f"바이어{n}") for n in range(5)]
    first, second, third = (
        deal_makers.begin(
            unit, deal_makers.word(on="2024-12-31"), company=company, event=ended,
            buyer=buyers[n].organisation,
        )
        for n in range(3)
    )  # fmt: skip
    then = {"at": datetime(2024, 12, 31, 3, tzinfo=UTC), "amount": D(500), "currency": "EUR"}
    talks = [make.consultation(seller, one, **then) for one in buyers[3:]]
    counting.moved([], [one for talk in talks for one in counting.of_consultation(talk)])
    actions.ask(**clock("2025-04-01"))
    row = FollowUp.objects.get()
    address = link()
    client.cookies["language"] = "en"
    page = client.get(address)
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    assert [name for name in (f"d{first.pk}_what", f"c{talks[0].pk}_what", "n1_buyer")
            if name not in text(page)] == []  # fmt: skip
    said = {
        f"d{first.pk}_what": "signed", f"d{first.pk}_amount": "90,000",
        f"d{first.pk}_on": "2025-03-01",
        f"d{second.pk}_what": "lost",
    }  # fmt: skip
    # A browser that tells no site where it was says of a form, too, that it comes from nowhere.
    browser = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert browser.post(address, {**said, "save": "1"}).status_code == 422
    wrong = client.post(address, {**said, "save": "1"})
    assert (wrong.status_code, "90,000" in text(wrong)) == (422, True)
    row.refresh_from_db()
    assert (row.answers, row.saved_at) == ({}, None)
    said[f"d{second.pk}_reason"] = "price"
    saved = client.post(address, {**said, "save": "1"})
    assert saved.status_code == 302, saved.context["form"].errors
    row.refresh_from_db()
    # Saved, not sent: nothing of it has happened yet.
    assert (row.state, len(row.answers), DealStep.objects.count()) == ("asked", 2, 3)
    assert 'value="90000"' in text(client.get(address)) or "90,000" in text(client.get(address))
    said |= {
        f"d{third.pk}_what": "shipped", f"d{third.pk}_amount": "40000",
        f"d{third.pk}_on": "2025-03-20", f"d{third.pk}_declaration": "41774-25-003706X",
        f"c{talks[0].pk}_what": "signed", f"c{talks[0].pk}_amount": "450",
        f"c{talks[0].pk}_on": "2025-03-20",
        "n1_buyer": "Neue Handels GmbH", "n1_what": "signed", "n1_amount": "7000",
        "n1_currency": "EUR", "n1_on": "2025-03-02",
    }  # fmt: skip
    sent = client.post(address, {**said, "send": "1"})
    assert sent.status_code == 302, sent.context["form"].errors
    row.refresh_from_db()
    assert (row.state, row.answers[f"d{first.pk}"]["amount"]) == ("answered", "90000")
    told = {
        deal.buyer.name_en: (deal.grade, deal.pursued, deal.state)
        for deal in Deal.objects.select_related("buyer")
    }
    assert told == {
        # A word does not sign: the deal stays as it is, and the paper is asked for.
        "바이어0 Co": ("pursued", D(100_000), "open"),
        "바이어1 Co": ("pursued", D(100_000), "lost"),
        "바이어2 Co": ("pursued", D(100_000), "open"),
        "바이어3 Co": ("pursued", D(450), "open"),
        "Neue Handels GmbH": ("pursued", D(7_000), "open"),
    }
    said = deal_queries.unproven().order_by("pk")
    assert (said[0].deal_id, said[0].says, said[0].amount) == (first.pk, "signed", D(90_000))
    assert deal_queries.unproven().count() == 3
    waiting = DealStep.objects.get(grade="verified")
    assert (waiting.declaration, waiting.verified_at, waiting.noted_by) == (
        "4177425003706X", None, None,
    )  # fmt: skip
    assert tallies.faults() == {}
    # What was sent stays; what was left open can still be answered, and nothing happens twice.
    page = client.get(address)
    assert f"d{first.pk}_what" not in text(page)
    assert f"c{talks[1].pk}_what" in text(page)
    client.post(address, {f"c{talks[1].pk}_what": "nothing", "send": "1"})
    row.refresh_from_db()
    assert (len(row.answers), Deal.objects.count()) == (6, 5)
    desk = signed_in(officer, "en")
    page = text(desk.get(first.get_absolute_url()))
    assert "Signed · USD 90,000 · 2025-03-01" in page
    assert "Says signed, proof missing" in page
    listed = text(desk.get(reverse("deals"), {"proof": "missing"}))
    assert [first.number in listed, third.number in listed] == [True, False]
    assert "Contracts to ask for" in text(desk.get(reverse("home")))
    first.refresh_from_db()
    assert (first.next_step, first.next_due) == (
        "계약서 요청: 기업이 계약했다고 답했습니다.",
        make.TODAY + timedelta(days=14),
    )
    # The paper lifts the grade, and nothing is asked for any more.
    deal_makers.tell(first, deal_makers.contract("2025-03-01"))
    assert first.pk not in deal_queries.unproven().values_list("deal", flat=True)
    assert "proof missing" not in text(desk.get(first.get_absolute_url()))
    assert "Neue Handels GmbH" in text(desk.get(row.get_absolute_url()))


def test_a_word_never_moves_what_a_paper_has_shown(ended, seller) -> None:
    deal = deal_makers.begin(
        ended.unit, deal_makers.word(on="2024-12-31"), company=seller.organisation, event=ended
    )
    deal_makers.tell(deal, deal_makers.contract("2025-01-10"))
    actions.ask(**clock("2025-04-01"))
    row = FollowUp.objects.get()
    told = {f"d{deal.pk}": Told("signed", D(5), "USD", date(2025, 2, 1))}
    actions.answer(row, told, send=True, by=None, at=make.NOW)
    deal.refresh_from_db()
    assert (deal.grade, deal.signed, deal.pursued) == ("signed", D(90_000), D(100_000))


def test_what_cannot_be_is_refused_at_its_line_and_nothing_of_it_is_kept(asked, ended, seller):
    deal = deal_makers.begin(
        ended.unit, deal_makers.word(on="2024-12-31"), company=seller.organisation, event=ended
    )
    other = deal_makers.begin(ended.unit, company=make.organisation(ended.unit, "다른"))
    deal_makers.tell(other, deal_makers.shipment())
    key = f"d{deal.pk}"
    day, number = date(2025, 3, 20), "41774-25-003706X"
    wrong = [
        (Told("signed"), "amount"), (Told("signed", D(5)), "on"), (Told("lost"), "reason"),
        (Told("shipped", D(5), on=day, declaration="1"), "declaration"),
        (Told("shipped", D(5), on=day, declaration=number), "declaration"),
        (Told("talking", declaration=number), "declaration"), (Told("", D(5)), "what"),
        (Told("signed", D(5), on=date(2026, 1, 1)), "on"), (Told("signed", D(-5), on=day), "amount"),
    ]  # fmt: skip
    for told, part in wrong:
        with pytest.raises(Refused) as refused:
            actions.answer(asked, {key: told}, send=True, by=None, at=make.NOW)
        assert refused.value.field == f"{key}_{part}"
    with pytest.raises(Refused) as refused:
        actions.answer(
            asked, {"n1": Told("signed", D(5), "USD", day)}, send=True, by=None, at=make.NOW
        )
    assert refused.value.field == "n1_buyer"
    asked.refresh_from_db()
    assert (asked.answers, asked.state, deal.steps.count()) == ({}, "asked", 1)


def test_what_was_saved_and_never_sent_counts_when_the_round_ends(asked, ended, seller) -> None:
    deal = deal_makers.begin(
        ended.unit, deal_makers.word(on="2024-12-31"), company=seller.organisation, event=ended
    )
    told = {f"d{deal.pk}": Told("signed", D(70), "USD", date(2025, 3, 1))}
    actions.answer(asked, told, send=False, by=None, at=make.NOW)
    deal.refresh_from_db()
    assert deal.pursued == D(100_000)
    actions.ask(**clock("2025-06-30"))
    deal.refresh_from_db()
    asked.refresh_from_db()
    assert (asked.state, asked.saved_at, deal.pursued) == ("answered", None, D(100_000))
    assert deal_queries.unproven().get(deal=deal).amount == D(70)


def test_who_acts_for_the_company_is_written_to_where_no_contact_is_known(
    ended, person_with
) -> None:
    silent = make.exhibitor(ended, "한빛")
    maker = person_with("company")
    deal_makers.acting(maker, silent.organisation)
    assert actions.ask(**clock("2025-04-01")) == 1
    assert Letter.objects.get().to == maker


def test_an_officer_sends_the_link_again_and_nobody_else_does(
    asked, officer, person_with, signed_in
) -> None:
    address = reverse("follow-up-ask", args=[asked.pk])
    assert signed_in(person_with("auditor")).post(address).status_code == 403
    assert signed_in(officer, "en").post(address).status_code == 302
    assert Letter.objects.count() == 2
    FollowUp.objects.update(state="answered", answered_at=make.NOW)
    assert signed_in(officer, "en").post(address).status_code == 422


def test_the_board_tells_who_is_due_late_and_silent_and_the_rate_of_each_round(
    ended, officer, person_with, signed_in
) -> None:
    made = [make.exhibitor(ended, f"회사{n}") for n in range(8)]
    due = {"event": ended, "due_on": date(2025, 3, 31), "until": date(2025, 6, 29), "months": 3}
    at = {"asked_at": datetime(2025, 3, 31, tzinfo=UTC)}
    states = [
        {"state": "due"}, {"state": "asked", **at}, {"state": "asked", "chased": 1, **at},
        *[{"state": "answered", "answered_at": make.NOW, **at}] * 2, *[{"state": "silent", **at}] * 3,
    ]  # fmt: skip
    for one, state in zip(made, states, strict=True):
        FollowUp.objects.create(exhibitor=one, **due, **state)
    browser = signed_in(officer, "en")
    page = browser.get(reverse("follow-ups"))
    assert page.context["listing"].counts == {
        "": 8, "due": 1, "asked": 1, "late": 1, "silent": 3, "answered": 2,
    }  # fmt: skip
    (rate,) = page.context["rates"]
    assert (rate.asked, rate.answered, rate.silent, rate.percent) == (7, 2, 3, D("28.6"))
    assert "28.6 %" in text(page)
    assert "28.6" in browser.get(reverse("follow-ups"), {"rates": "csv"}).getvalue().decode()
    assert signed_in(person_with("viewer")).get(reverse("follow-ups")).status_code == 403


@pytest.mark.parametrize("count", [1, 3, 50])
def test_boards_and_links_ask_the_same_for_many(
    ended, officer, signed_in, client, count, django_assert_max_num_queries
) -> None:
    seller = make.exhibitor(ended, contact_email="kim@haedam.example")
    for n in range(count):
        make.consultation(seller, make.buyer(ended, f"바이어{n}"))
        FollowUp.objects.create(
            exhibitor=make.exhibitor(ended, f"회사{n}"), event=ended, months=3,
            due_on=date(2025, 3, 31), until=date(2025, 6, 29),
        )  # fmt: skip
    actions.ask(**clock("2025-04-01"))
    browser = signed_in(officer)
    browser.get(reverse("follow-ups"))
    with django_assert_max_num_queries(8):
        browser.get(reverse("follow-ups"))
    with django_assert_max_num_queries(8):
        assert client.get(Letter.objects.latest("pk").link).status_code == 200
    row = FollowUp.objects.get(exhibitor=seller)
    with django_assert_max_num_queries(15):
        browser.get(row.get_absolute_url())
