"""Posts: carried out once, drafts kept, refusals beside their field."""

from uuid import uuid4

import pytest
from django.urls import reverse

from gyoryu.accounts.models import Draft
from gyoryu.parties.models import Organisation

pytestmark = pytest.mark.django_db
FIELDS = {"kind": "company", "name_ko": "가온텍"}


def test_a_double_click_makes_one_record_and_leads_to_it(signed_in, officer):
    browser, once = signed_in(officer), str(uuid4())
    first = browser.post(reverse("organisation-new"), {**FIELDS, "once": once})
    second = browser.post(reverse("organisation-new"), {**FIELDS, "once": once})
    made = Organisation.objects.get()
    assert first.url == second.url == reverse("organisation", args=[made.pk])
    assert (
        "이미 저장한 내용이라 다시 저장하지 않았습니다." in browser.get(second.url).content.decode()
    )


def test_who_goes_back_and_changes_something_makes_another_record(signed_in, officer):
    browser, once = signed_in(officer), str(uuid4())
    first = browser.post(reverse("organisation-new"), {**FIELDS, "once": once})
    second = browser.post(reverse("organisation-new"), {**FIELDS, "name_ko": "나루", "once": once})
    assert first.url != second.url
    assert {row.name_ko for row in Organisation.objects.all()} == {"가온텍", "나루"}


def test_another_persons_post_with_the_same_key_is_not_mistaken_for_it(
    signed_in, officer, approver
):
    once = str(uuid4())
    first = signed_in(officer).post(reverse("organisation-new"), {**FIELDS, "once": once})
    second = signed_in(approver).post(reverse("organisation-new"), {**FIELDS, "once": once})
    assert first.url != second.url
    assert Organisation.objects.filter(name_ko=FIELDS["name_ko"]).count() == 2


def test_a_refused_post_leaves_nothing_and_its_key_can_be_used_again(signed_in, officer):
    browser, once = signed_in(officer), str(uuid4())
    wrong = {**FIELDS, "business_number": "1234567890", "once": once}
    assert browser.post(reverse("organisation-new"), wrong).status_code == 422
    right = browser.post(reverse("organisation-new"), {**FIELDS, "once": once})
    assert right.status_code == 302


def test_a_draft_comes_back_with_every_field_and_goes_when_it_is_saved(signed_in, officer):
    browser = signed_in(officer)
    browser.post(reverse("organisation-new"), {**FIELDS, "note": "둘째 줄", "draft": "1"})
    assert not Organisation.objects.exists()
    offered = browser.get(reverse("organisation-new"))
    assert offered.context["draft"] is not None
    resumed = browser.get(reverse("organisation-new"), {"resume": "1"})
    assert resumed.context["form"]["note"].value() == "둘째 줄"
    assert '<input type="hidden" name="drafted" value="1">' in resumed.content.decode()
    browser.post(reverse("organisation-new"), {**FIELDS, "drafted": "1"})
    assert not Draft.objects.exists()
