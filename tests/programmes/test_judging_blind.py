"""A panel that judges blind learns on no page, file or letter of ours who applies.

The applicant's marks are put everywhere where they can stand: as name, business number, member,
e-mail address, title and name of files, answers of revealing questions, steps and history. Then
every address is asked as the member, those with numbers for every record there is.
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from panel_makers import NOW, SAID, TODAY, application, call, reviewer, seat
from tests import permissions

from gyoryu.evidence.models import Document
from gyoryu.outbox.models import Letter
from gyoryu.parties.models import Organisation
from gyoryu.programmes.actions import panel, reviews, steps
from gyoryu.programmes.models import Attachment, Member, RequiredDocument

pytestmark = pytest.mark.django_db
# Whatever of this a member of a blind panel reads somewhere gives the applicant away.
MARKS = ("가온누리텍", "4118106112", "411-81-06112", "서라온", "boss@gaonnuri.test", "Gaonnuri")
FORM = [
    {"code": "plan", "kind": "long", "label": {"ko": "추진 계획", "en": "Plan"}},
    {"code": "company", "kind": "text", "label": {"ko": "회사 소개", "en": "Company"},
     "reveals": True},
    {"code": "annex", "kind": "file", "label": {"ko": "별첨", "en": "Annex"}},
    {"code": "licence", "kind": "file", "label": {"ko": "사업자등록증", "en": "Licence"},
     "reveals": True},
]  # fmt: skip


def paper(row, number, of=None):
    from django.core.files.storage import default_storage

    name = default_storage.save(f"aa/{number}.pdf", SimpleUploadedFile("x", b"%PDF-1.7 plan"))
    document = Document.objects.create(
        unit=row.unit, kind="other", title=f"가온누리텍 서류 {number}", file=name,
        original_name=f"Gaonnuri_{number}.pdf", content_type="application/pdf", size=13,
        sha256=f"{number:064}", added_at=NOW,
    )  # fmt: skip
    Attachment.objects.create(application=row, paper=of, document=document)
    return document


@pytest.fixture
def world(province):
    """A blind call and an open one with the same applicant, and a member who has judged."""

    def make(number, *, blind):
        of = call(
            province.division, number=number, blind=blind, questions=FORM,
            programme=_programme(province, number),
        )  # fmt: skip
        user = reviewer(email=f"boss@gaonnuri.test{'' if blind else '.open'}")
        company = Organisation.objects.create(
            unit=province.division, kind="company", name_ko=f"가온누리텍 {number}",
            business_number="4118106112" if blind else "",
        )  # fmt: skip
        row = application(
            of, name="가온누리텍", business_number="4118106112", applicant=user,
            organisation=company,
        )  # fmt: skip
        Member.objects.create(application=row, name="서라온", office="가온누리텍", leads=True)
        opens = RequiredDocument.objects.create(call=of, name_ko="요약서", reveals=False)
        hides = RequiredDocument.objects.create(call=of, name_ko="통장 사본", reveals=True)
        paper(row, row.pk * 10 + 1, opens)
        paper(row, row.pk * 10 + 2, hides)
        annex, licence = paper(row, row.pk * 10 + 3), paper(row, row.pk * 10 + 4)
        row.answers = {
            "plan": "현지 상담회를 엽니다", "company": "가온누리텍(Gaonnuri)입니다",
            "annex": [annex.pk], "licence": [licence.pk],
        }  # fmt: skip
        row.save()
        steps.take(row, "in_review", **SAID)
        place = seat(of)
        review = panel.assign(place, row, **SAID)
        return place.user, review

    return make


def _programme(province, number):
    from panel_makers import programme

    return programme(province.division, number=f"P{number}")


def leaks(text):
    return [mark for mark in MARKS if mark in text]


def said(reply):
    """Return everything an answer says: its body and its headers."""
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    heads = " ".join(f"{name}: {value}" for name, value in reply.items())
    return body.decode("utf-8", "replace") + heads


def test_a_blind_member_reads_what_does_not_reveal_and_nothing_else(world, signed_in) -> None:
    user, review = world("CL-1", blind=True)
    browser = signed_in(user)
    pages = [reverse("my-reviews"), reverse("my-review", args=[review.pk])]
    for page in pages:
        assert leaks(said(browser.get(page))) == []
    reviews.declare(review, "none", by=user, at=NOW)
    page = said(browser.get(pages[1]))
    assert leaks(page) == []
    assert ("현지 상담회를 엽니다" in page, "회사 소개" in page) == (True, False)
    assert ("요약서" in page, "통장 사본" in page) == (True, False)
    assert ("별첨" in page, "사업자등록증" in page) == (True, False)
    files = [browser.get(reverse("my-review-paper", args=[review.pk, n])) for n in (1, 2)]
    assert [one.status_code for one in files] == [200, 200]
    assert [leaks(said(one)) for one in files] == [[], []]
    assert "AP-2025-" in files[0]["Content-Disposition"]
    assert browser.get(reverse("my-review-paper", args=[review.pk, 3])).status_code == 404


def test_no_address_tells_a_blind_member_who_applies(world, signed_in) -> None:
    user, review = world("CL-1", blind=True)
    reviews.declare(review, "none", by=user, at=NOW)
    permitted = permissions.needing_arguments()
    numbers = {review.pk, review.application_id, review.seat_id, review.seat.call_id}
    numbers |= set(Document.objects.values_list("pk", flat=True)) | {1, 2, 3}
    browser, asked, told = signed_in(user), 0, {}
    for name in permissions.names():
        for address in _addresses(name, permitted, numbers):
            asked += 1
            reply = browser.get(address)
            if found := leaks(said(reply)):
                told[address] = found
            if reply.status_code != 200:
                continue
            # Looked for by name: what was typed is said back, nothing else of the applicant.
            echo = {"q": "가온누리텍"}
            if [one for one in leaks(said(browser.get(address, echo))) if one != echo["q"]]:
                told[f"{address} looked for"] = True
    assert (asked > 300, told) == (True, {})
    letters = "".join(f"{one.subject} {one.body} {one.link}" for one in Letter.objects.all())
    assert leaks(letters) == []


def _addresses(name, permitted, numbers):
    from django.urls import NoReverseMatch

    if name not in permitted:
        return [reverse(name)]
    found = []
    for pk in sorted(numbers):
        for given in ({"pk": pk}, {"pk": pk, "number": 1}, {"pk": pk, "part": pk}):
            try:
                found.append(reverse(name, kwargs=given))
            except NoReverseMatch:
                continue
    return found


def test_a_token_of_a_blind_member_reaches_nothing(world) -> None:
    from gyoryu.accounts.models import Token

    user, _review = world("CL-1", blind=True)
    assert [one for one in Token.Scope if user.access.reaches(one)] == []


def test_in_an_open_call_the_applicant_is_shown_and_the_rest_after_the_declaration(
    world, signed_in
) -> None:
    user, review = world("CL-2", blind=False)
    browser = signed_in(user)
    before = said(browser.get(reverse("my-review", args=[review.pk])))
    assert ("가온누리텍" in before, "현지 상담회를 엽니다" in before) == (True, False)
    assert browser.get(reverse("my-review-paper", args=[review.pk, 1])).status_code == 404
    reviews.declare(review, "none", by=user, at=NOW)
    after = said(browser.get(reverse("my-review", args=[review.pk])))
    assert all(one in after for one in ("현지 상담회를 엽니다", "회사 소개", "서라온", "통장 사본"))


def test_nobody_reads_the_review_of_another(world, signed_in) -> None:
    _user, review = world("CL-2", blind=False)
    other = signed_in(reviewer())
    for name in ("my-review", "my-conflict"):
        assert other.get(reverse(name, args=[review.pk])).status_code == 404
    assert Client().get(reverse("my-reviews")).status_code == 302


def test_points_come_in_by_the_page_with_and_without_a_script(world, signed_in) -> None:
    user, review = world("CL-2", blind=False)
    browser, page = signed_in(user, "en"), reverse("my-review", args=[review.pk])
    reply = browser.post(page, {"conflict": "none"})
    assert reply.url == page
    first, second = [f"points_{one.pk}" for one in review.seat.call.criteria.all()]
    script = {"HX-Request": "true"}
    kept = browser.post(page, {first: "50.5", second: "", "remark": "good"}, headers=script)
    assert (kept.status_code, "50.5" in said(kept), "1 criterion has no" in said(kept)) == (
        200, True, True,
    )  # fmt: skip
    wrong = browser.post(page, {first: "61", second: ""}, headers=script)
    assert "Not kept until this is corrected" in said(wrong)
    refused = browser.post(page, {first: "50.5", second: "", "hand_in": "1"})
    assert (refused.status_code, "Points are missing here" in said(refused)) == (422, True)
    done = browser.post(page, {first: "50.5", second: "30", "remark": "good", "hand_in": "1"})
    assert done.url == reverse("my-reviews")
    review.refresh_from_db()
    assert (str(review.total), review.remark) == ("80.50", "good")
    again = browser.post(page, {first: "1", second: "1", "hand_in": "1"})
    assert (again.status_code, "handed in" in said(again)) == (200, True)


def test_a_member_who_left_reads_nothing_more(world, signed_in) -> None:
    user, review = world("CL-2", blind=False)
    panel.leave(review.seat, "ill", on=TODAY, **SAID)
    assert signed_in(user).get(reverse("my-review", args=[review.pk])).status_code == 404


def test_judging_asks_little(world, signed_in, django_assert_max_num_queries) -> None:
    user, review = world("CL-2", blind=False)
    browser = signed_in(user)
    reviews.declare(review, "none", by=user, at=NOW)
    with django_assert_max_num_queries(15):
        browser.get(reverse("my-review", args=[review.pk]))
    with django_assert_max_num_queries(8):
        browser.get(reverse("my-reviews"))
