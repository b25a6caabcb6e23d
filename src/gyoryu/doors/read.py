"""./gyoryu read: what press releases say, without a database.

Reads texts, web pages, feeds, and lists of articles (JSONL of id, lang, published, title, text).
With --json one line an article, {"id", "items"}; offsets count code points of the text that was
given, or of the article's body where a page or a feed was given.
"""

import argparse
import json
import os
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gyoryu.newsroom import extraction, papers
from gyoryu.newsroom.papers import Entry, Unreadable
from gyoryu.newsroom.text import times

WIDTHS = (11, 12, 22, 46)
KINDS = ("agreement", "engagement", "result", "support", "commitment", "person", "money", "date")


def main(argv: list[str]) -> int:
    """Read the files; the exit code is 1 when one could not be read, 2 when one is missing."""
    asked = _asked(argv)
    try:
        return _read(asked)
    except BrokenPipeError:
        # Whoever read our output has had enough; that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _read(asked: argparse.Namespace) -> int:
    failed = False
    for name, raw in _files(asked.files):
        try:
            for entry in papers.entries(raw, name):
                _tell(entry, asked)
        except Unreadable as trouble:
            failed = True
            print(f"{name}: {trouble}", file=sys.stderr)
    return 1 if failed else 0


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./gyoryu read", description=__doc__)
    parser.add_argument("files", nargs="*", default=["-"], metavar="FILE", help="- is the input")
    parser.add_argument("--json", action="store_true", help="one line of JSON an article")
    parser.add_argument("--with-text", action="store_true", help="add the text read to the JSON")
    parser.add_argument("--published", type=_day, help="the day of articles that do not tell it")
    parser.add_argument("--lang", choices=["ko", "en"], help="the language, if it is known")
    return parser.parse_args(argv)


def _day(text: str) -> date:
    moment = times.read(text)
    if moment is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2025-03-27")
    return moment.date()


def _files(names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        if name == "-":
            yield "", sys.stdin.buffer.read()
            continue
        path = Path(name)
        if not path.is_file():
            print(f"{name}: there is no such file", file=sys.stderr)
            sys.exit(2)
        yield path.name, path.read_bytes()


def _tell(entry: Entry, asked: argparse.Namespace) -> None:
    published = entry.published.astimezone(times.KST).date() if entry.published else asked.published
    language = asked.lang or (entry.language if entry.language in {"ko", "en"} else None)
    items = extraction.read(entry.body, published=published, lang=language, title=entry.title)
    told = extraction.to_json(entry.identity or entry.title, items)
    if asked.json:
        extra = {"text": entry.body} if asked.with_text else {}
        print(json.dumps({**told, **extra}, ensure_ascii=False))
        return
    print(f"\n{entry.title or told['id']}" + (f"  ({published})" if published else ""))
    for row in sorted(told["items"], key=_order):
        if row["type"] in KINDS:
            print("  " + " ".join(_cells(row)))


def _order(row: dict[str, Any]) -> tuple[int, int]:
    kind = row["type"]
    span = row.get("trigger") or row.get("span") or row.get("name") or {}
    return (KINDS.index(kind) if kind in KINDS else len(KINDS), span.get("s", 0))


def _cells(row: dict[str, Any]) -> list[str]:
    """The columns of the table: kind, standing, value, and the words it was read from."""
    standing = row.get("status") or row.get("kind", "") or row.get("cur", "")
    if row["type"] == "engagement":
        standing = f"{row['kind']}"
    day = row.get("date") or row.get("due") or row.get("dates") or {}
    value = str(row.get("sub") or row.get("norm") or row.get("val") or day.get("n", ""))
    if row["type"] == "agreement" and day.get("n"):
        value = f"{row['sub']} {day['n']}"
    if row["type"] == "person":
        value = row.get("title", {}).get("q", "")
    words = (row.get("trigger") or row.get("span") or row.get("name") or {}).get("q", "")
    texts = (row["type"], str(standing), value, " ".join(words.split()))
    return [_fitted(text, width) for text, width in zip(texts, WIDTHS, strict=True)]


def _fitted(text: str, width: int) -> str:
    """Cut or fill a text to a width in columns; Hangul takes two."""
    shown, used = "", 0
    for char in text:
        wide = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used + wide > width:
            return shown[:-1] + "…" if wide == 1 else shown + ("…" if used < width else "")
        shown, used = shown + char, used + wide
    return shown + " " * (width - used)
