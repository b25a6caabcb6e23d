"""Organisations: named once, found by any of their names, changed with a history."""

import pytest
from django.urls import reverse

from gyoryu.history.models import Entry
from gyoryu.parties.models import Organisation

pytestmark = pytest.mark.django_db


def test_an_organisation_is_added_listed_and_found_by_part_of_its_name(signed_in, officer):
    browser = signed_in(officer)
    fields = {"kind": "company", "name_ko": "(주)가온텍", "name_en": "Gaontek Co., Ltd."}
    reply = browser.post(reverse("organisation-new"), fields)
    made = Organisation.objects.get()
    assert reply.url == reverse("organisation", args=[made.pk])
    assert "(주)가온텍" in browser.get(reverse("organisations"), {"q": "가온"}).content.decode()
    assert list(Entry.objects.values_list("verb", "by")) == [("organisation.added", officer.pk)]
    assert browser.get(reply.url).status_code == 200


def test_a_wrong_business_number_is_answered_at_its_field_and_nothing_typed_is_lost(
    signed_in, officer
):
    fields = {"kind": "company", "name_ko": "가온텍", "business_number": "123-45-67890"}
    reply = signed_in(officer).post(reverse("organisation-new"), fields)
    assert reply.status_code == 422
    assert list(reply.context["form"].errors) == ["business_number"]
    assert "가온텍" in reply.content.decode()
    assert not Organisation.objects.exists()
