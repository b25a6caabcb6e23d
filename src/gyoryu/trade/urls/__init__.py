"""Addresses of trade, part by part."""

from gyoryu.trade.urls import (
    centres,
    consultations,
    deals,
    events,
    follow_ups,
    malls,
    products,
    public,
    results,
    timetables,
)

urlpatterns = [
    *events.PATTERNS,
    *products.PATTERNS,
    *public.PATTERNS,
    *timetables.PATTERNS,
    *consultations.PATTERNS,
    *deals.PATTERNS,
    *follow_ups.PATTERNS,
    *results.PATTERNS,
    *centres.PATTERNS,
    *malls.PATTERNS,
]
