"""The screens of commitments: nothing typed is lost, one click makes one, no other sees any."""

import io
import unicodedata
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from promises import NOW, TODAY, agreement, body, engagement, kept, pdf, promised
from python_calamine import CalamineWorkbook

from gyoryu.accounts.models import Draft
from gyoryu.agreements.actions import commitments
from gyoryu.agreements.forms.amounts import korean_number
from gyoryu.agreements.models import Carry, Commitment
from gyoryu.base import periods
from gyoryu.base.periods import Period, parse
from gyoryu.evidence.models import Document
from gyoryu.evidence.queries import of_record
from gyoryu.web.forms import PeriodField

pytestmark = pytest.mark.django_db
NEW = "/commitments/new/"


def fields(by=None, **values):
    own = {
        "words": "대표단 영접 계획을 4월 초까지 보내 드리겠습니다.", "side": "ours",
        "owner": f"{by} #{by.pk}" if by else "", "due": "2025-04-07",
        "cost_currency": "KRW", "cost": "", "step_0": "", "step_0_on": "", "on_agenda": "on",
    }  # fmt: skip
    return {**own, **values}


def test_a_post_makes_a_promise_with_its_steps_cost_and_document(officer, province, signed_in):
    signed = agreement(province.division)
    values = fields(
        officer, agreement=f"{signed} #{signed.pk}", due="2025년 봄", cost="12,000,000 원",
        step_0="참석자 명단 받기", step_0_on="2025-03-31", step_1="항공권", step_1_on="",
        file=pdf("제7차 회의록.pdf"), file_kind="minutes", said_on="2025-03-20",
    )  # fmt: skip
    reply = signed_in(officer).post(NEW, values)
    row = Commitment.objects.get()
    assert reply.url == row.get_absolute_url()
    assert (row.unit, row.agreement, row.owner, row.due, row.cost, row.cost_currency) == (
        province.division, signed, officer, parse("2025년 봄"), Decimal(12_000_000), "KRW",
    )  # fmt: skip
    assert set(row.milestones.values_list("name", "due_on")) == {
        ("참석자 명단 받기", date(2025, 3, 31)), ("항공권", None),
    }  # fmt: skip
    assert [(one.title, one.kind) for one in of_record(row)] == [("제7차 회의록", "minutes")]


WRONG = [
    ({"words": ""}, ["words"], None),
    ({"words": "가" * 10_000}, ["words"], "10000"),
    ({"owner": ""}, ["owner"], "담당자가 있어야"),
    ({"owner": "아무개"}, ["owner"], "아무개"),
    ({"due": "2025-02-30"}, ["due"], None),
    ({"due": "곧"}, ["due"], "곧"),
    ({"cost": "천이백만"}, ["cost"], "천이백만이면 12,000,000입니다"),
    ({"cost": "1,200만원"}, ["cost"], "12,000,000"),
    ({"cost": "많이"}, ["cost"], "숫자만"),
    ({"cost": "-5"}, ["cost"], "0보다 작을 수 없습니다"),
    ({"cost": "9" * 20}, ["cost"], "너무 큰 금액"),
    ({"said_on": "2025-04-02"}, ["said_on"], None),
    ({"said_on": "2025"}, ["said_on"], None),
    ({"step_0": "", "step_0_on": "2025-03-31"}, ["step_0"], "단계 이름"),
    ({"step_0": "명단", "step_0_on": "3월"}, ["step_0_on"], "3월"),
    ({"side": "nobody"}, ["side"], None),
]


@pytest.mark.parametrize(("values", "wrong", "said"), WRONG)
def test_bad_input_is_answered_at_its_field_and_nothing_typed_is_lost(
    officer, signed_in, values, wrong, said
):
    typed = fields(officer, words_original="We will send the plan.", **{"step_1": "버스", **values})
    reply = signed_in(officer).post(NEW, typed)
    page = reply.content.decode()
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, wrong)
    assert "We will send the plan." in page
    assert "버스" in page
    assert said is None or said in page
    assert not Commitment.objects.exists()


def test_everything_that_is_wrong_is_said_at_once(officer, province, signed_in):
    wrong = fields(due="2025-02-30", cost="천이백만")
    reply = signed_in(officer).post(NEW, wrong)
    assert sorted(reply.context["form"].errors) == ["cost", "due", "owner"]
    signed = agreement(province.division)
    early = fields(agreement=f"#{signed.pk}", due="2019", step_0_on="2025-03-31")
    reply = signed_in(officer).post(NEW, early)
    assert sorted(reply.context["form"].errors) == ["due", "owner", "step_0"]


def test_due_before_the_signing_is_refused_at_its_field(officer, province, signed_in):
    signed = agreement(province.division)
    values = fields(officer, agreement=f"#{signed.pk}", due="2020-01-09")
    reply = signed_in(officer).post(NEW, values)
    assert list(reply.context["form"].errors) == ["due"]
    assert "2020-01-10" in reply.content.decode()


def test_hangul_in_parts_is_kept_composed_and_found(officer, signed_in):
    parts = unicodedata.normalize("NFD", "수소버스 운행 자료를 드리겠습니다")
    browser = signed_in(officer)
    browser.post(NEW, fields(officer, words=parts))
    assert Commitment.objects.get().words == "수소버스 운행 자료를 드리겠습니다"
    query = {"q": unicodedata.normalize("NFD", "수소버스")}
    assert len(browser.get("/commitments/", query).context["listing"].page) == 1


def test_zero_and_not_known_differ(officer, signed_in):
    browser = signed_in(officer)
    for cost in ("0", ""):
        browser.post(NEW, fields(officer, cost=cost))
    rows = list(Commitment.objects.order_by("pk"))
    assert [(row.cost, row.cost_currency) for row in rows] == [(Decimal(0), "KRW"), (None, "")]
    pages = [browser.get(row.get_absolute_url()).content.decode() for row in rows]
    assert ["모름" in page for page in pages] == [False, True]


def test_a_double_click_makes_one(officer, signed_in):
    browser, once = signed_in(officer), str(uuid4())
    replies = [browser.post(NEW, fields(officer, once=once)) for _ in range(2)]
    assert Commitment.objects.count() == 1
    assert {reply.url for reply in replies} == {Commitment.objects.get().get_absolute_url()}


def test_adding_a_step_keeps_everything_and_checks_nothing(officer, signed_in):
    typed = fields(words="아직", due="2025-02-30", cost="천이백만", step_0="명단", step_1="버스")
    del typed["on_agenda"]
    once = str(uuid4())
    reply = signed_in(officer).post(NEW, {**typed, "add": "step", "once": once})
    form, page = reply.context["form"], reply.content.decode()
    assert (reply.status_code, form.lines, bool(form.errors)) == (200, 3, False)
    for text in ("2025-02-30", "천이백만", "명단", "버스", once, 'name="step_2"'):
        assert text in page
    assert "checked" not in page.partition('name="on_agenda"')[2][:60]
    assert not Commitment.objects.exists()


def test_lines_do_not_grow_for_ever(officer, signed_in):
    typed = fields(**{f"step_{line}": "x" for line in range(500)}, add="step")
    assert signed_in(officer).post(NEW, typed).context["form"].lines == 30


def test_a_draft_is_begun_and_gone_on_with_without_being_told_off(officer, signed_in):
    browser = signed_in(officer)
    reply = browser.post(NEW, fields(words="쓰다 만 약속", step_0="명단", draft="1"))
    page = browser.get(reply.url)
    assert page.status_code == 200
    assert ("쓰다 만 약속" in page.content.decode(), bool(page.context["form"].errors)) == (
        True,
        False,
    )
    assert "명단" in page.content.decode()
    assert 'name="drafted"' in page.content.decode()
    browser.post(NEW, fields(officer, drafted="1"))
    assert not Draft.objects.exists()


def test_where_it_was_said_comes_from_the_address(officer, province, signed_in):
    signed = agreement(province.division)
    council = body(signed)
    meeting = engagement(province.division, body=council, kind="session", title_ko="제7차 협의회")
    promised(province.division, officer, engagement=meeting, words="다른 약속")
    hidden = agreement(province.other, "AG-2020-0009", title_ko="남의 협약")
    browser = signed_in(officer)
    page = browser.get(NEW, {"engagement": meeting.pk, "agreement": signed.pk}).content.decode()
    assert "제7차 협의회" in page
    assert "다른 약속" in page
    for value in (hidden.pk, "x", "", "9" * 30):
        assert "남의 협약" not in browser.get(NEW, {"agreement": value}).content.decode()
    browser.post(f"{NEW}?body={council.pk}", fields(officer, agreement=f"#{signed.pk}"))
    assert Commitment.objects.latest("pk").body == council


def test_an_edit_changes_what_was_noted_but_offers_no_due_date(officer, province, signed_in):
    row = promised(province.division, officer, milestones=[("명단", None)], cost=Decimal("1.5"),
                   cost_currency="USD")  # fmt: skip
    page = reverse("commitment-edit", args=[row.pk])
    browser = signed_in(officer)
    form = browser.get(page).context["form"]
    assert "due" not in form.fields
    assert form["cost"].value() == "1.50"
    browser.post(page, fields(officer, words="고친 말", due="2030-01-01", cost="2", step_0="버스",
                              cost_currency="USD"))  # fmt: skip
    row.refresh_from_db()
    assert (row.words, row.due_on, row.cost) == ("고친 말", date(2025, 4, 7), Decimal(2))
    assert [step.name for step in row.milestones.all()] == ["버스"]


def test_done_is_refused_beside_the_file_until_one_is_there(officer, province, signed_in):
    row = promised(province.division, officer)
    page = reverse("commitment-move", args=[row.pk]) + "?to=done"
    browser = signed_in(officer)
    assert "완료를 보여 주는 증빙이 없습니다" in browser.get(page).content.decode()
    reply = browser.post(page, {"on": "2025-03-30", "reason": "메일로 보냄"})
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, ["file"])
    assert "메일로 보냄" in reply.content.decode()
    future = browser.post(page, {"on": "2025-04-02", "file": pdf(), "file_kind": "letter"})
    assert (list(future.context["form"].errors), Document.objects.count()) == (["on"], 0)
    good = browser.post(page, {"on": "2025-03-30", "file": pdf(), "file_kind": "letter"})
    row.refresh_from_db()
    assert (good.url, row.status, row.done_on) == (
        row.get_absolute_url(),
        "done",
        date(2025, 3, 30),
    )


def test_every_other_step_has_its_page(officer, province, signed_in):
    row, other = promised(province.division, officer), promised(province.division, officer)
    page, browser = reverse("commitment-move", args=[row.pk]), signed_in(officer)

    def post(to, **values):
        browser.post(f"{page}?to={to}", {"on": "2025-04-01", **values})
        row.refresh_from_db()
        return row.status

    assert post("in_progress") == "in_progress"
    assert post("dropped", reason="") == "in_progress"
    assert post("dropped", reason="예산 없음") == "dropped"
    assert post("superseded", successor=f"#{other.pk}") == "dropped"
    assert post("in_progress", reason="추경") == "in_progress"
    assert post("superseded", successor=f"#{other.pk}") == "superseded"
    assert "예산 없음" in browser.get(row.get_absolute_url()).content.decode()


def test_a_page_left_open_never_takes_another_step(officer, province, signed_in):
    row = promised(province.division, officer)
    page, browser = reverse("commitment-move", args=[row.pk]), signed_in(officer)
    assert browser.get(page).url == "?to=in_progress"
    kept(row)
    # Both were drawn while it was open: neither reopens what a colleague has closed since.
    for address in (page, f"{page}?to=dropped"):
        browser.post(address, {"on": "2025-04-01", "reason": "예산 없음"})
        row.refresh_from_db()
        assert row.status == "done"
    assert browser.get(f"{page}?to=dropped").status_code == 403
    assert browser.get(f"{page}?to=<b>").status_code == 403


def test_a_step_is_checked_off_and_an_entry_taken_back(officer, province, signed_in):
    row = promised(province.division, officer, milestones=[("명단", None)])
    step, browser = row.milestones.get(), signed_in(officer)
    page = reverse("commitment-milestone", args=[row.pk, step.pk])
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"on": "2025-04-02"}).status_code == 422
    assert browser.post(page, {"on": "2025-04-01"}).url == row.get_absolute_url()
    browser.post(reverse("commitment-void", args=[row.pk]), {"reason": "두 번 적음"})
    assert browser.get(row.get_absolute_url()).status_code == 404


PAGES = ("commitment", "commitment-edit", "commitment-move", "commitment-due", "commitment-void")


def test_another_governments_promise_is_not_there_at_all(province, person_with, signed_in):
    row = promised(province.division, person_with("officer"))
    stranger = signed_in(person_with("officer", province.other))
    for name in PAGES:
        address = reverse(name, args=[row.pk])
        assert {stranger.get(address).status_code, stranger.post(address).status_code} == {404}
    assert stranger.get("/commitments/").context["listing"].page == []


def test_what_is_shared_is_read_and_not_changed(province, officer, person_with, signed_in):
    row = promised(province.division, officer)
    row.shared_with.add(province.other)
    other = signed_in(person_with("officer", province.other))
    page = other.get(row.get_absolute_url())
    assert "수정할 권한은 없습니다" in page.content.decode()
    for name in PAGES[1:]:
        address = reverse(name, args=[row.pk])
        assert {other.get(address).status_code, other.post(address).status_code} == {403}


def test_a_viewer_reads_and_is_told_why_not(province, officer, person_with, signed_in):
    row = promised(province.division, officer)
    viewer = signed_in(person_with("viewer"))
    page = viewer.get(row.get_absolute_url()).content.decode()
    assert "수정할 권한은 없습니다" in page
    assert "commitment-edit" not in page
    assert "/edit/" not in page
    assert viewer.get(NEW).status_code == 403


def test_the_record_page_tells_the_whole_story(province, officer, approver, signed_in):
    signed = agreement(province.division)
    council = body(signed)
    meeting = engagement(province.division, body=council, kind="session", title_ko="제7차 협의회")
    later = engagement(
        province.division, "2025-03-20", body=council, kind="session", title_ko="제8차 협의회"
    )
    row = promised(
        province.division, officer, engagement=meeting, words_original="We shall send the plan.",
        milestones=[("명단", None)], due="2025-03-15", by=officer,
    )  # fmt: skip
    Carry.objects.create(commitment=row, session=later, at=NOW)
    asked = commitments.ask_due_change(
        row, due=parse("2025-05"), reason="통역 섭외", by=officer, at=NOW
    )
    commitments.decide_due_change(asked, approve=False, remark="서두르자", by=approver, at=NOW)
    for language, said in (("ko", "17일 지남"), ("en", "17 days late")):
        page = signed_in(officer, language).get(row.get_absolute_url()).content.decode()
        told = [
            "제7차 협의회",
            "제8차 협의회",
            "We shall send the plan.",
            "명단",
            "통역 섭외",
            "서두르자",
        ]
        assert [text for text in told if text not in page] == []
        # The house's own words are translated elsewhere; the days are there in any language.
        assert said in page or "17 day" in page


def test_tabs_and_filters_find_what_they_say(province, officer, person_with, signed_in):
    signed = agreement(province.division)
    colleague = person_with("officer", province.bureau)
    late = promised(province.division, officer, due="2025-03-31", agreement=signed)
    soon = promised(province.division, officer, due="2025-04-20", side="joint")
    far = promised(province.division, officer, due="2026")
    bare = promised(province.bureau, colleague, due="", side="theirs", words="상대의 약속")
    done = promised(province.division, officer, due="2025-03-01")
    kept(done)
    browser = signed_in(person_with("viewer", province.root))

    def listed(**query):
        return [row.pk for row in browser.get("/commitments/", query).context["listing"].page]

    # What is open and late comes first; what has no date or is closed comes last.
    assert listed() == [late.pk, soon.pk, far.pk, bare.pk, done.pk]
    assert listed(sort="due") == [done.pk, late.pk, soon.pk, far.pk, bare.pk]
    tabs = {"late": [late], "soon": [soon], "open": [late, soon, far, bare], "done": [done]}
    assert {tab: listed(tab=tab) for tab in tabs} == {
        tab: [row.pk for row in rows] for tab, rows in tabs.items()
    }
    assert listed(q="상대의") == listed(q=bare.number) == [bare.pk]
    assert listed(side="joint") == [soon.pk]
    assert listed(owner=f"x #{colleague.pk}") == listed(side="theirs") == [bare.pk]
    assert listed(owner="officer", unit=province.bureau.pk, side="theirs") == [bare.pk]
    assert listed(agreement=signed.pk) == listed(agreement="BC주") == [late.pk]
    assert listed(year="2026") == listed(year="2026년") == [far.pk]
    assert listed(year="언젠가") == listed(owner="아무개") == listed(agreement="없는 협약") == []


def test_the_files_hold_exactly_what_is_listed(province, officer, signed_in):
    promised(province.division, officer, words="=1+1", due="2025년 봄")
    promised(province.division, officer, words="끝난 것", due="2025-05-01")
    kept(Commitment.objects.latest("pk"))
    browser = signed_in(officer)
    reply = browser.get("/commitments/", {"tab": "open", "export": "csv"})
    lines = b"".join(reply.streaming_content).decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["CM-2025-0001", "'=1+1"]]
    assert "2025년 봄,2025-05-31" in lines[1]
    book = io.BytesIO(browser.get("/commitments/", {"export": "xlsx"}).content)
    rows = CalamineWorkbook.from_filelike(book).get_sheet_by_index(0).to_python()
    assert [line[1] for line in rows[1:]] == ["'=1+1", "끝난 것"]


def test_a_list_asks_the_same_with_one_row_and_with_fifty(province, officer, signed_in):
    signed, browser = agreement(province.division), signed_in(officer)
    promised(province.division, officer, agreement=signed)
    browser.get("/commitments/")
    asked = []
    for count in (1, 3, 50):
        while Commitment.objects.count() < count:
            promised(province.division, officer, agreement=signed)
        with CaptureQueriesContext(connection) as queries:
            assert len(browser.get("/commitments/").context["listing"].page) == count
        asked.append(len(queries))
    assert asked[0] <= 8
    assert asked == asked[:1] * 3


def test_a_record_page_asks_little(province, officer, signed_in, django_assert_max_num_queries):
    signed = agreement(province.division)
    council = body(signed)
    meeting = engagement(province.division, body=council, kind="session")
    row = promised(province.division, officer, engagement=meeting, milestones=[("명단", None)])
    Carry.objects.create(commitment=row, session=meeting, at=NOW)
    browser = signed_in(officer)
    browser.get(row.get_absolute_url())
    with django_assert_max_num_queries(15):
        browser.get(row.get_absolute_url())


def test_a_create_asks_little(province, officer, signed_in, django_assert_max_num_queries):
    signed = agreement(province.division)
    browser = signed_in(officer)
    values = fields(officer, agreement=f"#{signed.pk}", step_0="명단")
    browser.post(NEW, values)
    # Savepoints are a test's own: it runs inside a transaction, which a request does not.
    with django_assert_max_num_queries(14 + 4) as asked:
        browser.post(NEW, values)
    told = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(told) <= 14


def test_suggestions_are_of_the_field_and_of_ones_own_government(
    province, officer, person_with, signed_in
):
    person_with("officer", province.other)
    promised(province.division, officer, words="수소버스 자료")
    browser = signed_in(officer)

    def offered(field, text):
        page = browser.get("/commitments/options/", {"field": field, field: text})
        return page.content.decode().count("<option")

    assert [offered("owner", "홍"), offered("owner", "officer"), offered("owner", "국제협력")] == [
        0,
        1,
        1,
    ]
    assert [offered("successor", "수소"), offered("successor", "없는 말")] == [1, 0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("천이백만", 12_000_000), ("1,200만", 12_000_000), ("3억 5천만", 350_000_000),
        ("만", 10_000),
        ("십이억", 1_200_000_000), ("1.5억", 150_000_000), ("이십", 20), ("공", 0), ("오백원", 500),
        ("많이", None), ("", None), ("12 million", None),
    ],
)  # fmt: skip
def test_korean_numbers_are_read(text, number):
    assert korean_number(text) == number


def spans():
    years, months = st.integers(1900, 2098), st.integers(1, 12)
    days = st.dates(date(1900, 1, 1), date(2098, 12, 31)).map(Period.day)
    words = st.one_of(
        st.builds("{}-{:02}".format, years, months),
        st.builds("{}".format, years),
        st.builds("{} {}".format, st.sampled_from(["spring", "summer", "autumn", "winter"]), years),
        st.builds("Q{} {}".format, st.integers(1, 4), years),
        st.builds("H{} {}".format, st.integers(1, 2), years),
    )
    return st.one_of(days, words.map(parse))


@given(spans())
@settings(deadline=None)
def test_what_the_period_field_shows_it_reads_back_as_the_same_period(period):
    field = PeriodField()
    assert field.clean(field.prepare_value(period)) == period
    # Korean words too, as the pages write them; English months are written but not read.
    assert field.clean(periods.in_words(period, "ko", weekday=False)) == period


def test_a_clock_that_stands_still_is_todays(settings):
    assert settings.TODAY.startswith(TODAY.isoformat())
