"""Addresses of agreements, engagements and commitments."""

from django.urls import URLPattern

AGREEMENTS: list[URLPattern] = []
ENGAGEMENTS: list[URLPattern] = []
COMMITMENTS: list[URLPattern] = []
urlpatterns = [*AGREEMENTS, *ENGAGEMENTS, *COMMITMENTS]
