"""Addresses of events, places, participants, interpreters."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
