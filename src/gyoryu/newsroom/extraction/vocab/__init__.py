"""Word lists: closed classes of titles, endings, countries and regions."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Turn a list written with spaces into a set of words."""
    return frozenset(text.split())
