"""Programmes, calls, applications and awards are found; applications not by every reader."""

import pytest
from django.core.management import call_command
from tests.programmes import calls_makers as make

from gyoryu.search.models import Kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(province):
    call = make.published(province.division)
    firm = make.company(province.division, "별무리전자(주)", business_number="9990000015")
    applied = make.applied(call, firm, business_number="9990000015")
    drafted = make.applied(call, make.company(province.division, "별무리상사"), number="")
    award = make.awarded(call, firm)
    call_command("index", verbosity=0)
    return {
        "programme": (Kind.PROGRAMME, call.programme_id),
        "call": (Kind.CALL, call.pk),
        "applied": (Kind.APPLICATION, applied.pk),
        "drafted": (Kind.APPLICATION, drafted.pk),
        "award": (Kind.AWARD, award.pk),
        "firm": (Kind.ORGANISATION, firm.pk),
    }


def test_by_name_number_and_what_they_belong_to(made, officer, found):
    assert made["programme"] in found(officer, "해외전시회 지원")
    assert made["call"] in found(officer, "exhibitions abroad")
    assert {made["applied"], made["award"], made["firm"]} <= found(officer, "별무리")
    assert made["applied"] in found(officer, "9990000015")


def test_who_may_not_see_applicants_finds_no_application(made, person_with, found):
    shown = found(person_with("viewer"), "별무리")
    assert made["award"] in shown
    assert not {kind for kind, _record in shown} & {Kind.APPLICATION}


def test_what_is_still_being_written_is_found_by_nobody(made, officer, approver, found):
    assert not {made["drafted"]} & (found(officer, "별무리상사") | found(approver, "별무리상사"))
