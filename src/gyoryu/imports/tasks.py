"""Imports done beside the screens: the page may be closed, a killed worker's work is done anew."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from gyoryu.accounts.models import User
from gyoryu.base.refused import Refused
from gyoryu.imports.actions import batches as actions
from gyoryu.imports.models import Batch
from gyoryu.jobs import actions as jobs
from gyoryu.web import clock


@task()
def check(batch: int, by: int) -> None:
    """Look through a file. Safe to run again: what it found before is replaced."""
    row, user = _asked(batch, by)
    tell = _teller(row, _("Checking rows"))
    _done(row, user, lambda: actions.check(row, by=user, at=clock.now(), tell=tell))


@task()
def save(batch: int, by: int) -> None:
    """Save a batch. Safe to run again: it is one transaction with ``finish`` in it."""
    row, user = _asked(batch, by)
    tell, wrote = _teller(row, _("Checking rows")), _teller(row, _("Saving rows"))

    def whole() -> None:
        with transaction.atomic():
            actions.enter(row, by=user, at=clock.now(), tell=tell, wrote=wrote)
            jobs.finish(by=None, at=clock.machine())

    _done(row, user, whole)


@task()
def undo(batch: int, by: int) -> None:
    """Undo a batch. Safe to run again: it is one transaction with ``finish`` in it."""
    row, user = _asked(batch, by)
    jobs.report(0, row.rows, _("Undoing rows"))

    def whole() -> None:
        with transaction.atomic():
            actions.undo(row, by=user, at=clock.now())
            jobs.finish(by=None, at=clock.machine())

    _done(row, user, whole)


def _asked(batch: int, by: int) -> tuple[Batch, User]:
    return Batch.objects.select_related("unit", "document").get(pk=batch), User.objects.get(pk=by)


def _teller(batch: Batch, doing: object) -> Callable[[int], None]:
    return lambda done: jobs.report(done, batch.rows, doing)


def _done(batch: Batch, user: User, act: Callable[[], Any]) -> None:
    """Carry a step out in the language of who asked; a refusal is noted on the import's page."""
    with override(user.language):
        try:
            act()
        except Refused as refusal:
            actions.stop(batch, refusal, by=user, at=clock.now())
            raise
