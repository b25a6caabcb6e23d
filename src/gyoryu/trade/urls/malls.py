"""Addresses of online malls, listings, campaigns, sales, shop windows."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
