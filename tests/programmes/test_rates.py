"""Exchange rates: of a stated day and source, corrected while unused, never taken silently."""

import io
from datetime import date
from decimal import Decimal

import budget_makers as make
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gyoryu.base.refused import Refused
from gyoryu.history.models import Entry
from gyoryu.programmes.actions import rates as actions
from gyoryu.programmes.models import ExchangeRate
from gyoryu.programmes.queries import rates as queries
from gyoryu.programmes.rules.rates import Rate
from gyoryu.programmes.sheets import rates as sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SAID, SOURCE = make.SAID, "서울외국환중개"
DAY = date(2025, 3, 20)


def rate(currency="USD", day=DAY, number="1463.7", source=SOURCE):
    return Rate(currency, day, Decimal(number), source)


def test_a_missing_day_is_refused_and_the_nearest_before_is_named_not_used():
    with pytest.raises(Refused, match=r"No rate of USD is entered for 22 Mar 2025\.$"):
        queries.of_day("USD", date(2025, 3, 22))
    made = actions.enter(rate(), **SAID)
    assert queries.of_day("USD", DAY) == made
    wanted = r"for 22 Mar 2025\. The nearest before is 1463\.7 of 20 Mar 2025 \(서울외국환중개\)"
    with pytest.raises(Refused, match=wanted):
        queries.of_day("USD", date(2025, 3, 22))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (rate("KRW"), "not a foreign currency"),
        (rate("XXX"), "not a foreign currency"),
        (rate(day=date(2025, 4, 2)), "has not come yet"),
        (rate(number="0"), "above zero"),
        (rate(number="-3"), "above zero"),
        (rate(number="100000000"), "below 100,000,000"),
        (rate(source=" "), "who stated"),
    ],
)
def test_a_rate_that_cannot_be_is_refused(wrong, reason):
    with pytest.raises(Refused, match=reason):
        actions.enter_all([rate("EUR"), wrong], **SAID)
    assert not ExchangeRate.objects.exists()


def test_a_rate_is_corrected_while_no_claim_was_reckoned_at_it(monkeypatch):
    made = actions.enter(rate(), **SAID)
    actions.correct(made, rate=Decimal("1463.9"), reason="오기", **SAID)
    assert ExchangeRate.objects.get().rate == Decimal("1463.9")
    entry = Entry.objects.get(verb="rate.corrected")
    assert (entry.changes["rate"][1], entry.reason) == ("1463.9", "오기")
    monkeypatch.setattr(queries, "used", lambda row: 1)
    with pytest.raises(Refused, match="reckoned at this rate: 1"):
        actions.correct(made, rate=Decimal(1), reason="오기", **SAID)
    with pytest.raises(Refused, match="reckoned at this rate: 1"):
        actions.drop(made, reason="오기", **SAID)


CSV = """통화,일자,매매기준율,출처
USD,2025-03-20,"1,463.70",서울외국환중개
JPY,2025.03.20,9.7812,서울외국환중개
"""
WANTED = [rate(number="1463.700000"), rate("JPY", number="9.781200")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_csv_is_read_in_either_encoding(encoding):
    assert sheets.read(CSV.encode(encoding)) == WANTED


def test_a_workbook_is_read_with_its_dates_and_numbers():
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Date", "Currency", "Rate", "Source"])
    for line, one in enumerate(WANTED, start=1):
        sheet.write_datetime(line, 0, one.day)
        sheet.write_string(line, 1, one.currency)
        sheet.write_number(line, 2, one.rate)
        sheet.write_string(line, 3, one.source)
    book.close()
    assert sheets.read(held.getvalue()) == WANTED


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        ("통화,일자,출처\n".encode(), "lacks the column"),
        (
            "통화,일자,환율,출처\nUSD,2025-02-30,1,가\n".encode(),
            "Row 2: “2025-02-30” cannot be read",
        ),
        ("통화,일자,환율,출처\nUSD,2025-02-03,천,가\n".encode(), "Row 2: “천” cannot be read"),
        ("통화,일자,환율,출처\nUSD,2025-02-03,NaN,가\n".encode(), "Row 2: “NaN” cannot be read"),
        (b"PK\x03\x04broken", "neither CSV nor XLSX"),
        (b"\xff\xfe\x00\x01", "neither CSV nor XLSX"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_row(content, reason):
    with pytest.raises(Refused, match=reason):
        sheets.read(content)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused_with_a_reason(content):
    try:
        found = sheets.read(content)
    except Refused as refusal:
        found = [str(refusal)]
    assert all(found)


def test_a_file_is_taken_in_whole_or_not_at_all(signed_in, officer):
    browser = signed_in(officer, "en")
    address = reverse("rates-import")

    def post(text):
        return browser.post(address, {"file": SimpleUploadedFile("r.csv", text.encode())})

    assert post(CSV).status_code == 302
    assert post(CSV).status_code == 302  # what stands already is left as it is
    assert ExchangeRate.objects.count() == 2
    other = CSV.replace("1,463.70", "1,500.00").replace("JPY", "EUR")
    refused = post(other)
    assert (refused.status_code, ExchangeRate.objects.count()) == (422, 2)
    assert "stands with another rate for USD on 2025-03-20: 1463.7" in refused.content.decode()
    page = browser.get(reverse("rates"), {"currency": "JPY"}).content.decode()
    assert "9.781200" in page
    assert "1463.7" not in page


def test_a_rate_is_entered_corrected_and_taken_out_on_screen(signed_in, officer):
    browser = signed_in(officer, "en")
    typed = {"currency": "USD", "day": "2025-03-20", "rate": "1463.7", "source": SOURCE}
    browser.post(reverse("rate-new"), typed)
    made = ExchangeRate.objects.get()
    browser.post(reverse("rate-correct", args=[made.pk]), {"rate": "1463.9", "reason": "오기"})
    assert ExchangeRate.objects.get().rate == Decimal("1463.9")
    browser.post(reverse("rate-drop", args=[made.pk]), {"reason": "중복"})
    assert not ExchangeRate.objects.exists()
