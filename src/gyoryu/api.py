"""The API: the desks of all apps behind one door."""

from gyoryu.agreements import api as agreements
from gyoryu.evidence import api as evidence
from gyoryu.imports import api as imports
from gyoryu.insight import api as insight
from gyoryu.jobs import api as jobs
from gyoryu.newsroom import api as newsroom
from gyoryu.parties import api as parties
from gyoryu.programmes import api as programmes
from gyoryu.register import api as register
from gyoryu.search import api as search
from gyoryu.trade import api as trade
from gyoryu.web.calls import Door

APPS = (
    insight, search, agreements, parties, programmes, trade, register, evidence, newsroom, imports,
    jobs,
)  # fmt: skip
door = Door([desk for app in APPS for desk in app.DESKS])
urlpatterns = door.addresses
