"""What the tests of trade stand on: an event, its place, half-days, exhibitors and buyers."""

from datetime import UTC, date, datetime, time

from gyoryu.parties.models import Organisation, Region
from gyoryu.trade.models import Consultation, Deal, Event, HalfDay, Leg, Participant

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
TODAY = date(2025, 4, 1)
SAID = {"by": None, "at": NOW}


def country(code="VN", ko="베트남", en="Viet Nam"):
    known = Region.objects.filter(code=code).first()
    if known:
        return known
    made = Region.objects.create(
        kind="country", code=code, name_ko=ko, name_en=en, path=f"new-{code}"
    )
    made.path = f"/{made.pk}/"
    made.save()
    return made


def event(unit, **fields):
    count = Event.objects.count() + 1
    own = {
        "kind": "meeting_fair", "number": f"EV-2025-{count:04}", "title_ko": "봄 수출상담회",
        "title_en": "Spring export meeting fair", "state": "open", "state_since": TODAY,
        "starts_on": date(2025, 4, 17), "ends_on": date(2025, 4, 18),
    }  # fmt: skip
    return Event.objects.create(unit=unit, **{**own, **fields})


def leg(of, **fields):
    own = {
        "position": of.legs.count() + 1, "name_ko": "한결컨벤션센터", "name_en": "Hangyeol Hall",
        "starts_on": of.starts_on, "ends_on": of.ends_on, "tables": 6,
    }  # fmt: skip
    return Leg.objects.create(event=of, **{**own, **fields})


def half_day(of, part="morning", day=None, slots=4, **fields):
    begins = time(9, 30) if part == "morning" else time(13, 30)
    own = {"day": day or of.starts_on, "begins": begins, "minutes": 30, "slots": slots}
    return HalfDay.objects.create(leg=of, part=part, **{**own, **fields})


def organisation(unit, name, region=None, **fields):
    own = {"kind": "company", "name_ko": name, "name_en": f"{name} Co"}
    return Organisation.objects.create(unit=unit, region=region, **{**own, **fields})


def participant(of, side, name, region=None, **fields):
    known = fields.pop("organisation", None) or organisation(of.unit, name, region)
    own = {"state": "confirmed", "state_since": TODAY}
    return Participant.objects.create(
        unit=of.unit, event=of, side=side, organisation=known, **{**own, **fields}
    )


def exhibitor(of, name="해담식품", **fields):
    return participant(of, "exhibitor", name, **fields)


def buyer(of, name="사이공푸드 유통", **fields):
    region = fields.pop("region", None) or country()
    return participant(of, "buyer", name, region, **fields)


def consultation(seller, buying, *, place=None, **fields):
    """A row as it stands in the table, past the action and its tallies."""
    of = seller.event
    own = {
        "leg": place or of.legs.first() or leg(of), "at": NOW, "logged_at": NOW,
        "country": buying.organisation.region, "interest": "medium",
    }  # fmt: skip
    return Consultation.objects.create(
        unit=of.unit, event=of, exhibitor=seller, buyer=buying, **{**own, **fields}
    )


def deal(unit, company, buying, **fields):
    """A row as it stands in the table, past the action and its tallies."""
    count = Deal.objects.count() + 1
    own = {
        "number": f"DE-2025-{count:04}", "grade": "consulted", "graded_on": TODAY,
        "currency": "USD", "country": buying.region,
    }  # fmt: skip
    return Deal.objects.create(unit=unit, company=company, buyer=buying, **{**own, **fields})
