"""How a month is published, and corrected by a next version; nothing published ever changes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.queries import home_unit
from gyoryu.agreements.actions import duties
from gyoryu.agreements.rules.agreements import day_of
from gyoryu.base import names
from gyoryu.evidence import actions as evidence
from gyoryu.evidence.models import Document as Held
from gyoryu.history import actions as history
from gyoryu.register import rules
from gyoryu.register.models import Line, Publication
from gyoryu.register.queries import publications as queries
from gyoryu.register.queries.record import Kept
from gyoryu.register.rolls import changes
from gyoryu.register.rolls.canonical import canonical, digest
from gyoryu.register.sheets import document, words
from gyoryu.register.sheets.document import Edition, Since

BATCH = 500


@transaction.atomic
def publish(government: Unit, month: date, *, by: User | None, at: datetime) -> Publication:
    """Publish a government's register of a month: its rows are frozen as of the month's end.

    The publication duties of the agreements in it are done by it, with it as their evidence.
    """
    rules.check_may_for(by, "register.publish", government)
    government = _alone(government)
    rules.check_publish(
        government,
        month,
        newest=queries.newest(government),
        there=queries.edition(government, month) is not None,
        today=day_of(at),
    )
    kept = queries.as_of(government, month, at)
    rules.check_not_empty(len(kept))
    edition = Edition(government, month, 1, at.astimezone(_zone(at)))
    made = _freeze(edition, kept, None, by)
    proof = _proof(made, by, at)
    told = {"month": [None, f"{month:%Y-%m}"], "digest": [None, made.digest]}
    history.record(
        "register.published", made, by=by, at=at, changes={**told, "count": [None, made.count]}
    )
    duties.note_published((one.agreement for one in kept), proof, on=day_of(at), by=by, at=at)
    return made


@transaction.atomic
def correct(publication: Publication, *, reason: str, by: User | None, at: datetime) -> Publication:
    """Publish the next version of a month: as of the same day, by what is known now."""
    rules.check_may_for(by, "register.correct", publication.unit)
    government = _alone(publication.unit)
    before = Publication.objects.get(pk=publication.pk)
    rules.check_correct(before, reason)
    kept = queries.as_of(government, before.month, at)
    corrections = document.against(queries.compared(before), queries.rows_of(kept))
    # A version that was withdrawn is published anew even where it was right after all.
    rules.check_differs(before.withdrawn_at is not None or bool(corrections and corrections.lines))
    Publication.objects.filter(pk=before.pk).update(newest=False)
    edition = Edition(
        government, before.month, before.version + 1, at.astimezone(_zone(at)), reason.strip()[:500]
    )
    made = _freeze(edition, kept, corrections, by)
    _proof(made, by, at)
    told = {"version": [before.version, made.version], "digest": [before.digest, made.digest]}
    history.record("register.corrected", made, by=by, at=at, changes=told, reason=reason)
    return made


def _alone(government: Unit) -> Unit:
    """Hold the government, so that two who publish at once do so one after the other."""
    return Unit.objects.select_for_update().get(pk=government.pk)


def _zone(at: datetime) -> Any:
    """Publications tell their time by the office's clock."""
    return queries.end_moment(day_of(at).replace(day=1)).tzinfo


def _freeze(
    edition: Edition, kept: list[Kept], corrections: Since | None, by: User | None
) -> Publication:
    assert edition.version
    assert edition.published_at
    since, earlier = queries.before(edition.government, edition.month)
    rows = queries.rows_of(kept)
    changed = Since(since, changes.between(earlier, rows))
    whole = document.compose(edition, rows, changed=changed, corrections=corrections)
    head, hashed = document.taken_apart(whole)
    made = Publication.objects.create(
        unit=edition.government,
        month=edition.month,
        version=edition.version,
        head=head,
        digest=hashed,
        files=_digests(whole),
        count=len(rows),
        reason=edition.reason,
        published_at=edition.published_at,
        published_by=by,
    )
    told = {one["key"]: one["change"] for one in changed.lines}
    Line.objects.bulk_create(_lines(made, kept, told), batch_size=BATCH)
    return made


def _digests(whole: dict[str, Any]) -> dict[str, str]:
    """Write every file once, and keep its SHA-256: whoever holds a copy can compare."""
    return {
        f"{language}.{kind}": digest(document.file(whole, kind, language))
        for language in words.LANGUAGES
        for kind in document.KINDS
    }


def _lines(made: Publication, kept: Iterable[Kept], told: dict[str, str]) -> Iterable[Line]:
    for one in kept:
        row = one.row
        title, signed = row.get("title") or {}, row.get("signed") or {}
        region = row.get("partner_region") or {}
        yield Line(
            publication=made,
            agreement_id=one.agreement,
            key=row["key"],
            text=canonical(row),
            title_ko=title.get("ko", ""),
            title_en=title.get("en", ""),
            kind=row.get("kind", ""),
            status=row.get("status", ""),
            since=row.get("since"),
            signed_on=signed.get("last"),
            country=(region.get("country") or {}).get("code", ""),
            change=told.get(row["key"], ""),
            words=_words(row),
        )


def _words(row: dict[str, Any]) -> str:
    """What a search looks in: the public names of a row, in both languages, and nothing else."""
    region = row.get("partner_region") or {}
    named = [row.get("title"), *row.get("partners", []), region, region.get("country")]
    named += [one["name"] for one in row.get("parties", [])] + row.get("areas", [])
    said = [one[language] for one in named if one for language in words.LANGUAGES]
    return names.nfc(" ".join([row["key"], *said])).casefold()


def _proof(made: Publication, by: User | None, at: datetime) -> Held:
    """Hold the publication's public address as a document: the evidence of every duty it meets."""
    address = f"{settings.SITE_ADDRESS}/register/{made.unit_id}/{made.edition}/"
    with override("ko"):
        title = _("Register of agreements, %(edition)s") % {"edition": made.edition}
    # Held by the department that publishes, which may hold nothing for the whole government.
    unit = home_unit(by, "evidence.add") if by else None
    return evidence.hold(
        made,
        kind=Held.Kind.OTHER,
        title=title,
        link=address,
        dated=day_of(at),
        unit=unit,
        by=by,
        at=at,
    )
