"""Addresses of letters and of the outbox."""

from django.urls import path

from gyoryu.outbox import views

urlpatterns = [
    path("letters/", views.letters, name="letters"),
    path("letters/read/", views.letters_read, name="letters-read"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/retry/", views.outbox_retry, name="outbox-retry"),
]
