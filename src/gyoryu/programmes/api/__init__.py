"""The desks of programmes in the API."""

from gyoryu.programmes.api import applications, calls, portfolio
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    portfolio.desk,
    calls.desk,
    *applications.DESKS,
]
