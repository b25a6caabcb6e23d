"""Addresses of calls as the public reads them; each names its language, for any cache."""

from django.urls import URLPattern, path, register_converter

from gyoryu.programmes.views import public
from gyoryu.programmes.views import subscriptions as letters
from gyoryu.register.urls import Kind, Language


class Written(Kind):
    """A kind of file of the public calls."""

    regex = "json|atom|ics"


register_converter(Language, "reading")
register_converter(Written, "written")

LIST = "openings/<reading:language>"
PATTERNS: list[URLPattern] = [
    path("openings/", public.any_language, name="openings-any"),
    path("openings/letters/", letters.letters, name="call-letters"),
    path("openings/letters/sent/", letters.letters_sent, name="call-letters-sent"),
    path("openings/letters/by/<str:secret>/", letters.letters_link, name="call-letters-link"),
    path("my/call-letters/", letters.my_letters, name="my-call-letters"),
    path("my/call-letters/<int:pk>/end/", letters.my_letters_end, name="my-call-letters-end"),
    path("openings/<int:pk>/", public.opening_any, name="opening-any"),
    path(f"{LIST}/", public.openings, name="openings"),
    path(f"{LIST}.<written:kind>", public.openings_file, name="openings-file"),
    path(f"{LIST}/<int:pk>/", public.opening, name="opening"),
    path(f"{LIST}/<int:pk>.ics", public.opening_calendar, name="opening-calendar"),
    path(f"{LIST}/<int:pk>/check/", public.opening_check, name="opening-check"),
]
