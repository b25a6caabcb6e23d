"""The translations: collected and compiled by Babel, so that no machine needs GNU gettext.

Every app keeps its Korean in its own `locale/ko`; English is what stands in the code.
"""

import io
import re
from collections import defaultdict
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

HOUSE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEAD = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: ko\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""
FORMATTED = re.compile(r"%(?:\(\w+\))?[#0\- +]?\d*(?:\.\d+)?[sdfg]")


def main(argv: list[str]) -> int:
    """Bring every .po up to date with the code; with --check only say what is missing."""
    missing = 0
    for app in sorted(path for path in HOUSE.iterdir() if (path / "__init__.py").exists()):
        catalogue = collected(app)
        if "--check" not in argv:
            save(app, catalogue)
        for message in catalogue:
            if message.id and not translated(message.string):
                missing += 1
                print(f"{app.name}: no Korean for {message.id!r}")
    print(f"{missing} texts without Korean")
    torn = contradictions()
    for text, korean in torn.items():
        print(f"{text!r} is said in several ways: {korean}")
    return 1 if missing or torn else 0


def contradictions() -> dict[str, list[str]]:
    """Return the texts that two apps put into Korean differently; readers would see either."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in HOUSE.glob("*/locale/ko/LC_MESSAGES/django.po"):
        with file.open("rb") as po:
            for message in read_po(po, locale="ko"):
                if message.id:
                    said[str(message.context or ""), str(message.id)].add(str(message.string))
    return {text: sorted(ways) for (_, text), ways in said.items() if len(ways) > 1}


def translated(text: str | list[str] | tuple[str, ...] | None) -> bool:
    """Tell whether a text has its translation, in every plural form."""
    return bool(text) if isinstance(text, str | None) else bool(text) and all(text)


def po_file(app: Path) -> Path:
    """Return where an app keeps its Korean."""
    return app / "locale" / "ko" / "LC_MESSAGES" / "django.po"


def collected(app: Path) -> Catalog:
    """Return the texts that an app's code and templates say, with the Korean known so far."""
    catalogue = Catalog(locale="ko", fuzzy=False, charset="utf-8")
    known = _known(app)
    for context, said in _said(app):
        singular = said[0] if isinstance(said, tuple) else said
        message = known.get(singular, context) if known else None
        flags = ["python-format"] if FORMATTED.search(singular) else []
        catalogue.add(said, message.string if message else None, flags=flags, context=context)
    return catalogue


def _known(app: Path) -> Catalog | None:
    file = po_file(app)
    if not file.exists():
        return None
    with file.open("rb") as po:
        return read_po(po, locale="ko")


def _said(app: Path) -> list[tuple[str | None, str | tuple[str, ...]]]:
    found = []
    for file in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if "migrations" in file.parts or "locale" in file.parts:
            continue
        text = file.read_text()
        code = text if file.suffix == ".py" else templatize(text)
        for _line, said, _comments, context in extract(
            "python", io.BytesIO(code.encode()), KEYWORDS
        ):
            found.append((context, said))
    return sorted(set(found), key=lambda pair: (str(pair[1]), pair[0] or ""))


def save(app: Path, catalogue: Catalog) -> None:
    """Write an app's .po, sorted and without line numbers, so that changes read well."""
    if not any(message.id for message in catalogue):
        return
    file = po_file(app)
    file.parent.mkdir(parents=True, exist_ok=True)
    held = io.BytesIO()
    write_po(held, catalogue, omit_header=True, sort_output=True, no_location=True, width=100)
    file.write_text(HEAD + held.getvalue().decode())


def compile_all() -> None:
    """Compile every .po that is newer than its .mo."""
    for source in HOUSE.glob("*/locale/*/LC_MESSAGES/django.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po:
            catalogue = read_po(po, locale=source.parts[-3])
        # Written beside and moved into place: two processes may start at once.
        with NamedTemporaryFile(dir=target.parent, delete=False) as mo:
            write_mo(mo, catalogue)
        Path(mo.name).replace(target)
