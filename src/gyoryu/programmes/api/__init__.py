"""The desks of programmes in the API."""

from gyoryu.programmes.api import applications, portfolio, vouchers
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    portfolio.desk,
    *applications.DESKS,
    *vouchers.DESKS,
]
