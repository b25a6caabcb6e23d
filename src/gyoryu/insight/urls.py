"""Addresses of the first page and what reads across all apps."""

from django.urls import path

from gyoryu.insight import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("me/", views.me, name="me"),
    path("language/<str:code>/", views.language, name="language"),
]
