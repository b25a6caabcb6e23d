"""What trade is made of: events, timetables, dealings, centres, malls."""

from gyoryu.trade.models.centres import Centre, Enquiry, Lead, LeadCode, Post, RunningCost
from gyoryu.trade.models.dealings import Consultation, Grade, Published, Tally
from gyoryu.trade.models.deals import Confirmation, Deal, DealStep
from gyoryu.trade.models.events import (
    Absence,
    Event,
    Exhibit,
    HalfDay,
    Interpreter,
    Leg,
    Participant,
)
from gyoryu.trade.models.follow_ups import FollowUp, Unproven
from gyoryu.trade.models.malls import (
    Campaign,
    Channel,
    Listing,
    ListingStep,
    Sale,
    ShopWindow,
)
from gyoryu.trade.models.timetables import Meeting, Sequence, Timetable, Wish

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
    "LeadCode",
    "Leg",
    "Listing",
    "ListingStep",
    "Meeting",
    "Participant",
    "Post",
    "Published",
    "RunningCost",
    "Sale",
    "Sequence",
    "ShopWindow",
    "Tally",
    "Timetable",
    "Unproven",
    "Wish",
]
