"""How articles come in: visits to sources, files handed in. Taking in twice changes nothing."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gyoryu.accounts.models import Unit, User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.history import actions as history
from gyoryu.newsroom import feeds, fetching, likeness, papers
from gyoryu.newsroom.actions import later, reading, sources
from gyoryu.newsroom.fetching import Fetched
from gyoryu.newsroom.models import Article, Source, Version, Visit
from gyoryu.newsroom.pages import Selectors, listed
from gyoryu.newsroom.papers import Entry, Unreadable
from gyoryu.newsroom.queries import articles as known
from gyoryu.newsroom.rules import sources as rules
from gyoryu.newsroom.rules import troubles
from gyoryu.newsroom.text.addresses import resolved

logger = logging.getLogger(__name__)
CHUNK = 20
MOST_FILES = 5000
LONGEST = 200_000  # letters of one article that are kept and read
# While one worker visits, no other does; after so long a visit is taken for dead.
_CLAIM = timedelta(minutes=15)
Bring = Callable[..., Fetched]


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


@dataclass(frozen=True)
class _Found:
    """What a source answered."""

    entries: list[Entry]
    status: int = 200
    fetched: Fetched | None = None
    doubts: tuple[str, ...] = ()


def visit(source: Source, *, by: User | None, at: datetime, bring: Bring = fetching.fetch) -> Visit:
    """Visit a source and keep what it has for taking in; ``go_on`` takes it in bit by bit.

    The network is asked outside any transaction. What goes wrong is kept with the visit, and each
    failure makes the next visit wait longer.
    """
    check_may(by, "newsroom.sources", source.unit)
    rules.check_visit(source)
    try:
        found = _found(source, at, bring)
    except Unreadable as trouble:
        return _missed(source, trouble, by=by, at=at)
    return _visited(source, found, by=by, at=at)


def _found(source: Source, at: datetime, bring: Bring) -> _Found:
    if source.kind == Source.Kind.FOLDER:
        return _Found(_in_folder(source))
    answer = bring(
        source.address, etag=source.etag or None, modified=source.modified or None, now=at
    )
    if answer.unchanged:
        return _Found([], 304, answer)
    if answer.status != 200:
        raise fetching.Unreachable("status", status=answer.status)
    if source.kind == Source.Kind.PAGE:
        named = _listed(answer, source)
        return _Found([_page(answer, source)] if named is None else named, fetched=answer)
    feed = feeds.parse(answer.content, address=answer.address, content_type=answer.content_type)
    return _Found(list(feed.entries), fetched=answer, doubts=feed.doubts)


def _listed(answer: Fetched, source: Source) -> list[Entry] | None:
    """Give the releases of a page that lists them, those not yet known; none where it is no list.

    They are fetched one by one when they are taken in, each as its robots allow.
    """
    found = listed.links(answer.content, address=answer.address, content_type=answer.content_type)
    if not found:
        return None
    new = known.unknown(source.unit.root_id, [link.address for link in found])
    return [
        Entry(title=link.words[:200], address=link.address, identity=link.address)
        for link in found
        if link.address in new
    ]


def _page(answer: Fetched, source: Source) -> Entry:
    return papers.entry_of_page(
        answer.content,
        address=answer.address,
        content_type=answer.content_type,
        selectors=Selectors(**source.selectors),
    )


def _in_folder(source: Source) -> list[Entry]:
    try:
        folder = rules.check_folder(source.address)
    except Refused as refusal:
        raise Unreadable("no-folder") from refusal
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in papers.SUFFIXES)
    found: list[Entry] = []
    for file in files[:MOST_FILES]:
        # A link in the folder must not lead out of it.
        if file.is_file() and file.resolve().is_relative_to(folder):
            told = papers.entries(file.read_bytes(), file.name)
            found += [one if one.address else _filed(one, file.name) for one in told]
    return found


def _filed(entry: Entry, name: str) -> Entry:
    return replace(entry, identity=f"{name}#{entry.identity}")


@transaction.atomic
def _visited(source: Source, found: _Found, *, by: User | None, at: datetime) -> Visit:
    answer = found.fetched
    source.visited_at, source.failures = at, 0
    if answer:
        source.etag, source.modified = answer.etag[:300], answer.modified[:100]
        source.address = answer.moved_to[:500] or source.address
    source.next_visit_at = _next(source, at, found.status, answer)
    source.save()
    visit = Visit(source=source, begun_at=at, by=by, status=found.status, doubts=list(found.doubts))
    visit.waiting = [papers.kept(entry) for entry in found.entries]
    visit.total = len(visit.waiting)
    visit.ended_at = None if visit.waiting else at
    visit.seen_to_at = at
    visit.save()
    return visit


@transaction.atomic
def _missed(source: Source, trouble: Unreadable, *, by: User | None, at: datetime) -> Visit:
    source.visited_at, source.failures = at, source.failures + 1
    status = int(trouble.params.get("status", 0))
    source.next_visit_at = _next(source, at, status, None)
    source.save(update_fields=["visited_at", "failures", "next_visit_at"])
    return Visit.objects.create(
        source=source,
        begun_at=at,
        ended_at=at,
        by=by,
        status=status,
        trouble=trouble.code,
        params=dict(trouble.params),
    )


def _next(source: Source, at: datetime, status: int, answer: Fetched | None) -> datetime:
    return fetching.next_visit(
        at,
        every=timedelta(minutes=source.every_minutes),
        status=status,
        failures=source.failures,
        retry_after=answer.retry_after if answer else None,
        key=source.address,
    )


def go_on(
    visit: Visit, *, by: User | None, at: datetime, most: int = CHUNK, bring: Bring = fetching.fetch
) -> Visit:
    """Take in the next articles of a visit; a visit cut short is gone on with where it stopped."""
    check_may(by, "newsroom.sources", visit.source.unit)
    chunk = [papers.restored(told) for told in visit.waiting[:most]]
    whole = [_whole(entry, visit.source, at, bring) for entry in chunk]
    with transaction.atomic():
        now = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
        if len(now.waiting) != len(visit.waiting):
            # Somebody else went on with it while the pages were fetched.
            visit.refresh_from_db()
            return visit
        taken = ingest(visit.source, [entry for entry in whole if entry], by=by, at=at)
        taken += Taken(failed=whole.count(None))
        visit.waiting = visit.waiting[most:]
        for name in ("made", "updated", "same", "failed", "facts"):
            setattr(visit, name, getattr(visit, name) + getattr(taken, name))
        visit.ended_at = None if visit.waiting else at
        visit.seen_to_at = at
        visit.save()
    return visit


def _whole(entry: Entry, source: Source, at: datetime, bring: Bring) -> Entry | None:
    """Fetch the page of an entry that its feed gives no text of; none when it cannot be read."""
    if entry.body or not entry.address or source.kind not in (Source.Kind.FEED, Source.Kind.PAGE):
        return entry
    try:
        answer = bring(entry.address, now=at)
        page = _page(answer, source) if answer.status == 200 else None
    except Unreadable:
        return None
    if page is None:
        return None
    return replace(
        page,
        # A list may cut its headlines short; a feed does not.
        title=_title(entry, page, source),
        address=entry.address,
        identity=entry.identity,
        published=entry.published or page.published,
    )


def _title(entry: Entry, page: Entry, source: Source) -> str:
    if source.kind == Source.Kind.PAGE:
        return page.title or entry.title
    return entry.title or page.title


def visit_due(*, at: datetime, by: User | None, bring: Bring = fetching.fetch) -> int:
    """Visit every source whose time has come, and finish visits that were cut short.

    Return how many visits that were. Safe beside another worker: each source, and each visit left
    behind, is claimed by an update of which only one can be the first.
    """
    count = 0
    for left in known.left_behind(at - _CLAIM):
        mine = Visit.objects.filter(pk=left.pk, ended_at=None, seen_to_at=left.seen_to_at)
        if mine.update(seen_to_at=at):
            _finish(left, by=by, at=at, bring=bring)
            count += 1
    for source in known.due(at):
        mine_too = Source.objects.filter(pk=source.pk, next_visit_at=source.next_visit_at)
        if mine_too.update(next_visit_at=at + _CLAIM):
            _one_round(source, by=by, at=at, bring=bring)
            count += 1
    return count


def _one_round(source: Source, *, by: User | None, at: datetime, bring: Bring) -> None:
    """Visit one source; what nobody foresaw is kept as its trouble, and the others go on."""
    try:
        _finish(visit(source, by=by, at=at, bring=bring), by=by, at=at, bring=bring)
    except Exception:
        logger.exception("Source %s was not visited", source.pk)
        _missed(source, Unreadable("unforeseen"), by=by, at=at)


def _finish(visit: Visit, *, by: User | None, at: datetime, bring: Bring) -> None:
    while visit.ended_at is None:
        go_on(visit, by=by, at=at, bring=bring)


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
