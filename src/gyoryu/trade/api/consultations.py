"""Consultations and what was published of them in the API."""

from gyoryu.web.calls import Desk

DESKS: list[Desk] = []
