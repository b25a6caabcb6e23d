"""What the register of promises is made of."""

from gyoryu.agreements.models.agreements import (
    Agreement,
    Area,
    Party,
    Signatory,
    Status,
    StatusChange,
)
from gyoryu.agreements.models.commitments import Carry, Commitment, DueChange, Milestone
from gyoryu.agreements.models.duties import Duty, DutyTemplate
from gyoryu.agreements.models.engagements import (
    Body,
    Delegation,
    Engagement,
    Participant,
    Request,
    Stop,
)

__all__ = [
    "Agreement",
    "Area",
    "Body",
    "Carry",
    "Commitment",
    "Delegation",
    "DueChange",
    "Duty",
    "DutyTemplate",
    "Engagement",
    "Milestone",
    "Participant",
    "Party",
    "Request",
    "Signatory",
    "Status",
    "StatusChange",
    "Stop",
]
