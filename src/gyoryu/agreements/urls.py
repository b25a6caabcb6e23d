"""Addresses of agreements, engagements and commitments."""

from django.urls import URLPattern, path

from gyoryu.agreements.views import calendar, commitment_steps, commitments

AGREEMENTS: list[URLPattern] = []
ENGAGEMENTS: list[URLPattern] = []
COMMITMENTS: list[URLPattern] = [
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/new/", commitments.commitment_new, name="commitment-new"),
    path("commitments/options/", commitments.commitment_options, name="commitment-options"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/edit/", commitments.commitment_edit, name="commitment-edit"),
    path("commitments/<int:pk>/move/", commitment_steps.commitment_move, name="commitment-move"),
    path("commitments/<int:pk>/due/", commitment_steps.commitment_due, name="commitment-due"),
    path("commitments/<int:pk>/void/", commitment_steps.commitment_void, name="commitment-void"),
    path(
        "commitments/<int:pk>/steps/<int:step>/",
        commitment_steps.commitment_milestone,
        name="commitment-milestone",
    ),
    path("calendar/", calendar.calendar_page, name="calendar"),
    path("calendar/<str:secret>.ics", calendar.calendar_feed, name="calendar-feed"),
]
urlpatterns = [*AGREEMENTS, *ENGAGEMENTS, *COMMITMENTS]
