"""Addresses of products and the catalogue."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
