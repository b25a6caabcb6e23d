"""The desks of programmes in the API."""

from gyoryu.programmes.api import applications

DESKS = [*applications.DESKS]
