"""Addresses of the newsroom."""

from django.urls import path

from gyoryu.newsroom.views import articles, review, sources

urlpatterns = [
    path("review/", review.review, name="review"),
    path("review/<int:pk>/", review.review_article, name="review-article"),
    path("review/<int:pk>/certain/", review.accept_certain, name="accept-certain"),
    path("candidates/<int:pk>/accept/", review.candidate_accept, name="candidate-accept"),
    path("candidates/<int:pk>/edit/", review.candidate_edit, name="candidate-edit"),
    path("candidates/<int:pk>/refuse/", review.candidate_refuse, name="candidate-refuse"),
    path("candidates/<int:pk>/undo/", review.candidate_undo, name="candidate-undo"),
    path("conflicts/<int:pk>/settle/", review.conflict_settle, name="conflict-settle"),
    path("articles/", articles.articles, name="articles"),
    path("articles/hand-in/", sources.hand_in, name="hand-in"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", sources.source_new, name="source-new"),
    path("sources/trust/", sources.trust, name="trust"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/edit/", sources.source_edit, name="source-edit"),
    path("sources/<int:pk>/pause/", sources.source_pause, name="source-pause"),
    path("sources/<int:pk>/resume/", sources.source_resume, name="source-resume"),
    path("sources/<int:pk>/visit/", sources.source_visit, name="source-visit"),
    path("visits/<int:pk>/", sources.visit, name="visit"),
]
