"""Addresses of jobs."""

from django.urls import path

from gyoryu.jobs.views import pages

urlpatterns = [
    path("jobs/", pages.jobs, name="jobs"),
    path("jobs/<int:pk>/", pages.job, name="job"),
    path("jobs/<int:pk>/progress/", pages.progress, name="job-progress"),
    path("jobs/<int:pk>/retry/", pages.retry, name="job-retry"),
    path("jobs/<int:pk>/cancel/", pages.cancel, name="job-cancel"),
    path("jobs/<int:pk>/file/", pages.file, name="job-file"),
]
