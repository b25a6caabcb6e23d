"""Agreements on screen: listed, shown, typed; who sees what; and what it costs to ask."""

import csv
import io
import unicodedata
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from gyoryu.agreements.actions import agreements, duties
from gyoryu.agreements.models import Agreement, Area, Body, Commitment, Engagement
from gyoryu.agreements.queries import agreements as queries
from gyoryu.agreements.queries import timelines
from gyoryu.base.refused import Refused
from gyoryu.evidence import actions as evidence
from gyoryu.parties.models import Alias, Person, Position

pytest_plugins = ["agreement_stages"]
pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 1)


@pytest.fixture
def ask(signed_in, officer):
    """Ask for a page as the officer, in English; return what was answered."""
    browser = signed_in(officer, "en")

    def get(name, *args, **params):
        return browser.get(reverse(name, args=args), params)

    return get


@pytest.fixture
def post(signed_in, officer):
    browser = signed_in(officer, "en")

    def send(name, *args, by=None, **fields):
        sender = signed_in(by, "en") if by else browser
        return sender.post(reverse(name, args=args), fields)

    return send


def titles(reply):
    return sorted(row.title_ko for row in reply.context["listing"].page)


def asked(act):
    """Count the queries of a request; savepoints of the test's own transaction aside."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return sum("SAVEPOINT" not in query["sql"] for query in seen)


# The list


def test_a_list_shows_each_agreement_with_its_next_duty_and_follow_through(
    ask, province, in_force, promise, officer, now
):
    duties.install_policy(province.root, by=None, at=now)
    made = in_force("2024-03-10", title_en="Sisterhood")
    kept = promise(
        made, status="done", due_on=date(2025, 3, 1), due_first=date(2025, 3, 1),
        done_on=date(2025, 2, 1),
    )  # fmt: skip
    evidence.hold(kept, kind="receipt", title="증빙", link="https://a.example/", by=officer, at=now)
    promise(made, due_on=date(2025, 3, 1), due_first=date(2025, 3, 1))
    html = ask("agreements").content.decode()
    for shown in ("Sisterhood", "China Jiangsu", "10 Mar 2024", "In force", "1/2"):
        assert shown in html
    assert "387 days late" in html  # the reviews before a signing that nobody noted
    # Headings stand in the table alone, and no condition is claimed where none was set.
    assert html.count('class="sort"') == 5
    assert 'class="applied"' not in html


def test_conditions_find_by_title_party_signatory_place_area_year_and_unit(
    ask, in_force, draft, province, officer, now
):
    wanted, other = in_force("2023-05-18"), draft(title_ko="초안", parties=[])
    person = Person.objects.create(unit=province.division, name_ko="윤해준", name_en="Yun Hae-jun")
    Alias.objects.create(person=person, name="윤해준", key="x")
    agreements.add_signatory(wanted.parties.first(), person, by=officer, at=now)
    area = Area.objects.create(name_ko="수소", name_en="Hydrogen")
    agreements.change(wanted, {"areas": [area]}, by=officer, at=now)
    for condition in (
        {"q": "자매결연"}, {"q": wanted.number}, {"q": "jiangsu gov"}, {"q": "해준"},
        {"region": wanted.partner_region_id}, {"region": wanted.partner_region.parent_id},
        {"area": area.pk}, {"year": 2023}, {"tab": "in_force"},
    ):  # fmt: skip
        assert titles(ask("agreements", **condition)) == [wanted.title_ko], condition
    for condition in ({"unit": province.division.pk}, {"kind": "sisterhood"}, {"q": ""}):
        assert titles(ask("agreements", **condition)) == sorted([wanted.title_ko, other.title_ko])
    assert titles(ask("agreements", tab="coming")) == ["초안"]
    assert titles(ask("agreements", q="x" * 10_000)) == []


def test_the_list_answers_who_missed_the_evaluation_on_a_day(ask, province, in_force, now):
    duties.install_policy(province.root, by=None, at=now)
    missed = in_force("2024-03-10")
    in_force("2024-05-10", title_ko="아직")
    assert titles(ask("agreements", on="2025-04-01")) == [missed.title_ko]
    assert titles(ask("agreements", on="2025-03-10")) == []
    reply = ask("agreements", on="2026-02-30")
    assert (reply.status_code, titles(reply)) == (200, [])
    assert list(reply.context["listing"].filter.form.errors) == ["on"]
    assert "2026-02 has only 28 days." in reply.content.decode()


def test_a_file_holds_exactly_what_is_listed_and_no_formula(ask, in_force):
    in_force(title_ko="=cmd", kind="mou")
    in_force(title_ko="자매결연")
    reply = ask("agreements", kind="mou", export="csv")
    text = b"".join(reply.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[2] for row in rows[1:]] == ["'=cmd"]
    assert ask("agreements", export="xlsx").content.startswith(b"PK")


def test_any_list_asks_at_most_eight_questions_whatever_its_length(
    ask, province, in_force, promise, now
):
    duties.install_policy(province.root, by=None, at=now)
    promise(in_force())
    for name in ("agreements", "duties"):
        ask(name)
    counts = {"agreements": [], "duties": []}
    for rows in (1, 3, 50):
        while Agreement.objects.count() < rows:
            promise(in_force(title_ko=f"협약 {Agreement.objects.count()}"))
        for name, found in counts.items():
            found.append(asked(lambda name=name: ask(name)))
    assert counts == {"agreements": [8, 8, 8], "duties": [6, 6, 6]}


# The page


def test_a_page_asks_at_most_fifteen_questions(ask, province, in_force, promise, officer, now):
    duties.install_policy(province.root, by=None, at=now)
    made = in_force()
    person = Person.objects.create(unit=province.division, name_ko="윤해준")
    for party in made.parties.all():
        agreements.add_signatory(party, person, by=officer, at=now)
    for number in range(6):
        in_force(title_ko=f"{number}", parent=made)
        promise(made, owner=officer)
        Body.objects.create(unit=made.unit, agreement=made, name_ko=f"협의체 {number}")
        contact = Engagement.objects.create(
            unit=made.unit, kind="visit", title_ko="방문", starts_on=TODAY, ends_on=TODAY
        )
        contact.agreements.add(made)
    ask("agreement", made.pk)
    assert asked(lambda: ask("agreement", made.pk)) == 13


def test_a_page_tells_everything_that_happened_newest_first(ask, in_force, promise, officer, now):
    made = in_force("2023-05-18")
    promise(made, status="done", done_on=date(2024, 12, 12), words="전시관 임차료 분담")
    letter = Engagement.objects.create(
        unit=made.unit, kind="letter", title_ko="서한", title_en="Letter of spring",
        starts_on=date(2025, 2, 4), ends_on=date(2025, 2, 4), initiative="theirs",
    )  # fmt: skip
    letter.agreements.add(made)
    reply = ask("agreement", made.pk)
    told = [(event.kind, event.on.isoformat()) for event in reply.context["events"]]
    assert told == [
        ("entry", "2025-04-01"), ("engagement", "2025-02-04"), ("kept", "2024-12-12"),
        ("step", "2023-05-18"), ("signing", "2023-05-18"),
    ] or told == [
        ("entry", "2025-04-01"), ("engagement", "2025-02-04"), ("kept", "2024-12-12"),
        ("signing", "2023-05-18"), ("step", "2023-05-18"),
    ]  # fmt: skip
    assert "Letter of spring" in reply.content.decode()


def test_a_page_says_why_not_in_the_words_of_the_rule(ask, in_force, promise, officer, now):
    made = in_force()
    for _ in range(4):
        promise(made)
    with pytest.raises(Refused) as refusal, translation.override("en"):
        agreements.move(made, "ended", on=TODAY, reason="끝", by=officer, at=now)
    with translation.override("en"):
        reason = str(refusal.value)
    assert "4 open commitments" in reason
    for name in ("agreement", "agreement-move"):
        assert escape(reason) in ask(name, made.pk).content.decode()


def test_both_languages_name_an_agreement_and_its_page(signed_in, officer, in_force):
    made = in_force(title_ko="한결도–장쑤성 자매결연", title_en="Hangyeol–Jiangsu Sisterhood")
    for language, title in (("ko", made.title_ko), ("en", made.title_en)):
        browser = signed_in(officer, language)
        with translation.override(language):
            words = [title, str(Agreement.Kind.SISTERHOOD.label), translation.gettext("Lineage")]
        for name, args in (("agreement", [made.pk]), ("agreement-edit", [made.pk])):
            html = browser.get(reverse(name, args=args)).content.decode()
            assert f'<html lang="{language}">' in html
            assert title in html
        page = browser.get(reverse("agreement", args=[made.pk])).content.decode()
        assert [word for word in words if word not in page] == []


def test_another_government_sees_nothing_and_a_shared_department_only_reads(
    in_force, person_with, province, signed_in, officer, post, now
):
    made = in_force()
    stranger = signed_in(person_with("officer", province.other))
    for name in ("agreement", "agreement-edit", "agreement-move", "agreement-void", "party-new"):
        assert stranger.get(reverse(name, args=[made.pk])).status_code == 404
    agreements.share(made, [province.other], by=officer, at=now)
    page = stranger.get(reverse("agreement", args=[made.pk]))
    assert page.status_code == 200
    assert reverse("agreement-edit", args=[made.pk]) not in page.content.decode()
    for name in ("agreement-edit", "agreement-move", "agreement-void", "party-new"):
        assert stranger.post(reverse(name, args=[made.pk]), {}).status_code == 403
    viewer = signed_in(person_with("viewer"))
    assert "agreement-new" not in viewer.get(reverse("agreements")).content.decode()
    assert viewer.get(reverse("agreement-new")).status_code == 403


# Typing


@pytest.fixture
def fields(parties):
    (ours, _), (theirs, _) = parties
    return {
        "kind": "sisterhood", "title_ko": "한결도–장쑤성 자매결연",
        "ours": f"{ours} #{ours.pk}", "theirs": f"{theirs} #{theirs.pk}",
        "once": "6d0f3f7e-8a54-4c8e-9d0a-0d7c9f4f2b11",
    }  # fmt: skip


def test_a_draft_is_made_once_however_often_the_button_is_pressed(
    post, fields, province, officer, now
):
    duties.install_policy(province.root, by=None, at=now)
    first, second = post("agreement-new", **fields), post("agreement-new", **fields)
    made = Agreement.objects.get()
    assert first.url == second.url == reverse("agreement", args=[made.pk])
    assert [(party.side, party.organisation.name_ko) for party in made.parties.all()] == [
        ("ours", "한결도"), ("theirs", "장쑤성 정부"),
    ]  # fmt: skip
    assert made.partner_region.name_ko == "장쑤성"
    assert made.duties.count() == 2


def test_a_create_asks_at_most_fifteen_questions(post, fields, province, now):
    duties.install_policy(province.root, by=None, at=now)
    post("agreement-new", **{**fields, "once": ""})
    assert asked(lambda: post("agreement-new", **fields)) <= 15


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_ko": ""}, "title_ko"),
        ({"title_ko": "가" * 10_000}, "title_ko"),
        ({"signed": "2025-04-02"}, "signed"),
        ({"signed": "2026-02-30"}, "signed"),
        ({"signed": "언젠가"}, "signed"),
        ({"signed": "2024-05-01", "ends_on": "2024-04-30"}, "ends_on"),
        ({"ends_on": "2024-05"}, "ends_on"),
        ({"term_months": "0"}, "term_months"),
        ({"term_months": "사십"}, "term_months"),
        ({"kind": "treaty"}, "kind"),
        ({"theirs": "없는 기관"}, "theirs"),
        ({"areas": "77"}, "areas"),
        ({"owner": "77"}, "owner"),
        ({"parent": "없는 협약"}, "parent"),
        ({"theirs": "한결도", "ours": "한결도"}, None),
    ],
)
def test_bad_input_is_answered_at_its_field_and_nothing_typed_is_lost(post, fields, wrong, field):
    reply = post("agreement-new", **{**fields, "summary": "적어 둔 요약", **wrong})
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == [field or "__all__"]
    assert "적어 둔 요약" in reply.content.decode()
    assert not Agreement.objects.exists()


def test_decomposed_hangul_is_composed_before_it_is_kept(post, fields):
    typed = unicodedata.normalize("NFD", "한결도–장쑤성  자매결연")
    post("agreement-new", **{**fields, "title_ko": typed})
    assert Agreement.objects.get().title_ko == "한결도–장쑤성 자매결연"


def test_a_draft_of_the_form_is_kept_and_taken_up_again(post, fields, ask):
    post("agreement-new", **{**fields, "title_ko": "반쯤 적은 제목", "draft": "1"})
    assert not Agreement.objects.exists()
    assert "반쯤 적은 제목" in ask("agreement-new", resume=1).content.decode()


def test_an_agreement_is_edited_and_what_was_known_to_its_month_stays_so(post, ask, signed):
    made = signed("1983-09")
    shown = ask("agreement-edit", made.pk).context["form"].initial["signed"]
    reply = post(
        "agreement-edit", made.pk, kind="friendship", title_ko="새 제목", signed="Autumnal 1983",
    )  # fmt: skip
    assert reply.status_code == 422
    reply = post("agreement-edit", made.pk, kind="friendship", title_ko="새 제목", signed="1983-09")
    made.refresh_from_db()
    assert (reply.status_code, made.kind, made.title_ko) == (302, "friendship", "새 제목")
    assert made.signed == shown


def test_every_step_has_its_page_and_says_what_is_wrong(post, draft, in_force, signed, ask):
    made = draft(no_document_reason="없음")
    assert post("agreement-sign", made.pk, signed="2025-05").status_code == 422
    assert post("agreement-sign", made.pk, signed="2025-03", method="video").status_code == 302
    wrong = post("agreement-move", made.pk, to="in_force", on="2025-02-28", reason="발효")
    assert list(wrong.context["form"].errors) == ["on"]
    assert post("agreement-move", made.pk, to="in_force", on="2025-03-31", reason="발효").url
    renewed = post("agreement-renew", made.pk, on="2025-04-01", ends_on="2030-03-31", reason="합의")
    assert renewed.status_code == 302
    successor = signed("2025-03-30", title_ko="후속 협약")
    assert ask("agreement-replace", made.pk).status_code == 200
    post("agreement-replace", made.pk, successor="후속 협약", on="2025-04-01", reason="후속 체결")
    made.refresh_from_db()
    assert (made.status, made.replaced_by, made.method) == ("replaced", successor, "video")


def test_only_an_approver_voids_what_was_signed(post, in_force, draft, approver, officer):
    made, mine = in_force(), draft()
    assert post("agreement-void", made.pk, reason="중복").status_code == 422
    assert post("agreement-void", mine.pk, reason="잘못 입력").status_code == 302
    assert post("agreement-void", made.pk, by=approver, reason="중복").status_code == 302
    assert Agreement.objects.exclude(voided_at=None).count() == 2


def test_parties_and_signatories_come_and_go_with_a_trace(
    post, ask, in_force, parties, province, officer, now
):
    made = in_force("2008-05-18")
    ours = made.parties.get(side="ours")
    person = Person.objects.create(unit=province.division, name_ko="윤해준", name_en="Yun Hae-jun")
    then = Position.objects.create(
        person=person, organisation=ours.organisation, title_ko="지사", title_en="Governor",
        since=date(2006, 7, 1), until=date(2010, 6, 30),
    )  # fmt: skip
    Position.objects.create(person=person, organisation=ours.organisation, title_ko="고문")
    assert "Yun Hae-jun · Governor" in ask("signatory-new", ours.pk).content.decode()
    assert post("signatory-new", ours.pk).status_code == 422
    assert post("signatory-new", ours.pk, person=f"윤해준 #{person.pk}").status_code == 302
    signed = ours.signatories.get()
    assert signed.position == then
    assert post("signatory-new", ours.pk, position=then.pk).status_code == 422
    assert "Governor" in ask("agreement", made.pk).content.decode()
    assert post("party-remove", ours.pk).status_code == 422
    assert post("party-new", made.pk, organisation="한결도", side="ours").status_code == 422
    assert post("signatory-remove", signed.pk).status_code == 302
    entries = list(timelines.entries(made).values_list("verb", flat=True))
    assert entries[:2] == ["signatory.removed", "signatory.added"]


def test_suggestions_name_only_what_the_reader_may_see(
    ask, in_force, person_with, province, signed_in
):
    made = in_force()
    assert f"#{made.pk}" in ask("agreement-options", field="parent", parent="장쑤").content.decode()
    stranger = signed_in(person_with("officer", province.other))
    reply = stranger.get(reverse("agreement-options"), {"q": "장쑤"})
    assert "#" not in reply.content.decode()


# What is derived


def test_dormant_is_in_force_without_a_contact_for_24_months(in_force, officer, now):
    made = in_force("2016-10-11")
    Agreement.objects.filter(pk=made.pk).update(last_contact_on=date(2022, 6, 30))
    made.refresh_from_db()

    def dormant(day):
        listed = Agreement.objects.filter(queries.is_dormant(day)).exists()
        return queries.dormant_months(made, day), listed

    assert dormant(date(2024, 6, 30)) == (0, False)
    assert dormant(date(2024, 7, 1)) == (24, True)
    assert dormant(TODAY) == (33, True)
    agreements.move(made, "suspended", on=TODAY, reason="정지", by=officer, at=now)
    assert dormant(TODAY) == (0, False)


def test_lineage_names_what_an_agreement_grew_from_and_what_grew_from_it(in_force, officer, now):
    oldest = in_force("1983-05-18", title_ko="자매결연")
    plan = in_force("2024-06-03", title_ko="실행계획", parent=oldest)
    tour = in_force("2024-09", title_ko="업무협약", parent=plan)
    plan = queries.as_it_stands(plan)
    told = [(one.depth, one.title, one.year) for one in queries.near(plan, officer).branches]
    assert told == [
        (0, "자매결연", "1983"), (1, "실행계획", "2024"), (2, "업무협약", "2024"),
    ]  # fmt: skip
    with pytest.raises(Refused):
        agreements.change(oldest, {"parent": tour}, by=officer, at=now)
    assert Commitment.objects.count() == 0


def test_departments_it_is_also_shown_to_are_kept_from_the_form_new_and_edited(
    post, fields, province, officer
):
    post("agreement-new", **fields, shared_with=[province.bureau.pk])
    made = Agreement.objects.get()
    assert list(made.shared_with.all()) == [province.bureau]
    typed = {"kind": "sisterhood", "title_ko": made.title_ko, "shared_with": [province.root.pk]}
    assert post("agreement-edit", made.pk, **typed).status_code == 302
    assert list(made.shared_with.all()) == [province.root]
    post("agreement-edit", made.pk, kind="sisterhood", title_ko=made.title_ko)
    assert not made.shared_with.exists()
