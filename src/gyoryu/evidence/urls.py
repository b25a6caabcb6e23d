"""Addresses of documents."""

from django.urls import path

from gyoryu.evidence import views

urlpatterns = [
    path("documents/", views.documents, name="documents"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/file/", views.document_file, name="document-file"),
    path("documents/<int:pk>/void/", views.document_void, name="document-void"),
    path("documents/add/<str:model>/<int:pk>/", views.document_add, name="document-add"),
]
