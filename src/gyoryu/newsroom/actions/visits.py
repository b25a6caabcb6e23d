"""How sources are visited: asked outside any transaction, and taken in bit by bit."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.newsroom import feeds, fetching, papers
from gyoryu.newsroom.actions.ingest import CHUNK, Taken, ingest
from gyoryu.newsroom.fetching import Fetched
from gyoryu.newsroom.models import Source, Visit
from gyoryu.newsroom.pages import Selectors, listed
from gyoryu.newsroom.papers import Entry, Unreadable
from gyoryu.newsroom.queries import articles as known
from gyoryu.newsroom.rules import sources as rules

logger = logging.getLogger(__name__)
MOST_FILES = 5000
# While one worker visits, no other does; after so long a visit is taken for dead.
_CLAIM = timedelta(minutes=15)
Bring = Callable[..., Fetched]


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
        named = _listed(answer, source, at)
        return _Found([_page(answer, source)] if named is None else named, fetched=answer)
    feed = feeds.parse(answer.content, address=answer.address, content_type=answer.content_type)
    return _Found(list(feed.entries), fetched=answer, doubts=feed.doubts)


def _listed(answer: Fetched, source: Source, at: datetime) -> list[Entry] | None:
    """Give the releases of a page that lists them, new ones and those to be looked at again.

    None where the page is no list.

    They are fetched one by one when they are taken in, each as its robots allow.
    """
    found = listed.links(answer.content, address=answer.address, content_type=answer.content_type)
    if not found:
        return None
    addresses = [link.address for link in found]
    wanted = known.to_fetch(source.unit.root_id, addresses, source.visited_at, at)
    return [
        Entry(title=link.words[:200], address=link.address, identity=link.address)
        for link in found
        if link.address in wanted
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
