"""Cutting texts into the tokens that an index holds.

One list of tokens serves both databases. A mark in front says what a token is: none, somewhere in
the record; ``^2_`` in the title or a name of a record of kind 2; ``=`` the whole title or name;
``~`` the sound of a name; ``@`` not a word at all but what the record is narrowed by.
"""

import re
from collections.abc import Iterable, Iterator

from gyoryu.base import names
from gyoryu.search.words import folding

LONGEST = 40
BEGINNING = 15
# A body longer than this is indexed by its beginning: 60,000 characters are some forty pages.
BODY = 60_000
# Letters that were there long before any database we run on.
_KNOWN = re.compile(
    "[@=~_^0-9a-z가-힣\u00df-\u00f6\u00f8-\u017e\u03ac-\u03ce\u0430-\u045f\u3041-\u3096\u30a1-\u30fa"
    "\u3400-\u4db5\u4e00-\u9fa5]+"
)


def titled(kind: int, token: str) -> str:
    """Return the token that says a word stands in the title or a name of a record of a kind.

    Titles are asked for kind by kind: few in one are not looked for among many in another.
    """
    return f"^{kind}_{token}"


def everything(
    kind: int, titles: Iterable[str], body: Iterable[str], sounds: Iterable[str]
) -> list[str]:
    """Return every token of a record of a kind, each once, in the order found."""
    found: dict[str, None] = {}
    mark = titled(kind, "")
    for title in titles:
        folded = folding.fold(names.nfc(title))
        for token in _of_title(folded):
            found[token] = found[mark + token] = None
        if wholly := whole(title):
            found[wholly] = None
    for text in body:
        found.update(dict.fromkeys(_of_body(folding.fold(names.nfc(text[:BODY])))))
    found.update((token, None) for key in sounds if (token := sound(key)))
    # Nearly every text is made of known letters: one look at all of it is cheaper than one each.
    return (
        list(found) if _KNOWN.fullmatch("".join(found)) else list(dict.fromkeys(map(plain, found)))
    )


def plain(token: str) -> str:
    """Write a token so that every database takes it for one word, whatever Unicode it knows."""
    if _KNOWN.fullmatch(token):
        return token
    return "".join(c if _KNOWN.fullmatch(c) else f"u{ord(c):x}u" for c in token)


def whole(title: str) -> str:
    """Return the token of a whole title or name, blind to blanks and signs; none when empty."""
    squeezed = "".join(run for run, _ in folding.runs(folding.fold(names.nfc(title))))
    return plain(f"={squeezed[:LONGEST]}") if squeezed else ""


def sound(key: str) -> str:
    """Return the token of a name's key by sound; none for a key of mere signs."""
    letters = ("".join(filter(str.isalnum, part)) for part in key.split())
    joined = "_".join(filter(None, letters))
    return f"~{joined[:LONGEST]}" if joined else ""


def _of_body(folded: str) -> Iterator[str]:
    for run, syllables in folding.runs(folded):
        if not syllables:
            yield folding.stem(run)[:LONGEST]
        elif len(run) == 1:
            yield run
        else:
            yield from pieces(run, 2)


def _of_title(folded: str) -> Iterator[str]:
    for run, syllables in folding.runs(_closed_up(folded)):
        if syllables:
            for length in (1, 2, 3):
                yield from pieces(run, length)
        else:
            yield from beginnings(run)


def _closed_up(folded: str) -> str:
    """Take away the blanks between syllables: 국제 협력 and 국제협력 are one."""
    parts = folded.split(" ")
    closed = parts[0]
    for part in parts[1:]:
        joins = closed[-1:] and folding.is_syllables(closed[-1]) and part[:1]
        apart = not (joins and folding.is_syllables(part[0]))
        closed += f" {part}" if apart else part
    return closed


def pieces(run: str, length: int) -> list[str]:
    """Return the pieces of so many characters."""
    return [run[start : start + length] for start in range(len(run) - length + 1)]


def beginnings(word: str) -> Iterator[str]:
    """Yield a word, what it is without the plural's s, and its beginnings from two letters on."""
    yield folding.stem(word)[:LONGEST]
    for length in range(min(2, len(word)), min(len(word), BEGINNING) + 1):
        yield word[:length]
    yield word[:LONGEST]
