"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.jobs"
    label = "jobs"
    verbs: ClassVar = {
        "job.retried": _("Job tried again"),
        "job.cancelled": _("Job cancelled"),
    }
