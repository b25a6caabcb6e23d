"""Letters leave as soon as what caused them is committed."""

from django_tasks import task

from gyoryu.jobs import actions as jobs
from gyoryu.outbox import actions
from gyoryu.web import clock


@task()
def send() -> int:
    """Send what waits. Safe to run again: each letter is claimed before it leaves."""
    sent = 0
    while some := actions.send_waiting(by=None, at=clock.now()):
        sent += some
        jobs.report(sent)
    return sent
