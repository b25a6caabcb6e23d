"""Addresses of follow-ups."""

from django.urls import URLPattern, path

from gyoryu.trade.views import follow_ups

PATTERNS: list[URLPattern] = [
    path("follow-ups/", follow_ups.follow_ups, name="follow-ups"),
    path("follow-ups/<int:pk>/", follow_ups.follow_up, name="follow-up"),
    path("follow-ups/<int:pk>/ask/", follow_ups.follow_up_ask, name="follow-up-ask"),
    path("f/<str:secret>/", follow_ups.follow_up_link, name="follow-up-link"),
]
