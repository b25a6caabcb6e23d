"""Addresses of programmes, part by part."""

from gyoryu.programmes.urls import (
    activities,
    applications,
    awards,
    calls,
    portfolio,
    public,
    reviews,
    settlement,
    vouchers,
)

urlpatterns = [
    *portfolio.PATTERNS,
    *calls.PATTERNS,
    *public.PATTERNS,
    *applications.PATTERNS,
    *reviews.PATTERNS,
    *awards.PATTERNS,
    *vouchers.PATTERNS,
    *settlement.PATTERNS,
    *activities.PATTERNS,
]
