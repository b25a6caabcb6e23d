"""What the door hands over to: `python -m gyoryu COMMAND`."""

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
  manage COMMAND    Django's commands
"""


def main(argv: list[str]) -> int:
    """Carry out one command; return the process's exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gyoryu.settings")
    command, rest = (argv[0], argv[1:]) if argv else ("", [])
    if command == "demo":
        from gyoryu.doors import demo  # noqa: PLC0415 (each door loads only what it needs)

        return demo.main(rest)
    if command in {"test", "check"}:
        from gyoryu.doors import checks  # noqa: PLC0415

        return checks.main(command, rest)
    if command == "bench":
        from gyoryu.doors import bench  # noqa: PLC0415

        return bench.main(rest)
    if command == "read":
        from gyoryu.doors import read  # noqa: PLC0415

        return read.main(rest)
    if command == "ingest":
        from gyoryu.doors import ingest  # noqa: PLC0415

        return ingest.main(rest)
    if command == "texts":
        from gyoryu.doors import texts  # noqa: PLC0415

        return texts.main(rest)
    if command == "manage":
        from gyoryu.doors import manage  # noqa: PLC0415

        return manage.main(rest)
    sys.stderr.write(USAGE)
    return 0 if command in {"help", "-h", "--help"} else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
