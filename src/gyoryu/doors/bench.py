"""./gyoryu bench: fill a database to size and measure what a person and a program would meet.

Speed is measured here and never in a test. Prints one table; --json writes it for programs too.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path

from gyoryu.base import memory
from gyoryu.doors import postgres
from gyoryu.doors.benches import (
    calls,
    importing,
    load,
    making,
    money,
    reading,
    scoring,
    screens,
    searching,
    timetables,
)
from gyoryu.doors.benches.values import Figure, Timed, yardstick

PARTS: dict[str, Callable[[], Iterator[Timed | Figure]]] = {
    "screens": screens.measure,
    "api": calls.measure,
    "search": searching.measure,
    "making": making.measure,
    "load": load.measure,
    "reading": reading.measure,
    "imports": importing.measure,
    "money": money.measure,
    "scoring": scoring.measure,
    "timetable": timetables.measure,
}
# What is measured when nothing is named: all that one process does in some minutes.
USUAL = [part for part in PARTS if part not in {"load", "money", "timetable"}]
# What needs no register.
ALONE = {"reading", "timetable"}


def main(argv: list[str]) -> int:
    """Fill, measure, print."""
    asked = _asked(argv)
    with ExitStack() as place:
        _set_up(asked, place)
        parts = asked.parts or USUAL
        for line in () if set(parts) <= ALONE else _fill(asked.rows, index="search" in parts):
            print(line, file=sys.stderr, flush=True)
        measures = dict(PARTS)
        measures["timetable"] = partial(timetables.measure, asked.instances)
        told = [one for part in parts for one in _measured(part, measures[part])]
    if asked.json:
        Path(asked.json).write_text(json.dumps([asdict(one) for one in told], indent=1))
    return 0


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./gyoryu bench")
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[[], *PARTS], default=[])
    parser.add_argument("--rows", type=int, default=2_000, help="agreements; full size is 20000")
    parser.add_argument(
        "--database",
        default="sqlite",
        help="sqlite or postgres, both made new and thrown away; or the address of one that stays",
    )
    parser.add_argument("--instances", default="", help="a folder of published timetables (.dzn)")
    parser.add_argument("--json", default="", help="also write the table to this file")
    return parser.parse_args(argv)


def _set_up(asked: argparse.Namespace, place: ExitStack) -> None:
    folder = place.enter_context(tempfile.TemporaryDirectory(prefix="gyoryu-bench-"))
    os.environ["GYORYU_DATABASE"] = _database(asked.database, folder, place)
    os.environ["GYORYU_DATA"] = folder
    os.environ["GYORYU_TODAY"] = "2025-04-01"
    # The name by which a test's browser asks.
    os.environ["GYORYU_HOSTS"] = "testserver,127.0.0.1"
    # One program and one address ask for everything here, which in an office many do.
    os.environ["GYORYU_API_CALLS"], os.environ["GYORYU_REGISTER_READS"] = "1000000", "0"
    import django  # noqa: PLC0415 (the environment is set first)

    from gyoryu.doors import texts  # noqa: PLC0415

    texts.compile_all()
    django.setup()


def _database(asked: str, folder: str, place: ExitStack) -> str:
    if asked == "sqlite":
        return f"sqlite://{folder}/bench.sqlite3"
    if asked != "postgres":
        return asked
    found = postgres.programs()
    if found is None:
        raise SystemExit(postgres.MISSING)
    return place.enter_context(postgres.cluster(found, {"shared_buffers": "1GB"}))


def _fill(rows: int, *, index: bool) -> Iterator[str]:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from gyoryu import sample  # noqa: PLC0415
    from gyoryu.sample import bulk  # noqa: PLC0415
    from gyoryu.sample.programmes import bulk as programmes  # noqa: PLC0415
    from gyoryu.sample.programmes import bulk_panel, bulk_support  # noqa: PLC0415
    from gyoryu.sample.trade import bulk as trade  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if bulk.filled():
        yield "already filled"
        return
    started = time.monotonic()
    yield from sample.load()
    yield from bulk.fill(rows, programmes.fill, bulk_panel.fill, bulk_support.fill, trade.fill)
    if index:
        call_command("index", verbosity=0)
    # SQLite as a site has it, without statistics: docs/decisions/0144.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    yield f"filled in {time.monotonic() - started:.0f} s"


def _measured(
    part: str, measure: Callable[[], Iterator[Timed | Figure]]
) -> Iterator[Timed | Figure]:
    """Carry out one part, printing each line as soon as it is known."""
    from gyoryu.web import loading  # noqa: PLC0415 (the environment is set first)

    # As the web processes do (wsgi.py).
    loading.read_pages()
    memory.keep_what_is_loaded()
    print(f"\n{part:52}{'p50 ms':>9}{'p95 ms':>9}{'cpu p95':>9}{'queries':>9}{'KB':>8}")
    for one in _between_yardsticks(measure):
        _print(one)
        yield one
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    most_used = Figure(f"memory at most, after {part}", round(most), "MB")
    _print(most_used)
    yield most_used


def _between_yardsticks(
    measure: Callable[[], Iterator[Timed | Figure]],
) -> Iterator[Timed | Figure]:
    """Tell before and after how quick the machine is at this hour."""
    yield yardstick()
    yield from measure()
    yield yardstick()


def _print(one: Timed | Figure) -> None:
    if isinstance(one, Timed):
        print(
            f"{one.name:52}{one.p50:9.1f}{one.p95:9.1f}{one.worked:9.1f}{one.queries:9}{one.kilobytes:8.1f}"
        )
    else:
        print(f"{one.name:52}{one.value:9,.1f} {one.unit}")
    sys.stdout.flush()
