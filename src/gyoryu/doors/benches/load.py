"""Fifty people at once on two web processes, on this machine and for a minute; reads and writes."""

import http.client
import os
import random
import re
import resource
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from gyoryu.doors.benches import screens
from gyoryu.doors.benches.values import Figure, at

CLIENTS, SECONDS, PROCESSES = 50, 60, 2
# One call in ten writes.
WRITES = 0.1


def measure() -> Iterator[Figure]:
    """Start the web processes, let the clients loose, and tell what came of it."""
    from gyoryu.sample.bulk import AUDITOR  # noqa: PLC0415 (the environment is set first)

    people = ["auditor@gyoryu.example", "officer@gyoryu.example", AUDITOR]
    browsers = {email: screens.signed_in(email) for email in people}
    addresses = {email: _opening(one) for email, one in browsers.items()}
    cookies = {email: one.cookies["sessionid"].value for email, one in browsers.items()}
    with serving() as port:
        clients = [
            Client(port, cookies[email], addresses[email], email.startswith("officer"))
            for email in (people[n % len(people)] for n in range(CLIENTS))
        ]
        started = time.monotonic()
        for thread in (threads := [threading.Thread(target=one.go_on) for one in clients]):
            thread.start()
        for thread in threads:
            thread.join()
        spent = time.monotonic() - started
    yield from _told(clients, spent)
    served = sum(len(one.reads) + len(one.writes) for one in clients)
    # Of the web processes, which have ended: the same on a machine that others use as well.
    worked = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield Figure(
        "processor time a request",
        (worked.ru_utime + worked.ru_stime) * 1000 / max(1, served),
        "ms",
    )


def _opening(browser: Any) -> list[str]:
    """Return the screens that somebody may open: an officer sees one department's alone."""
    asked = (address for _name, address in screens.screens(browser))
    return [quote(one, safe="/?=&%") for one in asked if browser.get(one).status_code == screens.OK]


def _told(clients: "list[Client]", spent: float) -> Iterator[Figure]:
    reads = sorted(ms for one in clients for ms in one.reads)
    writes = sorted(ms for one in clients for ms in one.writes)
    yield Figure("clients", len(clients), "")
    yield Figure("requests a second", (len(reads) + len(writes)) / spent, "/s")
    for name, times in (("reads", reads), ("writes", writes)):
        yield Figure(name, len(times), "")
        if times:
            yield Figure(f"{name}, p50", statistics.median(times), "ms")
            yield Figure(f"{name}, p95", at(times, 0.95), "ms")
    yield Figure("errors", sum(one.errors for one in clients), "")


@contextmanager
def serving() -> Iterator[int]:
    """Start gunicorn on a free port of this machine; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    line = [
        str(Path(sys.executable).parent / "gunicorn"),
        "gyoryu.wsgi:application",
        *("--bind", f"127.0.0.1:{port}", "--workers", str(PROCESSES), "--threads", "4"),
        *("--log-level", "error"),
    ]
    # The worker runs apart, as docs/operating.md says of a site of this size.
    told = {"GYORYU_HOSTS": "127.0.0.1", "GYORYU_WORKERS_APART": "1"}
    server = subprocess.Popen(line, env={**os.environ, **told})
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the web processes did not start")


@dataclass
class Client:
    """One person: asks for one screen after another, and now and then records an organisation."""

    port: int
    session: str
    addresses: list[str]
    writes_too: bool
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    errors: int = 0

    def go_on(self) -> None:
        """Ask until the time is over."""
        self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.chance = random.Random(self.session)  # noqa: S311 (a drawing, not a secret)
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            if self.writes_too and self.chance.random() < WRITES * 3:
                self._write()
            else:
                self._timed(self.reads, "GET", self.chance.choice(self.addresses), "", 200)
        self.line.close()

    def _write(self) -> None:
        page = self._timed(self.reads, "GET", "/organisations/new/", "", 200)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token:
            fields = {
                "csrfmiddlewaretoken": token[1],
                "once": str(uuid4()),
                "kind": "company",
                "name_ko": f"부하 {uuid4().hex[:10]}",
            }
            self._timed(self.writes, "POST", "/organisations/new/", urlencode(fields), 302)

    def _timed(self, kept: list[float], how: str, address: str, body: str, wanted: int) -> str:
        started = time.perf_counter()
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.csrf}"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.line.request(how, address, body or None, headers)
            answer = self.line.getresponse()
            text = answer.read().decode()
        except OSError:
            self.errors += 1
            self.line.close()
            return ""
        kept.append((time.perf_counter() - started) * 1000)
        self.errors += answer.status != wanted
        for name, value in answer.getheaders():
            if name == "Set-Cookie" and value.startswith("csrftoken="):
                self.csrf = value.split(";")[0].partition("=")[2]
        return text

    csrf: str = ""
