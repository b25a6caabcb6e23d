"""Addresses of calls at the desk."""

from django.urls import URLPattern, path, register_converter

from gyoryu.programmes.queries.parts import MODELS
from gyoryu.programmes.views import call_parts, calls


class Part:
    """A part of a call."""

    regex = "|".join(MODELS)

    def to_python(self, value: str) -> str:
        """Return the part's name."""
        return value

    def to_url(self, value: str) -> str:
        """Write the part's name."""
        return value


register_converter(Part, "call_part")

ITEM = "calls/<int:pk>/<call_part:part>/<int:item>"
QUESTION = "calls/<int:pk>/form/<slug:code>"
PATTERNS: list[URLPattern] = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.call_new, name="call-new"),
    path("calls/options/", calls.call_options, name="call-options"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("calls/<int:pk>/edit/", calls.call_edit, name="call-edit"),
    path("calls/<int:pk>/publish/", calls.call_publish, name="call-publish"),
    path("calls/<int:pk>/extend/", calls.call_extend, name="call-extend"),
    path("calls/<int:pk>/cancel/", calls.call_cancel, name="call-cancel"),
    path("calls/<int:pk>/copy/", calls.call_copy, name="call-copy"),
    path("calls/<int:pk>/form/", call_parts.form, name="call-form"),
    path("calls/<int:pk>/preview/", call_parts.preview, name="call-preview"),
    path("calls/<int:pk>/question/new/", call_parts.question_new, name="question-new"),
    path(f"{QUESTION}/", call_parts.question_edit, name="question-edit"),
    path(f"{QUESTION}/remove/", call_parts.question_remove, name="question-remove"),
    path(f"{QUESTION}/up/", call_parts.question_up, name="question-up"),
    path("calls/<int:pk>/<call_part:part>/new/", call_parts.part_new, name="call-part-new"),
    path(f"{ITEM}/", call_parts.part_edit, name="call-part-edit"),
    path(f"{ITEM}/remove/", call_parts.part_remove, name="call-part-remove"),
    path(f"{ITEM}/up/", call_parts.part_up, name="call-part-up"),
]
