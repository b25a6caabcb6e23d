"""The desks of programmes in the API."""

from gyoryu.programmes.api import activities, portfolio, reviews
from gyoryu.web.calls import Desk

DESKS: list[Desk] = [portfolio.desk, reviews.desk, activities.desk]
