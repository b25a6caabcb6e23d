"""The API: the desks of all apps behind one door."""

from gyoryu.agreements import api as agreements
from gyoryu.evidence import api as evidence
from gyoryu.insight import api as insight
from gyoryu.newsroom import api as newsroom
from gyoryu.parties import api as parties
from gyoryu.web.calls import Door

door = Door([*insight.DESKS, *agreements.DESKS, *parties.DESKS, *evidence.DESKS, *newsroom.DESKS])
urlpatterns = door.addresses
