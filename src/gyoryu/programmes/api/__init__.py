"""The desks of programmes in the API."""

from gyoryu.programmes.api import awards, claims, portfolio
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [portfolio.desk, awards.desk, claims.desk]
