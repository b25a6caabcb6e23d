"""How articles come in: from visits, or files handed in. Taking in twice changes nothing."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.newsroom import likeness, papers
from gyoryu.newsroom.actions import later, reading, sources
from gyoryu.newsroom.models import Article, Source, Version
from gyoryu.newsroom.papers import Entry, Unreadable
from gyoryu.newsroom.queries import articles as known
from gyoryu.newsroom.rules import troubles
from gyoryu.newsroom.text.addresses import resolved

logger = logging.getLogger(__name__)
CHUNK = 20
LONGEST = 200_000  # letters of one article that are kept and read


@dataclass(frozen=True)
class Taken:
    """What became of articles that were taken in."""

    made: int = 0
    updated: int = 0
    same: int = 0
    failed: int = 0
    facts: int = 0
    last: Article | None = None

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(
            self.made + other.made,
            self.updated + other.updated,
            self.same + other.same,
            self.failed + other.failed,
            self.facts + other.facts,
            other.last or self.last,
        )


def ingest(source: Source, entries: Iterable[Entry], *, by: User | None, at: datetime) -> Taken:
    """Take articles in, each whole or not at all, and read them. Idempotent.

    An article known by its address (or its feed's id) whose text has changed keeps the older text
    as a version and is read again; one whose text is as it was is left alone.
    """
    check_may(by, "newsroom.review", source.unit)
    taken = Taken()
    government = Unit.objects.get(pk=source.unit.root_id)
    for entry in entries:
        try:
            with transaction.atomic():
                taken += _take_in(source, government, _tidied(entry, source), by=by, at=at)
        except Refused:
            raise
        except Exception:
            # One article that breaks a rule nobody foresaw must not stop the others of its feed.
            logger.exception("Article %s was not taken in", entry.address or entry.identity)
            taken += Taken(failed=1)
    return taken


def _tidied(entry: Entry, source: Source) -> Entry:
    return replace(
        entry,
        title=(known.clean(entry.title) or _("Untitled"))[:500],
        body=known.clean(entry.body)[:LONGEST],
        # Only http and https: the address becomes a link.
        address=resolved(entry.address)[:1000],
        language=(entry.language or source.language).lower().partition("-")[0][:3],
    )


def _take_in(
    source: Source, government: Unit, entry: Entry, *, by: User | None, at: datetime
) -> Taken:
    digest = known.digest(entry.title, entry.body)
    identity = known.identity(entry.address, entry.identity, digest)
    there = Article.objects.filter(government=government, identity=identity).first()
    if there is None:
        return _first(source, government, entry, (identity, digest), by=by, at=at)
    if there.digest == digest or _is_older(entry, there):
        return Taken(same=1, last=there)
    _replace_text(there, entry, digest, by=by, at=at)
    return Taken(updated=1, facts=reading.read_article(there, by=by, at=at), last=there)


def _is_older(entry: Entry, there: Article) -> bool:
    """A stale copy of a feed must not bring an older text back."""
    return bool(entry.updated and there.updated and entry.updated < there.updated)


def _first(
    source: Source,
    government: Unit,
    entry: Entry,
    named: tuple[str, str],
    *,
    by: User | None,
    at: datetime,
) -> Taken:
    article = Article(
        source=source,
        unit=source.unit,
        government=government,
        identity=named[0],
        digest=named[1],
        address=entry.address,
        published=entry.published,
        updated=entry.updated,
        language=entry.language,
        title=entry.title,
        body=entry.body,
        signature=_signature(entry),
        taken_in_at=at,
        changed_at=at,
    )
    article.save()
    history.record("article.taken_in", article, by=by, at=at)
    facts = reading.read_article(article, by=by, at=at)
    _keep_likeness(article)
    return Taken(made=1, facts=facts, last=article)


def _signature(entry: Entry) -> bytes:
    return likeness.signature(f"{entry.title}\n{entry.body}").packed()


def _keep_likeness(article: Article) -> None:
    """Put an article into its group of near-duplicates, or beside its other-language version."""
    article.original = known.original_of(article)
    pair = None if article.original else known.pair_of(article)
    if pair:
        article.pair = pair
        Article.objects.filter(pk=pair.pk).update(pair=article)
    if article.original or pair:
        article.save(update_fields=["original", "pair"])


def _replace_text(
    article: Article, entry: Entry, digest: str, *, by: User | None, at: datetime
) -> None:
    Version.objects.create(
        article=article,
        number=article.versions.count() + 1,
        title=article.title,
        body=article.body,
        published=article.published,
        updated=article.updated,
        digest=article.digest,
        taken_in_at=article.changed_at,
        replaced_at=at,
    )
    told = {"title": entry.title, "published": entry.published or article.published}
    changes = history.changes(article, told)
    article.updated, article.body, article.digest = entry.updated, entry.body, digest
    article.signature, article.changed_at = _signature(entry), at
    article.save()
    history.record("article.updated", article, by=by, at=at, changes=changes)


def hand_in(
    unit: Unit, files: list[tuple[str, bytes]], *, by: User | None, at: datetime, **told: Any
) -> Taken:
    """Take in articles that somebody hands over as files.

    ``told`` is what they say of all of them (address, published, language, title); it stands where
    a file does not say it.
    """
    source = sources.hand_in_source(unit, by=by, at=at)
    entries: list[Entry] = []
    for name, raw in files:
        try:
            found = papers.entries(raw, name)
        except Unreadable as trouble:
            words = troubles.in_words(trouble.code, trouble.params)
            raise Refused(f"{name}: {words}" if name else words, field="files") from trouble
        entries += [_told(entry, told) for entry in found]
    if not entries:
        raise Refused(_("No article was found in it."), field="files")
    taken = ingest(source, entries[:CHUNK], by=by, at=at)
    if rest := entries[CHUNK:]:
        later.put_off(source, rest, by=by, at=at)
    return taken


def _told(entry: Entry, told: dict[str, Any]) -> Entry:
    own = {
        name: value
        for name, value in told.items()
        if value and (name in {"address", "title"} or not getattr(entry, name))
    }
    return replace(entry, **own)
