"""What pages of the register show of frozen rows: tabs, figures, facts, what is related."""

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit
from gyoryu.agreements.models import Agreement
from gyoryu.evidence.models import Document
from gyoryu.register.models import Line, Publication, Rule
from gyoryu.register.rolls.past import OVER
from gyoryu.web.listing import Tab

Row = dict[str, Any]
ORDER = ("in_force", "suspended", "signed", "expired", "ended", "replaced")


def tabs() -> list[Tab]:
    """The views above the public list."""
    return [
        Tab("changed", _("Changed this month"), ~Q(change="")),
        Tab("in_force", _("In force"), Q(status="in_force")),
        Tab("suspended", _("Suspended"), Q(status="suspended")),
        Tab("over", _("Expired, ended or replaced"), Q(status__in=OVER)),
    ]


def figures(head: Row) -> list[tuple[str, int]]:
    """Return how many agreements stand how, those in force first; what there is none of, is not."""
    counts = Counter(head["counts"]["by_status"])
    return [(status, counts[status]) for status in ORDER if counts[status]]


def related(publication: Publication, row: Row) -> dict[str, QuerySet[Line]]:
    """Return the lines of a publication that a row names, and those that grew from it."""
    lines = Line.objects.filter(publication=publication).only("key", "title_ko", "title_en")
    keys = {row.get("parent"), row.get("replaced_by")} - {None}
    grown = f'"parent":"{row["key"]}"'
    return {
        "named": lines.filter(key__in=keys).order_by("key"),
        "grown": lines.filter(text__contains=grown).order_by("key"),
    }


def appearances(line: Line) -> QuerySet[Line]:
    """Return the lines in which an agreement's row changed, in the newest version of each month."""
    rows = Line.objects.filter(
        agreement=line.agreement_id,
        publication__newest=True,
        publication__withdrawn_at=None,
        publication__unit=line.publication.unit_id,
    )
    shown = rows.exclude(change="").select_related("publication")
    return shown.defer("text", "words", "publication__head").order_by("-publication__month")[:24]


def telling_of(document: Document, newest: Publication | None) -> Line | None:
    """Return the line that tells of a document which is marked public now, in a publication."""
    rule = Rule.objects.filter(documents=document).first()
    if rule is None or newest is None:
        return None
    told = f'"sha256":"{document.sha256}"'
    lines = Line.objects.filter(publication=newest, agreement=rule.agreement_id)
    return lines.filter(text__contains=told).first()


def line_of(agreement: Agreement, newest: Publication | None) -> Line | None:
    """Return an agreement's line in a publication."""
    return Line.objects.filter(publication=newest, agreement=agreement).first() if newest else None


def versions_telling_of(agreement: Agreement) -> QuerySet[Publication]:
    """Return the newest versions that stand and have a line of an agreement, the newest first."""
    rows = Publication.objects.filter(lines__agreement=agreement, withdrawn_at=None)
    return rows.defer("head").order_by("-month", "-version")[:24]


def withdrawn_with(government: Unit, key: str) -> Publication | None:
    """Return the newest version telling of an agreement that was withdrawn with all its lines."""
    rows = Publication.objects.filter(
        unit=government, newest=True, withdrawn_at__isnull=False, lines__key=key
    )
    return rows.order_by("-month").first()
