"""Wishes, plans, meetings, door lists in the API."""

from gyoryu.web.calls import Desk

DESKS: list[Desk] = []
