"""Tasks for the tests of jobs: they write down what they did."""

import threading
import time

from django.db import transaction
from django_tasks import task

from gyoryu.accounts.models import Unit, User
from gyoryu.base.refused import Refused
from gyoryu.jobs import actions
from gyoryu.parties import actions as parties
from gyoryu.web import clock

DONE: list[str] = []


@task()
def note(word):
    DONE.append(word)
    return word


@task()
def count(total):
    for step in range(total):
        actions.report(step + 1, total, "세는 중")
    DONE.append(str(total))


@task()
def refuse():
    raise Refused("That cannot be done.")


@task()
def break_down(word):
    DONE.append(word)
    raise ValueError(f"{word} is a secret")


@task()
def rename(pk, name, at):
    """Idempotent only through ``finish``: it counts up."""
    with transaction.atomic():
        user = User.objects.get(pk=pk)
        user.name_en += name
        user.save()
        DONE.append(user.name_en)
        actions.finish(by=None, at=at)


GATE = threading.Event()


@task()
def pause():
    actions.report(3, 10, "기다리는 중")
    GATE.wait(20)
    actions.report(10)


@task()
def add(unit, number):
    """Add an organisation, exactly once: ``finish`` is in the transaction that adds it."""
    at = clock.machine()
    with transaction.atomic():
        told = {"kind": "company", "name_ko": f"일 {number}"}
        parties.add_organisation(Unit.objects.get(pk=unit), told, by=None, at=at)
        time.sleep(0.15)
        actions.finish(by=None, at=at)
