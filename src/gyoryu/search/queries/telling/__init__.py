"""What each kind of record tells the index. Records that do not stand tell nothing."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from gyoryu.agreements.models import Agreement, Body, Commitment, Duty, Engagement, Request
from gyoryu.evidence.models import Document
from gyoryu.newsroom.models import Article
from gyoryu.parties import queries as parties
from gyoryu.programmes.models import Application, Award, Call, Programme
from gyoryu.search.models import Card, Kind
from gyoryu.search.queries.telling import agreements, papers, programmes, register, trade
from gyoryu.search.queries.telling.told import FIELDS, Told, card, unpack
from gyoryu.trade.models import Centre, Channel, Deal, Event

__all__ = ["FIELDS", "STANDING", "cards", "unpack"]

# The rows of each kind that stand, and so may be found.
STANDING: dict[Kind, Callable[[], QuerySet[Any]]] = {
    Kind.AGREEMENT: lambda: Agreement.objects.filter(voided_at=None),
    Kind.ENGAGEMENT: lambda: Engagement.objects.filter(voided_at=None),
    Kind.COMMITMENT: lambda: Commitment.objects.filter(voided_at=None),
    Kind.DUTY: lambda: Duty.objects.filter(agreement__voided_at=None),
    Kind.BODY: lambda: Body.objects.filter(voided_at=None),
    Kind.REQUEST: lambda: Request.objects.filter(engagement__voided_at=None),
    Kind.ORGANISATION: parties.organisations,
    Kind.PERSON: parties.people,
    Kind.REGION: parties.regions,
    # What is seen only with a capability of its own is not looked for among everything else.
    Kind.DOCUMENT: lambda: Document.objects.filter(voided_at=None, seen_with=""),
    Kind.ARTICLE: lambda: Article.objects.all(),
    Kind.PROGRAMME: lambda: Programme.objects.filter(voided_at=None),
    Kind.CALL: lambda: Call.objects.filter(voided_at=None),
    # What is still being written is nobody's but the applicant's.
    Kind.APPLICATION: lambda: Application.objects.filter(voided_at=None).exclude(number=""),
    Kind.AWARD: lambda: Award.objects.filter(voided_at=None),
    Kind.EVENT: lambda: Event.objects.filter(voided_at=None),
    Kind.DEAL: lambda: Deal.objects.filter(voided_at=None),
    Kind.CENTRE: lambda: Centre.objects.filter(voided_at=None),
    Kind.CHANNEL: lambda: Channel.objects.filter(voided_at=None),
}
_TELL: dict[Kind, Callable[[QuerySet[Any]], Iterator[Told]]] = {
    Kind.AGREEMENT: agreements.agreements,
    Kind.ENGAGEMENT: agreements.engagements,
    Kind.COMMITMENT: agreements.commitments,
    Kind.DUTY: agreements.duties,
    Kind.BODY: agreements.bodies,
    Kind.REQUEST: agreements.requests,
    Kind.ORGANISATION: register.organisations,
    Kind.PERSON: register.people,
    Kind.REGION: register.regions,
    Kind.DOCUMENT: papers.documents,
    Kind.ARTICLE: papers.articles,
    Kind.PROGRAMME: programmes.programmes,
    Kind.CALL: programmes.calls,
    Kind.APPLICATION: programmes.applications,
    Kind.AWARD: programmes.awards,
    Kind.EVENT: trade.events,
    Kind.DEAL: trade.deals,
    Kind.CENTRE: trade.centres,
    Kind.CHANNEL: trade.channels,
}


def cards(kind: Kind, records: Iterable[int]) -> list[Card]:
    """Make the cards of these records, unsaved; those that do not stand have none."""
    rows = STANDING[kind]().filter(pk__in=list(records))
    return [card(told) for told in _TELL[kind](rows)]
