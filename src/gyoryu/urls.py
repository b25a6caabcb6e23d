"""Which address leads where."""

from django.urls import include, path

urlpatterns = [
    path("", include("gyoryu.insight.urls")),
    path("", include("gyoryu.search.urls")),
    path("", include("gyoryu.imports.urls")),
    path("", include("gyoryu.newsroom.urls")),
    path("", include("gyoryu.trade.urls")),
    path("", include("gyoryu.programmes.urls")),
    path("", include("gyoryu.register.urls")),
    path("", include("gyoryu.agreements.urls")),
    path("", include("gyoryu.parties.urls")),
    path("", include("gyoryu.evidence.urls")),
    path("", include("gyoryu.outbox.urls")),
    path("", include("gyoryu.jobs.urls")),
    path("api/v1/", include("gyoryu.api")),
    path("account/", include("gyoryu.accounts.urls")),
]
handler404 = "gyoryu.insight.views.home.not_found"
handler500 = "gyoryu.insight.views.home.broken"
