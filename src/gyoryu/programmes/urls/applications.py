"""Addresses of applicants' pages and of the desk that screens applications."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import applications as mine
from gyoryu.programmes.views import portal, selecting
from gyoryu.programmes.views import screening as desk

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
    path("applications/", desk.applications, name="applications"),
    path("applications/<int:pk>/", desk.application, name="application"),
    path("applications/<int:pk>/return/", desk.application_return, name="application-return"),
    path("applications/<int:pk>/eligible/", desk.application_eligible, name="application-eligible"),
    path(
        "applications/<int:pk>/ineligible/",
        desk.application_ineligible,
        name="application-ineligible",
    ),
    path("applications/<int:pk>/withdraw/", desk.application_withdraw, name="application-withdraw"),
    path("applications/<int:pk>/screen/", desk.application_screen, name="application-screen"),
    path(
        "applications/<int:pk>/conditions/<int:part>/", desk.finding_decide, name="finding-decide"
    ),
    path("calls/<int:pk>/applications/", desk.call_applications, name="call-applications"),
    path("calls/<int:pk>/applications/board/", desk.call_board, name="call-board"),
    path("calls/<int:pk>/applications/new/", desk.application_new, name="application-new"),
    path("calls/<int:pk>/applications/screen/", desk.call_screen, name="call-screen"),
    path("calls/<int:pk>/applications/pass/", desk.call_pass, name="call-pass"),
    path("calls/<int:pk>/applications/select/", selecting.call_select, name="call-select"),
    path("representatives/", desk.representative_list, name="representatives"),
    path(
        "representatives/<int:pk>/confirm/",
        desk.representative_confirm,
        name="representative-confirm",
    ),
    path("representatives/<int:pk>/end/", desk.representative_end, name="representative-end"),
    path("admissions/<int:pk>/let-in/", desk.admission_let_in, name="admission-let-in"),
    path("admissions/<int:pk>/turn-away/", desk.admission_turn_away, name="admission-turn-away"),
]
