"""Addresses of activities, attendance, feedback and outcomes."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import activities, outcomes

PATTERNS: list[URLPattern] = [
    path("activities/", activities.activities, name="activities"),
    path("activities/new/", activities.activity_new, name="activity-new"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>.ics", activities.activity_ics, name="activity-ics"),
    path("activities/<int:pk>/edit/", activities.activity_edit, name="activity-edit"),
    path("activities/<int:pk>/cancel/", activities.activity_cancel, name="activity-cancel"),
    path("activities/<int:pk>/attendance/", activities.attendance, name="activity-attendance"),
    path("activities/<int:pk>/ask/", activities.activity_ask, name="activity-ask"),
    path("my/activities/", activities.my_activities, name="my-activities"),
    path("my/activities/<int:pk>/feedback/", activities.my_feedback, name="my-feedback"),
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/<int:pk>/void/", outcomes.outcome_void, name="outcome-void"),
    path("applications/<int:pk>/outcomes/new/", outcomes.outcome_new, name="outcome-new"),
    path("programmes/<int:pk>/outcomes/", outcomes.report, name="programme-outcomes"),
]
