"""A job's progress, for any page: `{% load jobs %}{% progress job %}`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from gyoryu.jobs import adapters
from gyoryu.jobs.models import Job

register = template.Library()


@register.inclusion_tag("jobs/progress.html")
def progress(job: Job) -> dict[str, Any]:
    """Draw how far a job is; it looks again by itself until the job is over."""
    return {"job": adapters.told(job)}


@register.simple_tag
def look_again(job: Job | None) -> SafeString:
    """Read the page anew every two seconds where no script runs; stands in ``in_head``."""
    if job is None or job.over:
        return SafeString("")
    return mark_safe('<noscript><meta http-equiv="refresh" content="2"></noscript>')


@register.inclusion_tag("jobs/state.html")
def job_state(job: Job) -> dict[str, Any]:
    """Draw a job's state as a chip."""
    return {"job": job}
