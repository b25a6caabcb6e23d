"""Addresses of this part of programmes."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
