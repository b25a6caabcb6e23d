"""Pages of press offices, read into articles without what surrounds them."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from gyoryu.newsroom.pages import chrome, facts, lines
from gyoryu.newsroom.pages.lines import sift
from gyoryu.newsroom.pages.values import Article, Cut, Selectors
from gyoryu.newsroom.text import encoding, languages, markup, times
from gyoryu.newsroom.text.refusal import Unreadable

__all__ = ["LIMIT", "Article", "Cut", "Selectors", "Unreadable", "article", "sift"]

LIMIT = 3_000_000  # bytes; a press release with its page is a few hundred thousand

_TOP = 40


@dataclass(frozen=True)
class _Page:
    tree: LexborHTMLParser
    selectors: Selectors
    told: facts.Facts
    zone: tzinfo
    all_lines: tuple[str, ...]


def article(
    page: str | bytes,
    *,
    address: str = "",
    content_type: str = "",
    selectors: Selectors | None = None,
    zone: tzinfo = times.KST,
) -> Article:
    """Read a web page or a text file, or raise Unreadable ("too-large", "empty").

    `selectors` are those of the source; `zone` is meant where a time names none.
    """
    if len(page) > LIMIT:
        raise Unreadable("too-large", bytes=len(page), limit=LIMIT)
    decoded = _decoded(page, content_type)
    text = markup.without_controls(decoded.text)
    if not text.strip():
        raise Unreadable("empty")
    if _is_plain(text, content_type):
        read = _of_text(text, zone)
    elif markup.is_tangled(text):
        read = _of_text(markup.plain(text), zone)
        read = replace(read, doubts=("tangled-markup", *read.doubts))
    else:
        read = _of_html(text, selectors or Selectors(), zone)
    lost = ("letters-lost",) if decoded.lost else ()
    return replace(read, address=address, encoding=decoded.encoding, doubts=(*read.doubts, *lost))


def _decoded(page: str | bytes, content_type: str) -> encoding.Decoded:
    if isinstance(page, str):
        return encoding.Decoded(page, "utf-8")
    return encoding.decode(page, content_type)


def _is_plain(text: str, content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    if kind.startswith("text/") and kind != "text/html":
        return True
    return not markup.has_tags(text)


def _of_text(text: str, zone: tzinfo) -> Article:
    tidied = markup.tidy(text)
    title = next((line for line in tidied.split("\n") if not lines.is_header(line)), "")
    title = title if lines.may_be_title(title) else ""
    body, cut = lines.sift(tidied, title)
    published, updated = facts.times_in(tidied.split("\n")[:_TOP], zone)
    return Article(
        title=markup.fold(title),
        body=body,
        published=published,
        updated=updated,
        language=languages.of(f"{title}\n{body}"),
        cut=cut,
        doubts=() if body else ("no-body",),
    )


def _of_html(text: str, selectors: Selectors, zone: tzinfo) -> Article:
    tree = LexborHTMLParser(text)
    told = facts.of_page(tree, zone)
    page = _Page(tree, selectors, told, zone, tuple(markup.of_tree(tree.body).split("\n")))
    chosen = {name: _chosen(page, name) for name in ("title", "published", "updated")}
    doubts = _prune(page)
    root = _root(page)
    whole = markup.of_tree(root)
    title = chosen["title"] or facts.title(told, whole.split("\n")[:6], page.all_lines[: 5 * _TOP])
    body, cut = lines.sift(whole, title)
    published, updated = facts.times_in(_labelled_lines(page, cut), zone)
    missed = ("selector-missed",) if selectors.body and not _selected(page) else ()
    return Article(
        title=title,
        body=body,
        html=markup.safe(root.html or "") if root is not None else "",
        published=_time(chosen["published"], zone) or told.published or published,
        updated=_time(chosen["updated"], zone) or told.updated or updated,
        language=languages.of(f"{title}\n{body}", told.language),
        cut=cut,
        doubts=(*doubts, *missed, *(() if body else ("no-body",))),
    )


def _labelled_lines(page: _Page, cut: tuple[Cut, ...]) -> list[str]:
    # What was cut as a board's or a header's line first: a label in the menu is not the article's.
    own = [one.text for one in cut if one.reason in ("board", "header")]
    return [*own, *page.all_lines[: 10 * _TOP]]


def _prune(page: _Page) -> tuple[str, ...]:
    try:
        chrome.without_chrome(page.tree, page.selectors.drop)
    except SelectolaxError:
        chrome.without_chrome(page.tree)
        return ("bad-selector",)
    return ()


def _root(page: _Page) -> LexborNode | None:
    return _selected(page) or chrome.article_root(page.tree)


def _selected(page: _Page) -> LexborNode | None:
    return _css_first(page.tree, page.selectors.body)


def _chosen(page: _Page, name: str) -> str:
    node = _css_first(page.tree, getattr(page.selectors, name))
    return markup.fold(node.text(separator=" ")) if node is not None else ""


def _css_first(tree: LexborHTMLParser, selector: str) -> LexborNode | None:
    if not selector:
        return None
    try:
        return tree.css_first(selector)
    except SelectolaxError:
        return None


def _time(words: str, zone: tzinfo) -> datetime | None:
    if not words:
        return None
    return times.read(words, zone) or facts.times_in([words], zone)[0]
