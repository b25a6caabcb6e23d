"""./gyoryu ingest: take articles in from an address, a file or a folder, and read them.

What was taken in before and has not changed is left alone, so it may be run again at any time.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gyoryu.accounts.models import Unit
    from gyoryu.newsroom.actions.ingest import Taken
    from gyoryu.newsroom.models import Source, Visit
    from gyoryu.newsroom.papers import Entry

BAR = 30


def main(argv: list[str]) -> int:
    """Take in what was named; the exit code is 1 when nothing could be read."""
    asked = _asked(argv)
    import django  # noqa: PLC0415 (the environment is set first)

    django.setup()
    from gyoryu.base.refused import Refused  # noqa: PLC0415
    from gyoryu.newsroom.papers import Unreadable  # noqa: PLC0415

    try:
        unit = _unit(asked.unit)
        where = asked.source
        return _visit(unit, where) if "://" in where else _hand_in(unit, Path(where))
    except (Refused, Unreadable) as reason:
        print(f"{asked.source}: {_why(reason)}", file=sys.stderr)
        return 1


def _why(reason: Exception) -> str:
    from gyoryu.newsroom.papers import Unreadable  # noqa: PLC0415
    from gyoryu.newsroom.rules import troubles  # noqa: PLC0415

    if isinstance(reason, Unreadable):
        return troubles.in_words(reason.code, reason.params)
    return str(reason)


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./gyoryu ingest", description=__doc__)
    parser.add_argument("source", metavar="SOURCE", help="an address, a file or a folder")
    parser.add_argument("--unit", help="the department it belongs to; the first government if left")
    return parser.parse_args(argv)


def _unit(name: str | None) -> "Unit":
    from django.db.models import Q  # noqa: PLC0415

    from gyoryu.accounts.models import Unit  # noqa: PLC0415
    from gyoryu.base.refused import Refused  # noqa: PLC0415

    rows = Unit.objects.order_by("path")
    found = rows.filter(Q(name_ko=name) | Q(name_en=name)).first() if name else rows.first()
    if found is None:
        raise Refused("There is no such department. Run ./gyoryu demo first, or name one.")
    return found


def _visit(unit: "Unit", address: str) -> int:
    from gyoryu.newsroom.actions import visits  # noqa: PLC0415
    from gyoryu.newsroom.rules import troubles  # noqa: PLC0415
    from gyoryu.web import clock  # noqa: PLC0415

    visit = visits.visit(_source(unit, address), by=None, at=clock.now())
    if visit.trouble:
        print(troubles.in_words(visit.trouble, visit.params), file=sys.stderr)
        return 1
    while visit.ended_at is None:
        visits.go_on(visit, by=None, at=clock.now(), most=5)
        _draw(visit.done, visit.total)
    _say(visit)
    return 0


def _source(unit: "Unit", address: str) -> "Source":
    from gyoryu.newsroom.actions import sources  # noqa: PLC0415
    from gyoryu.newsroom.models import Source  # noqa: PLC0415
    from gyoryu.web import clock  # noqa: PLC0415

    known = Source.objects.filter(unit=unit, address=address, voided_at=None).first()
    if known:
        return known
    values = {"kind": Source.Kind.FEED, "name": address[:120], "address": address}
    return sources.add_source(unit, values, by=None, at=clock.now())


def _hand_in(unit: "Unit", path: Path) -> int:
    from gyoryu.newsroom.actions import ingest, sources  # noqa: PLC0415
    from gyoryu.newsroom.actions.ingest import Taken  # noqa: PLC0415
    from gyoryu.web import clock  # noqa: PLC0415

    entries = list(_entries(path))
    source = sources.hand_in_source(unit, by=None, at=clock.now())
    taken = Taken()
    for place, entry in enumerate(entries, start=1):
        taken += ingest.ingest(source, [entry], by=None, at=clock.now())
        _draw(place, len(entries))
    _say(taken)
    return 0 if entries else 1


def _entries(path: Path) -> Iterator["Entry"]:
    from gyoryu.newsroom import papers  # noqa: PLC0415

    if not path.exists():
        raise papers.Unreadable("no-file")
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if not file.is_file() or (path.is_dir() and file.suffix.lower() not in papers.SUFFIXES):
            continue
        try:
            yield from papers.entries(file.read_bytes(), file.name)
        except papers.Unreadable as trouble:
            print(f"{file}: {_why(trouble)}", file=sys.stderr)


def _draw(done: int, total: int) -> None:
    """Draw how far it is, on the error stream, where it does not mix with results."""
    filled = BAR * done // max(total, 1)
    sys.stderr.write(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done}/{total}")
    if done >= total:
        sys.stderr.write("\n")
    sys.stderr.flush()


def _say(taken: "Taken | Visit") -> None:
    told = f"{taken.made} new, {taken.updated} changed, {taken.same} known, {taken.failed} failed"
    print(f"{told}; {taken.facts} facts wait to be decided")
