"""The desks of trade in the API."""

from gyoryu.trade.api import (
    centres,
    consultations,
    deals,
    events,
    follow_ups,
    malls,
    products,
    results,
    timetables,
)
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    *events.DESKS,
    *products.DESKS,
    *timetables.DESKS,
    *consultations.DESKS,
    *deals.DESKS,
    *follow_ups.DESKS,
    *results.DESKS,
    *centres.DESKS,
    *malls.DESKS,
]
