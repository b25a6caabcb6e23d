"""A government's register in the making: agreements written down at moments one can choose."""

from datetime import date

import pytest
from register_moments import moment

from gyoryu.agreements.actions import agreements
from gyoryu.agreements.models import Area
from gyoryu.base import periods
from gyoryu.parties.models import Organisation, Person, Position, Region


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def world(province):
    """Regions, areas, organisations of every sort and people who sign for them."""
    china = Region.objects.create(kind="country", code="CN", name_ko="중국", name_en="China")
    china.path = f"/{china.pk}/"
    china.save()
    jiangsu = Region.objects.create(
        kind="subdivision", code="CN-JS", name_ko="장쑤성", name_en="Jiangsu", parent=china
    )
    jiangsu.path = f"/{china.pk}/{jiangsu.pk}/"
    jiangsu.save()

    def organisation(kind, ko, en, region=None):
        return Organisation.objects.create(
            unit=province.division, kind=kind, name_ko=ko, name_en=en, region=region
        )

    def person(ko, en, of, title_ko, title_en):
        who = Person.objects.create(unit=province.division, name_ko=ko, name_en=en)
        Position.objects.create(person=who, organisation=of, title_ko=title_ko, title_en=title_en)
        return who

    class World:
        places = {"jiangsu": jiangsu, "china": china}
        areas = [
            Area.objects.create(name_ko=ko, name_en=en)
            for ko, en in (("관광", "Tourism"), ("통상", "Trade"))
        ]
        ours = organisation("government", "한결도", "Hangyeol Province")
        theirs = organisation("government", "장쑤성 정부", "Jiangsu Government", jiangsu)
        company = organisation("company", "가온텍", "Gaon Tech")
        third = organisation("government", "난징시", "Nanjing City", jiangsu)

    World.governor = person("윤해준", "Yoon Haejun", World.ours, "지사", "Governor")
    World.head = person("리밍", "Li Ming", World.theirs, "성장", "Governor of Jiangsu")
    World.trader = person("김가온", "Kim Gaon", World.company, "대표", "Chief executive")
    return World


@pytest.fixture
def make(world, province, officer):
    """Make an agreement in force, signed and written down on a day unless said otherwise."""

    def in_force(day="2023-05-18", at=None, unit=None, **values):
        written = moment(at or day)
        fields = {
            "kind": "mou", "title_ko": "한결도–장쑤성 업무협약", "title_en": "Hangyeol–Jiangsu MOU",
            "no_document_reason": "원본을 찾지 못함",
            "parties": [(world.ours, "ours"), (world.theirs, "theirs")],
        }  # fmt: skip
        made = agreements.draft(
            unit or province.division, {**fields, **values}, by=None, at=written
        )
        agreements.sign(made, signed=periods.parse(day), by=None, at=written)
        on = made.signed_on
        agreements.move(made, "in_force", on=on, reason="서명과 함께 발효", by=None, at=written)
        return made

    return in_force


@pytest.fixture
def march(province):
    return date(2025, 3, 1)
