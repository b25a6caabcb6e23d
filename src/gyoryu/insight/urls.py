"""Addresses of the first page and of what reads across all apps."""

from django.urls import path

from gyoryu.insight.views import history, home, me, people, ties, tokens, units

urlpatterns = [
    path("", home.home, name="home"),
    path("due/<str:when>/", home.due, name="due"),
    path("ties/", ties.ties, name="ties"),
    path("me/", me.me, name="me"),
    path("language/<str:code>/", home.language, name="language"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.token_new, name="token-new"),
    path("tokens/<int:pk>/", tokens.token, name="token"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("users/", people.users, name="users"),
    path("users/new/", people.user_new, name="user-new"),
    path("users/<int:pk>/", people.user, name="user"),
    path("users/<int:pk>/edit/", people.user_edit, name="user-edit"),
    path("users/<int:pk>/close/", people.user_close, name="user-close"),
    path("users/<int:pk>/reopen/", people.user_reopen, name="user-reopen"),
    path("users/<int:pk>/letter/", people.user_letter, name="user-letter"),
    path("users/<int:pk>/grant/", people.role_grant, name="role-grant"),
    path("roles/<int:pk>/revoke/", people.role_revoke, name="role-revoke"),
    path("units/", units.units, name="units"),
    path("units/new/", units.unit_new, name="unit-new"),
    path("units/options/", units.unit_options, name="unit-options"),
    path("units/<int:pk>/edit/", units.unit_edit, name="unit-edit"),
    path("units/<int:pk>/move/", units.unit_move, name="unit-move"),
    path("history/", history.history, name="history"),
    path("history/<int:pk>/record/", history.history_record, name="history-record"),
    path("history/verify/", history.history_verify, name="history-verify"),
]
