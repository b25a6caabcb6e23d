"""What the door hands over to: `python -m gyoryu COMMAND`."""

import importlib
import os
import sys

USAGE = """usage: ./gyoryu COMMAND

  demo [--once]     set up, load the sample and serve it on 127.0.0.1:8000
  test [ARGS]       run all tests (arguments go to pytest)
  check             format, lint, types, contracts, migrations, translations, tests
  bench [--rows N]  fill a database to size and measure every screen
  read FILE…        what press releases say, without a database (--json for programs)
  ingest SOURCE     take articles in from an address, a file or a folder, and read them
  texts [--check]   bring the translations up to date with the code
  manage COMMAND    Django's commands; manage work carries out jobs apart from the web
  serve             the site for real use, behind a web server (docs/deploy.md)
  backup FILE       database and documents in one archive, while the site goes on
  restore FILE      put a backup back, verified; --replace throws away what is there
  move TO_ADDRESS   from SQLite to PostgreSQL, compared
"""


# command -> the door's module; each is loaded only when it is opened.
DOORS = {
    "demo": "demo",
    "test": "checks",
    "check": "checks",
    "bench": "bench",
    "read": "read",
    "ingest": "ingest",
    "texts": "texts",
    "manage": "manage",
    "serve": "serve",
    "backup": "backup",
    "restore": "restore",
    "move": "move",
}


def main(argv: list[str]) -> int:
    """Carry out one command; return the process's exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gyoryu.settings")
    command, rest = (argv[0], argv[1:]) if argv else ("", [])
    if command not in DOORS:
        sys.stderr.write(USAGE)
        return 0 if command in {"help", "-h", "--help"} else 2
    door = importlib.import_module(f"gyoryu.doors.{DOORS[command]}")
    told = [command, rest] if DOORS[command] == "checks" else [rest]
    return int(door.main(*told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
