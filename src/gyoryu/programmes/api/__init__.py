"""The desks of programmes in the API."""

from gyoryu.programmes.api import applications
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    *applications.DESKS,
]
