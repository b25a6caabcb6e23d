"""Addresses of settlements and of money that has to come back."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import settlement as views

PATTERNS: list[URLPattern] = [
    path("settlements/", views.settlements, name="settlements"),
    path("awards/<int:pk>/settlement/", views.settlement, name="settlement"),
    path("awards/<int:pk>/settlement/pack.xlsx", views.settlement_xlsx, name="settlement-xlsx"),
    path("awards/<int:pk>/settlement/pack.pdf", views.settlement_pdf, name="settlement-pdf"),
    path("awards/<int:pk>/settlement/report/", views.settlement_report, name="settlement-report"),
    path("awards/<int:pk>/settlement/return/", views.report_return, name="report-return"),
    path("awards/<int:pk>/settlement/accept/", views.report_accept, name="report-accept"),
    path("awards/<int:pk>/settlement/ask/", views.recovery_ask, name="recovery-ask"),
    path("awards/<int:pk>/settlement/release/", views.settlement_release, name="award-release"),
    path("awards/<int:pk>/settlement/close/", views.settlement_settle, name="award-settle"),
    path("recoveries/", views.recoveries, name="recoveries"),
    path("recoveries/<int:pk>/take-in/", views.recovery_take_in, name="recovery-take-in"),
    path("recoveries/<int:pk>/waive/", views.recovery_waive, name="recovery-waive"),
    path("my/awards/<int:pk>/report/", views.my_report, name="my-report"),
]
