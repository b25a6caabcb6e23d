"""People from outside: they come in by a link, apply, and see what is theirs and nothing else."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests.programmes import applying_makers as make
from tests.programmes.applying_makers import AT, NUMBERS

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.evidence.models import Document
from gyoryu.outbox.models import Letter
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import applications as actions
from gyoryu.programmes.actions import portal
from gyoryu.programmes.models import Application, Representative, Step
from gyoryu.programmes.queries import applications as queries
from gyoryu.programmes.queries.tiles import Line

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in):
    return lambda user: signed_in(user, "en")


def ask(client, email, name="김누리"):
    return client.post(reverse("join"), {"email": email, "name": name})


def test_somebody_comes_in_by_a_link_that_works_once(unit):
    client = Client()
    assert ask(client, "nuri@company.test").url == reverse("join-sent")
    letter = Letter.objects.get()
    assert letter.to.email == "nuri@company.test"
    form = client.get(letter.link, follow=True)
    address = form.redirect_chain[-1][0]
    fields = {"password1": "battery staple 9", "password2": "battery staple 9", "action": "set"}
    landed = client.post(address, fields, follow=True)
    assert landed.redirect_chain[-1][0] == reverse("my")
    again = Client().get(letter.link, follow=True)
    assert "password1" not in again.content.decode()


def test_what_is_answered_does_not_tell_whether_an_address_is_known(unit):
    make.somebody(email="known@company.test")
    closed = make.somebody(email="closed@company.test")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    addresses = ("known@company.test", "new@company.test", "closed@company.test")
    replies = [ask(Client(), address) for address in addresses]
    assert {(reply.status_code, reply.url) for reply in replies} == {(302, reverse("join-sent"))}
    told = {letter.to.email: letter.link for letter in Letter.objects.all()}
    assert set(told) == {"known@company.test", "new@company.test"}
    assert told["known@company.test"] == reverse("account_login")


def test_links_are_not_asked_for_without_end(unit):
    client = Client()
    codes = [ask(client, "x@company.test").status_code for _ in range(5)]
    assert codes[-1] == 429
    assert Letter.objects.count() == 1, "one a minute"


def test_the_first_is_taken_at_their_word_and_the_next_is_let_in(unit, officer):
    first, _company = make.representative(unit)
    row = Representative.objects.get()
    assert (row.user, row.confirmed_at) == (first, None)
    second = make.somebody("박다온")
    asked = portal.represent(NUMBERS[0], "다른 이름", unit, by=second, at=AT)
    assert Organisation.objects.count() == 1
    assert not Representative.objects.filter(user=second).exists()
    third = make.somebody("이가람")
    with pytest.raises(Refused):
        portal.let_in(asked, by=third, at=AT)
    with override("en"), pytest.raises(Refused, match="Somebody else has to confirm"):
        portal.confirm(row, by=first, at=AT) if first.access.grants else _refuse()
    made = portal.let_in(asked, by=first, at=AT)
    assert made.confirmed_at is None, "one who was not confirmed vouches for nobody"
    assert portal.confirm(row, by=officer, at=AT).confirmed_by == officer


def _refuse():
    raise Refused("Somebody else has to confirm you.")


def test_who_was_not_confirmed_sees_of_the_company_only_what_they_began(unit):
    call = make.call(unit)
    _first, company = make.representative(unit, sure=True)
    kept = Application.objects.create(
        unit=unit, call=call, organisation=company, name="가온텍", status="submitted",
        number="AP-2025-0900", status_since=AT.date(), saved_at=AT, submitted_at=AT,
    )  # fmt: skip
    second = make.somebody()
    asked = portal.represent(NUMBERS[0], "", unit, by=second, at=AT)
    portal.let_in(asked, by=None, at=AT)
    row = Representative.objects.get(user=second)
    assert list(queries.mine(second)) == []
    portal.confirm(row, by=None, at=AT)
    assert list(queries.mine(second)) == [kept]
    portal.end(row, reason="퇴사", by=second, at=AT)
    assert list(queries.mine(second)) == []


def test_a_form_keeps_all_that_is_typed_takes_papers_in_and_is_submitted_once(unit, browser):
    call = make.call(unit)
    paper = make.paper(call)
    user, company = make.representative(unit)
    client = browser(user)
    reply = client.post(reverse("my-apply", args=[call.pk]), {"organisation": company.pk})
    row = Application.objects.get()
    assert reply.url == reverse("my-application-write", args=[row.pk])
    bad = SimpleUploadedFile("a.pdf", b"not a pdf")
    wrong = client.post(reply.url, {**make.TYPED, f"paper.{paper.pk}": bad})
    assert wrong.status_code == 422
    row.refresh_from_db()
    assert row.typed == make.TYPED, "a refused paper loses nothing that was typed"
    assert "베트남 전시회에 나간다." in wrong.content.decode()
    good = client.post(reply.url, {**make.TYPED, f"paper.{paper.pk}": make.pdf(), "then": "submit"})
    assert good.url == reverse("my-application-submit", args=[row.pk])
    page = client.get(good.url)
    once = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    for _ in range(2):
        done = client.post(good.url, {"once": once})
        assert (done.status_code, done.url) == (302, reverse("my-application", args=[row.pk]))
    row.refresh_from_db()
    assert (row.status, row.number, Step.objects.count()) == ("submitted", "AP-2025-0001", 1)
    assert row.answers == make.ANSWERS
    shown = client.get(done.url).content.decode()
    assert "AP-2025-0001" in shown
    assert "Next we look whether it is complete" in shown


def test_what_is_missing_is_listed_with_its_place_and_nothing_is_submitted(unit, browser):
    call = make.call(unit)
    make.paper(call)
    row = make.begun(unit, call)
    typed = {"name": ["가온텍"], "asked": ["99,000,000"], "q.staff": ["열둘"]}
    actions.keep(row, typed, by=row.applicant, at=AT)
    client, address = browser(row.applicant), reverse("my-application-submit", args=[row.pk])
    for reply in (client.get(address), client.post(address)):
        text = reply.content.decode()
        assert "“열둘” is not a number. Write digits" in text
        assert "#id_q.plan" in text
        assert "this paper is missing" in text
    assert Application.objects.get().status == "draft"


def test_a_form_posted_after_the_session_has_ended_is_there_again_after_signing_in(unit):
    row = make.begun(unit, make.call(unit))
    row.applicant.language = "en"
    row.applicant.save()
    client, address = Client(), reverse("my-application-write", args=[row.pk])
    reply = client.post(address, {"name": "가온텍", "q.plan": "길게 쓴 계획"})
    assert reply.url.startswith(reverse("account_login"))
    fields = {"login": row.applicant.email, "password": "correct horse", "next": address}
    landed = client.post(reverse("account_login"), fields, follow=True)
    text = landed.content.decode()
    assert "Your session had ended" in text
    assert "길게 쓴 계획" in text


def test_a_post_after_the_closing_second_is_told_so_and_loses_nothing(unit, browser):
    call = make.call(unit, closes_at=AT - timedelta(seconds=1))
    user, company = make.representative(unit)
    row = Application.objects.create(
        unit=unit, call=call, applicant=user, organisation=company, name="가온텍",
        status_since=AT.date(), saved_at=AT,
    )  # fmt: skip
    client = browser(user)
    for name in ("my-application-write", "my-application-save"):
        reply = client.post(reverse(name, args=[row.pk]), {"q.plan": "늦게 쓴 계획"})
        assert reply.status_code in {409, 422}
        assert "This call closed at" in reply.content.decode()
    page = client.post(reverse("my-application-write", args=[row.pk]), {"q.plan": "늦게 쓴 계획"})
    assert "늦게 쓴 계획" in page.content.decode()


def addresses(row, part):
    """Every address of somebody's own."""
    of_row = (
        "my-application", "my-application-write", "my-application-save",
        "my-application-submit", "my-application-withdraw",
    )  # fmt: skip
    yield from (reverse(name, args=[row.pk]) for name in of_row)
    yield from (reverse(name, args=[row.pk, part.pk]) for name in ("my-paper", "my-paper-drop"))


def test_another_company_finds_nothing_at_any_address_of_ours(unit, browser):
    call = make.call(unit)
    row = make.begun(unit, call)
    part = actions.add_paper(row, make.pdf(), paper=make.paper(call), by=row.applicant, at=AT)
    other, _company = make.representative(unit, NUMBERS[1], "다른 회사", sure=True)
    asked = portal.represent(NUMBERS[0], "", unit, by=make.somebody(), at=AT)
    mine = Representative.objects.get(user=row.applicant)
    walked = [
        *addresses(row, part),
        *(reverse(n, args=[asked.pk]) for n in ("my-admission-let-in", "my-admission-turn-away")),
        reverse("my-company-end", args=[mine.pk]),
    ]
    client = browser(other)
    found = {(address, client.get(address).status_code) for address in walked}
    found |= {(address, client.post(address).status_code) for address in walked}
    assert {code for _address, code in found} <= {404, 405}
    assert "가온텍" not in client.get(reverse("my")).content.decode()


def test_papers_of_applicants_are_not_among_the_documents_of_every_reader(
    unit, person_with, signed_in, officer
):
    row = make.begun(unit, make.call(unit))
    actions.add_paper(row, make.pdf(), by=row.applicant, at=AT)
    document = Document.objects.get()
    for user, code in ((person_with("viewer"), 404), (person_with("press"), 404), (officer, 200)):
        client = signed_in(user)
        assert client.get(document.get_absolute_url()).status_code == code
        file = client.get(reverse("document-file", args=[document.pk]))
        # Read to its end, which closes the file; closing the answer would close the database too.
        b"".join(file.streaming_content) if file.streaming else file.content
        assert file.status_code == code
        assert (document.title in client.get(reverse("documents")).content.decode()) == (
            code == 200
        )


def test_the_first_page_is_drawn_with_the_same_few_queries(
    unit, browser, django_assert_max_num_queries
):
    user, company = make.representative(unit, sure=True)
    client = browser(user)
    for _number in range(3):
        call = make.call(unit)
        actions.begin(call, company, by=user, at=AT)
        with django_assert_max_num_queries(15):
            text = client.get(reverse("my")).content.decode()
    assert text.count("Finish and submit it") == 3
    assert "Search everything" not in text
    assert reverse("agreements") not in text


@pytest.mark.parametrize(
    ("until", "said"),
    [
        (datetime(2025, 12, 31, 15, tzinfo=UTC), date(2025, 12, 31)),
        (datetime(2025, 12, 31, 14, 59, tzinfo=UTC), None),
        (None, None),
    ],
)
def test_what_ends_with_a_day_is_told_by_its_day(until, said) -> None:
    assert Line("보고서", "/", until=until).last_day == said


def test_a_sign_that_nobody_can_read_in_a_members_name_is_told_beside_the_team(unit, browser):
    call, user = make.call(unit, "team", questions=[], ask_amount=False), make.somebody()
    row = actions.begin(call, None, by=user, at=AT)
    page, client = reverse("my-application-write", args=[row.pk]), browser(user)
    typed = {"name": "가람팀", "members.name": "김누리\x0b", "members.office": "총무과"}
    assert client.post(page, {**typed, "then": "check"}).status_code == 302
    for address in (page, f"{page}?check=1", reverse("my-application-submit", args=[row.pk])):
        assert client.get(address).status_code == 200
    reply = client.get(f"{page}?check=1")
    text = reply.content.decode()
    assert list(reply.context["form"].errors) == ["members"]
    (first,) = re.findall(r'<input name="members.name"[^>]*id="id_members"[^>]*>', text)
    assert 'aria-invalid="true"' in first
    assert "총무과" in text
    assert client.post(page, {**typed, "members.name": "김누리"}).status_code == 302
    assert not client.get(f"{page}?check=1").context["form"].errors
