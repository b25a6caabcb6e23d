"""Addresses of panels, reviews and rankings."""

from django.urls import URLPattern, path

from gyoryu.programmes.views import judging, panel, ranking

PATTERNS: list[URLPattern] = [
    path("my/reviews/", judging.my_reviews, name="my-reviews"),
    path("my/reviews/<int:pk>/", judging.my_review, name="my-review"),
    path("my/reviews/<int:pk>/conflict/", judging.my_conflict, name="my-conflict"),
    path("my/reviews/<int:pk>/papers/<int:number>/", judging.my_paper, name="my-review-paper"),
    path("calls/<int:pk>/panel/", panel.panel, name="call-panel"),
    path("calls/<int:pk>/panel/invite/", panel.seat_new, name="seat-new"),
    path("calls/<int:pk>/panel/share/", panel.panel_share, name="panel-share"),
    path("calls/<int:pk>/panel/remind/", panel.panel_remind, name="panel-remind"),
    path("seats/<int:pk>/leave/", panel.seat_leave, name="seat-leave"),
    path("applications/<int:pk>/reviews/", panel.application_reviews, name="application-reviews"),
    path("applications/<int:pk>/reviews/assign/", panel.review_assign, name="review-assign"),
    path("reviews/<int:pk>/reopen/", panel.review_reopen, name="review-reopen"),
    path("reviews/<int:pk>/recuse/", panel.review_recuse, name="review-recuse"),
    path("reviews/<int:pk>/take-back/", panel.review_take_back, name="review-take-back"),
    path("calls/<int:pk>/ranking/", ranking.ranking, name="call-ranking"),
    path("calls/<int:pk>/ranking/freeze/", ranking.ranking_freeze, name="ranking-freeze"),
    path("calls/<int:pk>/ranking/decide/", ranking.ranking_decide, name="ranking-decide"),
    path("score-sheets/<int:pk>.json", ranking.sheet_json, name="sheet-json"),
    path("score-sheets/<int:pk>.xlsx", ranking.sheet_xlsx, name="sheet-xlsx"),
    path("score-sheets/<int:pk>.pdf", ranking.sheet_pdf, name="sheet-pdf"),
]
