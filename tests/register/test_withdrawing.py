"""What was published can be withdrawn: everybody reads since when and why, and nothing it said."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from register_moments import moment

from gyoryu.agreements.actions import agreements
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.history.models import Entry
from gyoryu.register import actions
from gyoryu.register.models import PageWithdrawal, Publication
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls.canonical import digest
from gyoryu.register.sheets import document as sheets

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEBRUARY, MARCH = date(2025, 2, 1), date(2025, 3, 1)
WHY = "상대 기관 이름의 오기"
SECRET = "잘못 쓴 이름"


@pytest.fixture
def reader():
    return Client()


@pytest.fixture
def root(province):
    return province.root.pk


@pytest.fixture
def published(province, make, officer):
    """February in order; in March a second agreement with a wrong title."""
    make("2024-01-10")
    actions.publish(province.root, FEBRUARY, by=officer, at=moment("2025-03-04"))
    make("2025-03-14", title_ko=SECRET, title_en="Wrong")
    return actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))


@pytest.fixture
def withdrawn(published, approver):
    return actions.withdraw(published, reason=f" {WHY} ", by=approver, at=moment("2025-04-02"))


@pytest.mark.usefixtures("withdrawn")
def test_everybody_reads_since_when_and_why_and_nothing_of_what_it_said(reader, root):
    for address in (
        f"/register/ko/{root}/2025-03/", f"/register/ko/{root}/2025-03.v1/",
        f"/register/ko/{root}/agreement/AG-2025-0001/",
    ):  # fmt: skip
        reply = reader.get(address)
        text = reply.content.decode()
        assert (reply.status_code, reply["Cache-Control"]) == (410, "public, max-age=300")
        assert WHY in text
        assert "2025-04-02" in text
        assert SECRET not in text
    english = reader.get(f"/register/en/{root}/2025-03.v1/").content.decode()
    assert "Withdrawn on" in english
    # One comes from the front to the newest month that stands.
    front = reader.get(f"/register/ko/{root}/")
    assert front.url == f"/register/ko/{root}/2025-02/"
    assert reader.get(f"/register/ko/{root}/agreement/AG-2024-0001/").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
@pytest.mark.usefixtures("withdrawn")
def test_a_file_of_it_is_gone_with_the_reason_as_a_problem(kind, reader, root):
    reply = reader.get(f"/register/en/{root}/2025-03.v1.{kind}")
    assert (reply.status_code, reply["Content-Type"]) == (410, "application/problem+json")
    assert reply.json() == {
        "type": "about:blank", "title": "Gone", "status": 410, "errors": {},
        "detail": f"Withdrawn on 2025-04-02: {WHY}",
    }  # fmt: skip


@pytest.mark.usefixtures("withdrawn")
def test_feeds_tell_of_it_and_repeat_none_of_its_changes(reader, root):
    own = ET.fromstring(reader.get(f"/register/en/{root}/2025-03.v1.atom").content)
    whole = ET.fromstring(reader.get(f"/register/en/{root}.atom").content)
    for feed in (own, whole):
        assert feed.find(f"{ATOM}updated").text == "2025-04-02T01:00:00+00:00"
        told = feed.findall(f"{ATOM}entry")[0]
        assert {name: told.find(f"{ATOM}{name}").text for name in ("title", "id", "summary")} == {
            "title": "Withdrawn: register 2025-03.v1",
            "id": f"tag:127.0.0.1,2025:register/{root}/withdrawn/en/{root}/2025-03.v1/",
            "summary": WHY,
        }
        assert "Wrong" not in ET.tostring(feed, "unicode")
    assert [len(one.findall(f"{ATOM}entry")) for one in (own, whole)] == [1, 1]


@pytest.mark.usefixtures("withdrawn")
def test_versions_that_stand_stay_the_same_to_the_byte(reader, root):
    standing = Publication.objects.get(month=FEBRUARY)
    for name, kept in standing.files.items():
        language, kind = name.split(".")
        reply = reader.get(f"/register/{language}/{root}/2025-02.v1.{kind}")
        assert (reply.status_code, digest(reply.content)) == (200, kept), name


def test_a_right_one_is_the_next_number_and_repeats_nothing_of_the_withdrawn(
    withdrawn, reader, root, province, approver, officer
):
    wrong = withdrawn.lines.get(key="AG-2025-0001").agreement
    agreements.change(wrong, {"title_ko": "바른 이름"}, by=officer, at=moment("2025-04-03"))
    made = actions.correct(withdrawn, reason="바로잡음", by=approver, at=moment("2025-04-04"))
    assert (made.edition, made.withdrawn_at) == ("2025-03.v2", None)
    whole = sheets.whole(made)
    assert SECRET not in sheets.canonical(whole)
    # No version of March stands to be compared with, and February is as it was.
    assert whole["corrections"] is None
    assert whole["changes"]["since"] == "2025-02.v1"
    assert "바른 이름" in reader.get(f"/register/ko/{root}/2025-03/").content.decode()
    assert reader.get(f"/register/ko/{root}/2025-03.v1/").status_code == 410
    april = actions.publish(province.root, date(2025, 4, 1), by=officer, at=moment("2025-05-02"))
    assert SECRET not in sheets.canonical(sheets.whole(april))


def test_the_month_after_a_withdrawn_one_is_compared_with_the_last_that_stands(
    withdrawn, province, officer
):
    wrong = withdrawn.lines.get(key="AG-2025-0001").agreement
    agreements.change(wrong, {"title_ko": "바른 이름"}, by=officer, at=moment("2025-04-03"))
    april = actions.publish(province.root, date(2025, 4, 1), by=officer, at=moment("2025-05-02"))
    whole = sheets.whole(april)
    assert whole["changes"]["since"] == "2025-02.v1"
    assert [(one["change"], one["key"]) for one in whole["changes"]["lines"]] == [
        ("added", "AG-2025-0001")
    ]
    assert SECRET not in sheets.canonical(whole)


def test_what_was_right_after_all_is_published_anew(withdrawn, approver):
    made = actions.correct(withdrawn, reason="잘못 거둠", by=approver, at=moment("2025-04-03"))
    assert made.edition == "2025-03.v2"


def test_a_first_publication_withdrawn_leaves_nothing_to_compare_with(
    province, make, officer, approver
):
    make("2024-01-10")
    first = actions.publish(province.root, FEBRUARY, by=officer, at=moment("2025-03-04"))
    actions.withdraw(first, reason=WHY, by=approver, at=moment("2025-03-05"))
    march = actions.publish(province.root, MARCH, by=officer, at=moment("2025-04-01"))
    told = sheets.head(march)["changes"]
    assert (told["since"], [one["change"] for one in told["lines"]]) == ("", ["added"])


def test_a_page_is_withdrawn_until_a_later_publication_tells_of_it(
    published, reader, root, province, approver, officer, now
):
    row = published.lines.get(key="AG-2025-0001").agreement
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n", "application/pdf")
    held = evidence.hold(row, kind="signed_text", title="서명본", file=pdf, by=None, at=now)
    at = moment("2025-04-01", 12)
    actions.set_rule(row, "public", documents=[held], reason="공개", by=officer, at=at)
    actions.correct(published, reason="문서", by=approver, at=moment("2025-04-01", 13))
    page = f"/register/en/{root}/agreement/AG-2025-0001/"
    document = f"/register/en/{root}/document/{held.pk}/"
    assert reader.get(page).status_code == 200
    assert b"".join(reader.get(document).streaming_content).startswith(b"%PDF")
    actions.withdraw_page(row, reason=WHY, by=approver, at=moment("2025-04-02"))
    for address in (page, document):
        reply = reader.get(address)
        assert reply.status_code == 410
        assert WHY in reply.content.decode()
        assert SECRET not in reply.content.decode()
    feed = reader.get(f"/register/en/{root}.atom").content.decode()
    assert "Withdrawn: public page of AG-2025-0001" in feed
    entry = Entry.objects.get(verb="register.page_withdrawn")
    assert (entry.by, entry.reason) == (approver, WHY)
    actions.publish(province.root, date(2025, 4, 1), by=officer, at=moment("2025-05-02"))
    assert reader.get(page).status_code == 200


def test_each_refusal_says_why(published, withdrawn, officer, approver, province, make):
    at = moment("2025-04-05")

    def reason_of(act, *args, by=approver, reason="x"):
        with pytest.raises(Refused) as refusal:
            act(*args, reason=reason, by=by, at=at)
        return refusal.value.field or str(refusal.value)

    february = Publication.objects.get(month=FEBRUARY)
    assert "이미 철회" in reason_of(actions.withdraw, withdrawn)
    assert reason_of(actions.withdraw, february, reason=" ") == "reason"
    assert "권한이 없" in reason_of(actions.withdraw, february, by=officer)
    first = february.lines.get().agreement
    assert reason_of(actions.withdraw_page, first, reason=" ") == "reason"
    assert "권한이 없" in reason_of(actions.withdraw_page, first, by=officer)
    assert "공개 화면이 없" in reason_of(actions.withdraw_page, make("2025-04-03"))
    actions.withdraw_page(first, reason=WHY, by=approver, at=at)
    assert "이미 철회" in reason_of(actions.withdraw_page, first)
    assert PageWithdrawal.objects.count() == 1


def test_an_approver_withdraws_on_screen_and_the_desk_sees_it(
    published, signed_in, approver, officer
):
    browser = signed_in(approver, "en")
    page = published.get_absolute_url()
    assert (
        reverse("publication-withdraw", args=[published.pk]) in browser.get(page).content.decode()
    )
    form = reverse("publication-withdraw", args=[published.pk])
    empty = browser.post(form, {"reason": ""})
    assert (empty.status_code, "This field is required" in empty.content.decode()) == (422, True)
    row = published.lines.get(key="AG-2025-0001").agreement
    posted = browser.post(reverse("page-withdraw", args=[row.pk]), {"reason": "Misnamed"})
    assert posted.url == reverse("publication-rule", args=[row.pk])
    seen = signed_in(officer, "en")
    rule = seen.get(posted.url).content.decode()
    assert "Public page withdrawn" in rule
    assert "Misnamed" in rule
    assert (
        "Public pages that this opens again"
        in browser.get(reverse("publication-correct", args=[published.pk])).content.decode()
    )
    assert browser.post(form, {"reason": "Wrong name"}).url == page
    for address in (page, reverse("publications")):
        text = seen.get(address).content.decode()
        assert "Wrong name" in text
        assert "withdrawn" in text
    assert "withdrawn already" in browser.get(form).content.decode()
    assert seen.post(form, {"reason": "x"}).status_code == 403
    assert queries.standing(published.unit).edition == "2025-02.v1"
