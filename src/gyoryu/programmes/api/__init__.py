"""The desks of programmes in the API."""

from gyoryu.programmes.api import activities, applications, portfolio, reviews
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [
    portfolio.desk,
    *applications.DESKS,
    reviews.desk,
    activities.desk,
]
