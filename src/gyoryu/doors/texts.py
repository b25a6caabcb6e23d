"""The translations: compiled from .po by Babel, so that no machine needs GNU gettext."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HOUSE = Path(__file__).resolve().parents[1]


def compile_all() -> None:
    """Compile every .po that is newer than its .mo."""
    for source in HOUSE.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalogue = read_po(po, locale=source.parts[-3])
        with target.open("wb") as mo:
            write_mo(mo, catalogue)
