"""What agreements tell the index, and engagements, commitments, duties, bodies and requests."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from gyoryu.accounts.models import Record
from gyoryu.agreements.models import Agreement, Body, Commitment, Duty, Engagement, Request
from gyoryu.parties.models import Region
from gyoryu.search.models import Kind
from gyoryu.search.queries.telling.told import Line, Told, both, scopes

APP = "agreements"


def agreements(rows: QuerySet[Agreement]) -> Iterator[Told]:
    """Tell agreements: titles, number, parties, who signed, areas, places, summary."""
    signed = "parties__signatories__person"
    rows = rows.select_related("unit", "place", "partner_region").prefetch_related(
        "shared_with", "areas", "parties__organisation", signed
    )
    for row in rows:
        parties = list(row.parties.all())
        body = [line for party in parties for line in both(party.organisation, "party")]
        for one in (one for party in parties for one in party.signatories.all()):
            body += [*both(one.person, "person"), ("position", one.title)]
        body += [line for area in row.areas.all() for line in both(area, "area")]
        body += [*both(row.place, "place"), ("place", row.place_note)]
        body += [*both(row.partner_region, "place"), ("summary", row.summary)]
        yield Told(
            kind=Kind.AGREEMENT,
            record=row.pk,
            titles=(row.title_ko, row.title_en),
            scopes=_shown_to(row),
            unit=row.unit,
            region=row.partner_region or row.place,
            day=row.signed_on,
            sort=row.kind,
            number=row.number,
            body=body,
        )


def _shown_to(row: Record) -> list[str]:
    """Say who may see a record: its own departments and those it is shared with."""
    shared: Any = getattr(row, "shared_with", None)
    return scopes(APP, row.unit, *(shared.all() if shared is not None else ()))


def engagements(rows: QuerySet[Engagement]) -> Iterator[Told]:
    """Tell engagements: titles, who met, where, what was said, the stops of a tour."""
    rows = rows.select_related("unit", "region").prefetch_related(
        "shared_with",
        "areas",
        "stops",
        "delegations__organisation",
        "delegations__participants__person",
    )
    for row in rows:
        body: list[Line] = [("place", row.venue), *both(row.region, "place")]
        for group in row.delegations.all():
            body += [*both(group.organisation, "organisation"), ("organisation", group.name)]
            for one in group.participants.all():
                body += [*both(one.person, "person"), ("position", one.title)]
        body += [line for area in row.areas.all() for line in both(area, "area")]
        body += [("agenda", row.agenda), ("summary", row.summary), ("outcomes", row.outcomes)]
        for stop in row.stops.all():
            body += [*both(stop, "stop"), ("stop", stop.feedback)]
        yield Told(
            kind=Kind.ENGAGEMENT,
            record=row.pk,
            titles=(row.title_ko, row.title_en),
            scopes=_shown_to(row),
            unit=row.unit,
            region=row.region,
            day=row.starts_on,
            sort=row.kind,
            body=body,
        )


def commitments(rows: QuerySet[Commitment]) -> Iterator[Told]:
    """Tell commitments: the words as said, who is concerned, the steps on the way."""
    related = ("unit", "organisation__region", "agreement__partner_region")
    for row in rows.select_related(*related).prefetch_related("shared_with", "milestones"):
        body = [("words", row.words), ("words", row.words_original)]
        body += both(row.organisation, "organisation")
        body += [("step", step.name) for step in row.milestones.all()]
        yield Told(
            kind=Kind.COMMITMENT,
            record=row.pk,
            titles=(row.words[:200], row.words_original[:200]),
            scopes=_shown_to(row),
            unit=row.unit,
            region=_region_of(row.organisation) or _partner(row.agreement),
            day=row.due_on or row.status_since,
            sort=row.status,
            number=row.number,
            body=body,
        )


def _region_of(organisation: Any) -> Region | None:
    return organisation.region if organisation else None


def _partner(agreement: Agreement | None) -> Region | None:
    return agreement.partner_region if agreement else None


def duties(rows: QuerySet[Duty]) -> Iterator[Told]:
    """Tell duties: what is owed, for which agreement, on what legal basis."""
    rows = rows.select_related("template", "agreement__unit", "agreement__partner_region")
    for row in rows.prefetch_related("agreement__shared_with"):
        rule, agreement = row.template, row.agreement
        body = [("number", agreement.number)]
        body += [
            *both(rule, "basis", "basis"),
            ("note", row.done_note),
            ("note", row.waived_reason),
        ]
        yield Told(
            kind=Kind.DUTY,
            record=row.pk,
            parent=row.agreement_id,
            titles=(
                f"{agreement.title_ko}: {rule.name_ko}",
                f"{agreement.title_en or agreement.title_ko}: {rule.name_en}",
            ),
            scopes=_shown_to(agreement),
            unit=agreement.unit,
            region=agreement.partner_region,
            day=row.due_on,
            sort="open" if row.open else "closed",
            body=body,
        )


def bodies(rows: QuerySet[Body]) -> Iterator[Told]:
    """Tell consultative bodies: names, lead offices, areas, the agreement they stand under."""
    related = ("unit", "lead_ours", "lead_theirs", "agreement__partner_region")
    for row in rows.select_related(*related).prefetch_related("areas"):
        body = [*both(row.lead_ours, "organisation"), *both(row.lead_theirs, "organisation")]
        body += [line for area in row.areas.all() for line in both(area, "area")]
        body += both(row.agreement, "agreement", "title")
        yield Told(
            kind=Kind.BODY,
            record=row.pk,
            titles=(row.name_ko, row.name_en),
            scopes=_shown_to(row),
            unit=row.unit,
            region=row.agreement.partner_region,
            day=row.founded_on,
            body=body,
        )


def requests(rows: QuerySet[Request]) -> Iterator[Told]:
    """Tell what was asked in a letter or a meeting, of whom, and the answer."""
    related = ("engagement__unit", "engagement__region", "organisation", "person")
    for row in rows.select_related(*related).prefetch_related("engagement__shared_with"):
        body = [("words", row.words), ("answer", row.answer)]
        body += [*both(row.organisation, "organisation"), *both(row.person, "person")]
        body += both(row.engagement, "engagement", "title")
        yield Told(
            kind=Kind.REQUEST,
            record=row.pk,
            parent=row.engagement_id,
            titles=(row.words[:200], ""),
            scopes=_shown_to(row.engagement),
            unit=row.engagement.unit,
            region=row.engagement.region,
            day=row.engagement.starts_on,
            sort=row.asked_by,
            body=body,
        )
