"""The register as a table: CSV and XLSX, written from the frozen document alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from gyoryu.register.sheets.words import Words, tell
from gyoryu.web import export

Row = dict[str, Any]


def written(document: dict[str, Any], kind: str, language: str) -> bytes:
    """Write the rows as a file; the same document gives the same bytes."""
    words = document["words"][language]
    columns = [
        export.Column(words["columns"][name], _cell(find, words, language)) for name, find in CELLS
    ]
    if kind == "csv":
        return "".join(export.csv_lines(columns, document["rows"])).encode()
    return export.xlsx(document["edition"], columns, document["rows"], created=_made(document))


def _made(document: dict[str, Any]) -> datetime:
    """When the document was published; for one that never was, the day it speaks of."""
    said = document["published_at"]
    day = date.fromisoformat(document["as_of"])
    return datetime.fromisoformat(said) if said else datetime(*day.timetuple()[:3], tzinfo=UTC)


Find = Callable[[Row, Words, str], Any]


def _cell(find: Find, words: Words, language: str) -> Callable[[Row], Any]:
    return lambda row: find(row, words, language)


def _said(name: str) -> Find:
    return lambda row, words, language: tell(name, row.get(name), words, language)


def _day(*path: str) -> Find:
    def find(row: Row, words: Words, language: str) -> Any:
        value: Any = row
        for step in path:
            value = (value or {}).get(step)
        return date.fromisoformat(value) if value else None

    return find


def _inside(name: str, part: str) -> Find:
    def find(row: Row, words: Words, language: str) -> Any:
        value = (row.get(name) or {}).get(part)
        return value if isinstance(value, int) else tell(part, value, words, language)

    return find


def _ours(row: Row, words: Words, language: str) -> str:
    ours = [one for one in row.get("parties", []) if one["side"] == "ours"]
    return ", ".join(one["name"][language] for one in ours)


def _signatories(row: Row, words: Words, language: str) -> str:
    signed = [one for one in row.get("parties", []) if one["signatories"]]
    return tell("parties", signed, words, language)


def _title(language: str) -> Find:
    return lambda row, _words, _language: (row.get("title") or {}).get(language, "")


CELLS: list[tuple[str, Find]] = [
    ("key", _said("key")),
    ("publication", _said("publication")),
    ("ground", _said("ground")),
    ("title_ko", _title("ko")),
    ("title_en", _title("en")),
    ("kind", _said("kind")),
    ("status", _said("status")),
    ("since", _day("since")),
    ("reason", _said("reason")),
    ("signed", _said("signed")),
    ("signed_first", _day("signed", "first")),
    ("signed_last", _day("signed", "last")),
    ("place", _said("place")),
    ("method", _said("method")),
    ("country", _inside("partner_region", "country")),
    ("partner_region", _said("partner_region")),
    ("ours", _ours),
    ("partners", _said("partners")),
    ("signatories", _signatories),
    ("areas", _said("areas")),
    ("term_months", _inside("term", "months")),
    ("renewal", _inside("term", "renewal")),
    ("ends_on", _day("term", "ends_on")),
    ("parent", _said("parent")),
    ("replaced_by", _said("replaced_by")),
    ("bodies", _said("bodies")),
    ("unit", _said("unit")),
]
