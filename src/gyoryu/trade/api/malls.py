"""Online malls, listings, campaigns, sales, shop windows in the API."""

from gyoryu.web.calls import Desk

DESKS: list[Desk] = []
