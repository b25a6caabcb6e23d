"""The public pages of calls: nobody signs in, nothing is kept, and the server's clock decides."""

import json
import re
from datetime import datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.programmes import calls_makers as makers
from tests.programmes.calls_makers import AT, SAID

from gyoryu.history.models import Entry
from gyoryu.parties.models import Region
from gyoryu.programmes.actions import calls, parts
from gyoryu.programmes.models import Call
from gyoryu.programmes.sheets import openings
from gyoryu.web import clock

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def of(province):
    return makers.programme(province.division)


@pytest.fixture
def call(province, of):
    return makers.published(province.division, of)


def page(name, *args, language="en", **query):
    return Client().get(reverse(name, args=[language, *args]), query)


def at(monkeypatch, moment):
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_what_is_not_announced_is_nowhere(province, of) -> None:
    bare = makers.complete(province.division, of, title_ko="아직 비밀", title_en="Still secret")
    assert page("opening", bare.pk).status_code == 404
    assert page("opening-check", bare.pk).status_code == 404
    assert page("opening-calendar", bare.pk).status_code == 404
    texts = [page("openings").content]
    texts += [page("openings-file", kind).content for kind in ("json", "atom", "ics")]
    assert not [text for text in texts if "secret" in text.decode() or "비밀" in text.decode()]


@pytest.mark.parametrize(
    ("moment", "chip", "left"),
    [
        (makers.OPENS - SECOND, "Opens soon", "opens in less than a minute"),
        (makers.OPENS, "Open for applications", "14 days left"),
        (makers.CLOSES - SECOND, "Open for applications", "less than a minute left"),
        (makers.CLOSES, "Closed for applications", "Nothing can be handed in any more"),
    ],
)
def test_the_page_opens_and_closes_with_the_servers_clock(
    call, monkeypatch, moment, chip, left
) -> None:
    at(monkeypatch, moment)
    text = page("opening", call.pk).content.decode()
    assert (chip in text, left in text) == (True, True)
    assert ("/my/apply/" in text) == (makers.OPENS <= moment < makers.CLOSES)
    tabs = {one["state"] for one in json.loads(page("openings-file", "json").content)["calls"]}
    assert tabs == {
        {"Opens soon": "upcoming", "Closed for applications": "closed"}.get(chip, "open")
    }


def test_a_page_says_everything_and_carries_nothing_of_its_reader(call, approver) -> None:
    parts.add(
        call, "papers", {"name_ko": "사업자등록증", "name_en": "Registration"}, reason="x", **SAID
    )
    parts.add(call, "rules", {"kind": "size", "terms": {"sizes": ["small"]}}, reason="x", **SAID)
    reply = page("opening", call.pk)
    text = reply.content.decode()
    for told in (
        "Support for exhibitions abroad 2025", "Size of the company: Small enterprise", "KRW 3,000,000",
        "2025-04-16", "국제통상과 통상지원팀 031-000-0000", "Registration", "60 points are needed",
    ):  # fmt: skip
        assert told in text, told
    assert (reply["Cache-Control"], reply["Content-Language"]) == ("public, max-age=60", "en")
    assert not reply.cookies
    signed_in = Client()
    signed_in.force_login(approver)
    assert signed_in.get(reverse("opening", args=["en", call.pk])).content == reply.content
    assert (
        Client()
        .get(reverse("opening", args=["en", call.pk]), headers={"If-None-Match": reply["ETag"]})
        .status_code
        == 304
    )


def test_a_cancelled_call_and_an_extended_one_say_so_and_why(call, monkeypatch) -> None:
    calls.extend(
        call,
        closes_at=makers.CLOSES + timedelta(days=7),
        reason="신청이 적어 연장",
        by=None,
        at=makers.OPENS,
    )
    assert "신청이 적어 연장" in page("opening", call.pk).content.decode()
    calls.cancel(call, reason="전시회가 취소됨", by=None, at=makers.OPENS)
    assert "전시회가 취소됨" in page("opening", call.pk).content.decode()
    feed = page("openings-file", "atom").content.decode()
    assert "전시회가 취소됨" in feed
    events = icalendar.Calendar.from_ical(page("opening-calendar", call.pk).content).walk("VEVENT")
    assert {str(event["status"]) for event in events} == {"CANCELLED"}


def test_the_calendar_holds_the_opening_and_the_deadline(call) -> None:
    calendar = icalendar.Calendar.from_ical(page("openings-file", "ics").content)
    events = calendar.walk("VEVENT")
    assert [(str(one["summary"]), one.decoded("dtstart")) for one in events] == [
        ("Opens: Support for exhibitions abroad 2025", makers.OPENS),
        ("Closes: Support for exhibitions abroad 2025", makers.CLOSES),
    ]
    assert [len(one.walk("VALARM")) for one in events] == [0, 1]


def test_the_feed_keeps_an_entrys_identity_and_dates_its_changes(call) -> None:
    before = page("openings-file", "atom").content.decode()
    later = AT + timedelta(hours=5)
    calls.change(call, {"title_en": "Support abroad 2025"}, reason="정정", by=None, at=later)
    after = page("openings-file", "atom").content.decode()
    told = [
        [re.findall(f"<{tag}>([^<]*)</{tag}>", text) for tag in ("id", "updated", "title")]
        for text in (before, after)
    ]
    assert told[0][0] == told[1][0]
    assert told[0][0][1].endswith(f",2025:calls/{call.pk}")
    assert {datetime.fromisoformat(one) for one in told[0][1]} == {AT}
    assert {datetime.fromisoformat(one) for one in told[1][1]} == {later}
    assert told[1][2][1] == "Support abroad 2025"


def test_the_json_tells_a_call_whole(call) -> None:
    (told,) = json.loads(page("openings-file", "json").content)["calls"]
    assert told == {
        "id": call.pk,
        "number": "CL-2025-0001",
        "title": {
            "ko": "2025년 해외전시회 개별참가 지원",
            "en": "Support for exhibitions abroad 2025",
        },
        "summary": {"ko": makers.CALL["summary_ko"], "en": makers.CALL["summary_en"]},
        "programme": {"ko": "해외전시회 지원", "en": "Trade-show support"},
        "office": {"ko": "국제협력과", "en": "International Cooperation Division"},
        "contact": "국제통상과 통상지원팀 031-000-0000",
        "applicant": "company",
        "state": "upcoming",
        "reason": "",
        "opens_at": "2025-04-02T00:30:00+00:00",
        "closes_at": "2025-04-16T00:30:00+00:00",
        "places": 26,
        "award_most": 8_000_000,
        "address": openings.told(call, at=AT, language="en").address,
    }


def test_the_public_list_takes_as_many_queries_at_fifty_as_at_one(province, of) -> None:
    found = []
    for count in (1, 2, 47):
        for _n in range(count):
            row = makers.prepared(province.division, of)
            Call.objects.filter(pk=row.pk).update(state="published", published_at=AT, changed_at=AT)
        with CaptureQueriesContext(connection) as counted:
            assert page("openings").status_code == 200
        found.append(len(counted))
    assert found[0] == found[1] == found[2] <= 8


def test_the_check_answers_each_condition_and_keeps_nothing(call, province) -> None:
    region = Region.objects.create(kind="country", name_ko="경기도", name_en="Gyeonggi", path="/")
    Region.objects.filter(pk=region.pk).update(path=f"/{region.pk}/")
    for kind, terms in (
        ("region", {"regions": [region.pk]}),
        ("size", {"sizes": ["small"]}),
        ("sales", {"below": "10000000000", "question": "sales"}),
        ("double", {"event": True, "years": 1}),
        ("declared", {"question": "true"}),
    ):
        parts.add(call, "rules", {"kind": kind, "terms": terms}, reason="x", **SAID)
    entries = Entry.objects.count()
    with CaptureQueriesContext(connection) as counted:
        reply = page(
            "opening-check",
            call.pk,
            region=region.pk,
            size="large",
            sales_2024="1,000,000",
            supported="no",
        )
    told = (
        [(str(one.outcome), said) for one, said in reply.context["found"]] if reply.context else []
    )
    text = reply.content.decode()
    assert told == [] or told[0][0] == "met"
    for said in (
        "The seat lies in Gyeonggi.", "The size is Large company; Small enterprise may apply.", "Sales in 2024: 1,000,000 KRW.",
        "No earlier support for the same was found.", "“It is true” is not declared yet.", "No, as far as you have said",
    ):  # fmt: skip
        assert said in text, said
    assert not [
        one["sql"] for one in counted if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}
    ]
    assert (reply["Cache-Control"], Entry.objects.count(), reply.cookies) == (
        "no-store",
        entries,
        {},
    )
    empty = page("opening-check", call.pk, go=1).content.decode()
    assert "Not known yet" in empty


@pytest.mark.parametrize("typed", ["x" * 5000, "9" * 18, "-1", "<script>", "\x00"])
def test_the_check_refuses_what_cannot_be_beside_its_field(call, typed) -> None:
    parts.add(call, "rules", {"kind": "exports", "terms": {"below": "5"}}, reason="x", **SAID)
    parts.add(call, "rules", {"kind": "age", "terms": {"below": "7"}}, reason="x", **SAID)
    reply = page("opening-check", call.pk, exports_2024=typed, founded=typed)
    assert reply.status_code == 200
    assert "There are 2 things to correct" in reply.content.decode() or typed == "9" * 18
    assert "<script>" not in reply.content.decode()


def test_an_address_without_a_language_leads_to_the_readers(call) -> None:
    browser = Client()
    browser.cookies["language"] = "en"
    assert browser.get("/openings/").url == "/openings/en/"
    assert browser.get(f"/openings/{call.pk}/").url == f"/openings/en/{call.pk}/"


def test_too_many_pages_from_one_address_wait(call, settings, tmp_path) -> None:
    settings.REGISTER_READS, settings.DATA = 2, tmp_path
    codes = [page("openings").status_code for _n in range(3)]
    assert codes == [200, 200, 429]


def test_nothing_is_written_to_on_a_public_page(call) -> None:
    assert Client().post(reverse("opening-check", args=["en", call.pk])).status_code == 405
