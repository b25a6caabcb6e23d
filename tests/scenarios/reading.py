"""Reading a page as somebody reads it: its text, its sections, its tables, and its forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "use", "wbr"}
INLINE = {"a", "b", "i", "em", "strong", "span", "time", "svg", "label", "button", "cite"}


@dataclass
class Node:
    """An element of a page, or (with an empty tag) a stretch of its text."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    text: str = ""
    inside: list["Node"] = field(default_factory=list)

    def all(self, *tags):
        """Every element of these tags, in the order of the page."""
        for node in self.inside:
            if node.tag in tags:
                yield node
            yield from node.all(*tags)

    def words(self):
        """The text as it is read, on one line. What only assistive technology says counts too."""
        return " ".join(self._pieces().split())

    def _pieces(self):
        if not self.tag:
            return self.text
        inside = "".join(node._pieces() for node in self.inside)
        return inside if self.tag in INLINE and not self._a_chip() else f" {inside} "

    def _a_chip(self):
        return "chip" in self.attrs.get("class", "").split()


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("html")
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        while len(self.open) > 1 and self.open.pop().tag != tag:
            pass

    def handle_data(self, data):
        self.open[-1].inside.append(Node("", text=data))


def tree(html):
    """Return the elements of a page."""
    builder = _Builder()
    builder.feed(html)
    return builder.root


class Page:
    """An answered page: ``text`` is what its main part says."""

    def __init__(self, reply):
        self.reply, self.status = reply, reply.status_code
        root = tree(reply.content.decode())
        self.main = next(root.all("main"), root)
        self.context = reply.context

    def __contains__(self, words):
        return words in self.text

    @property
    def text(self):
        return self.main.words()

    def section(self, title):
        """The text of the card under a heading, the heading left out."""
        return self._card(title).words().removeprefix(title).strip()

    def _card(self, title):
        for section in self.main.all("section"):
            heading = next(section.all("h2", "h3"), None)
            if heading is not None and heading.words() == title:
                return section
        titles = [one.words() for one in self.main.all("h2", "h3")]
        raise LookupError(f"no section “{title}” among {titles}")

    def table(self, title=""):
        """The rows of the first table (of a section), cell by cell."""
        within = self._card(title) if title else self.main
        body = next(within.all("tbody"), Node("tbody"))
        return [[cell.words() for cell in row.all("th", "td")] for row in body.all("tr")]

    def steps(self, title):
        """The items of a section's list, each as [what, the small print under it]."""
        listed = next(self._card(title).all("ol", "ul"), Node("ol"))
        return [_item(one) for one in listed.inside if one.tag == "li"]

    def facts(self, title):
        """The pairs of a section's list of facts, by their terms."""
        return dict(self.pairs(title))

    def pairs(self, title):
        """The pairs of a section's list of facts, where a term comes more than once."""
        terms = [one.words() for one in self._card(title).all("dt")]
        return list(zip(terms, (one.words() for one in self._card(title).all("dd")), strict=True))

    def promises(self, side=""):
        """What was said, in the words used, of one side ("ours", "theirs") or of both."""
        parts = [one for one in self.main.all("section") if one.attrs.get("class") == side]
        found = [one for part in parts or [self.main] for one in part.all("article")]
        return [next(one.all("blockquote")).words() for one in found if any(one.all("blockquote"))]

    def errors(self):
        """What the form complains about, by field."""
        return dict(self.context["form"].errors.items())


def _item(node):
    small = next(node.all("small"), None)
    what = Node("li", inside=[one for one in node.inside if one is not small])
    return [what.words(), small.words() if small else ""]


class Form:
    """A form as a browser holds it: every field with what stands in it."""

    def __init__(self, page):
        found = [
            one
            for one in page.main.all("form")
            if one.attrs.get("method") == "post" and "filters" not in one.attrs.get("class", "")
        ]
        assert found, f"no form on this page: {page.text[:400]}"
        self.node, self.choices, self.values = found[0], {}, {}
        self.buttons = set()
        for one in self.node.all("input", "select", "textarea", "button"):
            if name := one.attrs.get("name"):
                self._take(name, one)
        for label in self.node.all("label"):
            self._label(label)

    def _take(self, name, node):
        kind = node.attrs.get("type", "text") if node.tag == "input" else node.tag
        if kind == "button":
            self.buttons.add((name, node.attrs.get("value", "")))
        elif kind in {"radio", "checkbox"}:
            self.values.setdefault(name, [])
            if "checked" in node.attrs:
                self.values[name].append(node.attrs.get("value", "on"))
        elif kind == "select":
            self.values[name] = self._options(name, node)
        elif kind == "textarea":
            self.values[name] = ["".join(one.text for one in node.inside).removeprefix("\n")]
        elif kind == "file":
            self.values[name] = []
        else:
            self.values[name] = [node.attrs.get("value", "")]

    def _options(self, name, node):
        options = list(node.all("option"))
        self.choices[name] = {one.words(): one.attrs.get("value", "") for one in options}
        chosen = [one.attrs.get("value", "") for one in options if "selected" in one.attrs]
        first = [one.attrs.get("value", "") for one in options[:1]]
        return chosen or ([] if "multiple" in node.attrs else first)

    def _label(self, label):
        box = next(label.all("input"), None)
        if box is not None and box.attrs.get("type") in {"radio", "checkbox"}:
            named = self.choices.setdefault(box.attrs["name"], {})
            named[label.words()] = box.attrs.get("value", "on")

    def filled(self, fields):
        """Return what is sent when these fields are filled in and the rest is left as it is."""
        unknown = set(fields) - set(self.values)
        assert not unknown, f"the form has no {sorted(unknown)}, only {sorted(self.values)}"
        sent = {name: list(values) for name, values in self.values.items()}
        for name, value in fields.items():
            many = value if isinstance(value, list) else [value]
            named = self.choices.get(name, {})
            sent[name] = [named.get(one, one) if isinstance(one, str) else one for one in many]
        return sent
