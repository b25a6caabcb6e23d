"""Addresses of results and funnels."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
