"""What the tests of panels stand on: a call with criteria, applicants, a panel, and its points."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from gyoryu.accounts.models import User
from gyoryu.programmes.actions import panel, reviews
from gyoryu.programmes.models import Application, Call, Criterion, Programme, Track

NOW = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
TODAY = date(2025, 4, 1)
SAID = {"by": None, "at": NOW}


def programme(unit, **fields):
    own = {
        "number": "PG-2025-0001", "kind": "training", "name_ko": "정책연구 연수",
        "name_en": "Policy research training", "first_year": 2025, "last_year": 2025,
    }  # fmt: skip
    return Programme.objects.create(unit=unit, **{**own, **fields})


def call(unit, *, points=(60, 40), tracks=(), **fields):
    own = {
        "number": "CL-2025-0001", "title_ko": "연수팀 모집", "title_en": "Call for teams",
        "state": "published", "state_since": TODAY, "applicant": "team",
        "opens_at": datetime(2025, 2, 1, tzinfo=UTC), "closes_at": datetime(2025, 3, 1, tzinfo=UTC),
        "method": "mean", "panel_least": 2, "places": 2,
    }  # fmt: skip
    programme_of = fields.pop("programme", None) or programme(unit)
    made = Call.objects.create(unit=unit, programme=programme_of, **{**own, **fields})
    for order, most in enumerate(points):
        Criterion.objects.create(
            call=made, name_ko=f"기준 {order + 1}", name_en=f"Criterion {order + 1}",
            most=most, order=order,
        )  # fmt: skip
    for order, (name, places) in enumerate(tracks):
        Track.objects.create(call=made, name_ko=name, places=places, order=order)
    return made


def application(of, name="가람팀", **fields):
    count = Application.objects.count() + 1
    own = {
        "number": f"AP-2025-{count:04}", "status": "eligible", "status_since": TODAY,
        "saved_at": NOW, "submitted_at": datetime(2025, 2, 20, tzinfo=UTC) + timedelta(minutes=count),
    }  # fmt: skip
    return Application.objects.create(call=of, unit=of.unit, name=name, **{**own, **fields})


def reviewer(name="위원", email=""):
    """Somebody from outside: an account without any role."""
    count = User.objects.count()
    user = User(email=email or f"reviewer{count}@example.test", name_ko=f"{name}{count}")
    user.set_password("correct horse")
    user.save()
    return user


def seat(of, **kwargs):
    user = kwargs.pop("user", None) or reviewer()
    return panel.invite(of, user.email, {}, **kwargs, **SAID)


def judge(place, row, *points):
    """Assign, declare, and hand in points in the order of the criteria."""
    review = panel.assign(place, row, **SAID)
    reviews.declare(review, "none", **SAID)
    given = dict(zip(keys(place.call), map(Decimal, points), strict=True))
    return reviews.submit(review, given, "", **SAID)


def keys(of):
    return list(of.criteria.order_by("order").values_list("pk", flat=True))
