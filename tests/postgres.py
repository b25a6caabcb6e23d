"""A throw-away PostgreSQL for the tests that need the real thing.

`python -m tests.postgres COMMAND …` runs a command with GYORYU_DATABASE pointing at it. Without
PostgreSQL on the machine the command is not run and that is said; when GYORYU_REQUIRE names
postgres, it is a failure instead.
"""

import os
import subprocess
import sys

from gyoryu.doors.postgres import MISSING, UNSAFE, cluster, programs


def required() -> bool:
    """Tell whether this run has promised to test on PostgreSQL."""
    return "postgres" in os.environ.get("GYORYU_REQUIRE", "").split(",")


def main(argv: list[str]) -> int:
    """Run a command on a throw-away cluster; return its exit code."""
    found = programs()
    if found is None:
        print(f"PostgreSQL: not run ({MISSING})", file=sys.stderr)
        return 1 if required() else 0
    with cluster(found, UNSAFE) as address:
        return subprocess.run(
            argv, check=False, env={**os.environ, "GYORYU_DATABASE": address}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
