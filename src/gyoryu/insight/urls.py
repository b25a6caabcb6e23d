"""Addresses of the first page and of what reads across all apps."""

from django.urls import path

from gyoryu.insight.views import home, search

urlpatterns = [
    path("", home.home, name="home"),
    path("due/<str:when>/", home.due, name="due"),
    path("search/", search.search, name="search"),
    path("language/<str:code>/", home.language, name="language"),
]
