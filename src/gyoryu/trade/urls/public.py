"""Addresses of what anybody may open: catalogue, registration by link."""

from django.urls import URLPattern, path, register_converter

from gyoryu.register.urls import Language
from gyoryu.trade.views import catalogue, links

register_converter(Language, "reader")

PATTERNS: list[URLPattern] = [
    path("t/<str:secret>/", links.buyer, name="buyer-link"),
    path("t/<str:secret>/decline/", links.decline, name="buyer-decline"),
    path("catalogue/<int:pk>/", catalogue.any_language, name="catalogue-any"),
    path("catalogue/<reader:language>/<int:pk>/", catalogue.catalogue, name="catalogue"),
]
