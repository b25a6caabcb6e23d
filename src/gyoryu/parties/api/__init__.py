"""Regions, organisations and people as programs read and write them."""

from gyoryu.parties.api import doubles, organisations, people, regions

DESKS = [regions.desk, organisations.desk, people.desk, doubles.desk]
