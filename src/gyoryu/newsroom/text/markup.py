"""Markup becomes paragraphs of plain text, or safe HTML.

HTML5 parsers are quadratic on two shapes that nobody writes by hand: thousands of open elements,
and a pile of unclosed <b id=…> that every later paragraph copies. Both are seen by one linear scan
beforehand (`is_tangled`), and such markup is only stripped of its tags.
"""

import html as entities
import re
from collections.abc import Iterator

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

# fmt: off
_BLOCKS = frozenset((
    "p", "div", "section", "article", "aside", "header", "footer", "main", "nav", "h1", "h2", "h3",
    "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr",
    "blockquote", "pre", "figure", "figcaption", "form", "fieldset", "address", "hr", "center",
    "caption", "details", "summary",
))
_LINES = frozenset(("br", "li"))
_CELLS = frozenset(("td", "th"))
_TYPED = frozenset(("pre", "textarea", "listing", "xmp"))
_SILENT = frozenset((
    "script", "style", "noscript", "template", "title", "head", "iframe", "svg", "object",
))
_VOID = frozenset((
    "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track",
    "wbr", "param",
))
# Their end tags are often left out, so an open one says nothing about depth.
_LOOSE = frozenset((
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "thead", "tbody", "tfoot", "colgroup",
    "html", "body",
))
_FORMATTING = frozenset((
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
))
# fmt: on
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
_REAL_TAG = re.compile(
    r"<(?:!doctype|/?(?:html|body|head|div|p|br|table|td|span|a|h[1-6]|article|section|ul|li))[\s/>]",
    re.I,
)
_SCRIPT = re.compile(r"<(/?)(?:script|style)\b", re.I)
_ANY_TAG = re.compile(r"<!--[^<>]*-->|</?[A-Za-z!?][^<>]*>")
_DEEPEST, _MOST_COPIES, _MOST_REFERENCES = 400, 300_000, 20_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINE = re.compile(r"(?<=\S)[ \t]*\n[ \t]*\n\s*(?=\S)")
_BREAK = re.compile(r"\s+")
_SPACES = re.compile(r"[ \t\r\f\v\xa0\u200b\ufeff]+")
_KEPT_TAGS = {
    "p", "br", "h2", "h3", "h4", "h5", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead",
    "tbody", "tr", "td", "th", "caption", "blockquote", "strong", "b", "em", "i", "u", "sup", "sub",
    "a", "figure", "figcaption", "hr", "span", "div",
}  # fmt: skip
_KEPT_ATTRIBUTES = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def fold(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def without_controls(text: str) -> str:
    """The text without letters that XML forbids."""
    return _ILLEGAL.sub("", text)


def plain(markup: str) -> str:
    """The text of some HTML: a blank line between blocks, a line for each <br> and list item."""
    if "<" not in markup and "&" not in markup:
        return tidy(markup)
    if is_tangled(markup):
        return tidy(entities.unescape(_ANY_TAG.sub("\n", _without_scripts(markup))))
    return of_tree(LexborHTMLParser(markup).root)


def of_tree(root: LexborNode | None) -> str:
    """The text below one node, laid out as `plain` does."""
    return tidy("".join(_pieces(root))) if root is not None else ""


def tidy(text: str) -> str:
    """Lines without stray spaces, and never more than one blank line in a row."""
    kept: list[str] = []
    for line in _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        line = line.strip()
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def safe(markup: str) -> str:
    """The HTML with only harmless tags left; empty when it is too tangled to keep."""
    # The cleaner needs quadratic time for references in a row, so it never sees very many.
    if not markup or markup.count("&") > _MOST_REFERENCES or is_tangled(markup):
        return ""
    return nh3.clean(
        markup,
        tags=_KEPT_TAGS,
        attributes=_KEPT_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def has_tags(text: str) -> bool:
    """Whether the text is markup at all."""
    return _REAL_TAG.search(text) is not None


def is_tangled(markup: str) -> bool:
    """Whether a tree of this markup would be so deep or so repeated that building it never ends."""
    depth = formatting = copies = 0
    for closing, tag in _TAG.findall(markup):
        name = tag.lower()
        step = -1 if closing else 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        elif name not in _VOID and name not in _LOOSE:
            depth = max(0, depth + step)
        copies += formatting  # each block may open all formatting anew
        if depth > _DEEPEST or copies > _MOST_COPIES:
            return True
    return False


def _without_scripts(markup: str) -> str:
    kept: list[str] = []
    at, hidden = 0, False
    for found in _SCRIPT.finditer(markup):
        if not hidden:
            kept.append(markup[at : found.start()])
        at, hidden = found.start(), not found[1]
    return "".join((*kept, "" if hidden else markup[at:]))


def _pieces(root: LexborNode) -> Iterator[str]:
    # By hand and not by recursion, so that depth costs no stack.
    waiting: list[tuple[LexborNode | str, bool]] = [(root, False)]
    while waiting:
        node, as_typed = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node.is_text_node:
            yield _laid_out(node.text_content or "", as_typed)
        elif (node.is_element_node and node.tag not in _SILENT) or node.tag == "-document":
            before, after = _breaks(node.tag or "")
            yield before
            waiting.append((after, False))
            typed = as_typed or node.tag in _TYPED
            below = [(child, typed) for child in node.iter(include_text=True)]
            waiting.extend(reversed(below))


def _laid_out(text: str, as_typed: bool) -> str:
    if as_typed:
        return text
    # A blank line inside one text is meant: such pages show it by their style sheet.
    return "\n\n".join(_BREAK.sub(" ", part) for part in _BLANK_LINE.split(text))


def _breaks(tag: str) -> tuple[str, str]:
    if tag in _BLOCKS:
        return "\n\n", "\n\n"
    if tag in _LINES:
        return "\n", ""
    return ("", "\t") if tag in _CELLS else ("", "")
