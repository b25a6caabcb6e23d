"""Centres answer in working days, find partners, and stand beside what they cost."""

from datetime import UTC, date, datetime
from decimal import Decimal as D
from importlib import import_module

import centre_makers as own
import pytest
import trade_makers as make
from django.apps import apps
from django.urls import reverse
from trade_makers import NOW, SAID, TODAY

from gyoryu.base.refused import NotAllowed, Refused
from gyoryu.history.models import Entry
from gyoryu.outbox.models import Letter
from gyoryu.trade.actions import centres, enquiries, leads
from gyoryu.trade.models import Enquiry, LeadCode, RunningCost
from gyoryu.trade.queries import centres as queries
from gyoryu.trade.queries import enquiries as asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def centre(province):
    return own.centre(province.division)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2025, 4, 1, 0, 30, tzinfo=UTC), date(2025, 4, 8)),
        # Friday evening in Seoul; and a Friday in London that is Saturday in Seoul.
        (datetime(2025, 3, 28, 9, 0, tzinfo=UTC), date(2025, 4, 4)),
        (datetime(2025, 3, 28, 16, 0, tzinfo=UTC), date(2025, 4, 4)),
    ],
)
def test_an_enquiry_is_due_so_many_working_days_of_the_office_later(centre, received, due) -> None:
    row = own.enquiry(centre, at=received)
    assert (row.due_on, row.state, row.number) == (due, "in", "EN-2025-0001")


def test_answered_matched_closed_each_in_its_turn(centre) -> None:
    row, lead = own.enquiry(centre), own.lead(centre)
    with pytest.raises(Refused, match="Answer it first"):
        enquiries.match(row, lead, **SAID)
    with pytest.raises(Refused, match="Write the answer"):
        enquiries.answer(row, " ", **SAID)
    row = enquiries.answer(row, "There are three.", **SAID)
    with pytest.raises(Refused, match="answered already"):
        enquiries.answer(row, "Again.", **SAID)
    elsewhere = own.lead(own.centre(centre.unit, name_ko="다른 센터"), "무예상사")
    with pytest.raises(Refused) as refused:
        enquiries.match(row, elsewhere, **SAID)
    assert refused.value.field == "lead"
    row = enquiries.match(row, lead, **SAID)
    lead.refresh_from_db()
    assert (row.state, row.lead, lead.state) == ("matched", lead, "matched")
    row = enquiries.close(row, "They trade with each other.", **SAID)
    with pytest.raises(Refused, match="They trade"):
        enquiries.close(row, "again", **SAID)


def test_the_history_keeps_nothing_of_who_asks_and_what(centre) -> None:
    row = own.enquiry(centre, contact_name="한비밀", contact_email="secret@buyer.example")
    enquiries.answer(row, "비밀 답변", **SAID)
    enquiries.forget_asker(Enquiry.objects.get(), **SAID)
    kept = str(list(Entry.objects.filter(verb__startswith="enquiry.").values()))
    for word in ("한비밀", "secret@", "비밀 답변", row.subject, row.text):
        assert word not in kept
    row.refresh_from_db()
    assert (row.contact_name, row.contact_email, row.answer) == ("", "", "비밀 답변")


def test_leads_are_listed_by_how_their_codes_begin(centre, officer, signed_in) -> None:
    """By the codes as they are now, also those of leads that were there before codes were rows."""
    both = own.lead(centre, "둘 다", ["200899", "3304"])
    own.lead(centre, "장만", ["20"])
    own.lead(centre, "코드 없음", [])
    browser = signed_in(officer)

    def listed(hs):
        rows = browser.get(reverse("leads"), {"hs": hs}).context["listing"].page
        return {str(row) for row in rows}

    assert listed("20") == {"둘 다", "장만"}
    assert (listed("2008.99"), listed("3304"), listed("0899")) == ({"둘 다"}, {"둘 다"}, set())
    assert (listed("99"), listed("20089999999"), listed("없음")) == (set(), set(), set())
    leads.change(both, {"hs_codes": ["9503", "2105"]}, **SAID)
    assert (listed("3304"), listed("2"), listed("9503")) == (set(), {"둘 다", "장만"}, {"둘 다"})
    LeadCode.objects.all().delete()
    import_module("gyoryu.trade.migrations.0007_lead_codes").fill(apps, None)
    assert set(LeadCode.objects.values_list("lead__organisation__name_ko", "code")) == {
        ("둘 다", "9503"), ("둘 다", "2105"), ("장만", "20"),
    }  # fmt: skip


def test_leads_are_suggested_by_the_digits_they_share_and_the_reason_is_told(centre) -> None:
    row = own.enquiry(centre, hs_code="20089950")
    far, near, none = (
        own.lead(centre, "가까운 장", ["2005"]),
        own.lead(centre, "더 가까운 장", ["3304", "200899"]),
        own.lead(centre, "먼 장", ["3304"]),
    )
    dropped = own.lead(centre, "그만둔 곳", ["20089950"])
    leads.move(dropped, "dropped", "폐업", **SAID)
    found = [(one.lead.pk, one.digits) for one in asked.suggested(row)]
    assert found == [(near.pk, 6), (far.pk, 3)]
    assert none.pk not in dict(found)
    assert asked.suggested(row)[0].reason == (
        "It looks for HS 200899; asked is 20089950: the first 6 digits agree."
    )


def test_without_a_code_the_companys_products_tell_what_it_sells(centre) -> None:
    company = make.organisation(centre.unit, "마루식품")
    row = own.enquiry(centre, hs_code="", organisation=company)
    assert asked.suggested(row) == []
    own.product(company, hs="200819")
    wanted = own.lead(centre)
    assert [one.lead for one in asked.suggested(row)] == [wanted]


@pytest.mark.parametrize("code", ["1", "33.04a", "9904", "00", "12345678901"])
def test_what_is_no_code_is_refused_at_its_field(centre, code) -> None:
    with pytest.raises(Refused) as refused:
        own.lead(centre, codes=[code])
    assert refused.value.field == "hs_codes"


def test_answers_are_counted_in_time_and_late_and_what_waits(centre) -> None:
    first, second = own.enquiry(centre), own.enquiry(centre)
    own.enquiry(centre, at=datetime(2025, 3, 3, tzinfo=UTC))
    own.enquiry(centre, at=datetime(2024, 12, 30, tzinfo=UTC))
    closed = own.enquiry(centre, at=datetime(2025, 3, 3, tzinfo=UTC))
    enquiries.close(closed, "Not for us.", **SAID)
    enquiries.answer(first, "In time.", by=None, at=datetime(2025, 4, 8, 14, tzinfo=UTC))
    enquiries.answer(second, "Late.", by=None, at=datetime(2025, 4, 8, 15, tzinfo=UTC))
    found = queries.results(centre, 2025, date(2025, 4, 10)).enquiries
    assert found == queries.Answered(4, 2, 1, 1, 1, 0)
    assert (found.due, found.share) == (3, D("33.3"))
    assert queries.answered(Enquiry.objects.none(), TODAY).share is None


def test_reminders_go_to_the_staff_once_a_week_until_it_is_answered(centre, approver) -> None:
    row = own.enquiry(centre, at=datetime(2025, 3, 3, tzinfo=UTC))
    assert row.due_on == date(2025, 3, 10)

    def remind(day):
        return enquiries.remind(on=day, by=None, at=NOW)

    assert remind(date(2025, 3, 10)) == 0
    # Nobody works there: who approves for the unit hears of it.
    assert remind(date(2025, 3, 11)) == 1
    assert Letter.objects.get().to == approver
    values = {"user": approver, "name": "", "title": "소장", "since": date(2025, 1, 1)}
    centres.add_post(centre, values, **SAID)
    assert [remind(date(2025, 3, day)) for day in (12, 17, 18, 19)] == [0, 0, 1, 0]
    enquiries.answer(row, "At last.", **SAID)
    assert remind(date(2025, 4, 1)) == 0


def test_the_answer_leaves_as_a_letter_to_the_address_that_was_left(centre) -> None:
    row = own.enquiry(centre, contact_email="lin@daha.example", language="en")
    enquiries.answer(row, "여기 있습니다.", **SAID)
    letter = Letter.objects.get()
    assert (letter.to, letter.address, letter.language) == (None, "lin@daha.example", "en")
    assert (letter.subject, letter.link) == ("Answer to your enquiry EN-2025-0001", "")
    assert "여기 있습니다." in letter.body
    silent = own.enquiry(centre)
    enquiries.answer(silent, "Nobody left an address.", **SAID)
    assert Letter.objects.count() == 1


def test_a_year_of_costs_is_a_grid_in_which_empty_is_not_zero(centre) -> None:
    march, april = date(2025, 3, 1), date(2025, 4, 1)
    noted = {(march, "rent"): 3_000_000, (march, "staff"): 0, (april, "rent"): None}
    assert centres.note_costs(centre, noted, **SAID) == 2
    assert centres.note_costs(centre, noted, **SAID) == 0
    found = queries.cost_of(centre, 2025)
    assert (found.total, found.months) == (3_000_000, 1)
    assert [total for _kind, total in found.by_kind] == [0, 3_000_000, None, None, None]
    assert centres.note_costs(centre, {(march, "rent"): None, (march, "staff"): None}, **SAID) == 2
    assert queries.cost_of(centre, 2025).total is None
    assert RunningCost.objects.filter(voided_at=None).count() == 0
    for month, amount in ((date(2023, 4, 1), 1), (march, -1)):
        with pytest.raises(Refused) as refused:
            centres.note_costs(centre, {(month, "rent"): amount}, **SAID)
        assert refused.value.field == f"rent_{month.month}"


def test_results_keep_grades_and_currencies_apart_and_zero_from_not_said(centre) -> None:
    company, buyer = (make.organisation(centre.unit, name) for name in ("마루식품", "다하 무역"))
    make.deal(centre.unit, company, buyer, centre=centre, grade="pursued", pursued=D(500))
    make.deal(
        centre.unit, company, buyer, centre=centre, grade="signed", signed=D(300), pursued=D(900),
        verified=D(0),
    )  # fmt: skip
    make.deal(centre.unit, company, buyer, centre=centre, grade="consulted", currency="CNY")
    make.deal(
        centre.unit, company, buyer, centre=centre, grade="signed", signed=D(7),
        graded_on=date(2024, 3, 1),
    )  # fmt: skip
    found = queries.results(centre, 2025, TODAY)
    assert [(one.currency, one.grade, one.deals, one.amount) for one in found.deals] == [
        ("CNY", "consulted", 1, None),
        ("CNY", "verified", 0, None),
        ("USD", "pursued", 1, D(500)),
        ("USD", "signed", 1, D(300)),
        ("USD", "verified", 0, D(0)),
    ]
    assert (found.cost.total, queries.results(centre, 2023, TODAY).deals) == (None, [])


def test_a_centre_is_not_closed_over_a_question(centre) -> None:
    row = own.enquiry(centre)
    with pytest.raises(Refused, match="wait for an answer"):
        centres.close(centre, TODAY, "Closed.", **SAID)
    enquiries.close(row, "Not for us.", **SAID)
    centres.close(centre, TODAY, "No money.", **SAID)
    with pytest.raises(Refused, match="No money"):
        own.enquiry(centre)


def test_a_company_asks_on_its_own_page_and_reads_the_answer_there(centre, signed_in) -> None:
    company = make.organisation(centre.unit, "마루식품")
    browser = signed_in(own.deputy(company), "en")
    address = reverse("my-enquiry-new", args=[centre.pk])
    form = {**own.WORDS, "organisation": company.pk, "text": ""}
    wrong = browser.post(address, form)
    assert (wrong.status_code, own.WORDS["subject"] in wrong.content.decode()) == (422, True)
    browser.post(address, {**form, "text": "조미김을 찾습니다."})
    row = Enquiry.objects.get()
    assert (row.origin, row.organisation, row.due_on) == ("company", company, date(2025, 4, 8))
    enquiries.answer(row, "세 곳이 있습니다.", **SAID)
    page = browser.get(reverse("my-enquiry", args=[row.pk])).content.decode()
    assert "세 곳이 있습니다." in page
    assert Letter.objects.get().link == reverse("my-enquiry", args=[row.pk])
    assert row.number in browser.get(reverse("my-centres")).content.decode()
    unsure = signed_in(own.deputy(company, "new@maru.example", confirmed=False))
    assert unsure.get(address).status_code == 403
    assert unsure.get(reverse("my-enquiry", args=[row.pk])).status_code == 404
    stranger = own.deputy(make.organisation(centre.unit, "다른 회사"), "x@other.example")
    with pytest.raises(NotAllowed):
        enquiries.ask(centre, company, dict(own.WORDS), by=stranger, at=NOW)


def test_anybody_asks_by_the_public_form_with_consent_and_not_too_often(
    centre, client, settings
) -> None:
    settings.REGISTER_READS = 100
    address = reverse("centre-ask", args=[centre.pk])
    form = {**own.WORDS, "contact_name": "린 첸", "contact_email": "lin@daha.example"}
    page = client.get(address)
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "same-origin")
    where = {"REMOTE_ADDR": "198.51.100.7"}
    wrong = client.post(address, form, **where)
    assert (wrong.status_code, "린 첸" in wrong.content.decode()) == (422, True)
    sent = client.post(address, {**form, "consent": "on"}, **where)
    assert sent.url == reverse("centre-asked", args=[centre.pk])
    assert client.get(sent.url).status_code == 200
    row = Enquiry.objects.get()
    assert (row.origin, row.consented_at is not None, row.asked_by) == ("public", True, None)
    late = client.post(address, {**form, "consent": "on"}, **where)
    assert (late.status_code, "린 첸" in late.content.decode()) == (429, True)
    machine = {"REMOTE_ADDR": "198.51.100.8"}
    client.post(address, {**form, "consent": "on", "website": "spam"}, **machine)
    assert Enquiry.objects.count() == 1
    centres.change(centre, {"asked_by_all": False}, **SAID)
    assert client.get(address).status_code == 404


def test_an_officer_takes_an_enquiry_from_its_coming_in_to_its_match(
    centre, officer, signed_in
) -> None:
    browser = signed_in(officer, "en")
    form = {**own.WORDS, "centre": centre.pk, "hs_code": "2008.99", "received_on": "2025-03-28"}
    made = browser.post(reverse("enquiry-new"), form)
    row = Enquiry.objects.get()
    assert (made.url, row.hs_code, row.due_on) == (
        row.get_absolute_url(), "200899", date(2025, 4, 4),
    )  # fmt: skip
    lead = own.lead(centre)
    page = browser.get(row.get_absolute_url()).content.decode()
    assert "the first 4 digits agree" in page
    browser.post(reverse("enquiry-answer", args=[row.pk]), {"answer": "Yes."})
    matched = browser.post(reverse("enquiry-match", args=[row.pk]), {"lead": lead.pk})
    row.refresh_from_db()
    assert (matched.status_code, row.state, row.answered_by) == (302, "matched", officer)
    file = browser.get(reverse("enquiries") + "?export=csv")
    text = b"".join(file.streaming_content).decode()
    assert (row.number in text, own.WORDS["subject"] in text) == (True, False)


def test_the_office_opens_a_centre_and_fills_its_year(province, officer, signed_in) -> None:
    browser = signed_in(officer, "en")
    form = {
        "name_ko": "새 센터", "answers_in": "3", "opened_on": "2025-01-02", "unit": province.division.pk,
        "services": "바이어 발굴\n\n통역 지원\n바이어 발굴",
    }  # fmt: skip
    browser.post(reverse("centre-new"), form)
    row = queries.Centre.objects.get()
    assert (row.services, row.answers_in) == (["바이어 발굴", "통역 지원"], 3)
    grid = reverse("centre-costs-edit", args=[row.pk]) + "?year=2025"
    assert browser.get(grid).status_code == 200
    wrong = browser.post(grid, {"rent_3": "삼백만", "rent_4": "3,000,000"})
    assert (wrong.status_code, "삼백만" in wrong.content.decode()) == (422, True)
    browser.post(grid, {"rent_3": "2,900,000", "rent_4": "3,000,000", "staff_3": "0"})
    assert queries.cost_of(row, 2025).total == 5_900_000
    assert "5,900,000" in browser.get(reverse("centre-costs", args=[row.pk])).content.decode()
    results = browser.get(reverse("centre-results", args=[row.pk])).content.decode()
    assert "Not stated" in results
    assert browser.get(reverse("centre-results", args=[row.pk]) + "?export=xlsx").status_code == 200
    post = {"title": "소장", "name": "한지소", "since": "2025-01-02"}
    browser.post(reverse("post-new", args=[row.pk]), post)
    held = row.posts.get()
    browser.post(reverse("post-end", args=[row.pk, held.pk]), {"until": "2025-03-31"})
    assert "한지소" in browser.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 3, 50])
def test_lists_of_centres_ask_the_same_for_many(
    centre, signed_in, officer, count, django_assert_max_num_queries
) -> None:
    for n in range(count):
        own.enquiry(centre)
        own.lead(centre, f"바이어 {n}")
    browser = signed_in(officer)
    for name in ("centres", "enquiries", "leads"):
        with django_assert_max_num_queries(8):
            assert browser.get(reverse(name)).status_code == 200
    row, lead = Enquiry.objects.first(), leads.Lead.objects.first()
    for address in (centre.get_absolute_url(), row.get_absolute_url(), lead.get_absolute_url()):
        with django_assert_max_num_queries(15):
            assert browser.get(address).status_code == 200
    with django_assert_max_num_queries(15):
        browser.post(reverse("enquiry-new"), {**own.WORDS, "centre": centre.pk})
