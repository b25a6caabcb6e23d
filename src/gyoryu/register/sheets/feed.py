"""The register as Atom (RFC 4287): what changed, one entry a change, with identities that stay."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from gyoryu.register.models import PageWithdrawal, Publication
from gyoryu.register.sheets.words import tell


class _Feed(Atom1Feed):
    """An Atom feed whose time is its publication's, even when it has no entry."""

    def latest_post_date(self) -> datetime:
        """Return when the newest publication in it was made."""
        return self.feed["updated"]  # type: ignore[no-any-return]


def month(document: dict[str, Any], language: str) -> bytes:
    """Write what changed in a month as a feed."""
    feed = _begun(document, language, f"{language}/{_key(document)}/{document['edition']}/")
    _add(feed, document, language)
    return feed.writeString("utf-8").encode()


def government(
    publications: Sequence[Publication], pages: Iterable[PageWithdrawal], language: str
) -> bytes:
    """Write what changed in the newest publications as one feed, the newest first.

    What was withdrawn is told of with its reason, and nothing that it said.
    """
    heads = [json.loads(one.head) for one in publications]
    feed = _begun(heads[0], language, f"{language}/{_key(heads[0])}/", updated(publications, pages))
    for page in pages:
        _add_page(feed, heads[0], page, language)
    for one, head in zip(publications, heads, strict=True):
        if one.withdrawn_at:
            _add_withdrawn(feed, head, one, language)
        else:
            _add(feed, head, language)
    return feed.writeString("utf-8").encode()


def withdrawn(publication: Publication, language: str) -> bytes:
    """Write the feed of a version that was withdrawn: that it was, and why."""
    head = json.loads(publication.head)
    path = f"{language}/{_key(head)}/{publication.edition}/"
    feed = _begun(head, language, path, publication.withdrawn_at)
    _add_withdrawn(feed, head, publication, language)
    return feed.writeString("utf-8").encode()


def updated(publications: Iterable[Publication], pages: Iterable[PageWithdrawal]) -> datetime:
    """Return when a government last published or withdrew something."""
    moments = [one.withdrawn_at or one.published_at for one in publications]
    return max([*moments, *(page.withdrawn_at for page in pages)])


def _add_withdrawn(feed: _Feed, head: dict[str, Any], one: Publication, language: str) -> None:
    with override(language):
        title = _("Withdrawn: register %(edition)s") % {"edition": one.edition}
    path = f"{language}/{_key(head)}/{one.edition}/"
    _add_told(feed, head, path, title, one.withdrawal, one.withdrawn_at)


def _add_page(feed: _Feed, head: dict[str, Any], page: PageWithdrawal, language: str) -> None:
    with override(language):
        title = _("Withdrawn: public page of %(key)s") % {"key": page.key}
    path = f"{language}/{_key(head)}/agreement/{quote(page.key)}/"
    _add_told(feed, head, path, title, page.reason, page.withdrawn_at, f"#{page.pk}")


def _add_told(
    feed: _Feed,
    head: dict[str, Any],
    path: str,
    title: str,
    reason: str,
    at: datetime | None,
    number: str = "",
) -> None:
    feed.add_item(
        title=title,
        link=f"{head['address']}/register/{path}",
        description=reason,
        unique_id=_identity(head, f"withdrawn/{path}{number}"),
        updateddate=at,
        pubdate=at,
        categories=["withdrawn"],
    )


def _key(document: dict[str, Any]) -> str:
    return str(document["government"]["key"])


def _begun(
    document: dict[str, Any], language: str, path: str, updated: datetime | None = None
) -> _Feed:
    words, whose = document["words"][language], document["government"][language]
    licence = document["licence"]
    address = f"{document['address']}/register/{path}"
    return _Feed(
        title=f"{whose} {words['texts']['register']}",
        link=address,
        description=None,
        language=language,
        author_name=whose,
        feed_url=f"{address.rstrip('/')}.atom",
        feed_guid=_identity(document, path),
        feed_copyright=f"{licence[language]} {licence['url']}",
        updated=updated or _time(document),
    )


def _add(feed: _Feed, document: dict[str, Any], language: str) -> None:
    words, root = document["words"][language], f"{document['address']}/register/{language}"
    told = [("changes", one) for one in document["changes"]["lines"]]
    told += [("corrections", one) for one in (document["corrections"] or {"lines": []})["lines"]]
    for part, line in told:
        title = tell("title", line["title"], words, language) or line["key"]
        own = f"{_key(document)}/agreement/{quote(line['key'])}/"
        feed.add_item(
            title=f"{words['change'][line['change']]}: {title}",
            link=f"{root}/{own}",
            description=_fields(line, words, language) or title,
            unique_id=_identity(document, f"{language}/{part}/{document['edition']}/{line['key']}"),
            updateddate=_time(document),
            pubdate=_time(document),
            categories=[line["change"]],
        )


def _fields(line: dict[str, Any], words: Any, language: str) -> str:
    said = []
    for one in line["fields"]:
        old, new = (tell(one["field"], one[end], words, language) or "–" for end in ("old", "new"))
        said.append(f"{words['columns'].get(one['field'], one['field'])}: {old} → {new}")
    return "\n".join(said)


def _identity(document: dict[str, Any], name: str) -> str:
    """Return a tag URI (RFC 4151): it stays what it is, wherever the site moves."""
    host = urlsplit(document["address"]).hostname or "gyoryu"
    return f"tag:{host},{document['as_of'][:4]}:register/{_key(document)}/{quote(name)}"


def _time(document: dict[str, Any]) -> datetime:
    said = document["published_at"] or f"{document['as_of']}T00:00:00+00:00"
    return datetime.fromisoformat(said).astimezone(UTC)
