"""Feeds whose tags were stripped, as some archives keep them.

Atom leaves   `author <![CDATA[title]]> address updated published body ]]>`   for each entry,
RSS leaves    `title date body`                                               and no separator.

Only what nobody writes inside an article marks an entry: an address followed by a time, or a whole
RFC 822 date. Each search looks back over a bounded window, so the work grows with the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from gyoryu.newsroom.feeds.titles import title_starts
from gyoryu.newsroom.feeds.values import Entry, Feed
from gyoryu.newsroom.text import languages, markup, times
from gyoryu.newsroom.text.addresses import canonical, resolved

_ISO = re.compile(
    r"(?<![\w/=])\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?"
    r"(?:Z|[+-]\d{2}:?\d{2})?(?!\S)"
)
_RFC = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), ?\d{1,2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}(?::\d{2})?"
    r"(?: ?(?:[+-]\d{4}|[A-Z]{1,4}\b))?"
)
# What stands between the date of a channel and its first title.
_CHANNEL = re.compile(
    r"\s{0,9}(?:[a-z]{2}(?:-[A-Za-z]{2})?(?=\s)\s{0,9})?(?:(?:hourly|daily|weekly)\s{1,9}\d{1,3}\s{0,9})?"
    r"(?:https?://[^\s<>]{1,300}(?=\s)\s{0,9})?"
)
_ADDRESS = re.compile(r"https?://\S{1,2000}(?=\s)")
_OPEN, _CLOSE = "<![CDATA[", "]]>"
_WINDOW = 2400


@dataclass(frozen=True)
class _Mark:
    """Where an entry announces itself: its title, its address, and the times before its body."""

    opens: int  # where the title begins, marks included
    title: tuple[int, int]
    body: int
    marked: bool  # the title stood between marks
    address: str = ""
    moments: tuple[str, ...] = ()


def read(text: str, *, address: str = "", zone: tzinfo = times.KST) -> Feed | None:
    """Split a flattened feed; None when nothing in the text announces an entry."""
    marks = _atom_marks(text)
    if marks:
        return _atom(text, marks, address, zone)
    if rfc := list(_RFC.finditer(text)):
        return _rss(text, rfc, address, zone)
    return None


def _atom_marks(text: str) -> list[_Mark]:
    marks: list[_Mark] = []
    ends = 0
    for found in _ISO.finditer(text):
        if found.start() >= ends and (mark := _atom_mark(text, ends, found)):
            marks.append(mark)
            ends = mark.body
    marked = [mark for mark in marks if mark.marked]
    return marked or [mark for mark in marks if mark.title[0] < mark.title[1]]


def _atom_mark(text: str, ends: int, found: re.Match[str]) -> _Mark | None:
    place = _token_before(text, max(ends, found.start() - _WINDOW), found.start())
    address = resolved(text[place : found.start()])
    if not address:
        return None
    second = _ISO.match(text, _past_space(text, found.end()))
    last = second or found
    moments = (found[0], second[0]) if second else (found[0],)
    body = _past_space(text, last.end())
    return _titled(text, ends, place, _Mark(0, (0, 0), body, False, address, moments))


def _titled(text: str, ends: int, place: int, mark: _Mark) -> _Mark:
    since = max(ends, place - _WINDOW)
    before = text[since:place].rstrip()
    if before.endswith(_CLOSE) and (opens := before.rfind(_OPEN)) >= 0:
        title = (since + opens + len(_OPEN), since + len(before) - len(_CLOSE))
        return replace(mark, opens=since + opens, title=title, marked=True)
    starts = since + before.rfind("\n") + 1
    return replace(mark, opens=starts, title=(starts, since + len(before)))


def _token_before(text: str, since: int, until: int) -> int:
    before = text[since:until]
    words = before.rsplit(maxsplit=1)
    return since + before.rfind(words[-1]) if words else until


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _atom(text: str, marks: list[_Mark], address: str, zone: tzinfo) -> Feed:
    ends = [mark.opens for mark in marks[1:]] + [len(text)]
    entries, authors = [], [_author(text, marks[0].opens)]
    for mark, end in zip(marks, ends, strict=True):
        span, author = _body(text, mark, end)
        entries.append(_entry(text, mark, span, zone))
        authors.append(author)
    # The first author runs together with the feed's own heading: known only from the others.
    if authors[0] and (known := next(filter(None, authors[1:]), "")):
        authors[0] = known if authors[0].endswith(known) else ""
    signed = zip(entries, authors, strict=False)
    return Feed(
        "flattened-atom",
        title=_heading(text[: marks[0].opens]),
        address=address,
        entries=tuple(
            replace(entry, authors=(author,)) if author else entry for entry, author in signed
        ),
        doubts=_atom_doubts(text, marks),
    )


def _atom_doubts(text: str, marks: list[_Mark]) -> tuple[str, ...]:
    cut = marks[-1].marked and text.find(_CLOSE, marks[-1].body) < 0
    guessed = any(not mark.marked for mark in marks)
    return (("cut-short",) if cut else ()) + (("titles-guessed",) if guessed else ())


def _author(text: str, until: int) -> str:
    return markup.fold(text[max(0, until - 400) : until])


def _body(text: str, mark: _Mark, end: int) -> tuple[tuple[int, int], str]:
    """The body's span, and the author of the next entry, who stands between the marks."""
    closes = text.rfind(_CLOSE, mark.body, end) if mark.marked else -1
    author = markup.fold(text[closes + len(_CLOSE) : end][:200]) if closes >= 0 else ""
    starts = _past_summary(text, mark.body, closes if closes >= 0 else end)
    return _trimmed(text, starts, closes if closes >= 0 else end), author


def _past_summary(text: str, starts: int, end: int) -> int:
    """Past `<![CDATA[summary]]>` where a body follows it; into it where it is all there is."""
    if not text.startswith(_OPEN, starts):
        return starts
    closes = text.find(_CLOSE, starts, end)
    if closes >= 0 and text[closes + len(_CLOSE) : end].strip():
        return closes + len(_CLOSE)
    return starts + len(_OPEN)


def _trimmed(text: str, starts: int, end: int) -> tuple[int, int]:
    starts = min(_past_space(text, starts), end)
    return starts, starts + len(text[starts:end].rstrip())


def _entry(text: str, mark: _Mark, span: tuple[int, int], zone: tzinfo) -> Entry:
    title, body = markup.fold(text[slice(*mark.title)]), text[slice(*span)]
    # Archives disagree on the order of the two times, but nothing is updated before it appears.
    moments = sorted(_moments(mark.moments, zone))
    return Entry(
        title=title,
        address=mark.address,
        identity=canonical(mark.address) or f"{title}|{mark.moments[0] if mark.moments else ''}",
        published=moments[0] if moments else None,
        updated=moments[-1] if len(moments) > 1 else None,
        language=languages.of(f"{title}\n{body}"),
        body=body,
        span=span,
    )


def _moments(told: tuple[str, ...], zone: tzinfo) -> Iterator[datetime]:
    for words in told:
        if moment := times.read(words, zone):
            yield moment


def _heading(text: str) -> str:
    first = _ISO.search(text)
    heading = text[: first.start()] if first else text
    return markup.fold(heading.split("http")[0])[:300]


def _rss(text: str, found: list[re.Match[str]], address: str, zone: tzinfo) -> Feed:
    heading, found, first = _without_channel(text, found)
    dates = [_with_addresses(text, one) for one in found]
    opens = title_starts(text, first, [(date.starts, date.ends) for date in dates])
    ends = [*opens[1:], len(text)]
    entries = []
    for date, title, end in zip(dates, opens, ends, strict=True):
        place = resolved(date.address)
        mark = _Mark(title, (title, date.starts), date.ends, False, place, (date.words,))
        entries.append(_entry(text, mark, _trimmed(text, date.ends, end), zone))
    return Feed(
        "flattened-rss",
        title=heading,
        address=address,
        entries=tuple(entries),
        doubts=("titles-guessed",),
    )


@dataclass(frozen=True)
class _Date:
    """A date with the addresses beside it: some archives keep the link before it, some the guid."""

    words: str
    starts: int
    ends: int
    address: str = ""


def _with_addresses(text: str, found: re.Match[str]) -> _Date:
    starts, ends, address = found.start(), _past_space(text, found.end()), ""
    for _ in range(2):
        place = _token_before(text, max(0, starts - _WINDOW), starts)
        token = text[place:starts].strip()
        if not token.startswith(("http://", "https://")):
            break
        starts, address = place, token
    if after := _ADDRESS.match(text, ends):
        ends, address = _past_space(text, after.end()), address or after[0]
    return _Date(found[0], starts, ends, address)


def _without_channel(text: str, dates: list[re.Match[str]]) -> tuple[str, list[re.Match[str]], int]:
    """The heading, the dates of entries, and where the first title may begin.

    The first date is the channel's own when its language, rhythm or generator follows it.
    """
    after = _CHANNEL.match(text, dates[0].end())
    if len(dates) > 1 and after and after[0].strip():
        return _heading(text[: dates[0].start()]), dates[1:], after.end()
    return "", dates, 0
