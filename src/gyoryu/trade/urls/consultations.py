"""Addresses of consultations and what was published of them."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
