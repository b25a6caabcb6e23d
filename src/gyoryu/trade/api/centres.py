"""Overseas business centres, enquiries and leads in the API."""

from gyoryu.web.calls import Desk

DESKS: list[Desk] = []
