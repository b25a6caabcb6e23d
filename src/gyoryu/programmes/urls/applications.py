"""Addresses of applicants' pages and of the desk that screens applications."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import applications as mine
from gyoryu.programmes.views import portal

PATTERNS: list[URLPattern] = [
    path("join/", portal.join, name="join"),
    path("join/sent/", portal.join_sent, name="join-sent"),
    path("my/", portal.my, name="my"),
    path("my/companies/", portal.companies, name="my-companies"),
    path("my/companies/new/", portal.company_new, name="my-company-new"),
    path("my/companies/<int:pk>/end/", portal.company_end, name="my-company-end"),
    path("my/admissions/<int:pk>/let-in/", portal.admission_let_in, name="my-admission-let-in"),
    path(
        "my/admissions/<int:pk>/turn-away/",
        portal.admission_turn_away,
        name="my-admission-turn-away",
    ),
    path("my/apply/<int:pk>/", mine.apply, name="my-apply"),
    path("my/applications/<int:pk>/", mine.application, name="my-application"),
    path("my/applications/<int:pk>/write/", mine.application_write, name="my-application-write"),
    path("my/applications/<int:pk>/save/", mine.application_save, name="my-application-save"),
    path("my/applications/<int:pk>/submit/", mine.application_submit, name="my-application-submit"),
    path(
        "my/applications/<int:pk>/withdraw/",
        mine.application_withdraw,
        name="my-application-withdraw",
    ),
    path("my/applications/<int:pk>/papers/<int:part>/", mine.paper, name="my-paper"),
    path("my/applications/<int:pk>/papers/<int:part>/drop/", mine.paper_drop, name="my-paper-drop"),
]
