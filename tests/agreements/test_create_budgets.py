"""A create asks at most fifteen questions of the database, also with every record picked in it.

Counted are the statements of a whole request, the session and its user included. Savepoints are
not: a request opens one transaction, and only a test's own transaction around it makes them.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from promises import agreement, body, engagement

from gyoryu.agreements.actions import duties
from gyoryu.agreements.models import Area
from gyoryu.parties.models import Organisation, Person, Position, Region
from gyoryu.web.forms import pick_label

pytestmark = pytest.mark.django_db
MOST = 15


@pytest.fixture
def world(province, officer, now):
    """One of everything that can be picked."""
    unit = province.division
    duties.install_policy(province.root, by=None, at=now)
    china = Region.objects.create(
        kind="country", code="CN", name_ko="중국", name_en="China", path="/1/"
    )
    ours, theirs, too = (
        Organisation.objects.create(unit=unit, kind="government", name_ko=name, region=china)
        for name in ("한결도", "장쑤성", "옌청시")
    )
    person = Person.objects.create(unit=unit, name_ko="김도연")
    made = agreement(unit)
    return {
        "region": pick_label(china), "ours": pick_label(ours), "theirs": pick_label(theirs),
        "too": pick_label(too), "agreement": pick_label(made), "body": pick_label(body(made)),
        "engagement": pick_label(engagement(unit, agreements=[made])),
        "owner": pick_label(officer), "officer": officer.pk, "unit": province.bureau.pk,
        "area": Area.objects.create(name_ko="수소", name_en="Hydrogen").pk,
        "position": pick_label(
            Position.objects.create(
                person=person, organisation=theirs, title_ko="국장", since=date(2020, 1, 1)
            )
        ),
    }  # fmt: skip


def everything(name, w):
    """Return what is typed into a form with every optional record picked."""
    return {
        "agreement-new": {
            "kind": "mou", "title_ko": "수소 협력", "title_en": "Hydrogen", "ours": w["ours"],
            "theirs": w["theirs"], "theirs_too": w["too"], "parent": w["agreement"],
            "place": w["region"], "areas": [w["area"]], "owner": w["officer"],
            "signed": "2025-03-01", "shared_with": [w["unit"]],
        },
        "engagement-new": {
            "kind": "visit", "state": "held", "initiative": "ours", "title_ko": "방문",
            "starts_on": "2025-03-03", "region": w["region"], "organisation": w["theirs"],
            "agreement": w["agreement"], "follows": w["engagement"], "venue": "장쑤",
        },
        "commitment-new": {
            "words": "자료를 보내겠습니다", "side": "ours", "owner": w["owner"],
            "due": "2025-05-01",
            "agreement": w["agreement"], "engagement": w["engagement"], "body": w["body"],
            "counterpart": w["position"], "organisation": w["theirs"], "on_agenda": "on",
            "step_0": "명단", "step_0_on": "2025-04-10",
        },
        "organisation-new": {
            "kind": "government", "name_ko": "난징시", "name_en": "Nanjing", "region": w["region"],
            "parent": w["theirs"], "website": "https://nanjing.example",
        },
        "person-new": {"name_ko": "나도윤", "name_en": "Na Do-yun", "name_native": "羅"},
    }[name]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["agreement-new", "engagement-new", "commitment-new", "organisation-new", "person-new"]
)
def test_a_create_with_everything_picked_stays_within_its_budget(signed_in, officer, world, name):
    browser = signed_in(officer)
    # Once before: what is asked once in the life of a process or a year is not counted.
    browser.post(reverse(name), everything(name, world) | {"title_ko": "먼저", "name_ko": "먼저"})
    with CaptureQueriesContext(connection) as captured:
        reply = browser.post(reverse(name), everything(name, world))
    assert reply.status_code == 302, reply.context["form"].errors
    asked = [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]
    assert len(asked) <= MOST, "\n".join(sql[:200] for sql in asked)
