"""A throw-away PostgreSQL from Debian's binaries, for the tests that need the real thing.

`python -m tests.postgres COMMAND …` runs a command with GYORYU_DATABASE pointing at it. Without
PostgreSQL on the machine the command is not run and that is said; when GYORYU_REQUIRE names
postgres, it is a failure instead.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
MISSING = "no initdb found; on Debian or Ubuntu: apt install postgresql"


def required() -> bool:
    """Tell whether this run has promised to test on PostgreSQL."""
    return "postgres" in os.environ.get("GYORYU_REQUIRE", "").split(",")


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or nothing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _version(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdigit() else 0


@contextmanager
def cluster(bin_: Path) -> Iterator[str]:
    """Start a cluster in a temporary folder and yield its address; take it away afterwards."""
    place = Path(tempfile.mkdtemp(prefix="gyoryu-postgres-"))
    # initdb refuses to run as root, and Debian's package made this user for it.
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if _root() else {}
    if owner:
        account = pwd.getpwnam("postgres")
        os.chown(place, account.pw_uid, account.pw_gid)
    data, port = place / "data", _free_port()

    def run(*line: str) -> None:
        subprocess.run(
            [str(bin_ / line[0]), *line[1:]],
            check=True,
            cwd=place,
            stdout=subprocess.DEVNULL,
            **owner,
        )

    given = {**SETTINGS, "listen_addresses": "127.0.0.1", "port": port}
    options = " ".join(f"-c {name}={value}" for name, value in given.items())
    how = ("-A", "trust", "-U", "gyoryu", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    try:
        run("initdb", "-D", str(data), *how)
        run(
            "pg_ctl",
            "-D",
            str(data),
            "-o",
            f"{options} -k {place}",
            "-l",
            str(place / "log"),
            "-w",
            "start",
        )
        yield f"postgresql://gyoryu@127.0.0.1:{port}/gyoryu"
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(place, ignore_errors=True)


def _root() -> bool:
    return os.geteuid() == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(argv: list[str]) -> int:
    """Run a command on a throw-away cluster; return its exit code."""
    found = programs()
    if found is None:
        print(f"PostgreSQL: not run ({MISSING})", file=sys.stderr)
        return 1 if required() else 0
    with cluster(found) as address:
        return subprocess.run(
            argv, check=False, env={**os.environ, "GYORYU_DATABASE": address}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
