"""Two web processes and two workers on PostgreSQL, one of each killed under load: nothing is lost.

This is docs/deploy.md as far as one machine can show it: the doors it names, the settings it sets.
"""

import os
import re
import signal
import socket
import threading
import time
from uuid import uuid4

import httpx
import psycopg
import pytest

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
JOBS = 40


class Person(threading.Thread):
    """Somebody at a browser who adds organisations; a web process that is gone is sent again to
    the other with the same form, as a person does who presses the button once more."""

    def __init__(self, name, sites):
        super().__init__()
        self.who, self.sites, self.done, self.stop = name, list(sites), [], threading.Event()
        self.browser = httpx.Client(timeout=20)

    def run(self):
        own = {"login": "officer@example.test", "password": "correct horse"}
        assert self.post("/account/login/", own).status_code == 302
        while not self.stop.is_set():
            name = f"{self.who} {len(self.done)}"
            told = {"kind": "company", "name_ko": name, "once": str(uuid4())}
            reply = self.post("/organisations/new/", told)
            assert reply.status_code == 302, reply.text
            self.done.append(name)

    def post(self, path, told):
        troubles = []
        for _try in range(6):
            try:
                page = self.browser.get(self.sites[0] + path)
                mark = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
                own = {**told, "csrfmiddlewaretoken": mark}
                return self.browser.post(self.sites[0] + path, data=own)
            except httpx.TransportError as trouble:
                troubles.append((self.sites[0], repr(trouble)))
                self.sites.reverse()
                time.sleep(0.2)
        raise AssertionError(f"no web process answers {path}: {troubles}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(check, seconds=60):
    for _try in range(seconds * 20):
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError("it took too long")


def answers(address):
    try:
        return httpx.get(f"{address}/account/login/", timeout=20).status_code == 200
    except httpx.TransportError:
        return False


def caught_at_work(ask, worker):
    """Stop a worker while it has a job in hand, so that what it had is known when it is killed."""
    while True:
        os.kill(worker.pid, signal.SIGSTOP)
        time.sleep(0.05)
        query = (
            "SELECT result_id FROM jobs_job JOIN django_tasks_database_dbtaskresult t "
            "ON t.id = result_id WHERE worker LIKE %s AND t.status = 'RUNNING'"
        )
        if held := ask(query, f"%:{worker.pid}:%"):
            return held[0][0]
        os.kill(worker.pid, signal.SIGCONT)
        time.sleep(0.05)


def test_with_one_of_two_web_processes_and_workers_killed_nothing_is_lost_or_done_twice(deploy):
    site = deploy("apart", GYORYU_LEASE="3", GYORYU_WORKERS_APART="1")
    made = site.start("-m", "tests.deployment", "staffed", str(JOBS))
    assert (made.communicate()[0], made.returncode) == ("", 0)
    ports = [free_port(), free_port()]
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    webs = [
        site.start(
            "-m", "gyoryu", "serve", f"--bind=127.0.0.1:{port}", "--processes=1", heard=False
        )
        for port in ports
    ]
    begun = list(webs)
    database = psycopg.connect(site.address, autocommit=True)

    def ask(query, *told):
        return database.execute(query, told).fetchall()

    people = [Person(f"사람{n}", addresses[:: 1 if n % 2 else -1]) for n in range(4)]
    try:
        until(lambda: all(answers(address) for address in addresses))
        workers = [site.start("-m", "gyoryu", "manage", "work", heard=False) for _n in range(2)]
        begun += workers
        for person in people:
            person.start()
        until(lambda: all(person.done for person in people))
        until(lambda: ask("SELECT 1 FROM jobs_job WHERE worker LIKE %s", f"%:{workers[0].pid}:%"))
        held = caught_at_work(ask, workers[0])
        kill(workers[0])
        kill(webs[0])
        before = [len(person.done) for person in people]
        done = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
        until(lambda: ask(done) == [(JOBS,)])
        until(lambda: all(len(p.done) > n for p, n in zip(people, before, strict=True)))
    finally:
        for person in people:
            person.stop.set()
        for person in people:
            if person.ident:
                person.join()
            person.browser.close()
        for process in begun:
            if process.poll() is None:
                kill(process)
    asked = sorted([f"일 {n}" for n in range(JOBS)] + [name for p in people for name in p.done])
    there = sorted(name for (name,) in ask("SELECT name_ko FROM parties_organisation"))
    assert there == asked
    # What the killed worker had was given back and done by the other, all else was done at once.
    tries = ask("SELECT result_id, tries FROM jobs_job WHERE tries <> 1")
    assert tries == [(held, 2)]
    database.close()
    code, said = site.run("manage", "verify_history")
    assert (code, ", 0 faults" in said) == (0, True), said
