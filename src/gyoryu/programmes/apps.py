"""The app's name, label, and the words for what is done in it."""

from typing import ClassVar

from django.apps import AppConfig


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.programmes"
    label = "programmes"
    verbs: ClassVar[dict[str, object]] = {}
