"""The desks of programmes in the API."""

from gyoryu.programmes.api import (
    activities,
    applications,
    awards,
    calls,
    claims,
    issuing,
    portfolio,
    reviews,
    settlement,
)
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    portfolio.desk,
    calls.desk,
    *applications.DESKS,
    reviews.desk,
    awards.desk,
    claims.desk,
    *issuing.DESKS,
    settlement.desk,
    activities.desk,
]
