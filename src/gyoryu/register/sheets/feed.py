"""The register as Atom (RFC 4287): what changed, one entry a change, with identities that stay."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.feedgenerator import Atom1Feed

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


def government(documents: list[dict[str, Any]], language: str) -> bytes:
    """Write what changed in the newest publications as one feed, the newest first."""
    feed = _begun(documents[0], language, f"{language}/{_key(documents[0])}/")
    for document in documents:
        _add(feed, document, language)
    return feed.writeString("utf-8").encode()


def _key(document: dict[str, Any]) -> str:
    return str(document["government"]["key"])


def _begun(document: dict[str, Any], language: str, path: str) -> _Feed:
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
        updated=_time(document),
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
