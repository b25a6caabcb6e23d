"""The rows that were left out, as a file to mend and send again."""

from collections.abc import Callable, Iterable
from pathlib import PurePath

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gyoryu.imports import tables
from gyoryu.imports.models import Batch, Line
from gyoryu.imports.queries import batches as queries
from gyoryu.imports.sheets import kind_of
from gyoryu.web import export


def in_words(words: dict[str, str]) -> str:
    """Return what was noted in both languages, in the reader's."""
    language = (get_language() or "ko")[:2]
    return words.get(language) or next(iter(words.values()), "")


def columns_of(batch: Batch) -> list[tuple[int, str]]:
    """Return the columns that are read: each one's place, and the field it is."""
    return sorted((int(place), name) for place, name in batch.columns.items())


def file(batch: Batch) -> tuple[str, list[export.Column], Iterable[Line]]:
    """Return the file's name, its columns, and the rows with errors as they came."""
    kind = kind_of(batch)
    mapped = [kind.column(name) for _place, name in columns_of(batch)]
    columns = [export.Column(_("Row in the file"), lambda line: line.row)]
    columns += [export.Column(one.label, _text_of(one.name)) for one in mapped if one]
    columns.append(export.Column(_("Why it was left out"), lambda line: _reasons(line, batch)))
    left_out = _("left-out")
    name = f"{left_out}-{PurePath(batch.name).stem}"[:80]
    return name, columns, queries.lines(batch, "wrong").iterator(chunk_size=1000)


def _text_of(name: str) -> Callable[[Line], str]:
    return lambda line: str(line.cells.get(name, ""))


def _reasons(line: Line, batch: Batch) -> str:
    places = {name: tables.letters(place) for place, name in columns_of(batch)}
    return " / ".join(
        f"{places[field]}{line.row}: {in_words(words)}" if field in places else in_words(words)
        for field, words in line.errors
    )
