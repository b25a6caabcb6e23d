"""Promise: a varied set of release paragraphs, in both languages, gives exactly its facts.

The paragraphs and their facts stand in `releases/`; whole lists of facts are compared, so that a
fact that is not there is as wrong as one that is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gyoryu.newsroom import extraction

PUBLISHED = date(2031, 5, 14)
RELEASES = Path(__file__).parent / "releases"
FIGURES = ("companies", "buyers", "consult_n", "consult_amt", "contract_n", "contract_amt")


def cases() -> Iterator[Any]:
    for file in sorted(RELEASES.glob("*.txt")):
        blocks = file.read_text(encoding="utf-8").split("\n\n")
        for block in blocks:
            lines = [line for line in block.strip().splitlines() if not line.startswith("#")]
            if lines:
                yield pytest.param(
                    file.stem[:2], lines[0], sorted(lines[1:]), id=f"{file.stem}-{lines[0][:40]}"
                )


def facts(text: str, lang: str) -> list[str]:
    items = extraction.read(text, published=PUBLISHED, lang=lang)
    return sorted(line for row in extraction.to_json("x", items)["items"] for line in told(row))


def told(row: dict[str, Any]) -> Iterator[str]:
    """One line a fact, as written in the files."""
    if row["type"] == "result":
        yield from (f"R {name}={row[name]['n']}" for name in FIGURES if name in row)
    elif row["type"] == "support":
        yield from (f"S ceiling={limit['n']}" for limit in row.get("ceiling", ()))
        yield from (f"S budget={row[name]['n']}" for name in ("budget",) if name in row)
    elif row["type"] in LINES:
        yield LINES[row["type"]](row)


LINES: dict[str, Callable[[dict[str, Any]], str]] = {
    "agreement": lambda row: f"A {row['sub']} {row['status']} {value(row, 'date')}",
    "engagement": lambda row: f"E {row['kind']} {row['status']} {value(row, 'date')}",
    "commitment": lambda row: f"C {row['status']} {value(row, 'due')}",
    "person": lambda row: f"P {row['name']['q']}",
    "date": lambda row: f"D {row['norm']}",
    "money": lambda row: f"$ {row['cur']} {amount(row['val'])}",
}


def amount(value: float | list[float]) -> str:
    return "-".join(map(str, value)) if isinstance(value, list) else str(value)


def value(row: dict[str, Any], field: str) -> str:
    return str(row.get(field, {}).get("n", "-"))


@pytest.mark.parametrize(("lang", "text", "expected"), list(cases()))
def test_a_paragraph_gives_exactly_its_facts(lang: str, text: str, expected: list[str]) -> None:
    assert facts(text, lang) == expected


def test_there_are_enough_paragraphs_of_each_language() -> None:
    languages = [case.values[0] for case in cases()]
    assert languages.count("ko") >= 60
    assert languages.count("en") >= 60
