"""A day of an officer in a real browser, by clicking and typing as a person does."""

import base64
import hashlib
import hmac
import re
import time

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SAID = "청정대기 국제포럼에 장쑤성을 초청하겠습니다"
TITLE = "한결도–장쑤성 공동협의체 업무협약"


@pytest.fixture
def office(transactional_db, province, officer, now):
    """Two organisations to make an agreement between; everything else is done in the browser."""
    from gyoryu.agreements.actions import duties
    from gyoryu.parties import actions

    duties.install_policy(province.root, by=None, at=now)
    for name_ko, name_en in (
        ("한결도청", "Hangyeol Provincial Office"),
        ("장쑤성 외사판공실", "Jiangsu Foreign Affairs Office"),
    ):
        values = {"kind": "government", "name_ko": name_ko, "name_en": name_en}
        actions.add_organisation(province.division, values, by=None, at=now)
    return officer


@pytest.fixture
def promise(office, province, now):
    """A commitment as the register has it, without the clicks."""
    from gyoryu.agreements.actions import commitments
    from gyoryu.base import periods

    values = {"words": SAID, "side": "ours", "owner": office, "due": periods.parse("2025-06-30")}
    return commitments.promise(province.division, values, by=office, at=now)


def code(secret, ahead=0):
    """The six digits that an authenticator app shows (RFC 6238), ``ahead`` periods from now."""
    counter = int(time.time()) // 30 + ahead
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def follow(page, name, within="#main"):
    """Click a link and be on the page it leads to."""
    link = page.locator(within).get_by_role("link", name=name, exact=True).first
    with page.expect_navigation():
        link.click()


def press(page, name="저장"):
    """Press a button that sends its form, and be on the page that answers."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def fill(page, **fields):
    """Type into fields by their names."""
    for name, text in fields.items():
        page.locator(f"main [name={name}]").fill(text)


def pick(page, name, typed):
    """Type part of a name and take what is suggested."""
    field = page.locator(f"main [name={name}]")
    field.press_sequentially(typed)
    option = page.locator(f"#id_{name}_options option").first
    option.wait_for(state="attached")
    field.fill(option.get_attribute("value"))


def upload(page, name):
    page.set_input_files(
        "main [name=file]", {"name": name, "mimeType": "application/pdf", "buffer": PDF}
    )


def heading(page):
    return page.locator("main h1").inner_text()


def main_text(page):
    return page.locator("main").inner_text()


def sign_in(page, user):
    page.goto("/")
    fill(page, login=user.email, password="correct horse")
    press(page, "로그인")


def test_a_person_signs_in_with_a_password_and_then_with_a_second_factor(window, office):
    page = window()
    sign_in(page, office)
    page.locator("header .me").click()
    page.wait_for_url("**/me/")
    follow(page, "등록")
    follow(page, "등록")
    assert heading(page) == "본인 확인"
    fill(page, password="correct horse")
    press(page, "확인")
    secret = page.locator("#authenticator_secret").input_value()
    fill(page, code=code(secret))
    press(page, "등록")
    page.goto("/me/")
    assert "사용 중" in main_text(page)
    follow(page, "로그아웃")
    press(page, "로그아웃")
    sign_in(page, office)
    assert heading(page) == "2단계 인증"
    fill(page, code="000000")
    press(page, "로그인")
    assert heading(page) == "2단계 인증"
    fill(page, code=code(secret, ahead=1))
    press(page, "로그인")
    assert page.locator("nav.side").get_by_role("link", name="협약", exact=True).is_visible()


def test_an_officers_day_from_a_draft_to_a_promise_kept(window, office):
    page, faults = window(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if complains(said) else None)
    sign_in(page, office)
    draft_and_sign(page)
    put_in_force(page)
    found_a_body_and_meet(page)
    promise_and_keep(page, office)
    told = page.locator("section", has=page.locator("#h-log")).inner_text()
    for step in ("이행과제 등록", "완료 처리"):
        assert step in told
    assert office.name_ko in told
    page.goto("/history/")
    listed = main_text(page)
    for step in ("협약 초안 등록", "협약 서명", "협의체 출범", "회의 실시", "완료 처리"):
        assert step in listed
    assert faults == []


def complains(said):
    """Whether the console tells of a fault; that a form came back with errors (422) is none."""
    return said.type in {"error", "warning"} and "422" not in said.text


def draft_and_sign(page):
    follow(page, "협약", within="nav.side")
    follow(page, "새 협약")
    page.locator("[name=kind]").select_option(label="업무협약")
    fill(page, title_ko=TITLE, title_en="Hangyeol–Jiangsu memorandum")
    pick(page, "ours", "한결")
    pick(page, "theirs", "장쑤")
    press(page)
    assert heading(page) == TITLE
    assert "초안" in page.locator("main .status").first.inner_text()
    follow(page, "서명 등록")
    fill(page, signed="2025-03-27")
    page.locator("[name=method]").select_option(label="대면")
    press(page)
    assert "서명을 등록했습니다." in main_text(page)


def put_in_force(page):
    section = page.locator("section", has=page.locator("#h-docs"))
    with page.expect_navigation():
        section.get_by_role("link", name="추가", exact=True).click()
    page.locator("[name=kind]").select_option(label="서명본")
    upload(page, "업무협약 서명본.pdf")
    press(page)
    assert "업무협약 서명본" in page.locator("section", has=page.locator("#h-docs")).inner_text()
    follow(page, "상태 변경")
    page.get_by_label("발효 중").check()
    fill(page, on="2025-03-27", reason="서명과 함께 발효")
    press(page, "변경")
    assert "발효 중" in page.locator("main .status").first.inner_text()


def found_a_body_and_meet(page):
    section = page.locator("section", has=page.locator("#h-bo"))
    with page.expect_navigation():
        section.get_by_role("link", name="추가", exact=True).click()
    fill(page, name_ko="한결–장쑤 공동협의체", founded_on="2025-03-27", cadence_months="12")
    press(page)
    assert heading(page) == "한결–장쑤 공동협의체"
    follow(page, "회의 기록")
    fill(page, starts_on="2025-03-27", venue="장쑤성 외사판공실")
    press(page)
    assert heading(page) == "제1차 한결–장쑤 공동협의체"


def promise_and_keep(page, office):
    follow(page, "이행과제")
    fill(page, words=SAID, due="2025-06-30")
    page.locator("[name=side][value=ours]").check()
    pick(page, "owner", office.name_ko[:7])
    press(page)
    assert heading(page) == SAID
    follow(page, "완료 처리")
    press(page, "완료 처리")
    assert page.locator("#errors").is_visible()
    assert page.evaluate("document.activeElement.id") == "errors"
    upload(page, "초청장 사본.pdf")
    press(page, "완료 처리")
    assert "완료" in page.locator("main .status").first.inner_text()
    assert "초청장 사본" in page.locator("section", has=page.locator("#h-docs")).inner_text()


def test_the_same_promise_is_read_in_english_on_a_telephone(window, office, promise):
    page = window(office, "en", 390)
    page.goto(promise.get_absolute_url())
    assert page.locator("html").get_attribute("lang") == "en"
    # What was said stays as it was said, and a reader's voice is told in which language.
    assert page.locator("main h1").get_attribute("lang") == "ko"
    assert heading(page) == SAID
    facts = page.locator("section", has=page.locator("#h-facts")).inner_text()
    assert "30 Jun 2025" in facts
    assert "Not known" in facts
    labels = page.locator("main h2").all_inner_texts()
    assert not [label for label in labels if re.search("[가-힣]", label)]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("link", name="Menu", exact=True).click()
    follow(page, "Commitments", within="nav.side")
    assert heading(page) == "Commitments"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_script_a_form_comes_back_with_its_errors_and_all_that_was_typed(window, office):
    page = window(office, script=False)
    page.goto("/agreements/new/")
    typed = {
        "title_ko": "한결도–산둥성 우호협력",
        "summary": "첫 줄\n둘째 줄 <b>&",
        "signed": "2025-02-30",
        "ours": "한결도청",
        "theirs": "없는 기관",
        "term_months": "0",
    }
    page.locator("[name=kind]").select_option("friendship")
    page.locator("[name=renewal]").select_option(index=1)
    renewal = page.locator("[name=renewal]").input_value()
    fill(page, **typed)
    press(page)
    wrong = page.locator("#errors li").all_inner_texts()
    assert len(wrong) == 3
    assert "2025년 2월은 28일까지입니다." in " ".join(wrong)
    assert "없는 기관" in " ".join(wrong)
    assert {name: page.locator(f"main [name={name}]").input_value() for name in typed} == typed
    assert page.locator("[name=kind]").input_value() == "friendship"
    assert page.locator("[name=renewal]").input_value() == renewal
    fill(page, signed="2025-02-28", theirs="장쑤성 외사판공실", term_months="36")
    press(page)
    assert heading(page) == "한결도–산둥성 우호협력"


def test_a_double_click_on_save_makes_one_record(window, office):
    from gyoryu.parties.models import Organisation

    page = window(office)
    page.goto("/organisations/new/")
    fill(page, name_ko="산둥성 외사판공실")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="저장", exact=True).dblclick()
    page.wait_for_url("**/organisations/*/")
    assert heading(page) == "산둥성 외사판공실"
    page.goto("/organisations/?q=산둥")
    assert page.locator("tbody tr").count() == 1
    assert Organisation.objects.filter(name_ko="산둥성 외사판공실").count() == 1


def test_going_back_and_saving_again_makes_no_second_record(window, office):
    from gyoryu.parties.models import Organisation

    page = window(office)
    page.goto("/organisations/new/")
    fill(page, name_ko="산둥성 외사판공실")
    press(page)
    saved = page.url
    page.go_back()
    fill(page, name_ko="산둥성 외사판공실")
    press(page)
    assert page.url == saved
    page.go_back()
    fill(page, name_ko="푸젠성 외사판공실")
    press(page)
    assert heading(page) == "푸젠성 외사판공실"
    made = Organisation.objects.filter(name_ko__in=["산둥성 외사판공실", "푸젠성 외사판공실"])
    assert made.count() == 2


def focus(page):
    """What has the focus: its text, or the name of its field."""
    return page.evaluate(
        "(({innerText, name, id}) => (innerText || '').trim() || name || id)"
        "(document.activeElement)"
    )


def tab_to(page, wanted, most=80):
    """Press Tab until something has the focus, as somebody without a mouse does."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        seen.append(focus(page))
        if seen[-1] == wanted:
            return
    raise AssertionError(f"Tab never reaches “{wanted}”: {seen}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_everything_is_reached_with_the_keyboard_alone(window, office):
    page = window(office)
    page.goto("/")
    page.keyboard.press("Tab")
    assert focus(page) == "본문으로 바로가기"
    assert page.locator(".skip").is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.goto("/")
    tab_to(page, "기관·기업")
    enter(page)
    assert heading(page) == "기관·기업"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "새 기관·기업")
    enter(page)
    tab_to(page, "name_ko")
    page.keyboard.type("아이치현")
    tab_to(page, "website")
    page.keyboard.type("주소 아님")
    tab_to(page, "저장")
    enter(page)
    assert page.evaluate("document.activeElement.id") == "errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focus(page) == "website"
    page.keyboard.press("Control+A")
    page.keyboard.type("https://www.pref.aichi.jp")
    enter(page)
    assert heading(page) == "아이치현"
