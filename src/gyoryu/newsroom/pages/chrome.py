"""The parts of a page that are no article, told by tags and names, and where the article is."""

import re
from collections.abc import Callable, Iterator

import trafilatura
from selectolax.lexbor import LexborHTMLParser, LexborNode

_NEVER = frozenset(("script", "style", "noscript", "template", "select", "iframe", "svg"))
_RARELY = frozenset(("nav", "footer", "aside", "form", "button", "figcaption"))
_ROLES = frozenset(("navigation", "search", "banner", "contentinfo"))
_WHOLE = frozenset(("html", "body", "main", "article"))
_INLINE = frozenset(("p", "span", "font", "b", "strong", "tr", "ul", "ol"))
_NAMES = re.compile(
    r"(?:^|[-_\s])(?:gnb|lnb|snb|tnb|nav(?:i|bar|igation)?|menu\w*|bread-?crumbs?|location|path|footer|foot|share\w*|sns\w*|social"
    r"|relat(?:ed|ion)\w*|recommend\w*|best\w*|rank\w*|popular|trending|banner\w*|quick\w*|satisf\w*|survey|comments?|reply|copy"
    r"|copyright|kogl|ccl|licen[cs]e|weather|prev\w*|next\w*|paging|pagination|pager|skip\w*|search\w*|login|util\w*|family\w*"
    r"|(?:img|photo|pic)?-?caption|ads?|advert\w*|tags?|attach\w*|file\w*|btn\w*|buttons?|popup\w*|modal|sidebar|widget\w*|subscribe"
    r"|newsletter|toolbar|cookie\w*|toc|view-?info|meta|info-?list|writer|byline)(?=$|[-_\s])",
    re.I,
)
_LISTS = frozenset(("ul", "ol", "dl", "table"))
_MOST_OF_PAGE = 0.4
_LINKED = 0.9
_ENOUGH = 0.8


def without_chrome(tree: LexborHTMLParser, drop: str = "") -> None:
    """Take menus, footers, share bars and their like out of the tree, and what `drop` selects."""
    chosen = {node.mem_id for node in tree.css(drop)} if drop else set()
    sizes, linked = _sizes(tree), _sizes(tree, only_links=True)
    whole = max(sizes.values(), default=0)

    def goes(node: LexborNode) -> bool:
        if node.tag in _NEVER or node.mem_id in chosen:
            return True
        size = sizes.get(node.mem_id, 0)
        # Some pages wrap all they have in one <form> or in <div class="sub-menu-page">.
        if size >= _MOST_OF_PAGE * whole:
            return False
        links = linked.get(node.mem_id, 0)
        return _is_chrome(node) or (node.tag in _LISTS and size > 0 and links > _LINKED * size)

    for node in _topmost(tree, goes):
        node.decompose()


def article_root(tree: LexborHTMLParser) -> LexborNode | None:
    """The smallest element that holds nearly all of what trafilatura takes for the article.

    Only the place is taken from it, not the text: it leaves out short lines and tables, which in
    these releases hold the figures.
    """
    wanted = set[str]()
    for line in _found_by_trafilatura(tree):
        wanted.update(_triples(line))
    if not wanted or tree.body is None:
        return tree.body
    return _holding(tree.body, wanted)


def _topmost(tree: LexborHTMLParser, goes: Callable[[LexborNode], bool]) -> list[LexborNode]:
    """The outermost elements that go: one inside another must not be touched once it is gone."""
    found: list[LexborNode] = []
    waiting = [tree.root] if tree.root is not None else []
    while waiting:
        node = waiting.pop()
        if goes(node):
            found.append(node)
        else:
            waiting.extend(node.iter())
    return found


def _is_chrome(node: LexborNode) -> bool:
    if node.tag in _WHOLE:
        return False
    if (
        node.tag in _RARELY
        or _is_site_header(node)
        or (node.attributes.get("role") or "") in _ROLES
    ):
        return True
    told = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return len(told) > 1 and bool(_NAMES.search(told[:300]))


def _is_site_header(node: LexborNode) -> bool:
    # The header of an article, inside <article> or <main>, holds its title.
    return node.tag == "header" and node.parent is not None and node.parent.tag in ("body", "div")


def _found_by_trafilatura(tree: LexborHTMLParser) -> list[str]:
    found = trafilatura.extract(
        tree.html or "",
        fast=True,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
    )
    return (found or "").split("\n")


def _triples(line: str) -> Iterator[str]:
    """Three words in a row, which survive the splitting of a line by <b> and <a>."""
    words = line.replace("|", " ").split()
    if 0 < len(words) < 3:
        yield " ".join(words)
    for at in range(len(words) - 2):
        yield " ".join(words[at : at + 3])


def _holding(body: LexborNode, wanted: set[str]) -> LexborNode:
    own = {
        node.mem_id: sum(triple in wanted for triple in _triples(node.text_content or ""))
        for node in body.traverse(include_text=True)
        if node.is_text_node
    }
    weights = _summed(body, own)
    whole, node = weights.get(body.mem_id, 0), body
    while heavy := _heaviest(node, weights):
        if weights.get(heavy.mem_id, 0) < max(1, _ENOUGH * whole):
            break
        node = heavy
    while node.tag in _INLINE and node.parent is not None:
        node = node.parent
    return node


def _heaviest(node: LexborNode, weights: dict[int, int]) -> LexborNode | None:
    return max(node.iter(), key=lambda one: weights.get(one.mem_id, 0), default=None)


def _sizes(tree: LexborHTMLParser, *, only_links: bool = False) -> dict[int, int]:
    """Letters below each element, or only those that are links."""
    if tree.body is None:
        return {}
    own = {
        node.mem_id: len((node.text_content or "").strip())
        for node in tree.body.traverse(include_text=True)
        if node.is_text_node and _counts(node.parent, only_links)
    }
    return _summed(tree.body, own)


def _counts(parent: LexborNode | None, only_links: bool) -> bool:
    if parent is None or parent.tag in _NEVER:
        return False
    above = parent.parent
    return not only_links or parent.tag == "a" or (above is not None and above.tag == "a")


def _summed(body: LexborNode, own: dict[int, int]) -> dict[int, int]:
    """What each element holds: its own and that of all below it, children before parents."""
    sums = dict(own)
    for node in reversed(list(body.traverse(include_text=True))):
        parent = node.parent
        if parent is not None and node.mem_id != body.mem_id:
            sums[parent.mem_id] = sums.get(parent.mem_id, 0) + sums.get(node.mem_id, 0)
    return sums
