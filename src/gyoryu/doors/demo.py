"""./gyoryu demo: everything set up, the sample loaded, the site served on this machine."""

import argparse
import os
import sys
import time
from pathlib import Path

SAMPLE_DAY = "2025-04-01"


def main(argv: list[str]) -> int:
    """Set up, load the sample and serve it; with --once stop after loading."""
    asked = _asked(argv)
    os.environ.setdefault("GYORYU_TODAY", SAMPLE_DAY)
    os.environ.setdefault("GYORYU_DEBUG", "1")
    started = time.monotonic()
    _set_up()
    _load(fresh=asked.fresh)
    print(f"Ready in {time.monotonic() - started:.1f} s.")
    if asked.once:
        return 0
    return _serve(asked.port)


def _asked(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./gyoryu demo")
    parser.add_argument("--once", action="store_true", help="load the sample and stop")
    parser.add_argument(
        "--fresh", action="store_true", help="throw the sample away and load it anew"
    )
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(argv)


def _set_up() -> None:
    import django  # noqa: PLC0415 (the environment is set first)

    from gyoryu.doors import texts  # noqa: PLC0415

    texts.compile_all()
    django.setup()


def _load(*, fresh: bool) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    from gyoryu import sample  # noqa: PLC0415

    if fresh:
        _throw_away()
    call_command("migrate", verbosity=0)
    for line in sample.load():
        print(line)
    # Searches index what is new by themselves, but not thousands of records at once.
    call_command("index", verbosity=0)


def _throw_away() -> None:
    """Drop the whole database: the history in it refuses to be emptied row by row."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        connection.close()
        for end in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def _serve(port: int) -> int:
    from django.core.management import call_command  # noqa: PLC0415

    from gyoryu import sample  # noqa: PLC0415

    print(f"\nGyoryu is at http://127.0.0.1:{port}/ (stop with Ctrl-C)\n")
    for line in sample.accounts():
        print(line)
    sys.stdout.flush()
    call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, verbosity=0)
    return 0
