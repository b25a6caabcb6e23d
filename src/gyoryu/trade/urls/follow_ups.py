"""Addresses of follow-ups."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
