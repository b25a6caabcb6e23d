"""Addresses of deals, their steps and confirmations."""

from django.urls import URLPattern

PATTERNS: list[URLPattern] = []
