"""What may be done with an import, and the words for what is wrong with a file."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from gyoryu.accounts.models import User
from gyoryu.accounts.rules import check_may
from gyoryu.base.refused import Refused
from gyoryu.imports.models import Batch
from gyoryu.imports.tables import Fault

LARGEST = 20 * 1024 * 1024
Status = Batch.Status


def refused(fault: Fault, *, field: str = "file") -> Refused:
    """Say what is wrong with a file, where, and what to do."""
    words = str(_FAULTS[fault.code](fault))
    if fault.column and fault.row:
        words = f"{fault.column}{fault.row}: {words}"
    elif fault.row and fault.code not in {"rows", "no_rows", "no_such_row"}:
        words = str(_("Row %(row)d: %(words)s") % {"row": fault.row, "words": words})
    return Refused(words, field=field)


def _said(words: Any) -> Callable[[Fault], Any]:
    return lambda fault: words


def _size(fault: Fault) -> Any:
    told = {"most": int(str(fault.told["most"])) // 1024**2}
    return (
        _("This file unpacks to far more than its size. More than %(most)d MB is not opened.")
        % told
    )


def _encoding(fault: Fault) -> Any:
    told = {"claimed": fault.told["claimed"], "real": fault.told["real"]}
    if told["real"]:
        return (
            _("This is not %(claimed)s: the file is written in %(real)s. Choose %(real)s.") % told
        )
    return _("This can be read neither as UTF-8 nor as CP949. Save the file as XLSX or UTF-8.")


_FAULTS: dict[str, Callable[[Fault], Any]] = {
    "empty": _said(_("The file is empty.")),
    "broken": _said(_("The file is damaged or is no XLSX file. Save it again and send that.")),
    "locked": _said(_("The file is locked with a password. Take the password off first.")),
    "macros": _said(_("The file has macros in it. Save it as XLSX without macros.")),
    "not_a_sheet": _said(_("This is no spreadsheet. Send an XLSX or CSV file.")),
    "bomb": _size,
    "encoding": _encoding,
    "other_type": lambda f: (
        _("This is %(real)s, whatever its name says. Save it as XLSX or CSV.") % f.told
    ),
    "rows": lambda f: (
        _("The sheet has more than %(most)d rows. Part it into several files.") % f.told
    ),
    "columns": lambda f: (
        _("The sheet has more than %(most)d columns. Delete those that are not needed.") % f.told
    ),
    "long": lambda f: (
        _("This cell is %(long)d characters long; at most %(most)d are read.") % f.told
    ),
    "quotes": _said(_("A quotation mark is not closed from here on.")),
    "no_such_sheet": lambda f: _("There is no sheet called “%(sheet)s”.") % f.told,
    "no_such_row": _said(_("There is no such row to be the header.")),
    "no_rows": _said(_("Nothing stands under the header.")),
    "merged": lambda f: (
        _("The cells %(range)s are merged. Take them apart and fill each, then send the file.")
        % f.told
    ),
    "formula": lambda f: (
        _("The cell holds a formula (%(formula)s). Paste it as a value, then send the file.")
        % f.told
    ),
}


def check_may_make(batch: Batch, by: User | None) -> None:
    """Refuse what is another department's import."""
    check_may(by, "imports.make", batch.unit)


def check_size(size: int) -> None:
    """Refuse a file that is too large, with both sizes."""
    if size > LARGEST:
        sizes = {"size": size / 1024**2, "limit": LARGEST / 1024**2}
        raise Refused(
            _("The file is %(size).0f MB; at most %(limit).0f MB fit.") % sizes, field="file"
        )


def check_can_choose(batch: Batch) -> None:
    """Refuse other columns once the rows are in the register, or while something runs."""
    if batch.status not in {Status.TAKEN, Status.CHECKED}:
        raise Refused(
            _("The columns stand: it is “%(status)s”.") % {"status": batch.get_status_display()}
        )


def check_can_save(batch: Batch, *, only_good: bool) -> None:
    """Refuse to save twice, to save nothing, or over errors unless the good rows were meant."""
    if batch.status not in {Status.CHECKED, Status.SAVING}:
        raise Refused(
            _("It cannot be saved: it is “%(status)s”.") % {"status": batch.get_status_display()}
        )
    check_counts(batch.wrong, batch.new + batch.changed, only_good=only_good)


def check_counts(wrong: int, good: int, *, only_good: bool) -> None:
    """Refuse to save over errors, and to save nothing."""
    if wrong and not only_good:
        raise Refused(
            _("%(count)d rows have errors. Mend the file, or take the good rows alone.")
            % {"count": wrong}
        )
    if not good:
        raise Refused(_("There is nothing new in it: no row would add or change anything."))


def check_can_undo(batch: Batch) -> None:
    """Refuse to undo what was not saved, or twice."""
    if batch.status not in {Status.SAVED, Status.UNDOING}:
        raise Refused(
            _("Only a saved import is undone; it is “%(status)s”.")
            % {"status": batch.get_status_display()}
        )


def check_untouched(obstacles: list[tuple[int, str]]) -> None:
    """Refuse to undo what somebody has changed or used since; name the first rows."""
    if obstacles:
        told = " ".join(words for _row, words in obstacles[:3])
        raise Refused(
            _("It cannot be undone: %(count)d rows were changed or used since. %(first)s")
            % {"count": len(obstacles), "first": told}
        )


def check_can_discard(batch: Batch) -> None:
    """Refuse to discard what was saved or is being worked on."""
    if batch.status not in {Status.TAKEN, Status.CHECKED}:
        raise Refused(
            _("It cannot be discarded: it is “%(status)s”.")
            % {"status": batch.get_status_display()}
        )


def check_whole(*, whole: bool, only_good: bool) -> None:
    """Refuse to take the good rows alone of a file that comes in whole or not at all."""
    if whole and only_good:
        raise Refused(
            _("Such a file comes in whole or not at all: mend its rows first."), field="policy"
        )


def check_first(earlier: Batch | None, *, field: str = "") -> None:
    """Refuse a file that is in the register already."""
    if earlier is not None:
        saved = earlier.saved_at or earlier.at
        raise Refused(
            _("This very file was taken in on %(day)s. Undo that import to take it in again.")
            % {"day": f"{saved:%Y-%m-%d}"},
            field=field,
        )


def check_mapping(columns: dict[str, str]) -> None:
    """Refuse two columns that are read as the same field, and a sheet of which nothing is read."""
    chosen = [name for name in columns.values() if name]
    if not chosen:
        raise Refused(_("Say for at least one column what it is."))
    if twice := next((name for name in chosen if chosen.count(name) > 1), ""):
        places = [place for place, name in columns.items() if name == twice]
        raise Refused(
            _("Two columns are read as the same. Leave one of them out."),
            field=f"column_{places[-1]}",
        )
