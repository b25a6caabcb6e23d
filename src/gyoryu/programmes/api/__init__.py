"""The desks of programmes in the API."""

from gyoryu.programmes.api import (
    activities,
    applications,
    awards,
    call_parts,
    calls,
    claims,
    issuing,
    portfolio,
    reviews,
    settlement,
    subscriptions,
)
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    portfolio.desk,
    calls.desk,
    call_parts.desk,
    *applications.DESKS,
    reviews.desk,
    awards.desk,
    claims.desk,
    *issuing.DESKS,
    settlement.desk,
    activities.desk,
    subscriptions.desk,
]
