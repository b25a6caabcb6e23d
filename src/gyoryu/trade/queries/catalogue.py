"""What anybody may read of an event: who exhibits and what, once its catalogue was opened."""

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from gyoryu.base import names
from gyoryu.trade.models import Event, Exhibit, Participant
from gyoryu.trade.queries.participants import about
from gyoryu.trade.rules.participants import COMING

Side = Participant.Side


def opened() -> QuerySet[Event]:
    """Return the events whose catalogue anybody may read."""
    rows = Event.objects.filter(voided_at=None, catalogue_since__isnull=False)
    rows = rows.exclude(state=Event.State.CANCELLED)
    return rows.select_related("unit").prefetch_related("legs")


def shown(event: Event) -> QuerySet[Participant]:
    """Return the exhibitors that an event's catalogue shows."""
    rows = Participant.objects.filter(
        event=event, side=Side.EXHIBITOR, state__in=COMING, in_catalogue=True, voided_at=None
    )
    return rows.select_related("organisation__region")


def by_words(rows: QuerySet[Participant], text: str) -> QuerySet[Participant]:
    """Keep the exhibitors of one event that a text tells of, or a product of theirs."""
    words = names.nfc(text)
    products = Q()
    for field in ("product__name_ko", "product__name_en", "about_ko", "about_en"):
        products |= Q(**{f"{field}__icontains": words})
    own = Q(interests__icontains=words)
    for field in ("name_ko", "name_en", "name_native"):
        own |= Q(**{f"organisation__{field}__icontains": words})
    exhibits = Exhibit.objects.filter(products, participant__in=rows.order_by().values("pk"))
    return rows.filter(own | Q(pk__in=exhibits.values("participant")))


def by_code(rows: QuerySet[Participant], code: str) -> QuerySet[Participant]:
    """Keep the exhibitors of one event whose codes, or whose products', touch a code."""
    own = about(rows, code).order_by().values("pk")
    exhibits = Exhibit.objects.filter(participant__in=rows.order_by().values("pk"))
    wider = Q(product__hs__startswith=code)
    # A product told by its chapter alone may well be what is looked for.
    narrower = exhibits.exclude(product__hs="").annotate(_at=StrIndex(Value(code), "product__hs"))
    near = exhibits.filter(wider).values("participant")
    within = narrower.filter(_at=1).values("participant")
    return rows.filter(Q(pk__in=own) | Q(pk__in=near) | Q(pk__in=within))
