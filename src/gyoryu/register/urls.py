"""Addresses of the public register, and of the desk where it is published.

Public pages name their language in the address, so that a cache can keep them: nothing about them
depends on a cookie. An address without a language leads to the reader's.
"""

from datetime import date

from django.urls import URLPattern, path, register_converter

from gyoryu.register.views import desk, public, rules


class Language:
    """One of the two languages."""

    regex = "ko|en"

    def to_python(self, value: str) -> str:
        """Return the language."""
        return value

    def to_url(self, value: str) -> str:
        """Write the language."""
        return value


class Edition:
    """A month, or a numbered version of it: 2025-03, 2025-03.v1."""

    regex = r"\d{4}-\d{2}(?:\.v[1-9]\d{0,3})?"

    def to_python(self, value: str) -> tuple[date, int | None]:
        """Return the month's first day, and the version where one is named."""
        month, _dot, version = value.partition(".v")
        return date.fromisoformat(f"{month}-01"), int(version) if version else None

    def to_url(self, value: str) -> str:
        """Write the edition, which is told as in the address."""
        return value


class Kind:
    """A kind of file."""

    regex = "csv|xlsx|json|atom"
    to_python = Language.to_python
    to_url = Language.to_url


register_converter(Language, "language")
register_converter(Edition, "edition")
register_converter(Kind, "kind")

GOVERNMENT = "register/<language:language>/<int:government>"
PUBLIC: list[URLPattern] = [
    path("register/", public.any_language, name="register"),
    path("register/<int:government>/", public.any_language, name="register-short"),
    path("register/<int:government>/<path:rest>", public.any_language, name="register-short-to"),
    path("register/<language:language>/", public.governments, name="register-governments"),
    path(f"{GOVERNMENT}/", public.government, name="register-government"),
    path(f"{GOVERNMENT}.atom", public.feed, name="register-feed"),
    path(f"{GOVERNMENT}/<edition:edition>/", public.month, name="register-month"),
    path(f"{GOVERNMENT}/<edition:edition>.<kind:kind>", public.file, name="register-file"),
    path(f"{GOVERNMENT}/agreement/<str:key>/", public.agreement, name="register-agreement"),
    path(f"{GOVERNMENT}/document/<int:document>/", public.document, name="register-document"),
]
DESK: list[URLPattern] = [
    path("publications/", desk.publications, name="publications"),
    path("publications/next/", desk.publication_next, name="publication-next"),
    path("publications/changed/", desk.publication_changed, name="publication-changed"),
    path("publications/<int:pk>/", desk.publication, name="publication"),
    path("publications/<int:pk>/correct/", desk.publication_correct, name="publication-correct"),
    path("publications/<int:pk>/withdraw/", desk.publication_withdraw, name="publication-withdraw"),
    path("publications/policy/", rules.policy, name="publication-policy"),
    path(
        "publications/policy/<int:government>/<str:kind>/",
        rules.policy_edit,
        name="publication-policy-edit",
    ),
    path("agreements/<int:pk>/publication/", rules.rule, name="publication-rule"),
    path("agreements/<int:pk>/publication/withdraw/", rules.page_withdraw, name="page-withdraw"),
    path("agreements/<int:pk>/publication/state/", rules.state, name="publication-state"),
]
urlpatterns = [*PUBLIC, *DESK]
