"""The public register: open to anybody, kept by any cache, never asked too often by one."""

import json
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from register_moments import moment

from gyoryu.agreements.actions import agreements
from gyoryu.evidence import actions as evidence
from gyoryu.register import actions, adapters
from gyoryu.register.rolls.canonical import digest

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MARCH = date(2025, 3, 1)


@pytest.fixture
def root(province):
    return province.root.pk


@pytest.fixture
def reader():
    return Client()


@pytest.fixture
def published(province, make, officer):
    first = make("2024-01-10")
    make("2025-03-14", title_ko="한결도–난징시 우호협력", title_en="Friendship", parent=first,
         kind="friendship")  # fmt: skip
    actions.publish(province.root, date(2025, 2, 1), by=officer, at=moment("2025-03-04"))
    return actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))


def page(reader, address):
    reply = reader.get(address)
    assert reply.status_code == 200, (address, reply.status_code)
    return reply.content.decode()


@pytest.mark.usefixtures("published")
def test_anybody_comes_from_the_front_to_the_newest_month_in_their_language(reader, root):
    for language, words in (
        ("ko", "협약 대장 2025년 3월"),
        ("en", "Register of agreements, Mar 2025"),
    ):
        reply = reader.get("/register/", headers={"accept-language": language}, follow=True)
        assert reply.redirect_chain[-1] == (f"/register/{language}/{root}/2025-03/", 302)
        assert words in reply.content.decode()
    short = reader.get(f"/register/{root}/2025-02.v1/?q=x", headers={"accept-language": "en"})
    assert short.url == f"/register/en/{root}/2025-02.v1/?q=x"


@pytest.mark.usefixtures("published")
def test_a_page_is_the_same_for_everybody_whoever_is_signed_in(reader, root, signed_in, officer):
    address = f"/register/en/{root}/2025-03/"
    anonymous, known = reader.get(address), signed_in(officer, "ko").get(address)
    assert anonymous.content == known.content
    for reply in (anonymous, known):
        assert (reply["Cache-Control"], reply.get("Vary")) == ("public, max-age=300", None)
        assert (dict(reply.cookies), reply["Content-Language"]) == ({}, "en")


@pytest.mark.usefixtures("published")
def test_what_a_reader_has_already_is_not_sent_again(reader, root):
    for address in (
        f"/register/ko/{root}/2025-03/", f"/register/ko/{root}/2025-03.csv",
        f"/register/en/{root}/2025-03.v1.xlsx", f"/register/en/{root}.atom",
    ):  # fmt: skip
        first = reader.get(address)
        assert first["Last-Modified"] == "Tue, 01 Apr 2025 01:00:00 GMT"
        again = reader.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        since = reader.get(address, headers={"if-modified-since": first["Last-Modified"]})
        assert since.status_code == 304


def test_a_numbered_file_is_asked_for_again_and_says_its_digest(reader, root, published):
    numbered = reader.get(f"/register/ko/{root}/2025-03.v1.json")
    newest = reader.get(f"/register/en/{root}/2025-03.json")
    assert numbered["Cache-Control"] == "public, max-age=300, must-revalidate"
    assert newest["Cache-Control"] == "public, max-age=300"
    assert numbered.content == newest.content
    assert digest(numbered.content) == published.digest
    assert numbered["Repr-Digest"].startswith("sha-256=:")
    assert numbered["Access-Control-Allow-Origin"] == "*"
    licence = json.loads(numbered.content)["licence"]
    assert licence["id"] == "KOGL-1"


@pytest.mark.usefixtures("published")
def test_the_list_is_searched_filtered_and_split(reader, root):
    for query, keys in (
        ("", ["AG-2024-0001", "AG-2025-0001"]), ("q=nanjing", []),
        ("q=장쑤 mou", ["AG-2024-0001"]),
        ("kind=friendship", ["AG-2025-0001"]), ("tab=changed", ["AG-2025-0001"]),
        ("country=CN", ["AG-2024-0001", "AG-2025-0001"]), ("status=suspended", []),
        ("sort=-signed", ["AG-2025-0001", "AG-2024-0001"]), ("size=1", ["AG-2024-0001"]),
    ):  # fmt: skip
        text = page(reader, f"/register/ko/{root}/2025-03/?{query}")
        table = text.partition("<tbody>")[2].partition("</tbody>")[0]
        found = [key for key in ("AG-2024-0001", "AG-2025-0001") if key in table]
        assert set(found) == set(keys), query
    refused = reader.get(f"/register/ko/{root}/2025-03/?after=x")
    assert refused.status_code == 400
    assert "다른 목록" in refused.content.decode()


def test_an_agreements_page_shows_its_course_lineage_and_who_signed(
    reader, root, province, world, make, officer
):
    first = make("2024-01-10")
    party = first.parties.get(side="theirs")
    agreements.add_signatory(party, world.head, by=None, at=moment("2024-01-11"))
    second = make("2025-03-14", title_ko="실행계획", kind="action_plan", parent=first)
    actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    text = page(reader, f"/register/ko/{root}/agreement/{first.number}/")
    for words in ("한결도–장쑤성 업무협약", "Hangyeol–Jiangsu MOU", "성장 리밍", "발효 중",
                  "서명과 함께 발효", "실행계획", "2024-01-10"):  # fmt: skip
        assert words in text, words
    english = page(reader, f"/register/en/{root}/agreement/{second.number}/")
    assert "it grew from this one" in english
    assert reader.get(f"/register/ko/{root}/agreement/AG-1999-0001/").status_code == 404


def test_a_withheld_agreement_is_a_number_and_a_ground(reader, root, province, make, officer):
    made = make("2024-01-10", title_ko="비밀 협약")
    actions.set_rule(
        made, "withheld", ground="9-1-2", reason="협의 중", by=officer, at=moment("2025-03-01")
    )
    actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    for address in (
        f"/register/ko/{root}/2025-03/", f"/register/ko/{root}/agreement/{made.number}/",
        f"/register/ko/{root}/2025-03.csv", f"/register/ko/{root}/2025-03.atom",
        f"/register/ko/{root}/2025-02/", f"/register/ko/{root}/2025-02.json",
    ):  # fmt: skip
        text = page(reader, address)
        private = ("비밀 협약", "장쑤", "Jiangsu", "협의 중")
        assert [word for word in private if word in text] == [], address
    assert made.number in page(reader, f"/register/ko/{root}/2025-03/")
    assert "제9조제1항제2호" in page(reader, f"/register/ko/{root}/agreement/{made.number}/")


@pytest.mark.usefixtures("published")
def test_a_month_nobody_published_is_computed_and_says_so(reader, root):
    text = page(reader, f"/register/ko/{root}/2024-12/")
    assert "공표하지 않은 달입니다" in text
    whole = reader.get(f"/register/ko/{root}/2024-12.json").json()
    assert (whole["published"], whole["version"], whole["edition"]) == (False, None, "2024-12")
    assert [row["key"] for row in whole["rows"]] == ["AG-2024-0001"]
    again = reader.get(f"/register/ko/{root}/2024-12.xlsx")
    assert again.content == reader.get(f"/register/ko/{root}/2024-12.xlsx").content
    for nothing in ("2025-04/", "2025-03.v2/", "2020-01/", "2025-13/", "2025-04.csv"):
        assert reader.get(f"/register/ko/{root}/{nothing}").status_code == 404, nothing


def test_what_comes_after_the_newest_publication_waits(reader, root, province, make):
    make("2024-01-10")
    assert reader.get(f"/register/ko/{root}/").status_code == 404
    assert reader.get(f"/register/ko/{root}/2024-12/").status_code == 404
    assert "아직 공표한 것이 없습니다" in page(reader, "/register/ko/")


def test_several_governments_are_chosen_from(reader, province, make, officer, person_with):
    make("2024-01-10")
    make("2024-01-10", unit=province.other)
    actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    other = person_with("officer", province.other)
    actions.publish(province.other, MARCH, by=other, at=moment("2025-04-01"))
    text = page(reader, "/register/en/")
    assert "Hangyeol Province" in text
    assert "Other Province" in text


@pytest.mark.usefixtures("published")
def test_the_feed_has_an_entry_a_change_with_an_identity_that_stays(reader, root):
    for address in (f"/register/en/{root}/2025-03.atom", f"/register/en/{root}.atom"):
        feed = ET.fromstring(reader.get(address).content)
        assert feed.find(f"{ATOM}updated").text == "2025-04-01T01:00:00+00:00"
        entry = feed.findall(f"{ATOM}entry")[0]
        told = {name: entry.find(f"{ATOM}{name}").text for name in ("title", "id", "updated")}
        assert told == {
            "title": "Newly listed: Friendship",
            "id": f"tag:127.0.0.1,2025:register/{root}/en/changes/2025-03.v1/AG-2025-0001",
            "updated": "2025-04-01T01:00:00+00:00",
        }


@pytest.mark.usefixtures("published")
def test_who_asks_too_often_waits_and_is_told_in_their_language(reader, root, settings):
    settings.REGISTER_READS = 2
    asked = [reader.get(f"/register/en/{root}/2025-03/") for _ in range(3)]
    assert [reply.status_code for reply in asked] == [200, 200, 429]
    assert 1 <= int(asked[2]["Retry-After"]) <= 60
    assert asked[2]["Cache-Control"] == "no-store"
    assert "Too many pages" in asked[2].content.decode()
    other = reader.get(f"/register/en/{root}/2025-03/", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_an_address_is_counted_behind_the_proxies_that_are_trusted(rf, settings):
    def address(**meta):
        return adapters.address_of(rf.get("/", **meta))

    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.4", "REMOTE_ADDR": "10.0.0.1"}
    assert address(**forged) == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address(**forged) == "198.51.100.4"
    assert address(REMOTE_ADDR="2001:db8::1") == address(REMOTE_ADDR="2001:db8::2")


def test_only_a_document_that_is_marked_and_published_is_open(
    reader, root, province, make, officer, now
):
    made = make("2024-01-10")
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    held = evidence.hold(made, kind="signed_text", title="서명본", file=pdf, by=None, at=now)
    address = f"/register/ko/{root}/document/{held.pk}/"
    actions.publish(province.root, date(2025, 2, 1), by=officer, at=moment("2025-03-04"))
    assert reader.get(address).status_code == 404
    actions.set_rule(
        made, "public", documents=[held], reason="공개", by=officer, at=moment("2025-03-05")
    )
    # Marked, but no publication tells of it yet.
    assert reader.get(address).status_code == 404
    actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    assert "서명본" in page(reader, f"/register/ko/{root}/agreement/{made.number}/")
    reply = reader.get(address)
    assert b"".join(reply.streaming_content).startswith(b"%PDF")
    actions.set_rule(made, "public", reason="거둠", by=officer, at=moment("2025-04-02"))
    assert reader.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
def test_a_public_list_asks_as_little_for_fifty_rows_as_for_one(
    count, reader, root, province, make, officer, django_assert_num_queries
):
    for _ in range(count):
        make("2024-01-10")
    actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    with django_assert_num_queries(6):
        page(reader, f"/register/ko/{root}/2025-03/")
    with django_assert_num_queries(7):
        page(reader, f"/register/ko/{root}/agreement/AG-2024-0001/")
