"""Nobody finds what they may not see: not as a result, not in a count, not as a suggestion."""

import pytest
import search_makers as make
from django.core.management import call_command
from tests.permissions import ROLES

from gyoryu.accounts.actions import units
from gyoryu.accounts.queries import visible
from gyoryu.agreements.actions import agreements
from gyoryu.agreements.models import Agreement, Body, Commitment, Duty, Engagement, Request
from gyoryu.evidence import queries as evidence
from gyoryu.newsroom.models import Article
from gyoryu.search import actions
from gyoryu.search.models import Kind, Waiting
from gyoryu.search.queries import finding

pytestmark = pytest.mark.django_db
WORD = "벽란도"


def seen(user):
    """Return what the lists of each app show somebody: kinds and records."""
    owned = {Kind.AGREEMENT: Agreement, Kind.BODY: Body, Kind.ENGAGEMENT: Engagement,
             Kind.COMMITMENT: Commitment}  # fmt: skip
    rows = {k: visible(m.objects.all(), user, "agreements.view") for k, m in owned.items()}
    rows[Kind.DUTY] = Duty.objects.filter(agreement__in=rows[Kind.AGREEMENT])
    rows[Kind.REQUEST] = Request.objects.filter(engagement__in=rows[Kind.ENGAGEMENT])
    rows[Kind.DOCUMENT] = evidence.seen(user)
    rows[Kind.ARTICLE] = visible(Article.objects.all(), user, "newsroom.view")
    return {(kind, row.pk) for kind, found in rows.items() for row in found}


@pytest.fixture
def world(province):
    """Records of every kind in three departments; some are shared, some papers tied to those."""
    made = {}
    for number, unit in enumerate((province.root, province.division, province.other)):
        made.update(make.of_every_kind(unit, WORD, str(number)))
    rows = {kind: [row for (k, _), row in made.items() if k == kind] for kind in Kind}
    for kind in (Kind.AGREEMENT, Kind.ENGAGEMENT, Kind.COMMITMENT):
        rows[kind][0].shared_with.add(province.other)
        rows[kind][2].shared_with.add(province.division)
    for kind in (Kind.AGREEMENT, Kind.ENGAGEMENT, Kind.DUTY, Kind.REQUEST, Kind.BODY):
        make.document(province.root, f"{WORD} 붙임", rows[kind][0])
    firm = make.organisation(province.root, f"{WORD} 상단")
    make.document(province.root, f"{WORD} 소개서", firm)
    call_command("index", verbosity=0)
    return rows


def test_every_role_finds_exactly_what_its_lists_show(world, province, person_with, found):
    for role in ROLES:
        for unit in (province.root, province.bureau, province.division, province.other):
            user = person_with(role, unit)
            shown = {one for one in found(user, WORD) if one[0] != Kind.ORGANISATION}
            assert shown == seen(user), (role, unit.name_en)


def test_counts_and_choices_are_of_what_is_seen(world, person_with, province):
    for unit in (province.division, province.other):
        user = person_with("viewer", unit)
        page = finding.find(finding.wanted(WORD, user, make.DAY))
        owned = [choice for choice in page.kinds if choice.value != "organisation"]
        assert sum(choice.count for choice in owned) == len(seen(user))
        assert page.count == len(seen(user)) + 1


def test_nothing_is_suggested_that_is_not_seen(world, person_with, province):
    make.agreement(province.other, "갈대밭포구 업무협약", "AG-9")
    call_command("index", verbosity=0)
    for unit, meant in ((province.other, ["갈대밭포구 업무협약"]), (province.division, [])):
        asked = finding.wanted("갈대받포구", person_with("viewer", unit), make.DAY)
        assert finding.alike(asked) == meant


def test_what_is_no_longer_shared_is_hidden_before_it_is_indexed_again(
    world, province, person_with, found, indexed, now
):
    other = person_with("viewer", province.other)
    paper = world[Kind.AGREEMENT][0]
    assert (Kind.AGREEMENT, paper.pk) in found(other, WORD)
    agreements.share(paper, [], by=None, at=now)
    from gyoryu.history import actions as history

    history.seal(by=None, at=now)
    actions.read_history(by=None, at=now)
    assert Waiting.objects.filter(hides=True).exists()
    assert {one for one in found(other, WORD) if one[0] != Kind.ORGANISATION} <= seen(other)
    indexed()
    assert {one for one in found(other, WORD) if one[0] != Kind.ORGANISATION} == seen(other)


def test_a_department_that_moved_takes_its_records_along(
    world, province, person_with, found, indexed, now
):
    bureau = person_with("viewer", province.bureau)
    units.move(province.division, province.root, by=None, at=now)
    indexed()
    assert {one for one in found(bureau, WORD) if one[0] != Kind.ORGANISATION} == seen(bureau)
    assert not [one for one in seen(bureau) if one[0] == Kind.BODY]


def test_who_holds_no_reading_role_finds_nothing(world, person_with, found):
    assert found(person_with("company"), WORD) == set()
