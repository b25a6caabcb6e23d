"""Addresses of the portfolio and its budgets."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import portfolio as views
from gyoryu.programmes.views import rates

PATTERNS: list[URLPattern] = [
    path("portfolio/", views.portfolio, name="portfolio"),
    path("strategies/new/", views.strategy_new, name="strategy-new"),
    path("strategies/<int:pk>/", views.strategy, name="strategy"),
    path("strategies/<int:pk>/edit/", views.strategy_edit, name="strategy-edit"),
    path("strategies/<int:pk>/void/", views.strategy_void, name="strategy-void"),
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/new/", views.programme_new, name="programme-new"),
    path("programmes/options/", views.programme_options, name="programme-options"),
    path("programmes/<int:pk>/", views.programme, name="programme"),
    path("programmes/<int:pk>/edit/", views.programme_edit, name="programme-edit"),
    path("programmes/<int:pk>/end/", views.programme_end, name="programme-end"),
    path("programmes/<int:pk>/void/", views.programme_void, name="programme-void"),
    path("programmes/<int:pk>/lines/new/", views.line_new, name="budget-line-new"),
    path("budget-lines/<int:pk>/", views.line, name="budget-line"),
    path("budget-lines/<int:pk>/edit/", views.line_edit, name="budget-line-edit"),
    path("budget-lines/<int:pk>/supplement/", views.line_supplement, name="budget-line-supplement"),
    path("budget-lines/<int:pk>/allot/", views.line_allot, name="budget-line-allot"),
    path("budget-lines/<int:pk>/void/", views.line_void, name="budget-line-void"),
    path("rates/", rates.rates, name="rates"),
    path("rates/new/", rates.rate_new, name="rate-new"),
    path("rates/import/", rates.rates_import, name="rates-import"),
    path("rates/<int:pk>/", rates.rate_correct, name="rate-correct"),
    path("rates/<int:pk>/drop/", rates.rate_drop, name="rate-drop"),
]
