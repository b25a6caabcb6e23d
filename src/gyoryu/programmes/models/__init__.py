"""What programmes and their money are made of."""

from gyoryu.programmes.models.activities import Activity, Attendance, Outcome
from gyoryu.programmes.models.announcements import Announcement
from gyoryu.programmes.models.applications import (
    Admission,
    Application,
    Attachment,
    Finding,
    Member,
    PaperHeld,
    Representative,
    Step,
)
from gyoryu.programmes.models.awards import Advance, Amendment, Award, AwardCategory
from gyoryu.programmes.models.calls import (
    Allotment,
    Call,
    CostCategory,
    Criterion,
    EligibilityRule,
    Extension,
    RequiredDocument,
    Seat,
    Track,
)
from gyoryu.programmes.models.claims import BankAccount, Claim, Cut
from gyoryu.programmes.models.ledger import Ceiling, ExchangeRate, LedgerEntry
from gyoryu.programmes.models.portfolio import BudgetLine, Fund, Programme, Strategy
from gyoryu.programmes.models.reviews import Review, Score, Sheet
from gyoryu.programmes.models.settlement import (
    Recovery,
    Report,
    SignalFound,
    SignalNote,
    SignalRun,
)
from gyoryu.programmes.models.subscriptions import OpeningTold, Subscription
from gyoryu.programmes.models.terms import Band, Service, Terms
from gyoryu.programmes.models.vouchers import Order, OrderStep, Provider, Sanction, Voucher

__all__ = [
    "Activity",
    "Admission",
    "Advance",
    "Allotment",
    "Amendment",
    "Announcement",
    "Application",
    "Attachment",
    "Attendance",
    "Award",
    "AwardCategory",
    "Band",
    "BankAccount",
    "BudgetLine",
    "Call",
    "Ceiling",
    "Claim",
    "CostCategory",
    "Criterion",
    "Cut",
    "EligibilityRule",
    "ExchangeRate",
    "Extension",
    "Finding",
    "Fund",
    "LedgerEntry",
    "Member",
    "OpeningTold",
    "Order",
    "OrderStep",
    "Outcome",
    "PaperHeld",
    "Programme",
    "Provider",
    "Recovery",
    "Report",
    "Representative",
    "RequiredDocument",
    "Review",
    "Sanction",
    "Score",
    "Seat",
    "Service",
    "Sheet",
    "SignalFound",
    "SignalNote",
    "SignalRun",
    "Step",
    "Strategy",
    "Subscription",
    "Terms",
    "Track",
    "Voucher",
]
