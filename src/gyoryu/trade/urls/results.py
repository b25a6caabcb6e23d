"""Addresses of results and funnels."""

from django.urls import URLPattern, path

from gyoryu.trade.views import results

PATTERNS: list[URLPattern] = [
    path("results/", results.results, name="results"),
    path("results/events/", results.result_events, name="result-events"),
    path("results/programmes/", results.result_programmes, name="result-programmes"),
    path("results/companies/", results.result_companies, name="result-companies"),
    path("events/<int:pk>/results/", results.event_results, name="event-results"),
]
