"""Agreements at each stage of their life, for the tests of this desk."""

from datetime import date

import pytest
from django.utils import translation

from gyoryu.agreements.actions import agreements
from gyoryu.agreements.models import Commitment
from gyoryu.base import names, periods
from gyoryu.parties.models import Alias, Organisation, Region

TODAY = date(2025, 4, 1)


@pytest.fixture
def in_english():
    """Reasons are compared in the language of the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def jiangsu(db):
    china = Region.objects.create(kind="country", code="CN", name_ko="중국", name_en="China")
    china.path = f"/{china.pk}/"
    china.save()
    made = Region.objects.create(
        kind="subdivision", code="CN-JS", name_ko="장쑤성", name_en="Jiangsu", parent=china
    )
    made.path = f"/{china.pk}/{made.pk}/"
    made.save()
    return made


@pytest.fixture
def parties(province, jiangsu):
    """Ours and theirs, each found by both its names."""

    def organisation(name_ko, name_en, region=None):
        made = Organisation.objects.create(
            unit=province.division, kind="government", name_ko=name_ko, name_en=name_en,
            region=region,
        )  # fmt: skip
        for name in (name_ko, name_en):
            Alias.objects.create(organisation=made, name=name, key=names.organisation_key(name))
        return made

    ours = organisation("한결도", "Hangyeol Province")
    return [(ours, "ours"), (organisation("장쑤성 정부", "Jiangsu Government", jiangsu), "theirs")]


@pytest.fixture
def draft(province, officer, parties, now):
    def make(**values):
        fields = {"kind": "sisterhood", "title_ko": "한결도–장쑤성 자매결연", "parties": parties}
        return agreements.draft(province.division, {**fields, **values}, by=officer, at=now)

    return make


@pytest.fixture
def signed(draft, officer, now):
    def make(day="2023-05-18", **values):
        made = draft(**values)
        agreements.sign(made, signed=periods.parse(day), by=officer, at=now)
        return made

    return make


@pytest.fixture
def in_force(signed, officer, now):
    def make(day="2023-05-18", **values):
        made = signed(day, no_document_reason="원본을 찾지 못함", **values)
        on = made.signed_first
        agreements.move(made, "in_force", on=on, reason="서명과 함께", by=officer, at=now)
        return made

    return make


@pytest.fixture
def promise(officer):
    def make(agreement, **values):
        fields = {
            "unit": agreement.unit, "agreement": agreement, "words": "보내겠습니다",
            "number": f"CM-2025-{Commitment.objects.count():04}", "side": "ours",
            "status_since": TODAY,
        }  # fmt: skip
        return Commitment.objects.create(**{**fields, **values})

    return make
