"""What trade tells the index: events, deals, business centres, online malls.

Consultations are not told: their notes are a company's own. A deal is told to who may see the
dealings of single companies alone: docs/decisions/0052.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from gyoryu.search.models import Kind
from gyoryu.search.queries.telling.told import Told, both, scopes
from gyoryu.trade.models import Centre, Channel, Deal, Event

APP, DEALINGS = "trade", "trade_dealings"


def events(rows: QuerySet[Event]) -> Iterator[Told]:
    """Tell events: titles, number, who holds them, their places, the programme."""
    rows = rows.select_related("unit", "programme").prefetch_related("legs__region")
    for row in rows:
        legs = list(row.legs.all())
        body = [line for leg in legs for line in both(leg, "place")]
        body += [("place", f"{leg.venue} {leg.hall}".strip()) for leg in legs if leg.venue]
        body += [("organisation", row.host), *both(row.programme, "programme")]
        yield Told(
            kind=Kind.EVENT,
            record=row.pk,
            titles=(row.title_ko, row.title_en),
            scopes=scopes(APP, row.unit),
            unit=row.unit,
            region=legs[0].region if legs else None,
            day=row.starts_on,
            sort=row.kind,
            number=row.number,
            body=[*body, ("summary", row.about_ko), ("summary", row.about_en)],
        )


def deals(rows: QuerySet[Deal]) -> Iterator[Told]:
    """Tell deals: number, company and buyer, what it is of, the event."""
    rows = rows.select_related("unit", "company", "buyer", "country", "event", "product")
    for row in rows:
        yield Told(
            kind=Kind.DEAL,
            record=row.pk,
            titles=(
                f"{row.company.name_ko or row.company} → {row.buyer.name_ko or row.buyer.name_en}",
                f"{row.company.name_en or row.company} → {row.buyer.name_en or row.buyer.name_ko}",
            ),
            scopes=scopes(DEALINGS, row.unit),
            unit=row.unit,
            region=row.country,
            day=row.graded_on,
            sort=row.grade,
            number=row.number,
            body=[
                ("product", row.about),
                *both(row.product, "product"),
                *both(row.event, "event", "title"),
            ],
        )


def centres(rows: QuerySet[Centre]) -> Iterator[Told]:
    """Tell business centres: names, operator, address, services."""
    for row in rows.select_related("unit", "region", "operator"):
        yield Told(
            kind=Kind.CENTRE,
            record=row.pk,
            titles=(row.name_ko, row.name_en),
            scopes=scopes(APP, row.unit),
            unit=row.unit,
            region=row.region,
            day=row.opened_on,
            body=[*both(row.operator, "organisation"), ("place", row.address)],
        )


def channels(rows: QuerySet[Channel]) -> Iterator[Told]:
    """Tell online malls: names in all languages, operator, address."""
    for row in rows.select_related("unit", "region", "operator"):
        yield Told(
            kind=Kind.CHANNEL,
            record=row.pk,
            titles=(row.name_ko, row.name_en),
            scopes=scopes(APP, row.unit),
            unit=row.unit,
            region=row.region,
            names=[("name", row.name_native)] if row.name_native else [],
            body=[*both(row.operator, "organisation"), ("website", row.address)],
        )
