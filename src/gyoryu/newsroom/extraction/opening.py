"""Opens a text for reading: its language, its sentences and their roles."""

from __future__ import annotations

import re
from datetime import date, datetime

from gyoryu.newsroom.extraction import boilerplate, sentences
from gyoryu.newsroom.extraction.document import Document, Sentence

_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[A-Za-z]")


def open_document(
    text: str, published: date | datetime | None, lang: str | None, title: str
) -> Document:
    """Cut a text into sentences with roles."""
    day = published.date() if isinstance(published, datetime) else published
    rows = [
        Sentence(begin, stop, text[begin:stop], role, paragraph)
        for paragraph, (start, end, role) in enumerate(
            boilerplate.roles(text, sentences.lines(text))
        )
        for begin, stop in sentences.split(text, start, end)
    ]
    starts = [row.start for row in rows]
    return Document(text, lang or language(text), day, title, rows, starts, sentences.quoted(text))


def language(text: str) -> str:
    """Tell Korean from English by the letters of the opening: `ko` or `en`."""
    head = text[:2000]
    return "ko" if 2 * len(_HANGUL.findall(head)) > len(_LETTER.findall(head)) else "en"
