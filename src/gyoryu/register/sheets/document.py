"""The document of a month: what it says of itself, its rows, and its files, each from it alone."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings

from gyoryu.accounts.models import Unit
from gyoryu.register import rules
from gyoryu.register.models import Publication
from gyoryu.register.queries import publications as queries
from gyoryu.register.rolls import changes
from gyoryu.register.rolls.canonical import canonical, digest
from gyoryu.register.sheets import feed, table, words

FORMAT = "gyoryu-register/1"
KINDS = ("csv", "xlsx", "json", "atom")
Document = dict[str, Any]
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Edition:
    """Which month of which government, in which version; none for a month nobody published."""

    government: Unit
    month: date
    version: int | None = None
    published_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Since:
    """What changed since another edition, named as its address names it."""

    edition: str
    lines: list[dict[str, Any]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Return it as the document holds it."""
        return {"since": self.edition, "lines": self.lines}


def told_against(publication: Publication | None, rows: Rows) -> Document | None:
    """Return what rows say otherwise than a version; nothing where none is left to compare with."""
    since = against(publication, rows)
    return since.told() if since else None


def against(publication: Publication | None, rows: Rows) -> Since | None:
    """Return what changed since a version, if there is one."""
    if publication is None:
        return None
    return Since(publication.edition, changes.between(queries.frozen_rows(publication), rows))


def compose(
    edition: Edition, rows: Rows, *, changed: Since, corrections: Since | None = None
) -> Document:
    """Put a month's document together; from here on nothing else is asked."""
    month = f"{edition.month:%Y-%m}"
    statuses = Counter(row["status"] for row in rows if row.get("status"))
    government = {"key": edition.government.pk, "ko": edition.government.name_ko}
    return {
        "format": FORMAT,
        "government": {**government, "en": edition.government.name_en or government["ko"]},
        "month": month,
        "version": edition.version,
        "edition": f"{month}.v{edition.version}" if edition.version else month,
        "as_of": rules.end_of(edition.month).isoformat(),
        "published": edition.version is not None,
        "published_at": edition.published_at.isoformat() if edition.published_at else None,
        "reason": edition.reason,
        "address": settings.SITE_ADDRESS,
        "licence": licence(),
        "counts": {"all": len(rows), "by_status": dict(statuses)},
        "countries": _countries(rows),
        "changes": changed.told(),
        "corrections": corrections.told() if corrections else None,
        "words": words.vocabulary(),
        "rows": rows,
    }


def _countries(rows: Rows) -> list[dict[str, str]]:
    """Return the partner countries there are, each once."""
    regions = [row.get("partner_region") for row in rows]
    found = {one["country"]["code"]: one["country"] for one in regions if one}
    return [found[code] for code in sorted(found)]


def computed(government: Unit, month: date) -> Document:
    """Return the document of a month that nobody published: what was known at its end."""
    rows = queries.rows_of(queries.unpublished(government, month))
    since, earlier = queries.before(government, month)
    changed = Since(since, changes.between(earlier, rows))
    return compose(Edition(government, month), rows, changed=changed)


def licence() -> dict[str, str]:
    """Return the licence of the open data, for people and for machines."""
    return dict(zip(("id", "ko", "en", "url"), settings.REGISTER_LICENCE, strict=True))


def whole(publication: Publication) -> Document:
    """Return the frozen document of a publication: its head and the rows of its lines."""
    rows = publication.lines.order_by("key").values_list("text", flat=True)
    found: Document = {**head(publication), "rows": [json.loads(text) for text in rows]}
    return found


def head(publication: Publication) -> Document:
    """Return what a publication says of itself, without its rows."""
    found: Document = json.loads(publication.head)
    return found


def taken_apart(document: Document) -> tuple[str, str]:
    """Return the text of a document's head, and the digest of the whole."""
    own = {name: value for name, value in document.items() if name != "rows"}
    return canonical(own), digest(canonical(document))


def file(document: Document, kind: str, language: str) -> bytes:
    """Write a document as a file of one kind: ``csv``, ``xlsx``, ``json`` or ``atom``."""
    if kind == "json":
        return canonical(document).encode()
    if kind == "atom":
        return feed.month(document, language)
    return table.written(document, kind, language)
