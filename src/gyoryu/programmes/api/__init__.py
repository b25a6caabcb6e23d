"""The desks of programmes in the API."""

from gyoryu.programmes.api import applications, awards, calls, claims, portfolio, settlement
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    portfolio.desk,
    calls.desk,
    *applications.DESKS,
    awards.desk,
    claims.desk,
    settlement.desk,
]
