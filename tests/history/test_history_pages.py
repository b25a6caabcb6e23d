"""What was done is told to those who may know it, in their words, and private text is not kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.intruder import triggers_lifted

from gyoryu.history import actions, queries
from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation
from gyoryu.web.templatetags.history import changed

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(province):
    return Organisation.objects.create(unit=province.division, kind="company", name_ko="가온텍")


def write(record, by, now, **more):
    actions.record("organisation.changed", record, by=by, at=now, **more)
    return Entry.objects.first()


def test_a_change_is_told_in_the_readers_words(organisation, officer, now):
    changes = {"kind": ["company", "agency"], "name_en": ["", "Gaontek"], "website": ["x", ""]}
    entry = write(organisation, officer, now, changes=changes)
    with override("ko"):
        assert [one.field for one in changed(entry)] == ["종류", "영문 이름", "누리집"]
    with override("en"):
        told = [(one.field, one.before, one.after) for one in changed(entry)]
    assert told == [
        ("Kind", "Company", "Public agency"),
        ("Name in English", "", "Gaontek"),
        ("Website", "x", ""),
    ]


def test_a_moment_is_told_by_the_servers_clock(organisation, officer, now):
    entry = write(organisation, officer, now, changes={"open_since": [None, now]})
    told = {}
    for language in ("ko", "en"):
        with override(language):
            told[language] = [one.after for one in changed(entry)]
    assert told == {"ko": ["2025-04-01 (화) 09:30"], "en": ["1 Apr 2025 09:30"]}


def test_an_amount_is_told_with_its_commas_and_a_year_without(organisation, officer, now):
    changes = {"amount": [8_000_000, 12_000_000], "year": [2024, 2025], "loss": [None, -10_000]}
    entry = write(organisation, officer, now, changes=changes)
    # PostgreSQL keeps the fields of a change in an order of its own.
    assert {(one.before, one.after) for one in changed(entry)} == {
        ("8,000,000", "12,000,000"), ("2024", "2025"), ("", "-10,000"),
    }  # fmt: skip


def test_long_texts_are_kept_as_lengths_and_private_fields_not_at_all(
    organisation, officer, now, monkeypatch
):
    monkeypatch.setattr(Organisation, "untold", frozenset({"website"}), raising=False)
    changes = {"note": ["", "그 대표는 아프다"], "website": ["http://a.test", "http://b.test"]}
    entry = write(organisation, officer, now, changes=changes)
    assert entry.changes == {"note": [{"letters": 0}, {"letters": 9}], "website": []}
    with override("en"):
        told = [(one.before, one.after, one.told) for one in changed(entry)]
    assert told == [("", "9 letters long", True), ("", "", False)]


def test_a_model_may_say_that_its_long_text_is_told_whole(organisation, officer, now, monkeypatch):
    monkeypatch.setattr(Organisation, "told", frozenset({"note"}), raising=False)
    entry = write(organisation, officer, now, changes={"note": ["가", "나"]})
    assert entry.changes == {"note": ["가", "나"]}


def test_the_list_shows_ones_units_only(
    signed_in, officer, person_with, province, organisation, now
):
    write(organisation, officer, now, reason="이름 정정")
    far = person_with("viewer", province.other, email="far@example.test")
    assert "이름 정정" in signed_in(officer).get(reverse("history")).content.decode()
    assert "이름 정정" not in signed_in(far).get(reverse("history")).content.decode()
    pk = Entry.objects.first().pk
    assert signed_in(far).get(reverse("history-record", args=[pk])).status_code == 404
    reply = signed_in(officer).get(reverse("history-record", args=[pk]))
    assert reply.url == organisation.get_absolute_url()


def test_what_belongs_to_no_unit_is_for_those_who_verify(signed_in, officer, person_with, now):
    actions.record("user.added", officer, by=None, at=now)
    name = Entry.objects.get().name
    auditor = signed_in(person_with("auditor", email="auditor@example.test"))
    rows = auditor.get(reverse("history")).context["listing"].page
    assert [row.name for row in rows] == [name]
    assert signed_in(officer).get(reverse("history")).context["listing"].page == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 3),
        ({"q": "가온"}, 3),
        ({"q": "다온"}, 0),
        ({"person": "officer"}, 2),
        ({"verb": "organisation.changed"}, 2),
        ({"since": "2025-04-02"}, 1),
        ({"until": "2025-04-01"}, 2),
        ({"since": "2025-02-30"}, 3),
    ],
)
def test_it_is_filtered_by_person_verb_record_and_days(
    signed_in, officer, organisation, now, asked, found
):
    write(organisation, officer, now)
    write(organisation, officer, now)
    actions.record("organisation.added", organisation, by=None, at=now + timedelta(days=1))
    listing = signed_in(officer).get(reverse("history"), asked).context["listing"]
    if asked.get("since") == "2025-02-30":
        assert "since" in listing.filter.form.errors
    else:
        assert len(listing.page) == found


def test_the_list_takes_as_many_queries_for_fifty_as_for_one(signed_in, officer, organisation, now):
    browser, counts = signed_in(officer), []
    browser.get(reverse("history"))
    for total in (1, 3, 50):
        for _ in range(Entry.objects.count(), total):
            write(organisation, officer, now, changes={"name_ko": ["가", "나"]})
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("history")).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


def test_exactly_what_is_listed_is_exported(signed_in, officer, organisation, now):
    write(organisation, officer, now, changes={"name_ko": ["가", "나"]}, reason="=1+1")
    reply = signed_in(officer, "en").get(reverse("history"), {"export": "csv"})
    lines = b"".join(reply.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("#,")
    assert "Name in Korean: 가 → 나" in lines[1]
    assert "'=1+1" in lines[1]


def test_verifying_says_it_is_whole_and_writes_that_down(
    signed_in, officer, person_with, organisation, now
):
    write(organisation, officer, now)
    actions.seal(by=None, at=now)
    auditor = person_with("auditor")
    browser = signed_in(auditor, "en")
    assert signed_in(officer).get(reverse("history-verify")).status_code == 403
    page = browser.post(reverse("history-verify"))
    while not page.context["reached"].done:
        page = browser.post(reverse("history-verify"), {"left": page.context["left"]})
    assert "The history is whole" in page.content.decode()
    told = Entry.objects.get(verb="history.verified")
    assert (told.by, told.changes["entries"], told.changes["faults"]) == (
        auditor,
        [None, 1],
        [None, 0],
    )


def test_verifying_in_steps_names_the_break_and_believes_no_forged_mark(
    signed_in, officer, person_with, organisation, now, monkeypatch
):
    monkeypatch.setattr(queries, "TOGETHER", 1)
    for _ in range(3):
        write(organisation, officer, now)
        actions.seal(by=None, at=now)
    with triggers_lifted():
        Entry.objects.filter(seal=2).update(reason="forged")
    browser = signed_in(person_with("auditor"), "en")
    page, steps = browser.post(reverse("history-verify")), 1
    while not page.context["reached"].done:
        page = browser.post(reverse("history-verify"), {"left": page.context["left"]})
        steps += 1
    assert steps > 2
    assert "1 break in the history" in page.content.decode()
    forged = browser.post(reverse("history-verify"), {"left": "forged:mark"})
    assert forged.context["reached"].number == 1
