"""The desks of programmes in the API."""

from gyoryu.programmes.api import applications, calls, portfolio, settlement
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    portfolio.desk,
    calls.desk,
    *applications.DESKS,
    settlement.desk,
]
