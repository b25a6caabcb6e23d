"""Addresses of wishes, plans, meetings, door lists."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
