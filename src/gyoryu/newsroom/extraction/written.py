"""Writes items as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from gyoryu.newsroom.extraction.document import Item, Span


def to_json(article: str, items: Iterable[Item]) -> dict[str, Any]:
    """Give `{"id", "items"}`; a span is `{"q", "s", "e"}` with `n` and `how` where known."""
    return {"id": article, "items": [_item(item) for item in items]}


def _item(item: Item) -> dict[str, Any]:
    kind = type(item).__name__.lower()
    row: dict[str, Any] = {"type": kind}
    for name in item.__slots__:
        value = _value(getattr(item, name))
        if value not in (None, "", []):
            row[_NAMES.get((kind, name), name)] = value
    return row


_NAMES = {("money", "currency"): "cur", ("money", "amount"): "val"}


def _value(value: Any) -> Any:
    if isinstance(value, Span):
        return _span(value)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, tuple):
        return [_value(part) for part in value]
    return value


def _span(span: Span) -> dict[str, Any]:
    row: dict[str, Any] = {"q": span.quote, "s": span.start, "e": span.end}
    if span.value is not None:
        row["n"] = span.value
    if span.how:
        row["how"] = span.how
    return row


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
