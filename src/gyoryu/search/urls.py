"""Addresses of this app."""

from django.urls import path

from gyoryu.search import views

urlpatterns = [path("search/", views.search, name="search")]
