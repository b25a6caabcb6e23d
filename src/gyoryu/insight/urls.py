"""Addresses of the first page and what reads across all apps."""

from django.urls import path

from gyoryu.insight.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("me/", home.me, name="me"),
    path("language/<str:code>/", home.language, name="language"),
]
