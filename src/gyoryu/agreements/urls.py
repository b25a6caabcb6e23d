"""Addresses of agreements, engagements and commitments."""

from django.urls import URLPattern, path

from gyoryu.agreements.views import bodies, briefing, engagements, parts, requests

AGREEMENTS: list[URLPattern] = []
ENGAGEMENTS: list[URLPattern] = [
    path("engagements/", engagements.engagements, name="engagements"),
    path("engagements/new/", engagements.engagement_new, name="engagement-new"),
    path("engagements/options/", engagements.engagement_options, name="engagement-options"),
    path("engagements/<int:pk>/", engagements.engagement, name="engagement"),
    path("engagements/<int:pk>/edit/", engagements.engagement_edit, name="engagement-edit"),
    path("engagements/<int:pk>/hold/", engagements.engagement_hold, name="engagement-hold"),
    path("engagements/<int:pk>/cancel/", engagements.engagement_cancel, name="engagement-cancel"),
    path("engagements/<int:pk>/void/", engagements.engagement_void, name="engagement-void"),
    path("engagements/<int:pk>/agreements/tie/", engagements.engagement_tie, name="engagement-tie"),
    path(
        "engagements/<int:pk>/agreements/<int:agreement>/untie/",
        engagements.engagement_untie,
        name="engagement-untie",
    ),
    path("engagements/<int:pk>/delegations/new/", parts.delegation_new, name="delegation-new"),
    path(
        "engagements/<int:pk>/delegations/<int:part>/edit/",
        parts.delegation_edit,
        name="delegation-edit",
    ),
    path(
        "engagements/<int:pk>/delegations/<int:part>/people/new/",
        parts.participant_new,
        name="participant-new",
    ),
    path("engagements/<int:pk>/stops/new/", parts.stop_new, name="stop-new"),
    path("engagements/<int:pk>/stops/<int:part>/edit/", parts.stop_edit, name="stop-edit"),
    path("engagements/<int:pk>/stops/<int:part>/feedback/", parts.feedback, name="stop-feedback"),
    path("engagements/<int:pk>/requests/new/", parts.request_new, name="request-new"),
    path(
        "engagements/<int:pk>/<str:kind>/<int:part>/remove/",
        parts.remove,
        name="engagement-part-remove",
    ),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:pk>/answer/", parts.request_answer, name="request-answer"),
    path("requests/<int:pk>/reopen/", parts.request_reopen, name="request-reopen"),
    path("bodies/", bodies.bodies, name="bodies"),
    path("bodies/<int:pk>/", bodies.body, name="body"),
    path("bodies/<int:pk>/edit/", bodies.body_edit, name="body-edit"),
    path("bodies/<int:pk>/end/", bodies.body_end, name="body-end"),
    path("bodies/<int:pk>/sessions/new/", bodies.session_new, name="session-new"),
    path("agreements/<int:pk>/bodies/new/", bodies.body_new, name="body-new"),
    path("organisations/<int:pk>/briefing/", briefing.briefing, name="briefing"),
    path("organisations/<int:pk>/briefing.pdf", briefing.briefing_pdf, name="briefing-pdf"),
]
COMMITMENTS: list[URLPattern] = []
urlpatterns = [*AGREEMENTS, *ENGAGEMENTS, *COMMITMENTS]
