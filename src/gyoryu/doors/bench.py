"""./gyoryu bench: fill a database to size and measure every screen, as a person would see it.

Speed is measured here and never in a test. Prints one table, and JSON where asked.
"""

import argparse
import base64
import json
import os
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gyoryu.doors.benches import reading

RUNS = 15


@dataclass(frozen=True)
class Measured:
    """One screen: milliseconds at the median and the 95th percentile, queries, answer size."""

    name: str
    p50: float
    p95: float
    queries: int
    kilobytes: float


def main(argv: list[str]) -> int:
    """Fill, measure, print; `bench reading` needs no database and measures reading alone."""
    if argv[:1] == ["reading"]:
        for figure in reading.measure():
            print(f"{figure.name:<44}{figure.value:>10,.1f} {figure.unit}", flush=True)
        return 0
    asked = _asked(argv)
    with tempfile.TemporaryDirectory(prefix="gyoryu-bench-") as folder:
        _set_up(asked, Path(folder))
        for line in _fill(asked.rows):
            print(line, file=sys.stderr, flush=True)
        measured = measure()
    _print(measured)
    if asked.json:
        Path(asked.json).write_text(json.dumps([asdict(one) for one in measured], indent=1))
    return 0


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./gyoryu bench")
    parser.add_argument("--rows", type=int, default=2_000, help="agreements; full size is 20000")
    parser.add_argument("--database", default="", help="an address; a new SQLite file by default")
    parser.add_argument("--json", default="", help="also write the table to this file")
    return parser.parse_args(argv)


def _set_up(asked: argparse.Namespace, folder: Path) -> None:
    os.environ["GYORYU_DATABASE"] = asked.database or f"sqlite://{folder / 'bench.sqlite3'}"
    os.environ["GYORYU_DATA"] = str(folder)
    os.environ["GYORYU_TODAY"] = "2025-04-01"
    import django  # noqa: PLC0415 (the environment is set first)

    from gyoryu.doors import texts  # noqa: PLC0415

    texts.compile_all()
    django.setup()


def _fill(rows: int) -> list[str]:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from gyoryu import sample  # noqa: PLC0415
    from gyoryu.sample import bulk  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    started = time.monotonic()
    told = [*sample.load(), *bulk.fill(rows)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [*told, f"filled in {time.monotonic() - started:.0f} s"]


def measure() -> list[Measured]:
    """Ask for every screen as the sample's officer; return how it went."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from gyoryu.accounts.models import User  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    browser = Client()
    browser.force_login(User.objects.get(email="viewer@gyoryu.example"))
    return [_timed(browser, name, address) for name, address in screens(browser)]


def screens(browser: Any) -> list[tuple[str, str]]:
    """Return what is measured: lists at the first and the deepest page, records, searches."""
    asked = [("first page", "/"), ("search 경기", "/search/?q=경기"), ("late", "/due/late/")]
    lists = "agreements engagements commitments duties requests bodies organisations people"
    for name in lists.split():
        asked.append((name, f"/{name}/"))
        asked.append((f"{name}, deepest", _deepest(browser, f"/{name}/")))
        asked.append((f"{name}, “나루 12”", f"/{name}/?q=나루 12"))
    return asked + _records()


def _deepest(browser: Any, address: str) -> str:
    """Turn the list's order round, take its second page, and look at it from the far end."""
    listing = browser.get(address).context["listing"]
    turned = listing.sort.removeprefix("-") if listing.descending else f"-{listing.sort}"
    far = browser.get(f"{address}?sort={turned}&size=50").context["listing"]
    if not far.page:
        return address
    cursor = json.loads(base64.urlsafe_b64decode(far._cursor(far.page[-1])))
    cursor[0] = listing.sort
    coded = base64.urlsafe_b64encode(json.dumps(cursor).encode()).decode()
    return f"{address}?after={coded}"


def _records() -> list[tuple[str, str]]:
    from gyoryu.agreements.models import Agreement, Commitment, Engagement  # noqa: PLC0415
    from gyoryu.parties.models import Organisation, Person  # noqa: PLC0415

    found = []
    for model in (Agreement, Engagement, Commitment, Organisation, Person):
        for row in (model.objects.order_by("pk").first(), model.objects.order_by("pk").last()):
            if row:
                found.append((f"{model._meta.model_name} page", row.get_absolute_url()))
    return found


def _timed(browser: Any, name: str, address: str) -> Measured:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}")
    times = sorted(_once(browser, address) for _ in range(RUNS))
    p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    return Measured(
        name,
        round(statistics.median(times), 1),
        round(p95, 1),
        len(queries),
        round(len(answer.content) / 1024, 1),
    )


def _once(browser: Any, address: str) -> float:
    started = time.perf_counter()
    browser.get(address)
    return (time.perf_counter() - started) * 1000


def _print(measured: list[Measured]) -> None:
    print(f"{'screen':34}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'KB':>8}")
    for one in measured:
        print(f"{one.name:34}{one.p50:9.1f}{one.p95:9.1f}{one.queries:9}{one.kilobytes:8.1f}")
