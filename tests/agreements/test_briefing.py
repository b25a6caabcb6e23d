"""The briefing: everything between us and an organisation, as of a day, on one page."""

import shutil
import subprocess
from datetime import date

import pytest
import register_makers as make
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gyoryu.agreements.actions import engagements as actions
from gyoryu.agreements.models import Area
from gyoryu.agreements.queries import briefing as queries
from gyoryu.agreements.queries.keeping import FollowThrough
from gyoryu.base.periods import month
from gyoryu.evidence import actions as evidence
from gyoryu.web import pdf

pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 1)


@pytest.fixture
def unit(province):
    return province.division


@pytest.fixture
def ministry(unit, now):
    return make.organisation(unit, now)


@pytest.fixture
def full(unit, ministry, now):
    """Put a little of everything between us and the ministry."""
    bureau = make.organisation(unit, now, "산림국", "Forest Bureau", parent=ministry)
    dana = make.person(unit)
    make.position(dana, ministry, since=date(2024, 1, 1))
    make.position(make.person(unit, "전임 자", "Former One"), ministry, until=date(2023, 12, 31))
    make.position(
        make.person(unit, "국 장", "Kuk Jang"), bureau, title_ko="국장", title_en="Director"
    )
    tied = make.agreement(unit, ministry, ends_on=date(2025, 9, 1))
    make.agreement(
        unit, bureau, "AG-2", title_ko="옛 협약", title_en="Old MOU", signed_on=date(2019, 1, 1)
    )
    body = make.body(tied, now)
    forests, hydrogen = (
        Area.objects.create(name_ko="산림", name_en="Forests"),
        Area.objects.create(name_ko="수소", name_en="Hydrogen"),
    )
    met = make.engagement(
        unit, now, organisation=ministry, agreements=[tied], areas=[forests, hydrogen]
    )
    make.engagement(
        unit,
        now,
        starts_on=date(2023, 5, 5),
        organisation=bureau,
        areas=[forests],
        title_ko="옛 회의",
    )
    make.engagement(unit, now, state="planned", organisation=ministry, starts_on=date(2025, 6, 1))
    make.commitment(
        unit,
        "CO-1",
        side="ours",
        words="묘목을 보내겠습니다",
        organisation=ministry,
        due_on=date(2025, 3, 1),
        due_first=date(2025, 3, 1),
    )
    make.commitment(
        unit, "CO-2", words="전문가를 보내겠습니다", agreement=tied, due_on=date(2025, 5, 1)
    )
    ended = make.commitment(
        unit,
        "CO-3",
        words="끝난 일",
        agreement=tied,
        status="done",
        due_on=date(2024, 5, 1),
        done_on=date(2024, 4, 1),
    )
    evidence.hold(ended, kind="receipt", title="증빙", link="https://a.example/", by=None, at=now)
    make.commitment(
        unit,
        "CO-4",
        words="늦게 끝난 일",
        agreement=tied,
        status="done",
        due_on=date(2024, 5, 1),
        done_on=date(2024, 6, 1),
    )
    actions.ask(
        met,
        {"words": "자료를 주십시오", "organisation": ministry, "due": month(2025, 3)},
        by=None,
        at=now,
    )
    actions.ask(
        met,
        {"words": "방문하고 싶습니다", "organisation": ministry, "asked_by": "theirs"},
        by=None,
        at=now,
    )
    return {"tied": tied, "body": body, "met": met, "bureau": bureau}  # fmt: skip


def test_it_gathers_what_is_between_us(full, ministry, officer):
    found = queries.briefing(ministry, on=TODAY, to=officer)
    assert [str(one.person) for one in found.positions] == ["Dana Reel", "Kuk Jang"] or [
        str(one.person) for one in found.positions
    ] == ["데이나 릴", "국 장"]
    assert [one.number for one in found.agreements] == ["AG-2020-0001", "AG-2"]
    assert [one.starts_on for one in found.last] == [date(2025, 3, 3), date(2023, 5, 5)]
    assert [one.starts_on for one in found.coming] == [date(2025, 6, 1)]
    assert [one.words for one in found.ours] == ["묘목을 보내겠습니다"]
    assert [one.words for one in found.theirs] == ["전문가를 보내겠습니다"]
    assert [one.words for one in found.asked] == ["자료를 주십시오"]
    assert [one.words for one in found.owed] == ["방문하고 싶습니다"]
    assert [(one.counts, one.total) for one in found.topics] == [
        ([0, 0, 1, 0, 1], 2),
        ([0, 0, 0, 0, 1], 1),
    ]
    assert found.kept == {"ours": FollowThrough(0, 1), "theirs": FollowThrough(1, 2)}


def test_it_says_what_to_raise_the_most_awkward_first(full, ministry, officer):
    found = queries.briefing(ministry, on=TODAY, to=officer)
    assert [point.kind for point in found.points] == [
        "ours_late",
        "answer_owed",
        "answer_due",
        "session_due",
        "ending",
        "dormant",
    ]


def test_it_is_as_of_the_day_that_is_asked(full, ministry, officer):
    then = queries.briefing(ministry, on=date(2023, 6, 1), to=officer)
    assert "전임 자" in {one.person.name_ko for one in then.positions}
    assert then.kept["theirs"].came_due == 0


def test_it_holds_nothing_that_the_reader_may_not_see(full, ministry, province, person_with):
    found = queries.briefing(ministry, on=TODAY, to=person_with("officer", province.other))
    assert (found.agreements, found.last, found.ours, found.theirs, found.asked, found.points) == (
        [],
        [],
        [],
        [],
        [],
        [],
    )


def test_an_organisation_without_any_tie_has_a_page_too(ministry, officer, signed_in):
    for language, words in (("ko", "밀린 것이 없습니다"), ("en", "Nothing waits")):
        browser = signed_in(officer, language)
        page = browser.get(reverse("briefing", args=[ministry.pk])).content.decode()
        assert words in page


def test_the_page_needs_few_queries(full, ministry, officer, signed_in):
    browser = signed_in(officer)
    with CaptureQueriesContext(connection) as captured:
        page = browser.get(reverse("briefing", args=[ministry.pk])).content.decode()
    assert len(captured) <= 15
    for words in ("묘목을 보내겠습니다", "데이나 릴", "방문하고 싶습니다", "50 %"):
        assert words in page


# --- the printed page


def printed(browser, ministry):
    reply = browser.get(reverse("briefing-pdf", args=[ministry.pk]))
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/pdf")
    assert reply.content.startswith(b"%PDF-")
    return reply.content


def text_of(sheet):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this machine")
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=sheet, capture_output=True, check=True
    )
    return told.stdout.decode()


@pytest.fixture
def _korean_font():
    if not set(pdf.KOREAN) & set(pdf.fonts().families()):
        pytest.skip("no Korean font is on this machine")


@pytest.mark.usefixtures("_korean_font")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", ["산림부", "데이나 릴", "우리 측 약속", "묘목을 보내겠습니다", "2025-03-01"]),
        ("en", ["Ministry of Forests", "Dana Reel", "We promised", "묘목을", "1 Mar 2025"]),
    ],
)  # fmt: skip
def test_the_sheet_is_one_page_whose_text_can_be_copied(
    full, ministry, officer, signed_in, language, words
):
    text = text_of(printed(signed_in(officer, language), ministry))
    for one in words:
        assert one in text
    assert text.count("\f") == 1


@pytest.mark.usefixtures("_korean_font")
def test_what_was_typed_is_never_read_as_markup(unit, ministry, officer, signed_in):
    nasty = '#panic("x") $x$ *b* _i_ <l> @ref [#read("/etc/passwd")] \\ // /* ` "'
    make.commitment(unit, side="ours", words=nasty, organisation=ministry)
    text = text_of(printed(signed_in(officer), ministry))
    assert '#panic("x") $x$ *b*' in text
    assert '#read("/etc/passwd")' in text.replace("\n", " ").replace("  ", "")


@pytest.mark.usefixtures("_korean_font")
def test_a_crowded_sheet_is_still_made_whole(unit, full, ministry, officer, signed_in, now):
    for n in range(30):
        make.commitment(unit, f"CO-X{n}", words=f"약속 {n} " + "긴 말 " * 60, organisation=ministry)
        make.engagement(unit, now, organisation=ministry, title_ko=f"회의 {n}")
    text = text_of(printed(signed_in(officer), ministry))
    assert text.count("\f") <= 2


def test_without_a_korean_font_it_says_what_to_install(ministry, officer, signed_in, monkeypatch):
    monkeypatch.setattr(pdf, "KOREAN", ["No Such Font"])
    for language, words in (("ko", "한글 글꼴이 없어"), ("en", "has no Korean font")):
        reply = signed_in(officer, language).get(reverse("briefing-pdf", args=[ministry.pk]))
        assert reply.status_code == 403
        assert words in reply.content.decode()
        assert "fonts-noto-cjk" in reply.content.decode()
