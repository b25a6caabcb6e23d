"""Addresses of what anybody may open: catalogue, registration by link."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
