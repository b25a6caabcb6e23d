"""The app's name and label."""

from django.apps import AppConfig


class Config(AppConfig):
    """Settings of this app."""

    name = "gyoryu.agreements"
    label = "agreements"
