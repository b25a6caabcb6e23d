"""A throw-away PostgreSQL from the programs on this machine, for measuring and for tests."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# For tests alone: what is lost with the machine is thrown away anyhow.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
MISSING = "no initdb found; on Debian or Ubuntu: apt install postgresql"


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
def cluster(bin_: Path, options: dict[str, str] | None = None) -> Iterator[str]:
    """Start a cluster in a temporary folder and yield its address; take it away afterwards.

    ``options`` are settings of the server beside its own defaults.
    """
    place = Path(tempfile.mkdtemp(prefix="gyoryu-postgres-"))
    # initdb refuses to run as root, and Debian's package made this user for it.
    owner: dict[str, Any] = (
        {"user": "postgres", "group": "postgres", "extra_groups": []} if _root() else {}
    )
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

    given = {**(options or {}), "listen_addresses": "127.0.0.1", "port": port}
    settings = " ".join(f"-c {name}={value}" for name, value in given.items())
    how = ("-A", "trust", "-U", "gyoryu", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    try:
        run("initdb", "-D", str(data), *how)
        run(
            "pg_ctl",
            "-D",
            str(data),
            "-o",
            f"{settings} -k {place}",
            "-l",
            str(place / "log"),
            "-w",
            "start",
        )
        run("createdb", "-h", str(place), "-p", str(port), "-U", "gyoryu", "gyoryu")
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
