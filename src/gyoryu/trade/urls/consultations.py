"""Addresses of consultations and what was published of them."""

from django.urls import URLPattern, path

from gyoryu.trade.views import booth, consultations, published

DESK: list[URLPattern] = [
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/new/", consultations.consultation_new, name="consultation-new"),
    path("consultations/<int:pk>/", consultations.consultation, name="consultation"),
    path("consultations/<int:pk>/edit/", consultations.consultation_edit, name="consultation-edit"),
    path("consultations/<int:pk>/void/", consultations.consultation_void, name="consultation-void"),
    path("consultations/<int:pk>/done/", consultations.consultation_done, name="consultation-done"),
    path(
        "participants/<int:pk>/consultations/new/",
        consultations.consultation_of,
        name="consultation-of",
    ),
    path("events/<int:pk>/published/", published.event_published, name="event-published"),
    path("events/<int:pk>/published/new/", published.published_new, name="published-new"),
    path("published/<int:pk>/void/", published.published_void, name="published-void"),
]
BOOTH: list[URLPattern] = [
    path("my/events/talks.js", booth.worker, name="my-talks-worker"),
    path("my/events/talks-key/", booth.key, name="my-talks-key"),
    path("my/events/<int:pk>/talks/", booth.companies, name="my-talks"),
    path("my/events/<int:pk>/talks/<int:company>/", booth.talks, name="my-talks-of"),
    path("my/events/<int:pk>/talks/<int:company>/new/", booth.talk_new, name="my-talk-new"),
    path(
        "my/events/<int:pk>/talks/<int:company>/<int:talk>/correct/",
        booth.talk_correct,
        name="my-talk-correct",
    ),
    path("my/events/<int:pk>/talks/<int:company>/send/", booth.talk_send, name="my-talk-send"),
]
PATTERNS: list[URLPattern] = [*DESK, *BOOTH]
