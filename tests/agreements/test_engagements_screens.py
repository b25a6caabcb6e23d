"""The screens of engagements: what is typed is kept or answered at its field, lists stay quick."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
import register_makers as make
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gyoryu.agreements.actions import engagements as actions
from gyoryu.agreements.models import Engagement
from gyoryu.web.forms import pick_label

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(province):
    return province.division


@pytest.fixture
def browser(signed_in, officer):
    return signed_in(officer)


def typed(**changes):
    return {
        "kind": "meeting",
        "title_ko": "산림 협력 회의",
        "state": "held",
        "initiative": "ours",
        "starts_on": "2025-03-03",
        "mode": "",
        **changes,
    }


def statements(captured):
    """Leave out what only opens and closes savepoints."""
    return [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_an_engagement_is_recorded_through_the_short_form(browser, unit, officer, now):
    partner = make.organisation(unit, now)
    tied = make.agreement(unit, partner)
    reply = browser.post(
        f"{reverse('engagement-new')}?agreement={tied.pk}",
        typed(organisation="산림부", agreement=pick_label(tied), ends_on="2025-03-04"),
    )
    made = Engagement.objects.get()
    assert reply.url == made.get_absolute_url()
    assert (made.ends_on, made.owner, made.mode) == (date(2025, 3, 4), officer, "in_person")
    assert list(made.agreements.all()) == [tied]
    assert made.delegations.get().organisation == partner


def test_the_form_starts_from_the_record_its_link_was_pressed_on(browser, unit, now):
    tied = make.agreement(unit)
    page = browser.get(f"{reverse('engagement-new')}?agreement={tied.pk}").content.decode()
    assert pick_label(tied) in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": "2025-03-02"}, "ends_on"),
        ({"starts_on": "2025-02-30"}, "starts_on"),
        ({"starts_on": "2025-05-01"}, "starts_on"),
        ({"starts_on": "2025-03", "ends_on": "2025-03-09"}, "starts_on"),
        ({"title_ko": "가" * 10_000}, "title_ko"),
        ({"title_ko": ""}, "title_ko"),
        ({"kind": "session"}, "kind"),
        ({"kind": "brawl"}, "kind"),
        ({"organisation": "없는 기관"}, "organisation"),
        ({"venue": "나" * 201}, "venue"),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_bad_input_is_answered_at_its_field_and_nothing_is_lost_or_saved(
    signed_in, officer, changes, field, language
):
    fields = typed(**changes)
    reply = signed_in(officer, language).post(reverse("engagement-new"), fields)
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == [field]
    assert str(fields[field])[:50] in reply.content.decode()
    assert not Engagement.objects.exists()


def test_the_error_is_in_the_readers_language(signed_in, officer):
    said = {}
    for language in ("ko", "en"):
        reply = signed_in(officer, language).post(
            reverse("engagement-new"), typed(ends_on="2025-03-02")
        )
        said[language] = reply.context["form"].errors["ends_on"][0]
    assert said == {
        "ko": "끝나는 날이 시작하는 날보다 앞섭니다.",
        "en": "It ends before it starts.",
    }


def test_decomposed_hangul_is_kept_composed(browser):
    import unicodedata

    browser.post(reverse("engagement-new"), typed(title_ko=unicodedata.normalize("NFD", "산림")))
    assert Engagement.objects.get().title_ko == "산림"


def test_a_double_click_makes_one(browser):
    fields = typed(once=str(uuid4()))
    first, second = (browser.post(reverse("engagement-new"), fields) for _ in range(2))
    assert first.url == second.url
    assert Engagement.objects.count() == 1


def test_a_draft_is_kept_and_comes_back(browser):
    browser.post(reverse("engagement-new"), typed(title_ko="반만 적은 것", draft="1"))
    page = browser.get(f"{reverse('engagement-new')}?resume=1").content.decode()
    assert "반만 적은 것" in page
    assert not Engagement.objects.exists()


def test_a_session_is_sent_to_its_bodys_form(browser):
    reply = browser.get(f"{reverse('engagement-new')}?body=7")
    assert reply.url == reverse("session-new", args=[7])


def test_editing_keeps_what_is_there_and_notes_what_changed(browser, unit, now):
    row = make.engagement(unit, now, venue="수원")
    page = browser.get(reverse("engagement-edit", args=[row.pk]))
    kept = {
        name: page.context["form"][name].value() or ""
        for name in page.context["form"].fields
        if name != "areas"
    }
    kept["starts_on"] = "2025-03-03"
    reply = browser.post(
        reverse("engagement-edit", args=[row.pk]), {**kept, "summary": "논의함\r\n둘째 줄"}
    )
    row.refresh_from_db()
    assert (reply.status_code, row.venue, row.summary) == (302, "수원", "논의함\n둘째 줄")


def test_the_parts_are_added_on_small_pages(browser, unit, now):
    row = make.engagement(unit, now, kind="visit")
    ministry, dana = make.organisation(unit, now), make.person(unit)
    at = row.get_absolute_url()
    new = browser.post(
        reverse("delegation-new", args=[row.pk]),
        {"side": "theirs", "organisation": "산림부", "size": "2"},
    )
    assert new.url == f"{at}#who"
    there = row.delegations.get()
    browser.post(
        reverse("participant-new", args=[row.pk, there.pk]),
        {"person": "Reel Dana", "title": "장관", "head": "on"},
    )
    browser.post(reverse("stop-new", args=[row.pk]), {"name_ko": "수목원", "on": "2025-03-03"})
    stop = row.stops.get()
    bad = browser.post(reverse("stop-feedback", args=[row.pk, stop.pk]), {"rating": "9"})
    assert (bad.status_code, list(bad.context["form"].errors)) == (422, ["rating"])
    browser.post(
        reverse("stop-feedback", args=[row.pk, stop.pk]), {"rating": "5", "feedback": "훌륭했다"}
    )
    page = browser.get(at).content.decode()
    assert (there.organisation, there.participants.get().person) == (ministry, dana)
    for words in ("데이나 릴", "장관", "수목원", "훌륭했다", "5 / 5"):
        assert words in page


def test_a_part_of_another_engagement_is_not_found(browser, unit, now):
    one, other = make.engagement(unit, now), make.engagement(unit, now)
    there = actions.add_delegation(other, "ours", name="우리", by=None, at=now)
    assert browser.get(reverse("delegation-edit", args=[one.pk, there.pk])).status_code == 404
    address = reverse("engagement-part-remove", args=[one.pk, "delegation", there.pk])
    assert browser.post(address, {"reason": "?"}).status_code == 404


def test_held_and_cancelled_by_their_own_pages(browser, unit, now):
    row = make.engagement(unit, now, state="planned")
    browser.post(
        reverse("engagement-hold", args=[row.pk]), {"starts_on": "2025-03-10", "summary": "함"}
    )
    row.refresh_from_db()
    assert (row.state, row.starts_on, row.summary) == ("held", date(2025, 3, 10), "함")
    other = make.engagement(unit, now, state="planned")
    browser.post(reverse("engagement-cancel", args=[other.pk]), {"reason": "태풍 때문에"})
    assert "태풍 때문에" in browser.get(other.get_absolute_url()).content.decode()
    assert browser.get(reverse("engagement-cancel", args=[other.pk])).status_code == 403


def test_what_is_not_possible_yet_says_why(browser, unit, now):
    row = make.engagement(unit, now, state="planned", starts_on=date(2025, 9, 1))
    page = browser.get(row.get_absolute_url()).content.decode()
    assert "2025-09-01" in page
    assert 'class="why-not"' in page
    assert reverse("engagement-hold", args=[row.pk]) not in page


# --- the list


def test_tabs_and_conditions_choose_the_rows(browser, unit, now):
    ministry, dana = make.organisation(unit, now), make.person(unit)
    tied = make.agreement(unit, number="AG-2020-0031")
    one = make.engagement(
        unit, now, title_ko="첫째", title_en="", organisation=ministry, agreements=[tied]
    )
    actions.add_participant(one.delegations.get(), dana, by=None, at=now)
    two = make.engagement(
        unit, now, title_ko="둘째", title_en="", kind="visit", starts_on=date(2024, 5, 1)
    )
    three = make.engagement(unit, now, title_ko="셋째", title_en="", state="planned")
    actions.cancel(three, reason="태풍", by=None, at=now)

    def found(**query):
        page = browser.get(reverse("engagements"), query).context["listing"].page
        return {row.title_ko for row in page}

    assert found() == {"첫째", "둘째", "셋째"}
    assert found(tab="held") == {"첫째", "둘째"}
    assert found(tab="cancelled") == {"셋째"}
    assert found(q="산림") == {"첫째"}
    assert found(q="dana reel") == found(q="Reel, Dana") == {"첫째"}
    assert found(kind="visit") == found(year="2024") == {two.title_ko}
    assert found(agreement="AG-2020-0031") == {"첫째"}
    assert found(unit=str(unit.pk)) == {"첫째", "둘째", "셋째"}


@pytest.mark.parametrize("query", [{"year": "두해"}, {"kind": "?"}, {"unit": "x"}, {"year": "1e9"}])
def test_a_list_with_nonsense_conditions_still_answers(browser, unit, now, query):
    make.engagement(unit, now)
    assert browser.get(reverse("engagements"), query).status_code == 200


def test_the_files_hold_exactly_the_rows_of_the_list(browser, unit, now):
    ministry = make.organisation(unit, now)
    make.engagement(unit, now, title_ko="=1+1", organisation=ministry)
    make.engagement(unit, now, title_ko="계획", state="planned")
    text = browser.get(reverse("engagements"), {"export": "csv", "tab": "held"})
    rows = list(csv.reader(io.StringIO(text.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["'=1+1"]
    book = browser.get(reverse("engagements"), {"export": "xlsx"}).content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert len(sheet) == 3
    assert {row[0] for row in sheet[1:]} == {"'=1+1", "계획"}


def test_the_list_needs_few_queries_and_as_many_for_50_rows_as_for_one(browser, unit, now):
    ministry = make.organisation(unit, now)
    counts = []
    for more in (1, 2, 47):
        for _ in range(more):
            make.engagement(unit, now, organisation=ministry)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert browser.get(reverse("engagements")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2] <= 8, captured.captured_queries


def test_a_record_page_needs_few_queries_however_full_it_is(browser, unit, now):
    ministry, tied = make.organisation(unit, now), make.agreement(unit)
    first = make.engagement(unit, now, starts_on=date(2025, 1, 1))
    row = make.engagement(
        unit, now, kind="visit", organisation=ministry, agreements=[tied], follows=first
    )
    make.engagement(unit, now, follows=row)
    for n in range(3):
        there = actions.add_delegation(row, "ours", name=f"대표단 {n}", by=None, at=now)
        for m in range(3):
            who = make.person(unit, f"사람 {n}{m}", f"Person {n}{m}")
            make.position(who, ministry)
            actions.add_participant(there, who, by=None, at=now)
        actions.add_stop(row, {"name_ko": f"곳 {n}", "organisation": ministry}, by=None, at=now)
        values = {"words": f"요청 {n}", "organisation": ministry}
        actions.ask(row, values, by=None, at=now)
        make.commitment(unit, number=f"CO-{n}", engagement=row)
    browser.get(row.get_absolute_url())
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(row.get_absolute_url()).status_code == 200
    assert len(captured) <= 15, [q["sql"][:90] for q in captured.captured_queries]


def test_recording_needs_few_queries(browser, unit, now):
    make.organisation(unit, now)
    tied = make.agreement(unit)
    browser.post(reverse("engagement-new"), typed())
    fields = typed(organisation="산림부", agreement=pick_label(tied))
    with CaptureQueriesContext(connection) as captured:
        assert browser.post(reverse("engagement-new"), fields).status_code == 302
    assert len(statements(captured.captured_queries)) <= 15, statements(captured.captured_queries)


def test_the_options_are_found_by_part_of_a_title(browser, unit, now):
    row = make.engagement(unit, now)
    page = browser.get(reverse("engagement-options"), {"field": "follows", "follows": "산림"})
    assert pick_label(row) in page.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(signed_in, officer, unit, now, language):
    browser = signed_in(officer, language)
    row = make.engagement(unit, now, kind="visit", organisation=make.organisation(unit, now))
    there = row.delegations.get()
    stop = actions.add_stop(row, {"name_ko": "수목원"}, by=None, at=now)
    tied = make.agreement(unit)
    actions.tie(row, tied, by=None, at=now)
    planned = make.engagement(unit, now, state="planned")
    pages = [
        reverse("engagements"),
        reverse("engagement-new"),
        *(reverse(n, args=[row.pk]) for n in (
            "engagement", "engagement-edit", "engagement-void", "engagement-tie",
            "delegation-new", "stop-new", "request-new",
        )),
        *(reverse(f"engagement{n}", args=[planned.pk]) for n in ("", "-hold", "-cancel")),
        reverse("delegation-edit", args=[row.pk, there.pk]),
        reverse("participant-new", args=[row.pk, there.pk]),
        reverse("stop-edit", args=[row.pk, stop.pk]),
        reverse("stop-feedback", args=[row.pk, stop.pk]),
        reverse("engagement-untie", args=[row.pk, tied.pk]),
        reverse("engagement-part-remove", args=[row.pk, "stop", stop.pk]),
    ]  # fmt: skip
    for page in pages:
        reply = browser.get(page)
        assert reply.status_code == 200, page
        assert f'<html lang="{language}">' in reply.content.decode()


def test_a_participant_is_corrected_and_taken_out(browser, unit, now):
    row = make.engagement(unit, now, kind="visit")
    make.organisation(unit, now)
    dana, other = make.person(unit), make.person(unit, name_ko="오가람", name_en="Oh Garam")
    browser.post(
        reverse("delegation-new", args=[row.pk]), {"side": "theirs", "organisation": "산림부"}
    )
    there = row.delegations.get()
    for person, head in ((dana, "on"), (other, "")):
        typed = {"person": pick_label(person), "title": "국장", "head": head}
        browser.post(reverse("participant-new", args=[row.pk, there.pk]), typed)
    first, second = there.participants.get(person=dana), there.participants.get(person=other)
    address = reverse("participant-edit", args=[row.pk, second.pk])
    assert f'href="{address}"' in browser.get(row.get_absolute_url()).content.decode()
    two_heads = browser.post(address, {"title": "과장", "head": "on"})
    assert (two_heads.status_code, list(two_heads.context["form"].errors)) == (422, ["head"])
    browser.post(reverse("participant-edit", args=[row.pk, first.pk]), {"title": "차관"})
    assert browser.post(address, {"title": "과장", "head": "on"}).status_code == 302
    told = there.participants.order_by("pk").values_list("title", "head")
    assert list(told) == [("차관", False), ("과장", True)]
    gone = reverse("engagement-part-remove", args=[row.pk, "participant", first.pk])
    assert browser.post(gone, {"reason": "오지 않음"}).status_code == 302
    assert [one.person for one in there.participants.all()] == [other]
    assert browser.get(gone).status_code == 404
