"""Addresses of overseas business centres, enquiries and leads."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
