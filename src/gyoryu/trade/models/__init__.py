"""What trade is made of: events, timetables, dealings, centres, malls."""

from gyoryu.trade.models.centres import Centre, Enquiry, Lead, Post, RunningCost
from gyoryu.trade.models.dealings import (
    Confirmation,
    Consultation,
    Deal,
    DealStep,
    FollowUp,
    Grade,
    Published,
    Tally,
)
from gyoryu.trade.models.events import (
    Absence,
    Event,
    Exhibit,
    HalfDay,
    Interpreter,
    Leg,
    Participant,
)
from gyoryu.trade.models.malls import (
    Campaign,
    Channel,
    Listing,
    ListingStep,
    Sale,
    SaleFile,
    ShopWindow,
)
from gyoryu.trade.models.timetables import Meeting, Timetable, Wish

__all__ = [
    "Absence",
    "Campaign",
    "Centre",
    "Channel",
    "Confirmation",
    "Consultation",
    "Deal",
    "DealStep",
    "Enquiry",
    "Event",
    "Exhibit",
    "FollowUp",
    "Grade",
    "HalfDay",
    "Interpreter",
    "Lead",
    "Leg",
    "Listing",
    "ListingStep",
    "Meeting",
    "Participant",
    "Post",
    "Published",
    "RunningCost",
    "Sale",
    "SaleFile",
    "ShopWindow",
    "Tally",
    "Timetable",
    "Wish",
]
