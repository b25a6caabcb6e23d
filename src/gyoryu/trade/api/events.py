"""Events, places, participants, interpreters in the API."""

from gyoryu.web.calls import Desk

DESKS: list[Desk] = []
