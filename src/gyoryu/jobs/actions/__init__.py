"""What is done with jobs."""

from gyoryu.jobs.actions.hand import Lost, finish, job_in_hand, report
from gyoryu.jobs.actions.queueing import cancel, queue, retry

__all__ = ["Lost", "cancel", "finish", "job_in_hand", "queue", "report", "retry"]
