"""What programmes tell the index: programmes, calls, applications, awards.

Answers, papers and members of an application are not told, and an application itself only to those
who may see applicants: docs/decisions/0052.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from gyoryu.programmes.models import Application, Award, Call, Programme
from gyoryu.search.models import Kind
from gyoryu.search.queries.telling.told import Told, both, scopes

APP, APPLICANTS = "programmes", "programmes_applicants"


def programmes(rows: QuerySet[Programme]) -> Iterator[Told]:
    """Tell programmes: names, number, strategy, for whom, on what legal basis."""
    for row in rows.select_related("unit", "strategy"):
        yield Told(
            kind=Kind.PROGRAMME,
            record=row.pk,
            titles=(row.name_ko, row.name_en),
            scopes=scopes(APP, row.unit),
            unit=row.unit,
            sort=row.kind,
            number=row.number,
            body=[
                *both(row.strategy, "strategy"),
                ("target", row.target),
                ("basis", row.legal_basis),
                ("summary", row.summary),
            ],
        )


def calls(rows: QuerySet[Call]) -> Iterator[Told]:
    """Tell calls: titles, number, programme, tracks, categories of cost."""
    rows = rows.select_related("unit", "programme").prefetch_related("tracks", "categories")
    for row in rows:
        body = [*both(row.programme, "programme")]
        body += [line for track in row.tracks.all() for line in both(track, "track")]
        body += [line for kind in row.categories.all() for line in both(kind, "category")]
        yield Told(
            kind=Kind.CALL,
            record=row.pk,
            titles=(row.title_ko, row.title_en),
            scopes=scopes(APP, row.unit),
            unit=row.unit,
            day=row.opens_at.date(),
            number=row.number,
            body=[*body, ("summary", row.summary_ko), ("summary", row.summary_en)],
        )


def applications(rows: QuerySet[Application]) -> Iterator[Told]:
    """Tell applications that were handed in: who applies, to what, the business number."""
    rows = rows.select_related("unit", "call__programme", "organisation__region", "track")
    for row in rows:
        firm = row.organisation
        body = [*both(row.call, "call", "title"), *both(row.track, "track")]
        yield Told(
            kind=Kind.APPLICATION,
            record=row.pk,
            titles=(row.name, firm.name_en if firm else ""),
            scopes=scopes(APPLICANTS, row.unit),
            unit=row.unit,
            region=firm.region if firm else None,
            day=row.submitted_at.date() if row.submitted_at else None,
            sort=row.status,
            number=row.number,
            names=[("number", row.business_number)] if row.business_number else [],
            body=body,
        )


def awards(rows: QuerySet[Award]) -> Iterator[Told]:
    """Tell awards: to whom, under which call and programme."""
    for row in rows.select_related("unit", "call__programme", "organisation__region"):
        firm = row.organisation
        yield Told(
            kind=Kind.AWARD,
            record=row.pk,
            titles=(row.name, firm.name_en if firm else ""),
            scopes=scopes(APP, row.unit),
            unit=row.unit,
            region=firm.region if firm else None,
            day=row.awarded_on,
            sort=row.status,
            number=row.number,
            body=[*both(row.call, "call", "title"), *both(row.call.programme, "programme")],
        )
