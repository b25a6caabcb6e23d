"""What the door hands over to: `python -m gyoryu COMMAND`."""

import importlib
import os
import sys
from typing import NamedTuple


class Door(NamedTuple):
    """A command: what is typed, the module of ``gyoryu.doors`` behind it, and what it does."""

    name: str
    takes: str
    module: str
    does: str


DOORS = [
    Door("demo", "[--once]", "demo", "set up, load the sample and serve it on 127.0.0.1:8000"),
    Door("test", "[ARGS]", "testing", "run all tests (arguments go to pytest)"),
    Door(
        "check",
        "[--no-tests]",
        "checks",
        "format, lint, types, contracts, templates, migrations, translations, tests",
    ),
    Door("bench", "[--rows N]", "bench", "fill a database to size and measure every screen"),
    Door("read", "FILE…", "read", "what press releases say, without a database (--json)"),
    Door("ingest", "SOURCE", "ingest", "take articles in from an address, a file or a folder"),
    Door(
        "timetable", "WHAT FILE", "timetable", "solve, check or plan meetings, without a database"
    ),
    Door("texts", "[--check]", "texts", "bring the translations up to date with the code"),
    Door("serve", "", "serve", "the site for real use, behind a web server (docs/deploy.md)"),
    Door(
        "backup", "FILE", "backup", "database and documents in one archive, while the site goes on"
    ),
    Door("restore", "FILE", "restore", "put a backup back, verified; --replace what is there"),
    Door("move", "TO_ADDRESS", "move", "from SQLite to PostgreSQL, compared"),
    Door("manage", "COMMAND", "manage", "Django's commands; manage work: jobs apart from the web"),
]
USAGE = "usage: ./gyoryu COMMAND\n\n" + "".join(
    f"  {f'{door.name} {door.takes}':20}{door.does}\n" for door in DOORS
)


def main(argv: list[str]) -> int:
    """Carry out one command; return the process's exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gyoryu.settings")
    command, rest = (argv[0], argv[1:]) if argv else ("", [])
    for door in DOORS:
        if door.name == command:
            # Loaded when it is asked for, because most doors need only a little of the house.
            code: int = importlib.import_module(f"gyoryu.doors.{door.module}").main(rest)
            return code
    sys.stderr.write(USAGE)
    return 0 if command in {"help", "-h", "--help"} else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
