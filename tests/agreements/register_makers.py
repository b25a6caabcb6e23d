"""What the tests of engagements, bodies, requests and briefings start from."""

from datetime import UTC, date, datetime

from gyoryu.agreements.actions import bodies, engagements
from gyoryu.agreements.models import Agreement, Commitment, Party
from gyoryu.parties.actions import add_organisation, add_person
from gyoryu.parties.models import Organisation, Person, Position

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)


def organisation(unit, at, name_ko="산림부", name_en="Ministry of Forests", **more) -> Organisation:
    values = {"kind": "government", "name_ko": name_ko, "name_en": name_en, **more}
    return add_organisation(unit, values, by=None, at=at)


def person(unit, name_ko="데이나 릴", name_en="Dana Reel") -> Person:
    return add_person(unit, {"name_ko": name_ko, "name_en": name_en}, by=None, at=NOW)


def position(who, where, since=None, until=None, title_ko="장관", title_en="Minister") -> Position:
    return Position.objects.create(
        person=who,
        organisation=where,
        title_ko=title_ko,
        title_en=title_en,
        since=since,
        until=until,
    )


def agreement(unit, partner=None, number="AG-2020-0001", **more) -> Agreement:
    values = {
        "kind": "mou",
        "title_ko": "산림 협력 업무협약",
        "title_en": "Forestry MOU",
        "status": "in_force",
        "signed_on": date(2020, 3, 2),
        "status_since": date(2020, 3, 2),
        **more,
    }
    made = Agreement.objects.create(unit=unit, number=number, **values)
    if partner:
        Party.objects.create(agreement=made, organisation=partner, side="theirs")
    return made


def commitment(unit, number="CO-1", **more) -> Commitment:
    values = {
        "words": "전문가 두 명을 파견하겠습니다",
        "side": "theirs",
        "status_since": date(2024, 1, 1),
        **more,
    }
    return Commitment.objects.create(unit=unit, number=number, **values)


def engagement(unit, at, by=None, **more):
    values = {
        "kind": "meeting",
        "title_ko": "산림 협력 회의",
        "title_en": "Forestry meeting",
        "starts_on": date(2025, 3, 3),
        **more,
    }
    return engagements.record(unit, values, by=by, at=at)


def body(under, at, by=None, **more):
    values = {
        "name_ko": "공동협의회",
        "name_en": "Joint Council",
        "cadence_months": 12,
        "founded_on": date(2021, 5, 1),
        **more,
    }
    return bodies.found(under, values, by=by, at=at)
