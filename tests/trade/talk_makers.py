"""A fair under way, an exhibitor whose people are confirmed, a buyer and their meeting."""

from datetime import date
from uuid import uuid4

from tests.trade import trade_makers as make

from gyoryu.parties.models import Product
from gyoryu.programmes.models import Representative
from gyoryu.trade.models import Meeting

RUNNING = {"starts_on": date(2025, 3, 31), "ends_on": date(2025, 4, 3), "state": "running"}


def fair(unit, **fields):
    """An event that began yesterday, with one place and a morning."""
    of = make.event(unit, **{**RUNNING, **fields})
    place = make.leg(of)
    make.half_day(place)
    return of


def represents(user, exhibitor, *, confirmed=True):
    """Let somebody act for an exhibitor's company."""
    return Representative.objects.create(
        user=user, organisation=exhibitor.organisation, since=make.TODAY,
        confirmed_at=make.NOW if confirmed else None,
    )  # fmt: skip


def meeting(seller, buying, slot=1, state="set", table=1):
    """A meeting on the timetable of the first half-day."""
    place = seller.event.legs.first()
    return Meeting.objects.create(
        leg=place, exhibitor=seller, buyer=buying, half_day=place.half_days.first(), slot=slot,
        table=table, state=state,
    )  # fmt: skip


def product(seller, name="조미김", hs="200899"):
    return Product.objects.create(organisation=seller.organisation, name_ko=name, hs=hs)


def values(buying, **fields):
    """What a form gives of a talk, as the action takes it."""
    own = {
        "buyer": buying, "meeting": None, "leg": buying.event.legs.first(), "at": make.NOW,
        "product": None, "about": "조미김", "hs_code": "", "amount": None, "currency": "",
        "interest": "high", "next_steps": [], "next_due": None, "note": "",
    }  # fmt: skip
    return {**own, **fields}


def typed(buying, **fields):
    """What is posted from the booth."""
    own = {
        "with_whom": f"b{buying.pk}", "leg": str(buying.event.legs.first().pk), "product": "other",
        "about": "조미김", "currency": "USD", "amount": "120,000", "interest": "high",
        "next_steps": ["samples", "quote"], "next_due": "2025-04-25", "note": "할랄 인증을 물음",
        "said_at": "", "once": str(uuid4()),
    }  # fmt: skip
    return {**own, **fields}
